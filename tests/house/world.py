"""The records the access table names, one of every kind in every state, and the addresses of its rows."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from meetings.actions import DirectiveEntry, TaskEntry
from meetings.actions.answers import AnswerEntry, answer
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.models import Assignment, Stage
from portal.actions import records
from portal.actions.consultations import send_for_opinion
from portal.actions.copies import autosave
from portal.actions.documents import BasisEntry, FileEntry, PaperEntry, PartnerEntry
from portal.columns import new_code
from portal.dates import parse_date, parse_period
from portal.models import Audience, Document, Paper
from programs.actions import rounds
from programs.actions.answers import keep, take_file
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.actions.reviews import ReviewEntry, save_review
from programs.actions.rounds import RoundEntry
from programs.actions.targets import TargetEntry
from programs.answer_parts import EACH, mark_of
from programs.consulting import content_to_send
from programs.duty_links import token_of
from programs.models import Amendment, Plan, Review
from programs.targets import REPORTED
from tests.cast import Cast, in_days, make_file, make_meeting, make_program


def make_companion(cast: Cast, model: type, state: str) -> Paper:
    """A plan, an amendment or a review of our body and its partner in a state."""
    paper = PaperEntry(
        title=f"{model.__name__} {state}",
        dated=parse_date("20/3/2022"),
        partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner)],
    )
    program = make_program(
        cast, "published" if state == "published" else "approved", title=f"Nền của {model.__name__} {state}"
    )
    told = {"paper": paper, "program": program, "period": parse_period("năm 2022")}
    own = {"by": cast.lan, "keeper": cast.ours}
    if model is Review:
        record = save_review(None, ReviewEntry(**told), **own)
    else:
        targets = [TargetEntry("Ít nhất 90% hộ dân hài lòng", measure=REPORTED)] if model is Plan else []
        record = save_companion(None, PlanEntry(**told, targets=targets), model=model, **own)
    if state != "draft":
        records.submit(record, by=cast.lan)
    if state in {"approved", "published"}:
        records.approve(record, by=cast.hung, expected=record.version)
    if state == "published":
        record.refresh_from_db()
        publish_companion(record, by=cast.hung, expected=record.version)
    record.refresh_from_db()
    return record


def make_meeting_in(cast: Cast, state: str) -> Paper:
    """A conference of our body and its partner in a state; a coming one is public."""
    stage = Stage.PREPARED if state == "coming" else Stage.HELD
    meeting = make_meeting(cast, f"Hội nghị {state}", stage=stage, dated=parse_date("23/3/2022"))
    if state != "draft":
        records.submit(meeting, by=cast.lan)
    if state in {"approved", "published", "coming"}:
        approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    if state in {"published", "coming"}:
        publish_meeting(meeting, by=cast.hung, expected=meeting.version)
    meeting.refresh_from_db()
    return meeting


def make_tasks(cast: Cast) -> dict[str, Any]:
    """Sayings of our body's conferences, and two tasks of its partner by what their pages are called by."""
    asked = TaskEntry(in_days(30), [cast.partner])
    sayings = [DirectiveEntry("Sớm ký kết", task=asked), DirectiveEntry("Sớm đánh giá", task=asked)]
    dated = parse_date("23/3/2022")
    draft = make_meeting(cast, dated=dated, directives=[DirectiveEntry("Quán triệt")])
    meeting = make_meeting(cast, dated=dated, directives=[*sayings, DirectiveEntry("Quán triệt")])
    records.submit(meeting, by=cast.lan)
    approve_meeting(meeting, by=cast.hung, expected=meeting.version)
    waits, answered = Assignment.objects.order_by("pk")
    answer(answered, AnswerEntry("Đã đánh giá."), by=cast.phuc, body=cast.partner, expected=0)
    sayings = {"saying of a draft": draft.directives.get(), "saying": meeting.directives.last()}
    return {"task": waits, "answered": answered} | sayings


def make_parts(cast: Cast) -> dict[str, dict[str, Any]]:
    """What our body asked its partner for, by what the pages are called by: how each is reached, and what lies there."""
    found: dict[str, dict[str, Any]] = {"no part": {"token": "khong-co"}}
    for name in ("part", "sent part", "part that ended"):
        entry = RoundEntry(name, in_days(30), named=[cast.partner])
        current = rounds.open_round(
            rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan
        )
        duty = rounds.give_link(current.duties.get(), by=cast.lan)
        found[name] = {"round_code": current.code, "code": duty.code, "token": token_of(duty)}
        if name == "sent part":
            told = {"by": cast.phuc, "body": cast.partner, "expected": 0}
            found[name]["sent"] = rounds.send(duty, {"results": "Đã đối thoại."}, **told).code
        elif name == "part that ended":
            rounds.withdraw_link(duty, by=cast.lan)
        else:
            upload = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7 <</Type/Pages/Count 1>> %%EOF")
            found[name]["file"] = take_file(duty, upload, by=None, body=cast.partner).code
            opened = {part: mark_of(QueryDict(), part) for part in EACH}
            page = {"by": None, "body": cast.partner, "page": new_code(), "opened": opened}
            keep(duty, QueryDict("results=Da doi thoai"), **page)
    return found


def part_address(name: str, target: str, parts: dict[str, dict[str, Any]]) -> str:
    """The address of a page of what is handed in."""
    known, page = parts[target], name.rpartition("_")[2]
    way = ["token"] if name.startswith("programs:link") else ["round_code", "code"]
    more = {
        "file": ["file"],
        "evidence": ["file"],
        "receipt": ["sent"],
        "picture": ["sent"],
        "word": ["sent"],
    }.get(page, [])
    return reverse(name, args=[known[one] for one in [*way, *more]])


def make_rounds(cast: Cast) -> dict[str, Any]:
    """A round of our body being prepared, an open one, and the partner's duties: one waits, one was handed in."""
    named = [cast.partner, cast.neighbour]
    made = {
        name: rounds.save_round(
            None, RoundEntry(name, in_days(20), named=named), by=cast.lan, keeper=cast.ours
        )
        for name in ("prepared round", "round", "answered round")
    }
    for name in ("round", "answered round"):
        rounds.open_round(made[name], by=cast.lan)
    duties = {
        name: made[one].duties.select_related("round", "organization").get(organization=cast.partner)
        for name, one in (("duty", "round"), ("handed in", "answered round"))
    }
    asked = {"by": cast.phuc, "body": cast.partner, "expected": 0}
    rounds.send(duties["handed in"], {"results": "Đã đối thoại."}, **asked)
    return made | duties


@pytest.fixture
def world(cast: Cast, settings: Any) -> dict[tuple[str, str], Any]:
    """The records of the table, by kind and name."""
    folder = settings.MEDIA_ROOT / "00" / "00"
    folder.mkdir(parents=True)
    (folder / ("0" * 64)).write_bytes(b"%PDF")
    cast.ours.approves_on_paper = True
    cast.ours.save()
    states = {"draft": "drafting", "waiting": "waiting", "approved": "approved"}
    cited = {name: Document.objects.create(title=name) for name in ("cited in a draft", "cited in public")}
    bases = {name: [BasisEntry(name, cited=one)] for name, one in cited.items()}
    found: dict[tuple[str, str], Any] = {
        ("program", name): make_program(cast, state, title=name)
        for name, state in states.items()
        if name != "draft"
    }
    found["program", "draft"] = make_program(cast, title="draft", bases=bases["cited in a draft"])
    files = {name: make_file(cast, audience) for name, audience in
             (("public file", "public"), ("parties file", "parties"), ("inside file", "body"), ("staged file", "body"))}  # fmt: skip
    entries = [FileEntry(one, audience=one.audience) for name, one in files.items() if name != "staged file"]
    found["program", "published"] = make_program(
        cast, "published", title="published", files=entries, bases=bases["cited in public"]
    )
    found |= {("paper", f"{name} paper"): one.document for (_, name), one in found.items()}
    found |= {("paper", name): one for name, one in cited.items()}
    found["paper", "public paper"] = Document.objects.create(title="public", audience=Audience.PUBLIC)
    content, _ = content_to_send(found["program", "draft"])
    asked = {"to": [cast.partner], "content": content, "closes_on": in_days(3)}
    found["coded", "consultation"] = send_for_opinion(found["program", "draft"], by=cast.lan, **asked)
    found["autosave", ""] = autosave(cast.lan, "program", new_code(), QueryDict("title=Viet")).record_code
    found |= {("file", name): one for name, one in files.items()}
    for name in ("draft", "waiting", "approved", "published", "coming"):
        found["meeting", name] = make_meeting_in(cast, name)
    found |= {("task", name): one for name, one in make_tasks(cast).items()}
    found["parts", ""] = make_parts(cast)
    found |= {("coded", name): one for name, one in make_rounds(cast).items()}
    for model in (Plan, Amendment, Review):
        for name in ("draft", "waiting", "approved", "published"):
            found[model.__name__.lower(), name] = make_companion(cast, model, name)
    return found


def of_target(name: str, world: dict, _cast: Cast) -> list[str]:
    """What the address of a target, or of a page about all of its plan, is made of."""
    one = world["plan", "approved"].targets.get()
    of_the_plan = name in {"programs:target_excel", "programs:report_targets"}
    return [one.plan.code] if of_the_plan else [one.plan.code, one.code]


def of_delegation(_name: str, _world: dict, cast: Cast) -> list[int]:
    """What the address of the one delegation is made of."""
    return [cast.dung.memberships.get().pk]


ALONE = {"target": of_target, "delegation": of_delegation}
"""What addresses are made of that are none of a record of the table."""


def of_a_year(name: str, year: str) -> list[str]:
    """What an address without a record is asked with: nothing, or a year, and one of its figures."""
    return [year, "hieu-luc"][: 2 if "year_list" in name else 1] if year else []


def address(name: str, target: str, world: dict, cast: Cast) -> str:
    """The address of a row."""
    if name.startswith(("programs:part", "programs:link")):
        return part_address(name, target, world["parts", ""])
    if target in {"ours", "neighbour"}:
        body = cast.bodies[target]
        return reverse(name, args=[body.slug if name == "portal:body_page" else body.code])
    if "document_page" in name:
        return reverse(name, args=[world["paper", target].code])
    if target.endswith("file"):
        return reverse(name, args=[world["file", target].code, "van-ban.pdf"])
    if target == "autosave":
        return reverse(name, args=["program", world["autosave", ""]])
    if ("coded", target) in world:
        return reverse(name, args=[world["coded", target].code])
    if ("task", target) in world:
        one = world["task", target]
        whole = name in {"meetings:task_whole", "meetings:task_stop"}
        return reverse(name, args=[one.task.code if whole else one.code])
    if target in ALONE:
        return reverse(name, args=ALONE[target](name, world, cast))
    if name == "portal:suggest":
        return reverse(name, args=[target], query={"q": "ba"})
    if not target or target.isdigit():
        return reverse(name, args=of_a_year(name, target))
    kind = next(
        (
            kind
            for kind in ("meeting", "program", "plan", "amendment", "review")
            if kind in name.split(":")[1]
        ),
        "program",
    )
    record = world[kind, target]
    if name == "programs:amendment_page":
        return reverse(name, args=[record.program.slug, record.slug])
    return reverse(name, args=[record.slug if name.endswith(("_page", "meeting_calendar")) else record.code])
