"""What is asked once before a paper is handed in, and the press that says that all of it is right."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, QueryDict

from portal.forms.differences import differences
from portal.forms.papers import PaperForm
from portal.journal import changes_since
from portal.models import Act, Paper, State, User, Verb, WorkingCopy
from portal.text import clean

COMMAND = "lam"
CONFIRM = "xac-nhan"
"""The press that hands in although the page asked."""
ASKED = "da-hoi"
"""What the page asked: its press answers that, and nothing that came up since."""
A_MOMENT = timedelta(seconds=1)
"""An edit returned is written anew as it is returned: what is saved later is saved by its writer."""


@dataclass(frozen=True)
class Question:
    """One doubt, the place where it is put right, and the page of what it names."""

    words: str
    place: str = ""
    address: str = ""


def last_return(record: Paper) -> Act | None:
    """The act by which the leader sent a draft back, the last time."""
    return Act.objects.about(record).filter(verb=Verb.RETURN).first()


def left_as_returned(record: Paper, copy: WorkingCopy | None) -> str:
    """What is asked of a draft, or of an open edit, that says what it said when it was returned; else nothing."""
    if (copy or record).state != State.RETURNED:
        return ""
    if copy is not None:
        return "" if copy.saved_at - copy.state_since > A_MOMENT else _as_returned(copy.reason)
    act = last_return(record)
    if act is None or Act.objects.about(record).filter(verb=Verb.REFILE, at__gt=act.at).exists():
        return ""
    changed = any(one.changes for one in changes_since(record, act.version or 0))
    return "" if changed else _as_returned(act.reason)


def _as_returned(reason: str) -> str:
    return clean(f"Chưa sửa gì từ khi bị trả lại. Lý do trả lại: {reason}")


class Asking:
    """The part of an entry page that asks before it hands in."""

    request: HttpRequest
    user: User
    record: Paper | None
    copy: WorkingCopy | None
    form_class: type[PaperForm]
    missing: list[str]

    def saved_data(self) -> QueryDict:
        """The record as last saved."""
        raise NotImplementedError

    def returned_reason(self) -> str:
        """Why the leader sent the draft back, the last time."""
        if self.record is None or self.record.state != State.RETURNED:
            return ""
        act = last_return(self.record)
        return act.reason if act else ""

    def answered(self) -> set[str]:
        """What the page asked and its writer confirmed; nothing by any other press."""
        is_confirmed = self.request.POST.get(COMMAND) == CONFIRM
        return {clean(words) for words in self.request.POST.getlist(ASKED)} if is_confirmed else set()

    def confirm(self, data: QueryDict) -> None:
        """Tick each doubt about a field that the page asked about, and no other."""
        form, answered = self.form_class(data, user=self.user, record=self.record), self.answered()
        form.is_valid()
        for field in form.doubtful():
            if clean(field.warning) in answered:
                data[field.warning_name] = field.warning_key

    def questions(self, form: PaperForm) -> list[Question]:
        """What a submission has to ask; errors come first, and only a submission asks."""
        if not form.complete or form.has_errors():
            return []
        found = [
            Question(clean(field.warning), field.id_for_label, field.warning_address)
            for field in form.doubtful()
        ]
        further = [Question(clean(f"Chưa có tệp {words}"), "tep") for words in self.missing]
        if as_returned := self.unchanged(form):
            further.append(Question(as_returned))
        answered = self.answered()
        return found + [one for one in further if one.words not in answered]

    def unchanged(self, form: PaperForm) -> str:
        """What is asked where neither what is typed nor what was saved differs from what was returned."""
        asked = left_as_returned(self.record, self.copy) if self.record else ""
        if not asked:
            return ""
        saved = self.form_class(self.saved_data(), user=self.user, record=self.record)
        saved.is_valid()
        return "" if differences(saved, form) else asked
