"""J4: a clerk enters 34/KH-UBND from its article: number line, three bases, seven tasks, four targets."""

import re
from collections.abc import Callable

from portal import starter
from portal.models import AdministrativeUnit, Level, OrganizationKind, State
from programs.models import Plan
from tests.cast import Cast, make_body
from tests.journeys.test_enter import ba_dinh as ba_dinh
from tests.journeys.walker import Walker

Walk = Callable[..., Walker]
LINE = "Kế hoạch số 34/KH-UBND ngày 24/01/2018 về thực hiện công tác dân vận chính quyền năm 2018"
BASES = [
    "Kết luận số 114-KL/TW ngày 14/5/2015 của Ban Bí thư Trung ương Đảng",
    "Chỉ thị số 16/CT-TTg ngày 16/5/2016 của Thủ tướng Chính phủ",
    "Chỉ thị số 05-CT/TW của Bộ Chính trị",
]
TASKS = [
    "Chỉ đạo công tác dân vận gắn với các kết luận, chỉ thị của Trung ương",
    "Tuyên truyền, rà soát các văn bản phối hợp trong hệ thống chính trị",
    "Gắn công tác dân vận với đẩy mạnh cải cách hành chính",
    "Nâng cao trách nhiệm, ý thức phục vụ Nhân dân của cán bộ, công chức, viên chức",
    "Đẩy mạnh phòng, chống tham nhũng, lãng phí",
    "Kiểm tra, giám sát công tác dân vận; giải quyết kịp thời nguyện vọng chính đáng của Nhân dân",
    "Tiếp dân, giải quyết đơn thư, khiếu nại, tố cáo",
]

TARGETS = [
    "100% các cơ quan, đơn vị thực hiện kế hoạch",
    "100% các phường ban hành kế hoạch",
    "100% các phường đăng ký mô hình",
    "Phấn đấu 40%-50% các cơ quan chuyên môn đăng ký mô hình",
]


def test_j4_a_plan_with_its_bases_tasks_and_targets_pasted(ba_dinh: Cast, walk: Walk) -> None:
    starter.load()
    district = AdministrativeUnit.objects.create(name="quận Ba Đình", level=Level.objects.get(key="huyen"))
    ba_dinh.committee.territory = district
    ba_dinh.committee.save()
    for name, kind, level in (
        ("UBND phường Đội Cấn", "ubnd", "xa"),
        ("UBND phường Kim Mã", "ubnd", "xa"),
        ("Phòng Nội vụ", "phong-noi-vu", None),
        ("Phòng Tư pháp", "phong-chuyen-mon", None),
    ):
        level = level and Level.objects.get(key=level)
        make_body(name, territory=district, kind=OrganizationKind.objects.get(key=kind), level=level)
    clerk = walk("lan", "/lam-viec/")
    clerk.follow("Nhập văn bản")
    clerk.follow("Kế hoạch", within=clerk.page.locator("main"))
    clerk.paste("number_line", LINE)
    clerk.glance("number", "34/KH-UBND")
    clerk.glance("title", re.compile("công tác dân vận chính quyền năm 2018$"))
    clerk.glance("period", "2018")
    clerk.pick("partners-0-name", "ubnd quan ba dinh", "UBND quận Ba Đình (đến 30/6/2025)")
    clerk.paste("bases-dan", "\n".join(f"- Căn cứ {line};" for line in BASES))
    clerk.glance("bases-2-text", f"Căn cứ {BASES[2]}")
    clerk.paste("items-dan", "\n".join(f"{number}. {line}." for number, line in enumerate(TASKS, 1)))
    clerk.glance("items-6-text", re.compile("^Tiếp dân"))
    clerk.paste("targets-dan", ";\n".join(TARGETS))
    clerk.glance("targets-3-level", "phấn đấu 40–50 %")
    clerk.send("Trình lãnh đạo")
    clerk.read("Đã trình lãnh đạo.")
    clerk.keeps("J4")

    plan = Plan.objects.get()
    document = plan.document
    assert (plan.state, plan.keeper, str(plan.period)) == (State.WAITING, ba_dinh.ours, "2018")
    assert (document.number, str(document.dated), document.type.key) == (
        "34/KH-UBND",
        "24/1/2018",
        "ke-hoach",
    )
    issuers = [(one.side, one.organization, one.printed) for one in document.partners.all()]
    assert issuers == [(1, ba_dinh.committee, "")]
    assert [one.text for one in plan.items.all()] == TASKS
    assert [one.cited.number for one in document.citations.all()] == ["114-KL/TW", "16/CT-TTg", "05-CT/TW"]
    invented = [document.signatures, document.source_uses, document.attachments]
    assert [rows.count() for rows in invented] == [0] * 3
    assert (plan.program, plan.parent, plan.predecessor) == (None, None, None)
    assert {(one.period.known, one.product, one.bodies.count()) for one in plan.items.all()} == {
        (False, "", 0)
    }
    targets = [(str(one.asked), one.group.key, one.territory, one.measure) for one in plan.targets.all()]
    assert targets == [
        ("100 %", "co-quan-don-vi", district, ""),
        ("100 %", "xa-phuong", district, "has-plan"),
        ("100 %", "xa-phuong", district, ""),
        ("phấn đấu 40–50 %", "co-quan-chuyen-mon", district, ""),
    ]
    page = ba_dinh.client("lan").get(f"/lam-viec/ke-hoach/{plan.code}/").text
    assert page.count("chưa có số liệu</text>") == 4 and "0 %</b>" not in page
