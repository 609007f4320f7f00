"""The demonstration's programmes and plans: what five press pages tell, and marked samples in every state.

The rows stand in ``programs/data/demo.json``. What comes from the press is paraphrased, never copied, and
nothing is added to it: a number, day or signatory that a page does not give stays unknown. Samples are dated
from the day of loading, belong to living bodies and are marked as samples.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone

from portal.actions import copies, records
from portal.actions.documents import BasisEntry, PaperEntry, SignatureEntry
from portal.dates import PartialDate, Period, parse_date, parse_period
from portal.demo import account, approved, holder, loading, partner_entries, show, source_entry
from portal.history import acting, finish
from portal.models import (
    AdministrativeUnit,
    BodyGroup,
    Citation,
    Document,
    DocumentType,
    Organization,
    Person,
    RegisterStart,
    Role,
    Source,
    Tag,
    Verb,
    YearConfirmation,
)
from portal.starter import Row, find, is_loaded, read_data
from portal.text import slugify
from programs import actions
from programs.actions import BodyEntry, ItemEntry, ProgramEntry
from programs.actions.companions import CompanionEntry, PlanEntry, publish_companion, save_companion
from programs.actions.plans import PlanItemEntry
from programs.actions.programs import addresses_of
from programs.actions.reports import ReportEntry, report
from programs.actions.targets import TargetEntry
from programs.forms.programs import raw_data
from programs.forms.targets import proposed
from programs.models import Amendment, Plan, Program
from programs.years import read_time

DATA = Path(__file__).parents[1] / "data" / "demo.json"
RETOLD = {"text": {"note": "diễn đạt lại theo bài báo"}}
ON_PAPER = "đã duyệt trên giấy (dữ liệu mẫu)"


@transaction.atomic
def load() -> None:
    """Load what is missing; running it again changes nothing."""
    data = read_data(DATA)
    for row in data["programs"]:
        if not is_loaded(Program, row["key"]):
            add_program(row)
    for row in data["plans"]:
        if not is_loaded(Plan, row["key"]):
            add_plan(row)
    today = timezone.localdate()
    for rows, sample in (("samples", ProgramSample), ("plan_samples", PlanSample)):
        for row in data[rows]:
            if not is_loaded(sample.model, row["key"]):
                sample(row, today).add()
    for row in data["confirmed"]:
        confirm(row, today)


# --- what the press pages tell


def add_program(row: Row) -> Program:
    """Add a programme as a page tells it: approved, public, kept by the body that signed for the Party side."""
    keeper, by = find(Organization, row["keeper"]), account("quantri")
    marks: dict[str, Any] = {name: {"missing": "unknown"} for name in row.get("missing", ())}
    if why := row.get("items_inferred"):
        marks["items"] = {"inferred": why}
    entry = ProgramEntry(
        paper=paper_entry(row, parse_date(row.get("dated", ""))),
        period=parse_period(row["period"]),
        items=[ItemEntry(text, marks=RETOLD) for text in row.get("items", ())],
        tags=[find(Tag, key) for key in row["tags"]],
        predecessor=find(Program, row.get("predecessor")),
        texts={"note": row.get("note", "")},
        stated_item_count=row.get("stated_item_count"),
        marks=marks,
    )
    with loading(Program, row, keeper, by) as (act, known):
        program = actions.save_program(None, entry, by=by, keeper=keeper, **known, **approved())
        add_mentions(program.document, row)
        show(program, next(addresses_of(program)))
        finish(act, program)
    return program


def add_plan(row: Row) -> Plan:
    """Add a plan as a page tells it."""
    keeper, by = find(Organization, row["keeper"]), account("quantri")
    marks = {"period": {"inferred": row["period_inferred"]}} if "period_inferred" in row else {}
    if "items" not in row:
        marks["items"] = {"missing": "unknown"}
    entry = PlanEntry(
        paper=paper_entry(row, parse_date(row.get("dated", ""))),
        program=find(Program, row.get("program")),
        period=parse_period(row["period"]),
        items=[PlanItemEntry(text, marks=RETOLD) for text in row.get("items", ())],
        targets=[target(text, keeper.territory, RETOLD) for text in row.get("targets", ())],
        purposes="\n".join(row.get("purposes", ())),
        content="\n".join(row.get("content", ())),
        note=row.get("note", ""),
        marks=marks,
    )
    with loading(Plan, row, keeper, by) as (act, known):
        plan = save_companion(None, entry, model=Plan, by=by, keeper=keeper, **known, **approved())
        show(plan, slugify(f"{plan.document.title} {plan.document.number}", max_length=140))
        finish(act, plan)
    return plan


def target(row: str | Row, territory: AdministrativeUnit | None, marks: dict | None = None) -> TargetEntry:
    """A target as its words ask it, of the territory of the body that issued the plan; a row may say more than words."""
    said = {"text": row} if isinstance(row, str) else row
    text = said["text"]
    asked, group, measure = proposed(text)
    group = BodyGroup.objects.filter(key=said.get("group", "")).first() or group
    measure = said.get("measure", measure)
    place = territory if group else None
    return TargetEntry(text, asked=asked, group=group, territory=place, measure=measure, marks=marks or {})


def confirm(row: Row, today: date) -> None:
    """A sample: a body keeps registers from a year on and has confirmed years, counted from today's."""
    body = find(Organization, row["body"])
    if YearConfirmation.objects.filter(organization=body).exists():
        return
    with acting(Verb.LOAD, body):
        for register in row["registers"]:
            RegisterStart(
                organization=body, register=register, from_year=today.year + min(row["years"])
            ).save()
        for year in row["years"]:
            YearConfirmation(organization=body, year=today.year + year, note="dữ liệu mẫu").save()


def paper_entry(row: Row, dated: PartialDate) -> PaperEntry:
    """The paper of a row: sides, signatures, bases and sources looked up by their keys."""
    marks = {}
    if why := row.get("dated_inferred"):
        marks["dated"] = {"inferred": why}
    if why := row.get("signed_inferred"):
        marks["signing"] = {"inferred": why}
    signed = dated.known or "signed_inferred" in row
    return PaperEntry(
        title=row["title"],
        type=find(DocumentType, row["type"]),
        number=row.get("number", ""),
        dated=dated,
        signing=Document.Signing.SIGNED if signed else Document.Signing.UNKNOWN,
        marks=marks,
        note=row.get("note", ""),
        partners=list(partner_entries(row["sides"])),
        signatures=[
            SignatureEntry(
                one["side"],
                find(Person, one["person"]),
                capacity=one["capacity"],
                authority=one.get("authority", ""),
            )
            for one in row.get("signatures", ())
        ],
        bases=[BasisEntry(one["printed"], find(Document, one.get("cited"))) for one in row.get("bases", ())],
        sources=[source_entry(find(Source, key)) for key in row.get("sources", ())],
    )


def add_mentions(document: Document, row: Row) -> None:
    """Add the papers a text names without resting on them."""
    for place, one in enumerate(row.get("mentions", ()), start=1):
        cited = find(Document, one.get("cited"))
        role = Citation.Role.MENTION
        Citation(citing=document, cited=cited, role=role, position=place, printed=one["printed"]).save()


# --- samples


class Sample:
    """One sample paper, taken through the same doors people use, step by step."""

    model: type[Program | Plan]
    verbs: ClassVar[dict[str, Callable[..., None]]]

    def __init__(self, row: Row, today: date) -> None:
        self.row, self.today = row, today
        self.keeper = find(Organization, row["keeper"])
        self.clerk = holder(self.keeper, Role.CLERK) or holder(self.keeper, Role.APPROVER)
        self.approver = holder(self.keeper, Role.APPROVER)

    def add(self) -> None:
        """Write the draft, then take every step of its row."""
        with loading(self.model, self.row, self.keeper, self.clerk, Verb.CREATE) as (_, known):
            self.record = self.write(by=self.clerk, keeper=self.keeper, **known)
        for step in self.row["steps"]:
            getattr(self, step)()
            self.record.refresh_from_db()

    def write(self, **how: Any) -> Program | Plan:
        """Write it as the form would hand it in."""
        raise NotImplementedError

    def day(self, days: int) -> date:
        """A day counted from the day of loading."""
        return self.today + timedelta(days=days)

    def period(self) -> Period:
        """The period in days or years counted from today; unknown where the row says none."""
        if "days" in self.row:
            return Period.days(*(self.day(days) for days in self.row["days"]))
        if "years" in self.row:
            return Period.years(*(self.today.year + years for years in self.row["years"]))
        return Period.unknown()

    def paper(self) -> PaperEntry:
        """The paper of this sample."""
        signed = self.row.get("signed")
        return paper_entry(self.row, PartialDate.day(self.day(signed)) if signed else PartialDate.unknown())

    # The steps a row may name.

    def submit(self) -> None:
        """Hand in."""
        records.submit(self.record, by=self.clerk, expected=self.record.version)

    def send_back(self) -> None:
        """Return with a reason."""
        reason, version = self.row["reason"], self.record.version
        records.send_back(self.record, by=self.approver, reason=reason, expected=version)

    def approve(self) -> None:
        """Approve; a clerk without a leader here records an approval given on paper."""
        by, reason = (self.approver, "") if self.approver else (self.clerk, ON_PAPER)
        self.verbs["approve"](self.record, by=by, expected=self.record.version, reason=reason)

    def publish(self, start: datetime | None = None) -> None:
        """Show to the public, now or later."""
        by = self.approver or self.clerk
        self.verbs["publish"](self.record, by=by, expected=self.record.version, start=start)

    def publish_later(self) -> None:
        """Show to the public from a day ahead."""
        self.publish(timezone.now() + timedelta(days=self.row["publish_in"]))

    def terminate(self) -> None:
        """End before the term."""
        ended = self.day(self.row["terminated"])
        actions.terminate(
            self.record, by=self.approver, on=ended, reason=self.row["reason"], expected=self.record.version
        )

    def withdraw(self) -> None:
        """Take off the public pages."""
        records.withdraw(
            self.record, by=self.approver, reason=self.row["reason"], expected=self.record.version
        )


class ProgramSample(Sample):
    """One sample programme."""

    model = Program
    verbs: ClassVar = {"approve": actions.approve, "publish": actions.publish}

    def write(self, **how: Any) -> Program:
        before = find(Program, self.row.get("predecessor"))
        old = dict(enumerate(before.items.all())) if before else {}
        origins = dict(enumerate(self.row.get("origins", ())))
        names = ("purposes", "methods", "implementation", "cadence")
        entry = ProgramEntry(
            paper=self.paper(),
            period=self.period(),
            items=[
                ItemEntry(text, origin=old.get(origins.get(place, -1)))
                for place, text in enumerate(self.row["items"])
            ],
            tags=[find(Tag, key) for key in self.row["tags"]],
            predecessor=before,
            follows=find(Program, self.row.get("follows")),
            texts={name: self.row[name] for name in names if name in self.row},
            stated_item_count=self.row.get("stated_item_count"),
        )
        return actions.save_program(None, entry, **how)

    def copy(self) -> None:
        """Leave an edit of the approved version waiting for the leader."""
        data = raw_data(self.record)
        data["purposes"] = f"{self.record.purposes} {self.row['change']}"
        copy = copies.save_copy("program", self.record, data, by=self.clerk, expected=0)
        records.submit_copy(copy, self.record, by=self.clerk)

    def amend(self) -> None:
        """Add an amendment of its own, approved and public."""
        title = "Sửa đổi, bổ sung chương trình phối hợp (dữ liệu mẫu)"
        row = self.row | {"title": title, "type": "sua-doi-bo-sung"}
        paper = paper_entry(row, PartialDate.day(self.day(-30)))
        entry = CompanionEntry(paper=paper, program=self.record, content=self.row["amendment"])
        with loading(Amendment, row, self.keeper, self.clerk, Verb.CREATE) as (_, known):
            record = save_companion(None, entry, model=Amendment, by=self.clerk, keeper=self.keeper, **known)
        records.submit(record, by=self.clerk, expected=record.version)
        records.approve(record, by=self.approver, expected=record.version)
        record.refresh_from_db()
        publish_companion(record, by=self.approver, expected=record.version)


class PlanSample(Sample):
    """One sample plan, of a year counted from today."""

    model = Plan
    verbs: ClassVar = {"approve": records.approve, "publish": publish_companion}

    def __init__(self, row: Row, today: date) -> None:
        self.year = today.year + row["years"][0]
        super().__init__(row | {"title": row["title"].format(year=self.year)}, today)

    def write(self, **how: Any) -> Plan:
        row = self.row
        program, before = find(Program, row.get("program")), find(Plan, row.get("predecessor"))
        self.commitments = dict(enumerate(program.items.all())) if program else {}
        self.tasks_before = dict(enumerate(before.items.all())) if before else {}
        entry = PlanEntry(
            paper=self.paper(),
            program=program,
            period=self.period(),
            items=[self.task(one) for one in row["items"]],
            targets=[target(text, self.keeper.territory) for text in row.get("targets", ())],
            parent=find(Plan, row.get("parent")),
            predecessor=before,
            purposes=row["purposes"],
            implementation=row["implementation"],
        )
        return save_companion(None, entry, model=Plan, **how)

    def tell(self) -> None:
        """What some bodies reported of its targets; others are still to."""
        plan = Plan.objects.get(pk=self.record.pk)
        targets = dict(enumerate(plan.targets.all()))
        entries = [
            ReportEntry(targets[place], find(Organization, body), *(one and Decimal(one) for one in figures))
            for body, place, *figures in self.row["told"]
        ]
        as_of = max(plan.period_first, self.today - timedelta(days=20))
        report(plan, entries, as_of=as_of, by=self.clerk, body=self.keeper)

    def task(self, row: Row) -> PlanItemEntry:
        """One task, with who does it and which commitment and which task of last year it goes on from."""
        bodies = [
            BodyEntry(part, find(Organization, key))
            for part in ("lead", "joint")
            for key in row.get(part, ())
        ]
        return PlanItemEntry(
            row["text"],
            origin=self.tasks_before.get(row.get("origin")),
            bodies=bodies,
            period=read_time(row.get("time", ""), self.year),
            product=row.get("product", ""),
            content_item=self.commitments.get(row.get("carries_out")),
        )
