"""Signing at a conference, told to approved papers of the same body: an open edit for the leader, never a written word."""

from meetings.actions.meetings import MeetingEntry
from meetings.actions.signing import SignerEntry, signers_of, unsigned_papers
from meetings.models import Meeting
from portal.actions import copies
from portal.forms.entries import typed
from portal.forms.rows import append_rows
from portal.models import Document, Paper, User
from portal.views.entry import all_kinds
from portal.views.opened import FROM


def propose_signing(meeting: Meeting, entry: MeetingEntry, *, by: User) -> list[str]:
    """Open edits of approved papers signed here that say no day or signatory; returns what to say of them."""
    papers = [one.document for one in entry.papers if one.document]
    places = signers_of(entry.signers, [one.document or Document() for one in entry.papers])
    said = []
    for document, record in unsigned_papers(meeting, papers):
        signers = places[document.pk]
        if signers or not document.dated.known:
            said += open_edit(meeting, record, signers, by=by)
    return said


def open_edit(meeting: Meeting, record: Paper, signers: list[SignerEntry], *, by: User) -> list[str]:
    """Open the edit of one approved paper with day and signatories; one already open is left alone."""
    kind = next(one for one in all_kinds() if one.view and one.view.model is type(record))
    if copies.open_copy(kind.key, record) is not None:
        told = f"“{record.document.title}” đang có bản sửa: xin ghi ngày ký, người ký vào bản ấy."
        return [told] if signers else []
    view = kind.view()
    view.user, view.record, view.copy = by, record, None
    data = view.raw_data(record)
    began = view.marks(data.copy())
    document = record.document
    if not document.dated.known:
        data["dated"], data["signing"] = typed(meeting.document.dated), ""
    if not document.signatures.exists():
        append_rows(data, "signatures", map(signature_row, signers))
    data[FROM] = began
    copies.save_copy(kind.key, record, data, by=by, expected=0, based_on=record.version)
    return [
        f"Đã mở bản sửa của “{document.title}” với ngày ký, người ký tại hội nghị; xin xem lại rồi trình lãnh đạo."
    ]


def signature_row(one: SignerEntry) -> dict[str, str]:
    """The raw row of a signature."""
    row = {"side": str(one.side), "capacity": one.capacity, "authority": one.authority, "name": one.name}
    return row | ({"name": one.person.name, "name-ma": one.person.code} if one.person else {})
