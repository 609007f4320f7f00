"""Files sent with a form itself, and those refused: a paper says that they are missing until its writer acts.

One sentence for each file refused is kept with the paper. They are missing no longer when another file came, or
when they were let go.
"""

from django.http import HttpRequest, QueryDict

from portal import files
from portal.file_kinds import NotTaken
from portal.forms.papers import MISSING_FILES, missing_files
from portal.forms.rows import append_rows
from portal.models import User
from portal.photos import lightened
from portal.views.files import PHOTO


class TakesFiles:
    """The part of an entry page that takes the files sent with it."""

    request: HttpRequest
    user: User

    def take_files(self, data: QueryDict) -> list[str]:
        """Keep files sent with the form itself (scripts off); returns refusals as sentences."""
        problems, arrived = [], False
        sent = [(upload, False) for upload in self.request.FILES.getlist("tep")]
        sent += [(upload, True) for upload in self.request.FILES.getlist(PHOTO)]
        for upload, is_photo in sent:
            try:
                kept = files.keep(lightened(upload) if is_photo else upload, by=self.user)
            except NotTaken as refusal:
                problems.append(f"{upload.name}: {refusal}")
            else:
                append_rows(data, "files", [{"file": kept.code, "audience": "body"}])
                arrived = True
        before = [] if arrived else missing_files(data)
        data.setlist(MISSING_FILES, before + problems)
        return problems
