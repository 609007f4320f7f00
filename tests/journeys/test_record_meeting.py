"""J3: a clerk records a conference afterwards, from what the press wrote about it."""

from collections.abc import Callable

import pytest

from meetings import starter
from meetings.models import Directive, Meeting, MeetingSignature, Participation, Presentation, Task
from portal.dates import parse_date
from portal.models import Person, Signature, State
from programs.models import Plan
from tests.cast import Cast, make_meeting, make_program
from tests.journeys.walker import Walker

TITLE = "Hội nghị tổng kết kế hoạch phối hợp năm 2022"
PEOPLE = (
    "Dự hội nghị có đồng chí Hồ Tấn Đạt, Chuyên viên Ban Dân vận Thành ủy; Nguyễn Hoàng Long, Phó Bí thư Thường trực "
    "Quận ủy; Nguyễn Bá Thành, Phó Bí thư Quận ủy, Chủ tịch UBND quận; Phạm Thị Thành, Ủy viên Ban Thường vụ, Trưởng "
    "Ban Dân vận Quận ủy; Bùi Hoàng Lộc, Phó Bí thư Thường trực Đảng ủy Phường 1."
)
PLANS = [
    "Kế hoạch thực hiện chương trình phối hợp năm 2023",
    "Kế hoạch triển khai mô hình “Nhà nước kêu gọi – Nhân dân đồng hành”",
]
SAYINGS = [
    "Làm tốt hơn nữa chương trình phối hợp đã ký năm 2022",
    "Đưa hai kế hoạch vừa ký vào việc làm cụ thể",
    "Về đích các chỉ tiêu nhiệm kỳ, trước hết là công trình trọng điểm",
    "Giữ nền nếp dân chủ ở cơ sở",
    "Sửa các chỗ phối hợp còn yếu, kiểm tra thường hơn",
    "Người đứng đầu gặp gỡ, đối thoại với dân, cả ở trường học",
    "Vận động chủ nhà trọ giảm giá thuê",
    "Phổ biến nội dung “5 không”",
    "Chọn kỹ mô hình “Dân vận khéo” khi đăng ký",
    "Đẩy mạnh cải cách hành chính, chuyển đổi số",
    "Giải quyết kịp thời đơn thư của dân",
]


@pytest.fixture
def roles(db: None) -> None:
    starter.load()


def test_j3_a_conference_is_recorded_from_an_article(
    tan_binh: Cast, roles: None, walk: Callable[..., Walker]
) -> None:
    clerk = walk("hoa", "/lam-viec/")
    clerk.follow("Nhập văn bản")
    clerk.follow("Hội nghị", within=clerk.page.locator("main"))
    clerk.paste("title", TITLE)
    clerk.type("dated", "23/3/2023")
    clerk.tick_label("tổng kết")
    clerk.pick("partners-0-name", "ban dan van quan uy", "Ban Dân vận Quận ủy Tân Bình (đến 30/6/2025)")
    clerk.add_row("partners", "Thêm cơ quan")
    clerk.pick("partners-1-name", "ubnd quan", "UBND quận Tân Bình (đến 30/6/2025)")
    clerk.paste("people-dan", PEOPLE)
    clerk.glance("people-4-name", "Bùi Hoàng Lộc")
    clerk.paste("table-dan", "\n".join(PLANS))
    clerk.glance("table-1-paper", PLANS[1])
    clerk.add_row("talks", "Thêm tham luận")
    clerk.type("talks-0-by", "Bùi Hoàng Lộc")
    clerk.paste("talks-0-topic", "Khối vận và UBND phường cùng làm công tác dân vận chính quyền")
    clerk.type("speaker", "Nguyễn Hoàng Long")
    clerk.paste("sayings-dan", "\n".join(f"- {line}" for line in SAYINGS))
    clerk.glance("sayings-7-text", SAYINGS[7])
    clerk.unfold("Giao theo dõi", within=clerk.page.locator("#rows-sayings > .form-row").nth(7))
    clerk.type("sayings-7-assign_to", "Ban Dân vận Quận ủy Tân Bình")
    clerk.type("sayings-7-due", "không rõ")
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    clerk.keeps("J3")

    meeting = Meeting.objects.get()
    assert (meeting.state, str(meeting.document.dated), meeting.keeper) == (
        State.WAITING, "23/3/2023", tan_binh.board_now
    )  # fmt: skip
    assert [one.organization for one in meeting.document.partners.all()] == [
        tan_binh.board_then,
        tan_binh.committee_then,
    ]
    people = Participation.objects.filter(meeting=meeting)
    assert [one.name for one in people] == [
        "Hồ Tấn Đạt", "Nguyễn Hoàng Long", "Nguyễn Bá Thành", "Phạm Thị Thành", "Bùi Hoàng Lộc"
    ]  # fmt: skip
    assert sum(len(one.capacity.split(", ")) for one in people) == 7
    assert not people.filter(role_links__isnull=False).exists()
    assert Presentation.objects.get().participation.name == "Bùi Hoàng Lộc"
    assert [
        (one.document.title, str(one.document.dated), one.state) for one in Plan.objects.order_by("pk")
    ] == [(title, "23/3/2023", State.DRAFTING) for title in PLANS]
    assert (Signature.objects.count(), MeetingSignature.objects.count()) == (0, 0)
    assert [one.text for one in Directive.objects.all()] == SAYINGS
    assert {one.speakers.get().participation.name for one in Directive.objects.all()} == {"Nguyễn Hoàng Long"}
    task = Task.objects.get()
    assert (task.directive.text, [one.organization for one in task.addressees.all()]) == (
        SAYINGS[7], [tan_binh.board_then]
    )  # fmt: skip
    assert Directive.objects.filter(task=None).count() == 10
    assert Person.objects.count() == 5


def test_papers_bodies_and_the_conference_before_are_taken_from_suggestions(
    cast: Cast, roles: None, walk: Callable[..., Walker]
) -> None:
    before = make_meeting(cast, "Hội nghị sơ kết năm trước", dated=parse_date("2/4/2021"))
    program = make_program(cast, "approved", number="07-CTrPH/BDVĐU")
    clerk = walk("lan", "/lam-viec/hoi-nghi/nhap/")
    clerk.type("title", "Hội nghị tổng kết")
    clerk.unfold("Tiến độ, số biên bản, hội nghị trước")
    clerk.pick("previous", "so ket nam", "Hội nghị sơ kết năm trước (2/4/2021)")
    clerk.add_row("table", "Thêm văn bản")
    clerk.pick("table-0-paper", "07-CTr", str(program.document))
    clerk.add_row("sayings", "Thêm ý kiến")
    clerk.type("sayings-0-text", "Sớm ký kết")
    clerk.send("Lưu")
    clerk.glance("table-0-paper", str(program.document))
    meeting = Meeting.objects.latest("pk")
    assert (meeting.previous, meeting.papers.get().document) == (before, program.document)

    clerk.open(f"/lam-viec/hoi-nghi/{meeting.code}/")
    clerk.follow("Giao theo dõi")
    clerk.pick("body_1", "ubnd", "UBND phường Ba Đình")
    clerk.tick("no_day")
    clerk.send("Xem nơi nhận")
    clerk.read("Nhiệm vụ sẽ đến 1 cơ quan")
    clerk.send("Giao theo dõi")
    assert [one.organization for one in Task.objects.get().addressees.all()] == [cast.partner]
