"""What earlier versions left is told by night, exactly, and nothing is taken away."""

from meetings import starter
from meetings.actions import TablePaperEntry
from meetings.actions.participants import ParticipationEntry
from meetings.models import MeetingPaper, MeetingRole, Participation
from portal import nightly
from portal.actions.documents import SignatureEntry
from portal.models import Citation, Document, Person
from tests.cast import Cast, make_meeting, make_program

PAPERS = "Tìm văn bản thêm khi ghi hồ sơ mà nay không nơi nào nêu: xong"
SIGNERS = "Tìm người ghi là đã ký mà các văn bản ký tại hội nghị không có chữ ký: xong"


def told() -> list[str]:
    """What a night reports of them."""
    lines: list[str] = []
    assert nightly.run(lines.append) == 0
    return [line for line in lines if line.startswith((PAPERS, SIGNERS))]


def test_a_paper_that_nothing_names_is_told(cast: Cast) -> None:
    program = make_program(cast)
    lost, cited, kept = (
        Document.objects.create(title=title, looked_at=looked_at)
        for title, looked_at in (("Bản ghi nhớ cũ", False), ("Nghị quyết nêu", False), ("Đã rà soát", True))
    )
    Citation.objects.create(citing=program.document, cited=cited, printed="Nghị quyết nêu")
    make_meeting(cast, papers=[TablePaperEntry("discussed", title="Báo cáo")])
    assert told() == [f"{PAPERS} (1: {lost})", SIGNERS]
    assert Document.objects.filter(pk__in=[lost.pk, kept.pk]).count() == 2


def test_who_is_said_to_have_signed_papers_that_tell_others_is_told(cast: Cast) -> None:
    starter.load()
    signs = MeetingRole.objects.get(key="ky")
    chung, hoa = (Person.objects.create(name=name) for name in ("Nguyễn Đức Chung", "Trần Thị Hoa"))
    program = make_program(cast, "published", signatures=[SignatureEntry(1, chung, "", "Chủ tịch")])
    meeting = make_meeting(cast, papers=[TablePaperEntry("signed", program.document)])
    for person, name in ((chung, "Nguyễn Đức Chung"), (None, "Nguyễn Đức Chung"), (hoa, "Trần Thị Hoa")):
        row = Participation.objects.create(meeting=meeting, person=person, name=name)
        row.role_links.create(role=signs)
    silent = make_program(cast, "published", title="Không rõ ai ký")
    other = make_meeting(cast, participations=[ParticipationEntry("Lê Văn B", roles={signs})])
    MeetingPaper.objects.create(meeting=other, document=silent.document, role="signed")
    assert told() == [PAPERS, f"{SIGNERS} (1: Trần Thị Hoa, {meeting})"]
    assert Participation.objects.filter(role_links__role=signs).count() == 4
