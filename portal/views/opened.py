"""Two people on one record: what a page was opened with, and what others saved since.

The part of the entry page that neither loses what was typed nor undoes what was saved meanwhile.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict

from portal.actions import copies
from portal.actions.records import Moved, NotNow
from portal.forms.fields import whole_number
from portal.forms.merging import Opened, in_words, merged
from portal.forms.papers import PaperForm
from portal.journal import JournalEntry, changes_since
from portal.models import Paper, State, User, WorkingCopy

OPENED = ("phien-ban", "dua-tren", "luc-mo")
"""What a page says of the moment it was opened: the version or number to save over, the version seen, the marks."""
FROM = "ban-goc"
"""With an open edit: the marks of the approved version it began from."""


class SavedMeanwhile:
    """What an entry page does when its record moved; its other half is the page itself."""

    request: HttpRequest
    user: User
    record: Paper | None
    copy: WorkingCopy | None
    form_class: type[PaperForm]

    def expected(self) -> int | None:
        """The version the person opened; a new record expects none."""
        posted = self.request.POST.get("phien-ban", "")
        if self.record is None:
            return None
        sent_again = "code" not in self.kwargs and self.record.written_by_id == self.user.pk
        if sent_again and posted == "0" and self.record.version == 1:
            return 1  # the same new paper posted twice: a double press, a lost answer
        return whole_number(posted) or 0

    def seen(self) -> int:
        """The version of the approved record the person saw."""
        return whole_number(self.request.POST.get("dua-tren", "")) or 0

    def marks(self, data: QueryDict) -> str:
        """The marks of the form over some data, as its page carries them."""
        form = self.form_class(data, user=self.user, record=self.record)
        form.is_valid()
        return Opened.of(form).written()

    def began_from(self, *, merged: bool) -> str:
        """The marks of the approved version that the open edit begins from."""
        if merged:
            return self.marks(self.raw_data(self.record))
        kept = self.copy.data.get(FROM) if self.copy else None
        return kept[0] if kept else self.request.POST.get("luc-mo", "").replace("\0", "")

    def merge(self, form: PaperForm, *, submit: bool) -> HttpResponse:
        """Save what was typed with what others saved meanwhile; what both changed is shown first."""
        done = self.moved_since()
        self.record.refresh_from_db()
        self.copy = copies.open_copy(self.kind, self.record)
        data, taken, collisions = form.data, [], []
        for opened, saved in self.saved_meanwhile():
            theirs = self.form_class(saved, user=self.user, record=self.record)
            theirs.is_valid()
            found = merged(opened, theirs, form, self.nouns)
            data, taken, collisions = found.data, taken + found.taken, collisions + found.collisions
            form = self.form_class(data, user=self.user, record=self.record)
            form.is_valid()
        told = {"moved": done, "taken": taken, "collisions": collisions}
        if collisions or submit or form.has_errors():
            return self.draw(data, form=form, told=told)
        try:
            record = self.store(form, data, submit=False, merged=True)
        except Moved:
            return self.draw(data, form=form, told=told)
        except NotNow as refusal:
            return self.draw(data, form=form, problems=[str(refusal)])
        who = done[0].who if done else "người khác"
        kept = f"Đã giữ phần {who} lưu trước: {in_words(taken)}." if taken else ""
        return self.after(record, form, submit=False, kept=kept)

    def saved_meanwhile(self) -> Iterator[tuple[Opened, QueryDict]]:
        """What the page was opened with, beside what is saved now: of the record, or of its open edit.

        An edit is also brought up to the approved version when that moved on from the one it began from.
        """
        opened = Opened.read(self.request.POST.get("luc-mo", ""))
        if self.copy is None:
            yield opened, self.raw_data(self.record)
            return
        yield opened, self.saved_data()
        if FROM in self.copy.data and self.copy.based_on != self.record.version:
            yield Opened.read(self.copy.data[FROM][0]), self.raw_data(self.record)

    def opening(self, form: PaperForm, posted: QueryDict | None) -> tuple[str, str, str]:
        """The :data:`OPENED` of the page: as posted, else as of now."""
        if posted and all(name in posted for name in OPENED):
            return tuple(posted[name] for name in OPENED)
        if self.record is None:
            return "0", "0", ""
        as_saved = posted is not None and self.request.method == "GET" and "luu-tam" not in self.request.GET
        marks = Opened.of(form).written() if as_saved else self.marks(self.saved_data())
        return str(self.version_now()), str(self.record.version), marks

    def version_now(self) -> int:
        """What the next save must find unmoved: the record's version, or the working copy's number."""
        if self.copy:
            return self.copy.number
        if self.record is not None and self.record.state == State.APPROVED:
            return 0
        return self.record.version if self.record else 0

    def moved_since(self) -> list:
        """Who changed what since the version the person opened; of an open edit, who saved it last."""
        if self.record is None:
            return []
        if self.record.state != State.APPROVED:
            return changes_since(self.record, self.expected() or 0)
        seen = self.seen()
        found = changes_since(self.record, seen) if seen else []
        if self.copy and self.copy.number != self.expected():
            last = JournalEntry(self.copy.saved_at, str(self.copy.owner), "", "lưu bản sửa", "", None)
            found = [last, *found]
        return found

    def behind(self) -> list:
        """What was done to the approved record after the open edit began from it."""
        if self.copy is None or self.copy.based_on == self.record.version:
            return []
        return changes_since(self.record, self.copy.based_on)
