"""What is asked once before a paper is handed in, and the press that says that all of it is right."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from portal.actions import copies
from portal.forms.differences import differences
from portal.forms.papers import PaperForm, missing_files
from portal.journal import changes_since
from portal.models import Act, Paper, State, User, Verb, WorkingCopy
from portal.text import clean

COMMAND = "lam"
CONFIRM = "xac-nhan"
"""The press that hands in although the page asked."""
ASKED = "da-hoi"
"""What the page asked: its press answers that, and nothing that came up since."""


@dataclass(frozen=True)
class Question:
    """One doubt, the place where it is put right, and the page of what it names."""

    words: str
    place: str = ""
    address: str = ""


def last_return(record: Paper) -> Act | None:
    """The act by which the leader sent a draft back, the last time."""
    return Act.objects.about(record).filter(verb=Verb.RETURN).first()


class Asking:
    """The part of an entry page that asks before it hands in."""

    request: HttpRequest
    user: User
    record: Paper | None
    copy: WorkingCopy | None
    form_class: type[PaperForm]

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
        further = [Question(clean(f"Chưa có tệp {words}"), "tep") for words in missing_files(form.data)]
        if as_returned := self.unchanged(form):
            further.append(Question(as_returned))
        answered = self.answered()
        return found + [one for one in further if one.words not in answered]

    def unchanged(self, form: PaperForm) -> str:
        """What is asked where a form says what was returned: compared by what it means, however often it was saved."""
        stands = self.copy or self.record
        if stands is None or stands.state != State.RETURNED:
            return ""
        reason, data = self.returned_edit() if self.copy else self.returned_draft()
        if not data:
            return ""
        returned = self.form_class(data, user=self.user, record=self.record)
        returned.is_valid()
        asked = clean(f"Chưa sửa gì từ khi bị trả lại. Lý do trả lại: {reason}")
        return "" if differences(returned, form) else asked

    def returned_edit(self) -> tuple[str, QueryDict]:
        """Why the open edit was returned, and what it said."""
        return self.copy.reason, copies.as_query(self.copy.returned)

    def returned_draft(self) -> tuple[str, QueryDict | None]:
        """Why the draft was returned, and what it says as saved, unless that was changed since."""
        act = last_return(self.record)
        if act is None or Act.objects.about(self.record).filter(verb=Verb.REFILE, at__gt=act.at).exists():
            return "", None
        changed = any(one.changes for one in changes_since(self.record, act.version or 0))
        return act.reason, None if changed else self.saved_data()
