"""What signing at a conference leads to beyond it: open edits of approved papers, and what is said of every paper.

An approved paper is never written into: its edit is opened for the leader. Whoever saves is told which paper
took what, and which keeps its own words and why.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from meetings.actions.meetings import MeetingEntry
from meetings.actions.sides import SignerEntry
from meetings.actions.signing import (
    Seating,
    is_by,
    is_same_day,
    signers_of,
    unsigned_papers,
    was_held,
)
from meetings.models import Meeting, MeetingPaper, Stage
from portal.actions import copies
from portal.dates import PartialDate
from portal.forms.rows import append_rows
from portal.models import Document, Paper, State, User, record_of
from portal.views.entry import all_kinds
from portal.views.opened import FROM
from portal.wording import short_date

NOT_HELD = "Hội nghị chưa diễn ra: người ký mới chỉ ghi ở danh sách người dự, chưa ghi vào văn bản."


@dataclass(frozen=True)
class Before:
    """What a conference said of its papers before it was saved."""

    dated: PartialDate
    organizers: str
    signed: dict[int, Document]


def before(meeting: Meeting | None) -> Before:
    """The day, the organisers and the papers signed, as they stand."""
    if meeting is None:
        return Before(PartialDate.unknown(), "", {})
    papers = meeting.papers.filter(role=MeetingPaper.Role.SIGNED).select_related("document")
    return Before(
        meeting.document.dated, meeting.organizers_label, {one.document_id: one.document for one in papers}
    )


def told_of_papers(meeting: Meeting, entry: MeetingEntry, was: Before, *, by: User) -> list[str]:
    """Open the edits that approved papers need; returns what to say of every paper signed here, or no longer."""
    papers = meeting.papers.filter(role=MeetingPaper.Role.SIGNED).select_related("document")
    signed = {one.document_id: one.document for one in papers}
    if not (signed or was.signed):
        return []
    return [
        *told_of_signers(meeting, entry, signed, by=by),
        *told_of_corrections(meeting, signed, was),
    ]


def told_of_signers(
    meeting: Meeting, entry: MeetingEntry, signed: dict[int, Document], *, by: User
) -> Iterator[str]:
    """Which papers got an open edit, and which took the signers' names from elsewhere or not at all."""
    if not was_held(meeting):
        if entry.signers and signed and meeting.stage != Stage.CANCELLED:
            yield NOT_HELD
        return
    placed = signers_of(entry.signers, [one.document for one in entry.papers])
    seating = Seating.at(meeting, list(signed.values()), entry.signers)
    proposed = {record.document_id: record for _, record in unsigned_papers(meeting, list(signed.values()))}
    same: dict[str, list[str]] = {}
    for key, document in signed.items():
        seated = [(one, seating.side_of(one, document)) for one in placed.get(key, [])]
        if key in proposed:
            if seated or not document.dated.known:
                yield from open_edit(meeting, proposed[key], seated, by=by)
        else:
            for why in left_out(meeting, document, [one for one, side in seated if one.side and side]):
                same.setdefault(why, []).append(f"“{document.title}”")
        for why in unseated(document, seating, seated):
            same.setdefault(why, []).append(f"“{document.title}”")
    for why, titles in same.items():
        yield f"{', '.join(titles)} {why}"


def left_out(meeting: Meeting, document: Document, signers: list[SignerEntry]) -> Iterator[str]:
    """Why a paper does not take signers of its sides typed here: it names others, or is not for this form to write."""
    signatures = list(document.signatures.select_related("person"))
    missing = [one for one in signers if not any(is_by(given, one) for given in signatures)]
    if not missing:
        return
    names, record = called(missing), record_of(document)
    if signatures:
        others = "; ".join(str(one) for one in signatures)
        yield f"đã ghi người ký: {others}. Không ghi thêm {names}; nếu cần, xin sửa ở văn bản ấy."
    elif record is None and document.looked_at:
        yield f"thuộc sổ văn bản chung: {names} chỉ ghi ở hội nghị, không ghi vào văn bản ấy."
    elif record is not None and record.keeper_id != meeting.keeper_id:
        yield f"do {record.keeper} giữ: {names} chỉ ghi ở hội nghị, không ghi vào văn bản ấy."
    elif record is not None and record.state == State.WAITING:
        yield f"đang chờ duyệt: {names} chưa ghi vào văn bản ấy. Rút lại để ghi."


def unseated(
    document: Document, seating: Seating, seated: list[tuple[SignerEntry, int | None]]
) -> Iterator[str]:
    """Who of the signers could not be put on a side of the paper."""
    signatures = list(document.signatures.select_related("person")) if seated else []
    names = [
        one for one, side in seated if side is None and not any(is_by(given, one) for given in signatures)
    ]
    if names and not signatures:
        sides = seating.papers[document.pk] if seating.papers[document.pk].names else seating.organizers
        yield f"chưa ghi {called(names)}: chưa rõ {called(names)} ký cho bên nào ({sides})."


def told_of_corrections(meeting: Meeting, signed: dict[int, Document], was: Before) -> Iterator[str]:
    """Which papers followed a corrected day, and which keep what they say: other days, parties, and papers taken away."""
    day = meeting.document.dated
    for key, document in was.signed.items():
        if key not in signed:
            if kept := what_it_says(document):
                yield f"“{document.title}” không còn ở hội nghị này, vẫn giữ {kept}. Nếu cần, xin sửa ở văn bản ấy."
            continue
        now = signed[key].dated
        if was.dated.known and not is_same_day(day, was.dated) and is_same_day(document.dated, was.dated):
            if is_same_day(now, day):
                yield f"Ngày ký của “{document.title}” đã sửa theo: {short_date(day)}."
            else:
                yield f"“{document.title}” vẫn ghi ngày ký {short_date(now)}. Nếu cần, xin sửa ở văn bản ấy."
        if was.organizers and was.organizers != meeting.organizers_label:
            yield f"“{document.title}” vẫn giữ các bên đã ghi. Nếu cần, xin sửa ở văn bản ấy."


def what_it_says(document: Document) -> str:
    """The day and the signatories a paper says, in words."""
    signers = "; ".join(str(one) for one in document.signatures.select_related("person"))
    dated = f"ngày ký {short_date(document.dated)}" if document.dated.known else ""
    return ", ".join(filter(None, [dated, f"người ký {signers}" if signers else ""]))


def called(signers: list[SignerEntry]) -> str:
    """The names of signers in a row."""
    return ", ".join(one.name or one.capacity for one in signers)


def open_edit(
    meeting: Meeting, record: Paper, seated: list[tuple[SignerEntry, int | None]], *, by: User
) -> Iterator[str]:
    """Open the edit of one approved paper with day and signatories; one already open is left alone."""
    kind = next(one for one in all_kinds() if one.view and one.view.model is type(record))
    document = record.document
    rows = [signature_row(one, side) for one, side in seated if side]
    if (copy := copies.open_copy(kind.key, record)) is not None:
        held = {name for key, names in copy.data.items() if key.endswith("-name") for name in names}
        if any(one.side for one, _ in seated) or any(row["name"] not in held for row in rows):
            yield f"“{document.title}” đang có bản sửa: xin ghi ngày ký, người ký vào bản ấy."
        return
    view = kind.view()
    view.user, view.record, view.copy = by, record, None
    data = view.raw_data(record)
    began = view.marks(data.copy())
    takes = [(not document.dated.known, "ngày ký"), (rows and not document.signatures.exists(), "người ký")]
    what = " và ".join(words for is_taken, words in takes if is_taken)
    if not what:
        return
    if not document.dated.known:
        data["dated"], data["signing"] = meeting.document.dated.typed, ""
    if not document.signatures.exists():
        append_rows(data, "signatures", rows)
    data[FROM] = began
    copies.save_copy(kind.key, record, data, by=by, expected=0, based_on=record.version)
    yield (
        f"Đã mở bản sửa của “{document.title}” với {what} tại hội nghị, ở Bàn làm việc; "
        "xin xem lại rồi trình lãnh đạo."
    )


def signature_row(one: SignerEntry, side: int) -> dict[str, str]:
    """The raw row of a signature on a side of its paper."""
    row = {"side": str(side), "capacity": one.capacity, "authority": one.authority, "name": one.name}
    return row | ({"name": one.person.name, "name-ma": one.person.code} if one.person else {})
