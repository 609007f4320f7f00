"""Files sent with a form itself, and those refused: a paper says that they are missing until its writer acts.

A page carries one sentence for each file refused; across a save they wait in the session. They are missing no
longer when another file came, or when they were let go.
"""

from django.http import HttpRequest, QueryDict

from portal import files
from portal.forms.rows import append_rows
from portal.models import User
from portal.photos import lightened
from portal.views.files import PHOTO

MISSING = "tep-thieu"
MOST, LONGEST, MOST_PAPERS = 10, 300, 20


def missing_files(request: HttpRequest, code: str) -> list[str]:
    """What a page of a paper says of files that did not arrive: as posted, else as its last save left it."""
    if request.method == "POST":
        told = [words.replace("\0", "")[:LONGEST] for words in request.POST.getlist(MISSING)]
        return list(dict.fromkeys(told))[:MOST]
    return still_missing(request, code)


def still_missing(request: HttpRequest, code: str) -> list[str]:
    """What the last save of a paper left missing."""
    return request.session.get(MISSING, {}).get(code, [])


def keep_missing(request: HttpRequest, code: str, sentences: list[str]) -> None:
    """Remember what is still missing of a saved paper; nothing missing is nothing remembered."""
    before = request.session.get(MISSING, {})
    now = {paper: told for paper, told in before.items() if paper != code}
    if sentences:
        now = dict([*now.items(), (code, sentences)][-MOST_PAPERS:])
    if now != before:
        request.session[MISSING] = now


class TakesFiles:
    """The part of an entry page that takes the files sent with it."""

    request: HttpRequest
    user: User
    missing: list[str]

    def take_files(self, data: QueryDict) -> list[str]:
        """Keep files sent with the form itself (scripts off); returns refusals as sentences."""
        problems, arrived = [], False
        sent = [(upload, False) for upload in self.request.FILES.getlist("tep")]
        sent += [(upload, True) for upload in self.request.FILES.getlist(PHOTO)]
        for upload, is_photo in sent:
            try:
                kept = files.keep(lightened(upload) if is_photo else upload, by=self.user)
            except files.NotTaken as refusal:
                problems.append(f"{upload.name}: {refusal}")
            else:
                append_rows(data, "files", [{"file": kept.code, "audience": "body"}])
                arrived = True
        self.missing = ([] if arrived else self.missing) + problems
        return problems
