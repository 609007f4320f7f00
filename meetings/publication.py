"""Which parts of a conference become public, which stay inside, and which tasks its approval sends out.

The words are asked of the same reading the visitor's page is drawn from; what a visitor is only counted is
named inside.
"""

from django.utils import timezone

from meetings.actions.passing import passing
from meetings.actions.tasks import addressees_of
from meetings.board import due_words
from meetings.forms.tasks import late_words
from meetings.models import Directive, Meeting, MeetingPaper, Stage, Task
from meetings.parts import said_by, states_of, told_by
from meetings.reading import MeetingReading
from portal.access import VISITOR
from portal.changes import capital
from portal.models import Audience, Paper
from portal.publication import NOT_PUBLIC, Line, Preview


def meeting_parts(meeting: Meeting) -> Preview:
    """A conference's own parts, in the order of its page."""
    preview, reading = Preview(), MeetingReading(meeting, VISITOR)
    preview.tell("Loại hội nghị", ", ".join(reading.kinds))
    preview.tell("Giờ", ", ".join(filter(None, [meeting.document.dated.part_of_day, reading.clock])))
    preview.tell("Địa điểm", meeting.place)
    preview.tell("Tiến độ", "" if meeting.stage == Stage.HELD else meeting.get_stage_display())
    preview.tell("Tóm tắt diễn biến", meeting.summary)
    preview.keep("Chương trình hội nghị", "\n".join(str(one) for one in meeting.agenda.all()))
    _table(preview, reading)
    for one in reading.chairs:
        preview.tell("Chủ trì", f"{one} ({one.roles})" if one.roles else one)
    for one in reading.named:
        preview.tell(f"Người tham gia ({one.roles})" if one.roles else "Người tham gia", one)
    part = {one.pk for one in reading.with_part}
    invited = meeting.participations.entered().select_related("organization")
    merely = [str(one) for one in invited if one.pk not in part]
    preview.keep("Người dự, khách mời", "\n".join(merely))
    for one in reading.talks:
        preview.tell("Tham luận", one.words)
    _sayings(preview, reading)
    preview.tell("Kết luận", meeting.closing)
    if reading.previous:
        preview.tell("Hội nghị trước", reading.previous[0])
    elif meeting.previous:
        preview.keep("Hội nghị trước", f"{meeting.previous} ({NOT_PUBLIC})")
    return preview


def _table(preview: Preview, reading: MeetingReading) -> None:
    """Papers a visitor may open are named, with who signed them; of the others the public reads nothing."""
    told = {one.document.pk for group in reading.table for one in group.papers}
    for group in reading.table:
        label = capital(group.label)
        for one in group.papers:
            number = f"Số {one.number}" if one.number else ""
            is_signed = group.role == MeetingPaper.Role.SIGNED and reading.record.stage == Stage.HELD
            said = "; ".join(one.signers) or ("chưa rõ" if is_signed else "")
            signers = f"Người ký: {said}" if said else ""
            preview.tell(label, "\n".join(filter(None, [one.name, number, signers])))
    for row in reading.rows:
        if row.document_id not in told:
            preview.keep(capital(row.get_role_display()), f"{row.document} ({NOT_PUBLIC})")


def paper_sayings(record: Paper) -> Preview | None:
    """The directions told in a paper that is no conference, each on the side of its audience."""
    preview = Preview()
    for one in Directive.objects.filter(document=record.document_id).select_related("organization"):
        addressed = f"gửi: {one.addressed_to}" if one.addressed_to else ""
        words = filter(None, [one.text, told_by(one), addressed])
        preview.add(one.audience, "Ý kiến chỉ đạo", "\n".join(words))
    return preview


def errands_of(meeting: Meeting) -> dict[str, Line]:
    """The tasks of a conference, by their codes: to whom, until when; bodies that ended with those in their place."""
    today, found = timezone.localdate(), {}
    linked = (
        "directive__meeting__document",
        "kind",
        "territory",
        "follower__level",
        "follower__territory__level",
    )
    tasks = Task.objects.filter(directive__meeting=meeting, closed_on__isnull=True).select_related(*linked)
    reached = [(task, addressees_of(task)) for task in tasks.prefetch_related("addressees__organization")]
    everybody = {body.pk: body for _, bodies in reached for body in bodies}
    ended = {
        body.pk: f"{body} đã kết thúc: "
        + (f"chuyển cho {'; '.join(map(str, heirs))}" if heirs else "đóng lại")
        for body, heirs in passing(everybody.values(), today)
    }
    for task, bodies in reached:
        due = f"Hạn: {due_words(task.due_on)}{', hằng năm' if task.yearly else ''}"
        gone = [ended[body.pk] for body in bodies if body.pk in ended]
        words = [f"{len(bodies)} cơ quan: {'; '.join(map(str, bodies))}", *gone, due]
        words.append(late_words(task.due_on, today))
        found[task.code] = Line(f"Giao theo dõi: {task.directive.text}", "\n".join(filter(None, words)))
    return found


def _sayings(preview: Preview, reading: MeetingReading) -> None:
    """Each direction on the side of its audience; how it stands only where that is ticked."""
    states = states_of(reading.directives, reading.reader)
    for one in reading.directives:
        quote = f"(“{one.quote}”)" if one.quote else ""
        addressed = f"gửi: {one.addressed_to}" if one.addressed_to else ""
        state = states.get(one.pk, "")
        shown = one.state_shown and one.audience == Audience.PUBLIC
        told = f"Tình trạng thực hiện cũng công khai{f': {state}' if state else ''}" if shown else ""
        said = [f"{one.text} {quote}".strip(), said_by(one), addressed, told]
        preview.add(one.audience, "Ý kiến chỉ đạo", "\n".join(part for part in said if part))
        if state and not shown:
            preview.keep("Tình trạng thực hiện", f"{one.text}: {state}")
