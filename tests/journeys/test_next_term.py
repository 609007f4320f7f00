"""J2: two agreements signed on one day, as the next terms of those of 2017-2021, with one more body on a side."""

import re
from collections.abc import Callable

import pytest

from portal.actions.documents import PartnerEntry
from portal.dates import PartialDate
from portal.models import Partner
from programs.models import Program
from tests.cast import Cast, make_program
from tests.journeys.test_enter import ba_dinh as ba_dinh
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
KEPT, OLD, DROPPED = (
    "Phát hiện, nhân rộng nhân tố mới, điển hình tiên tiến",
    "Tuyên truyền nhiệm vụ phát triển kinh tế - xã hội",
    "Nắm tình hình dư luận trước các kỳ họp",
)
NEW = "Tham mưu giải pháp tư tưởng khi triển khai dự án trọng điểm"
SECOND = [
    "Cụ thể hóa kịp thời chủ trương của Đảng",
    "Cải cách hành chính",
    "Giáo dục đạo đức công vụ",
    "Tiếp dân, đối thoại",
]


@pytest.fixture
def old_terms(ba_dinh: Cast) -> list[Program]:
    """The two agreements of 2017-2021, signed by UBND alone, kept today by the ward's board."""
    about = {
        ba_dinh.propaganda: ("Phối hợp công tác tuyên truyền giai đoạn 2017-2021", [KEPT, OLD, DROPPED]),
        ba_dinh.board: ("Phối hợp công tác dân vận giai đoạn 2017-2021", SECOND[1:2]),
    }
    return [
        make_program(
            ba_dinh, "approved", title=title, period="2017-2021", items=items, dated=PartialDate.unknown(),
            partners=[PartnerEntry(1, board), PartnerEntry(2, ba_dinh.committee)],
        )
        for board, (title, items) in about.items()
    ]  # fmt: skip


def test_j2_two_next_terms_the_second_from_the_first(
    ba_dinh: Cast, old_terms: list[Program], walk: Walk
) -> None:
    first_old, second_old = old_terms
    clerk = walk("lan", "/lam-viec/")
    clerk.follow("Chương trình")
    clerk.follow(re.compile("^Ban Tuyên giáo Quận ủy Ba Đình"))
    clerk.follow("Tạo giai đoạn mới")
    clerk.glance("predecessor", str(first_old))
    clerk.amend("title", "2022-2026", "2021-2026")
    clerk.type("dated", "5/11/2021")
    clerk.unfold("Ngày ký do suy ra")
    clerk.tick("dated_inferred")
    clerk.type("dated_basis", "bài báo chỉ in ngày 5/11")
    clerk.glance("period", "giai đoạn 2021-2026")
    clerk.amend("partners-1-name", "UBND quận Ba Đình (đến 30/6/2025)", "HĐND - UBND quận Ba Đình")
    clerk.amend("items-1-text", "Tuyên truyền", "Chỉ đạo, hướng dẫn tuyên truyền")
    clerk.drop_row("items", 2)
    clerk.paste("items-dan", NEW)
    clerk.send("Trình lãnh đạo")
    lineage = clerk.page.locator("#giai-doan")
    for word in ("giữ", "sửa", "mới", "bỏ"):
        clerk.read(word, within=lineage)

    clerk.follow("Nhập văn bản tương tự")
    clerk.glance("dated", "5/11/2021")
    clerk.pick("partners-0-name", "ban dan van quan uy", "Ban Dân vận Quận ủy Ba Đình (đến 30/6/2025)")
    clerk.amend("title", "tuyên truyền", "dân vận")
    for _ in range(3):
        clerk.drop_row("items", 0)
    clerk.paste("items-dan", "\n".join(SECOND))
    clerk.type("stated_item_count", "7 nội dung")
    clerk.pick("predecessor", "dan van 2017", str(second_old))
    clerk.send("Trình lãnh đạo")
    clerk.read(re.compile("^Tiếp nối"), within=lineage)
    clerk.keeps("J2")

    first, second = Program.objects.exclude(predecessor=None).order_by("pk")
    assert [first.predecessor, second.predecessor] == [first_old, second_old]
    for program, board in ((first, ba_dinh.propaganda), (second, ba_dinh.board)):
        document, together = program.document, "HĐND - UBND quận Ba Đình"
        partners = Partner.objects.filter(document=document).values_list("side", "organization", "printed")
        assert list(partners) == [
            (1, board.pk, ""), (2, ba_dinh.council.pk, together), (2, ba_dinh.committee.pk, together)
        ]  # fmt: skip
        assert (str(document.dated), str(program.period)) == ("5/11/2021", "2021–2026")
        assert document.marks["dated"]["inferred"] == "bài báo chỉ in ngày 5/11"
        assert (document.number, document.signatures.count()) == ("", 0)
    assert [item.text for item in first.items.all()] == [
        KEPT,
        f"Chỉ đạo, hướng dẫn {OLD[0].lower()}{OLD[1:]}",
        NEW,
    ]
    assert [item.origin for item in first.items.all()] == [*first_old.items.all()[:2], None]
    assert [item.text for item in second.items.all()] == SECOND
    assert second.stated_item_count == 7
    assert [item.text for item in first_old.items.all()] == [KEPT, OLD, DROPPED]
