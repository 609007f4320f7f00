"""The papers the benchmark fills: programmes with sides, items, bases, signatures, files, lineage, plans, history.

A programme, its document and the act that entered it have the same key, so that history is written from the rows
themselves. Derived columns are made by the portal's own rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from portal.actions.circles import circles_of
from portal.dates import Period
from portal.models import (
    Act,
    Attachment,
    Audience,
    Citation,
    Document,
    DocumentType,
    Organization,
    Paper,
    Partner,
    Signature,
    State,
    Tag,
    Verb,
    WorkingCopy,
)
from portal.text import fold, slugify
from programs.actions.programs import DERIVED, _derive
from programs.models import ContentItem, ItemBody, Plan, Program, ProgramTag
from tests.bench.nation import Nation, Place
from tests.bench.tables import insert, keep_history, settle

CITED = 400
THEMES = [
    "công tác dân vận",
    "thực hiện Quy chế dân chủ ở cơ sở",
    "cải cách hành chính",
    "tiếp công dân, đối thoại với Nhân dân",
    "xây dựng nông thôn mới",
    "bảo đảm an ninh trật tự",
    "giảm nghèo bền vững",
    "phong trào thi đua Dân vận khéo",
    "giải quyết những vấn đề bức xúc của Nhân dân",
    "công tác dân tộc, tôn giáo",
    "giải phóng mặt bằng",
    "chuyển đổi số",
    "bảo vệ môi trường",
    "chăm lo người có công",
    "xây dựng đô thị văn minh",
    "tuyên truyền pháp luật",
]
DOES = [
    "tuyên truyền, vận động các tầng lớp nhân dân thực hiện",
    "kiểm tra, giám sát việc thực hiện",
    "nắm tình hình và tham mưu về",
    "tổ chức đối thoại định kỳ về",
    "rà soát, kiến nghị tháo gỡ khó khăn trong",
    "xây dựng và nhân rộng điển hình về",
    "bồi dưỡng cán bộ làm",
    "sơ kết, tổng kết, khen thưởng",
]
WITH = [
    "theo chức năng, nhiệm vụ của mỗi bên và quy định của pháp luật",
    "gắn với việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    "hằng năm xây dựng kế hoạch cụ thể, phân công rõ người, rõ việc, rõ thời gian",
    "bảo đảm dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát, dân thụ hưởng",
    "kịp thời giải quyết kiến nghị chính đáng của Nhân dân ngay từ cơ sở, không để phát sinh điểm nóng",
]
TYPES = [
    ("chuong-trinh-phoi-hop", "Chương trình phối hợp", "CTrPH", "program"),
    ("quy-che-phoi-hop", "Quy chế phối hợp", "QCPH", "program"),
    ("ke-hoach-phoi-hop", "Kế hoạch phối hợp", "KHPH", "program"),
    ("ke-hoach", "Kế hoạch", "KH", "plan"),
    ("quyet-dinh", "Quyết định", "QĐ", "other"),
]
PAIRS = {
    0: [("BTGDVTW", "BNV"), ("BDVTW", "CP"), ("BTGDVTW", "BQP", "BCA"), ("BDVTW", "UBTWMTTQVN")],
    1: [
        ("BDVTU", "UBND"), ("BTGDVTU", "UBND"), ("BDVTU", "SNV"), ("BTGDVTU", "CA", "BCHQS"), ("TU", "UBND", "HĐND"),
        ("UBMTTQVN", "UBND"), ("BDVTU", "BCHQS", "UBMTTQVN"), ("HND", "HLHPN", "ĐTN"), ("BTGDVTU", "SVHTTDL"),
    ],
    2: [("BDVHU", "UBND"), ("BDVHU", "HĐND", "UBND"), ("BDVHU", "UBMTTQVN", "UBND")],
    3: [("ĐU", "UBND"), ("ĐU", "HĐND", "UBND"), ("UBMTTQVN", "UBND"), ("BXDĐ", "UBND", "UBMTTQVN")],
}  # fmt: skip


@dataclass
class Draft:
    """What is decided about a programme before any row is written."""

    id: int
    place: Place
    bodies: list[Organization]
    year: int
    period: Period
    signed: date | None
    state: str
    theme: str
    kind: int
    predecessor: int | None = None
    follows: int | None = None
    way: dict[str, Any] = field(default_factory=dict)
    circle: int = 0
    circle_of_plan: int = 0
    later: list["Draft"] = field(default_factory=list)


def fill_papers(random: Random, nation: Nation, size: int) -> None:
    """Write everything ``size`` programmes bring with them."""
    _write_registers(random)
    drafts = [_draft(random, nation, number) for number in range(1, size + 1)]
    _link_terms(random, drafts)
    _write_family(nation, drafts)
    _draw_circles(drafts)
    insert(Act, map(_act, drafts))
    plans = list(_plans(random, drafts))
    insert(Document, map(_document, drafts))
    insert(Document, (plan["document"] for plan in plans))
    insert(Program, (_program(random, draft) for draft in drafts))
    insert(Plan, (plan["plan"] for plan in plans))
    insert(Partner, _numbered(_partners(drafts, plans)))
    insert(Signature, _numbered(_signatures(random, drafts, nation)))
    insert(Citation, _numbered(_citations(random, drafts)))
    insert(Attachment, _numbered(_attachments(random, drafts)))
    insert(ContentItem, _numbered(_items(random, drafts)))
    insert(ItemBody, _numbered(_item_bodies(drafts)))
    insert(ProgramTag, _numbered(_tags(random, drafts)))
    insert(WorkingCopy, _numbered(_copies(random, drafts)))
    _keep_all(size)


def _keep_all(size: int) -> None:
    """Write the first version of every row, each in the act that entered its programme."""
    keep_history(Program, "base.id")
    keep_history(ProgramTag, "base.program_id")
    keep_history(ContentItem, "base.program_id")
    item = f"JOIN {ContentItem._meta.db_table} item ON item.id = base.item_id"
    keep_history(ItemBody, "item.program_id", item)
    keep_history(Plan, "base.program_id")
    keep_history(Document, f"CASE WHEN base.id <= {size} THEN base.id END")
    for model in (Partner, Signature, Attachment):
        keep_history(model, f"CASE WHEN base.document_id <= {size} THEN base.document_id END")
    keep_history(Citation, "base.citing_id")
    settle([Act, Document, Program, Plan, Partner, Signature, Citation, Attachment])
    settle([ContentItem, ItemBody, ProgramTag, WorkingCopy, Tag, DocumentType])


def _numbered(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, 1):
        row["id"] = number
        yield row


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def _write_registers(random: Random) -> None:
    insert(
        DocumentType,
        (
            {
                "id": n,
                "key": key,
                "name": name,
                "party_abbreviation": short,
                "state_abbreviation": short,
                "family": family,
            }
            for n, (key, name, short, family) in enumerate(TYPES, 1)
        ),
    )
    insert(Tag, ({"id": n, "key": f"t{n}", "name": name, "position": n} for n, name in enumerate(THEMES, 1)))
    insert(Document, (_cited(random, number) for number in range(1, CITED + 1)))


def cited_id(number: int) -> int:
    """Cited papers have keys far above those of the programmes."""
    return 10_000_000 + number


def _cited(random: Random, number: int) -> dict[str, Any]:
    day = date(2009, 1, 1) + timedelta(days=random.randrange(5000))
    return {
        "id": cited_id(number), "title": f"Về {random.choice(THEMES)}", "number": f"{number}-QĐ/TW", "type_id": 5,
        "number_key": f"{number}-QĐ/TW", "number_value": number, "signing": "signed", "audience": "public",
        "dated_precision": "day", "dated_first": day, "dated_last": day, "style": "party",
    }  # fmt: skip


# --- what is decided


def _draft(random: Random, nation: Nation, number: int) -> Draft:
    year = min(2011 + int(16 * random.random() ** 0.7), timezone.localdate().year)
    places = random.choices(
        [
            nation.communes,
            nation.districts if year <= 2024 else nation.communes,
            nation.provinces,
            [nation.centre],
        ],
        [70, 14, 15, 1],
    )[0]
    place = random.choice(places)
    bodies = [place.bodies[short] for short in random.choice(PAIRS[place.level])]
    signed = date(year, random.randint(1, 12), random.randint(1, 28)) if random.random() > 0.1 else None
    state = random.choices([State.APPROVED, State.DRAFTING, State.WAITING, State.RETURNED], [80, 9, 7, 4])[0]
    kind = random.choices([1, 2, 3], [8, 1, 1])[0]
    period, theme = _period(random, year), random.choice(THEMES)
    draft = Draft(number, place, bodies, year, period, signed, state, theme, kind)
    draft.way = _way(draft, random.random())
    return draft


def _period(random: Random, year: int) -> Period:
    chance = random.random()
    if chance < 0.04:
        return Period.unknown()
    if chance < 0.07:
        return Period.open(date(year, 1, 1))
    return Period.years(year, year + random.choice([0, 2, 4, 4, 5]))


def _link_terms(random: Random, drafts: list[Draft]) -> None:
    """Now and then a later programme of the same place and first body continues the earlier one, or follows one above."""
    last: dict[tuple[int, int], Draft] = {}
    above: dict[int, int] = {}
    for draft in sorted(drafts, key=lambda one: (one.year, one.id)):
        key = (draft.place.id, draft.bodies[0].pk)
        before = last.get(key)
        if before and before.year < draft.year and not before.later and random.random() < 0.5:
            draft.predecessor = before.id
            if draft.state == State.APPROVED:
                before.later.append(draft)
        last[key] = draft
        if random.random() < 0.4:
            draft.follows = above.get(draft.place.province.id) if draft.place.province else None
        if draft.place.level < 2 and draft.state == State.APPROVED:
            above[draft.place.id] = draft.id


def _write_family(nation: Nation, drafts: list[Draft]) -> None:
    """The first three are the same at every size: a programme with its predecessor and the one above it."""
    own, before, top = drafts[:3]
    own.place = before.place = nation.provinces[18]
    top.place = nation.centre
    own.year, before.year, top.year = 2021, 2016, 2021
    for one, kinds in ((own, ("BDVTU", "UBND")), (before, ("BDVTU", "UBND")), (top, ("BDVTW", "CP"))):
        one.bodies = [one.place.bodies[kind] for kind in kinds]
        one.period, one.signed = Period.years(one.year, one.year + 4), date(one.year, 1, 15)
        one.state, one.later, one.predecessor, one.follows = State.APPROVED, [], None, None
        one.way = _way(one, 0.5)
    own.predecessor, own.follows, before.later = before.id, top.id, [own]
    for one in drafts[3:]:
        one.later = [later for later in one.later if later.id > 3]
        if one.predecessor in (1, 2, 3):
            one.predecessor = None


def _draw_circles(drafts: list[Draft]) -> None:
    """Who reads a programme, by the rules of the portal."""
    sets = [frozenset(body.pk for body in draft.bodies) for draft in drafts]
    circles = circles_of([*sets, *(frozenset([draft.bodies[0].pk]) for draft in drafts)])
    for draft, bodies in zip(drafts, sets, strict=True):
        draft.circle = circles[bodies]
        draft.circle_of_plan = circles[frozenset([draft.bodies[0].pk])]


# --- the rows


def _act(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id, "verb": Verb.LOAD, "record_kind": "programs.program", "record_code": _code(draft.id), "version": 1,
        "record_name": draft.theme, "body_id": draft.bodies[0].pk, "at": _moment(draft.signed or date(draft.year, 6, 1)),
    }  # fmt: skip


def _code(number: int, letter: str = "p") -> str:
    return f"{letter}{number:09d}"


def _document(draft: Draft) -> dict[str, Any]:
    return _paper(draft, draft.id, draft.kind, f"Về {draft.theme} trên địa bàn {draft.place.name}")


def _paper(draft: Draft, number: int, kind: int, title: str) -> dict[str, Any]:
    short = "-".join(body.abbreviation for body in draft.bodies)
    printed = f"{number % 300 + 1:02d}-{TYPES[kind - 1][2]}/{short}" if number % 10 else ""
    dated = (
        {"dated_precision": "day", "dated_first": draft.signed, "dated_last": draft.signed}
        if draft.signed
        else {}
    )
    return dict(
        id=number, code=_code(number, "d"), title=title, type_id=kind, number=printed, signing="signed",
        number_key=printed.upper(), number_value=number % 300 + 1 if printed else None, **dated,
    )  # fmt: skip


def _program(random: Random, draft: Draft) -> dict[str, Any]:
    words = [f"{random.choice(DOES)} {draft.theme}, {random.choice(WITH)}.".capitalize() for _ in range(6)]
    row = {
        "id": draft.id, "code": _code(draft.id), "document_id": draft.id, "keeper_id": draft.bodies[0].pk, "state": draft.state,
        "predecessor_id": draft.predecessor, "follows_id": draft.follows, "purposes": "\n".join(words[:3]),
        "methods": "\n".join(words[3:5]), "implementation": words[5], "cadence": "yearly", "stated_item_count": 5,
        "period_kind": draft.period.kind, "period_first": draft.period.first, "period_last": draft.period.last,
        "period_text": draft.period.text,
    }  # fmt: skip
    row |= (
        draft.way
        | _derived(draft)
        | {"circle_id": draft.circle, "sides_id": draft.circle}
        | _years(_as_program(draft))
    )
    if "published_from" in row:
        row["slug"] = f"{slugify(row['parties_label'], 100)}-{draft.id}"
    return row


def _derived(draft: Draft) -> dict[str, Any]:
    """The derived columns, by the rules of the portal."""
    program = _as_program(draft)
    partners = [
        Partner(document_id=draft.id, side=side, organization=body)
        for side, body in enumerate(draft.bodies, 1)
    ]
    _derive(program, partners, [_as_program(later) for later in draft.later])
    return {name: getattr(program, name) for name in DERIVED}


def _years(paper: Paper) -> dict[str, int | None]:
    """The years a paper belongs to."""
    return dict(zip(("given_first", "given_last"), paper.years, strict=True))


DOCUMENT_TYPES = {n: DocumentType(pk=n, name=name) for n, (_, name, _, _) in enumerate(TYPES, 1)}


def _as_program(draft: Draft) -> Program:
    paper = _document(draft)
    document = Document(**{name: paper[name] for name in paper if name != "type_id"})
    document.type = DOCUMENT_TYPES[draft.kind]
    program = Program(pk=draft.id, document=document, state=draft.state, **draft.way)
    program.period = draft.period
    return program


def _way(draft: Draft, chance: float) -> dict[str, Any]:
    """When it was approved and published, if it was; three in four approved ones are public."""
    made = _moment(draft.signed or date(draft.year, 6, 1)) + timedelta(days=20)
    way: dict[str, Any] = {"state_since": made}
    if draft.state != State.APPROVED:
        return way
    way["approved_at"] = made
    if chance <= 0.75:
        way["published_from"] = timezone.now() + timedelta(days=300) if 0.01 <= chance < 0.015 else made
    if chance < 0.01:
        way["withdrawn_at"] = made + timedelta(days=30)
    return way


def _plans(random: Random, drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    """One plan of a year for every tenth programme."""
    for number, draft in enumerate(drafts[::10], 1):
        document = len(drafts) + number
        made, period = _moment(date(draft.year, 12, 1)), Period.years(draft.year)
        paper = _paper(draft, document, 4, f"Thực hiện {draft.theme} năm {draft.year}")
        words = [paper["title"], paper["number"], str(period), draft.bodies[0].name]
        plan = {
            "id": number, "code": _code(number, "k"), "document_id": document, "keeper_id": draft.bodies[0].pk,
            "program_id": draft.id, "circle_id": draft.circle_of_plan, "sides_id": draft.circle_of_plan,
            "period_kind": period.kind, "period_first": period.first, "period_last": period.last,
            "state": State.APPROVED, "state_since": made, "approved_at": made, "search_text": fold(" ".join(words)),
        }  # fmt: skip
        document = Document(dated_first=paper.get("dated_first"))
        plan |= _years(Plan(document=document, period_first=period.first, period_last=period.last))
        if number % 2:
            plan |= {"published_from": made, "slug": f"ke-hoach-{number}"}
        yield {"plan": plan, "document": paper, "draft": draft}


def _partners(drafts: list[Draft], plans: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        for side, body in enumerate(draft.bodies, 1):
            yield {"document_id": draft.id, "side": side, "position": 1, "organization_id": body.pk}
    for plan in plans:
        keeper = plan["plan"]["keeper_id"]
        yield {"document_id": plan["document"]["id"], "side": 1, "position": 1, "organization_id": keeper}


def _signatures(random: Random, drafts: list[Draft], nation: Nation) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        for side, body in enumerate(draft.bodies[:2], 1):
            person = random.randint(1, nation.persons)
            yield {
                "document_id": draft.id,
                "side": side,
                "position": side,
                "person_id": person,
                "capacity": f"Đại diện {body.name}",
            }


def _citations(random: Random, drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        for position in (1, 2):
            number = random.randint(1, CITED)
            yield {
                "citing_id": draft.id, "cited_id": cited_id(number), "role": "basis", "position": position,
                "printed": f"Căn cứ Quyết định số {number}-QĐ/TW về {THEMES[number % len(THEMES)]}",
            }  # fmt: skip


def _attachments(random: Random, drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    for draft in drafts[::2]:
        yield {
            "code": _code(draft.id, "f"), "document_id": draft.id, "position": 1, "name": f"van-ban-{draft.id}.pdf", "kind": "pdf",
            "size": random.randint(80_000, 4_000_000), "sha256": f"{draft.id:064x}", "pages": 6, "uploaded_at": timezone.now(),
            "audience": Audience.PUBLIC if draft.id % 4 == 1 else Audience.BODY,
        }  # fmt: skip


def _items(random: Random, drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        for position in range(1, 6):
            text = f"Phối hợp {random.choice(DOES)} {random.choice(THEMES)}, {random.choice(WITH)}."
            yield {"program_id": draft.id, "position": position, "text": text}


def _item_bodies(drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        yield {"item_id": draft.id * 5, "part": "lead", "position": 1, "organization_id": draft.bodies[0].pk}


def _tags(random: Random, drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    for draft in drafts:
        yield {"program_id": draft.id, "tag_id": THEMES.index(draft.theme) + 1}


def _copies(random: Random, drafts: list[Draft]) -> Iterator[dict[str, Any]]:
    """One approved programme in a hundred is being edited."""
    for draft in drafts:
        if draft.state == State.APPROVED and random.random() < 0.01:
            yield {
                "purpose": "copy", "form": "program", "record_code": _code(draft.id), "owner_id": 1, "based_on": 1, "data": "{}",
                "keeper_id": draft.bodies[0].pk, "state": random.choice([State.DRAFTING, State.WAITING]),
                "saved_at": timezone.now(),
            }  # fmt: skip
