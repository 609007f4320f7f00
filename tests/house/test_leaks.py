"""Papers and what is inside them are nowhere for whom they are not: pages, lists, files, forms that begin with another paper.

Conferences and tasks have the same in ``tests/meetings/test_leaks.py``. A word that stands in nothing else is in
every part that a visitor and a neighbour may not read; they try every address, every file and every filter.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from portal.actions import records
from portal.actions.consultations import send_for_opinion
from portal.actions.documents import BasisEntry, FileEntry, PaperEntry, PartnerEntry, SourceEntry
from portal.actions.figures import FigureEntry
from portal.actions.years import close_year
from portal.closing import EDITION, frozen
from portal.dates import parse_date, parse_period
from portal.models import Audience, Consultation, Document, Paper, YearEdition
from portal.year import THEN, Asked, Scope, figures_for
from programs import actions
from programs.actions import ItemEntry, ProgramEntry, rounds
from programs.actions.companions import CompanionEntry, PlanEntry, publish_companion, save_companion
from programs.actions.plans import PlanItemEntry
from programs.actions.reports import ReportEntry, report
from programs.actions.reviews import ReviewEntry, ReviewItemEntry, ReviewTextEntry, save_review
from programs.actions.rounds import RoundEntry
from programs.actions.targets import TargetEntry
from programs.consulting import content_to_send
from programs.models import Amendment, Duty, Plan, Program, Review, Round, Submission
from programs.targets import REPORTED
from tests.cast import Cast, in_days, make_file
from tests.house.test_costs import COSTS
from tests.meetings.test_leaks import WORD, content

KEPT_INSIDE = (Audience.BODY, Audience.PARTIES)
KINDS = {"program": Program, "plan": Plan, "amendment": Amendment, "review": Review}
BEGIN_WITH = {
    "programs:enter_program": ("tiep-noi", "tuong-tu"),
    "programs:enter_plan": ("tiep-noi", "chuong-trinh", "thuc-hien"),
    "programs:enter_amendment": ("chuong-trinh",),
    "programs:enter_review": ("dot", "chuong-trinh", "ke-hoach"),
    "programs:enter_round": ("chuong-trinh",),
    "meetings:enter_meeting": ("theo",),
}
"""The words by which a form begins with another paper."""


def paper(cast: Cast, called: str) -> PaperEntry:
    """A paper with the word in every part that is kept inside; in its name too where ``called`` holds it."""
    cited = Document.objects.create(title=f"{WORD} văn bản dẫn", looked_at=False) if WORD in called else None
    return PaperEntry(
        title=called,
        number=f"{len(called)}-KH/{WORD}" if WORD in called else "",
        dated=parse_date("14/4/2022"),
        note=f"{WORD} ghi chú",
        partners=[
            PartnerEntry(1, cast.ours, focal_room=f"{WORD} phòng"),
            PartnerEntry(2, cast.partner, focal_room=f"{WORD} phòng"),
        ],
        bases=[BasisEntry(f"{WORD} căn cứ", cited=cited)] if cited else [],
        sources=[SourceEntry(f"{WORD} nguồn")] if cited else [],
        files=[FileEntry(make_file(cast, one), f"{WORD} tệp", one) for one in KEPT_INSIDE],
    )


def inner(kind: type, **more: Any) -> list[Any]:
    """Rows with the word for those inside, one for everybody."""
    kept = [kind(f"{WORD} {one}", audience=one, **more) for one in KEPT_INSIDE]
    return [kind("Tiếp công dân", **more), *kept]


def entries(cast: Cast, called: str, program: Program | None) -> dict[type, Any]:
    """What one paper of each kind says."""
    told = {"program": program, "note": f"{WORD} ghi chú", "period": parse_period("năm 2022")}
    figures = [FigureEntry(f"{WORD} lượt", value=Decimal(7), audience=one) for one in KEPT_INSIDE]
    texts = {"consent_by": f"{WORD} thường trực", "note": f"{WORD} ghi chú"}
    return {
        Program: ProgramEntry(
            paper(cast, called), period=parse_period("2022-2026"), items=inner(ItemEntry), texts=texts
        ),
        Plan: PlanEntry(
            paper(cast, f"{called} kế hoạch"),
            items=inner(PlanItemEntry),
            targets=inner(TargetEntry, measure=REPORTED, bodies=[cast.ours]),
            **told,
        ),
        Amendment: CompanionEntry(paper(cast, f"{called} sửa đổi"), program=program, note=f"{WORD} ghi chú"),
        Review: ReviewEntry(
            paper(cast, f"{called} báo cáo"),
            items=inner(ReviewItemEntry),
            texts=inner(ReviewTextEntry),
            figures=figures,
            **told,
        ),
    }


def bring(cast: Cast, record: Paper, state: str) -> Paper:
    """A draft brought into a state."""
    if state != "drafting":
        records.submit(record, by=cast.lan)
        approve = actions.approve if isinstance(record, Program) else records.approve
        approve(record, by=cast.hung, expected=record.version)
        record.refresh_from_db()
    if state == "published":
        publish = actions.publish if isinstance(record, Program) else publish_companion
        publish(record, by=cast.hung, expected=record.version)
        record.refresh_from_db()
    return record


def write(cast: Cast, state: str) -> None:
    """A paper of every kind in a state, about one programme."""
    called, own, program = "Công khai" if state == "published" else f"{WORD} {state}", {"by": cast.lan, "keeper": cast.ours}, None  # fmt: skip
    for model in KINDS.values():
        entry = entries(cast, called, program)[model]
        if model is Program:
            record = program = actions.save_program(None, entry, **own)
        elif model is Review:
            record = save_review(None, entry, **own)
        else:
            record = save_companion(None, entry, model=model, **own)
        bring(cast, record, state)


@pytest.fixture
def secrets(cast: Cast) -> Cast:
    """Papers of ours in every state, a round, what a body told, what was sent for opinion, a closed year."""
    for state in ("drafting", "approved", "published"):
        write(cast, state)
    words, files = content_to_send(Program.objects.get(state="drafting"))
    asked = {"to": [cast.partner], "note": f"{WORD} xin ý kiến", "closes_on": in_days(3)}
    send_for_opinion(Program.objects.get(state="drafting"), by=cast.lan, content=words, files=files, **asked)
    plan = Plan.objects.published().get()
    told = [ReportEntry(plan.targets.first(), cast.ours, Decimal(3), evidence=f"{WORD} minh chứng")]
    report(plan, told, as_of=date(2022, 6, 30), by=cast.lan, body=cast.ours)
    entry = RoundEntry(f"{WORD} đợt", in_days(20), asks=f"{WORD} yêu cầu", named=[cast.partner])
    current = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    duty = rounds.give_link(current.duties.get(), by=cast.lan)
    rounds.send(duty, {"results": f"{WORD} đã đối thoại"}, by=cast.phuc, body=cast.partner, expected=0)
    asked_year = Asked(cast.lan, 2022, Scope(body=cast.ours), THEN, in_days(0))
    close_year(cast.ours, 2022, content=frozen(asked_year), by=cast.hung)
    return cast


def own_pages() -> Iterator[str]:
    """The pages and files of each record by its code, as somebody who guessed it would try them."""
    for kind, model in KINDS.items():
        for one in model.objects.all():
            names = [f"{kind}_record", f"word_{kind}", f"edit_{kind}", f"review_{kind}", f"consult_{kind}"]
            yield from (reverse(f"programs:{name}", args=[one.code]) for name in names)
            slug = [one.program.slug, one.slug] if model is Amendment else [one.slug]
            yield reverse(f"programs:{kind}_page", args=slug) if all(slug) else "/"
    for plan in Plan.objects.all():
        yield from (
            reverse(f"programs:{name}", args=[plan.code]) for name in ("target_excel", "report_targets")
        )
        yield from (
            reverse(f"programs:{name}", args=[plan.code, target.code])
            for name, target in product(("target_record", "state_target"), plan.targets.all())
        )
    for document in Document.objects.all():
        yield from (
            reverse(f"portal:{name}", args=[document.code])
            for name in ("document_page", "staff_document_page")
        )
        yield from (
            reverse("portal:serve_file", args=[one.code, "x.pdf"]) for one in document.attachments.all()
        )
    for one in Round.objects.all():
        yield from (
            reverse(f"programs:{name}", args=[one.code])
            for name in ("round_board", "board_excel", "round_letter")
        )
    for duty in Duty.objects.all():
        yield reverse("programs:duty_record", args=[duty.code])
        way = [duty.round.code, duty.code]
        yield from (reverse(f"programs:{name}", args=way) for name in ("part", "part_check"))
        for name, sent in product(("receipt", "picture", "word"), Submission.objects.all()):
            yield reverse(f"programs:part_{name}", args=[*way, sent.code])
    yield reverse("portal:consultation", args=[Consultation.objects.get().code])


def lists(cast: Cast) -> Iterator[str]:
    """Every list and file of a list, under every filter that could open one wider."""
    of_ours = f"don-vi={cast.ours.name}&don-vi-ma={cast.ours.code}"
    filters = ("", of_ours, f"q={WORD.lower()}", "tinh-trang=drafting", "tinh-trang=approved")
    for name, about in COSTS:
        if name.startswith("portal:suggest"):
            yield from (
                reverse(name, args=[about], query={"q": WORD.lower(), "ma": one.code})
                for one in Program.objects.all()
            )
        elif not about:
            yield from (f"{reverse(name)}?{one}" for one in filters)
    yield reverse("programs:body_sheet", args=[cast.ours.code])
    yield reverse("programs:word_body_sheet", args=[cast.ours.code])
    yield reverse("portal:body_page", args=[cast.ours.slug])
    yield reverse("portal:staff_body_page", args=[cast.ours.code])
    edition = f"{EDITION}={YearEdition.objects.get().code}"
    for side, more in product(("", "staff_"), (of_ours, f"{of_ours}&{edition}", f"{of_ours}&chua-duyet=1")):
        for name in ("page", "figures", "targets", "excel"):
            yield f"{reverse(f'portal:{side}year_{name}', args=[2022])}?{more}"
        for name, figure in product(("list", "list_excel"), figures_for(cast.lan)):
            yield f"{reverse(f'portal:{side}year_{name}', args=[2022, figure.key])}?{more}"


def beginnings() -> Iterator[str]:
    """Forms that begin with another body's paper."""
    codes = [one.code for model in (*KINDS.values(), Round) for one in model.objects.all()]
    for name, words in BEGIN_WITH.items():
        yield from (f"{reverse(name)}?{word}={code}" for word, code in product(words, codes))


def met(cast: Cast, who: str | None) -> list[str]:
    """Where a person meets the word; they ask for it in small letters, so that an echo is none."""
    client, found = cast.client(who), []
    for url in (*own_pages(), *lists(cast), *beginnings()):
        answer = client.get(url, follow=True)
        if answer.status_code == 200 and WORD in content(answer):
            found.append(url)
    return found


@pytest.mark.parametrize("who", [None, "binh"])
def test_what_is_not_for_a_reader_is_nowhere(secrets: Cast, who: str | None) -> None:
    assert met(secrets, who) == []


def test_the_reading_finds_the_word_where_it_may_stand(secrets: Cast) -> None:
    assert {len(met(secrets, "lan")) > 100, len(met(secrets, "phuc")) > 20} == {True}
