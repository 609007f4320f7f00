"""What is asked once before a paper is handed in, and the press that says that all of it is right."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from portal.forms.papers import PaperForm
from portal.models import Paper, User
from portal.text import clean

CONFIRM = "xac-nhan"
"""The press that hands in although the page asked."""
ASKED = "da-hoi"
"""What the page asked: its press answers that, and nothing that came up since."""


@dataclass(frozen=True)
class Question:
    """One doubt, and the place where it is put right."""

    words: str
    place: str = ""


class Asking:
    """The part of an entry page that asks before it hands in."""

    request: HttpRequest
    user: User
    record: Paper | None
    form_class: type[PaperForm]

    def asked(self) -> set[str]:
        """What the page asked when it was confirmed; nothing by any other press."""
        return {clean(words) for words in self.request.POST.getlist(ASKED)}

    def confirm(self, data: QueryDict) -> None:
        """Tick each doubt about a field that the page asked about, and no other."""
        form, asked = self.form_class(data, user=self.user, record=self.record), self.asked()
        form.is_valid()
        for field in form.doubtful():
            if clean(field.warning) in asked:
                data[field.warning_name] = field.warning

    def questions(self, form: PaperForm) -> list[Question]:
        """What a submission has to ask; errors come first, and only a submission asks."""
        if not form.complete or form.has_errors():
            return []
        return [Question(clean(field.warning), field.id_for_label) for field in form.doubtful()]
