"""Rows for the clean-up pages, one of each model at a time, and what every one of those pages must keep to."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import (
    AgendaItem,
    Answer,
    Assignment,
    Directive,
    DirectiveAddressee,
    DirectiveSpeaker,
    Meeting,
    MeetingKind,
    MeetingKindLink,
    MeetingPaper,
    MeetingRole,
    MeetingSignature,
    Participation,
    ParticipationRole,
    Presentation,
    Task,
    TaskAddressee,
)
from portal.admin.kept import ReadOnlyAdmin
from portal.dates import parse_date, parse_period
from portal.history import acting
from portal.models import (
    Act,
    AdministrativeUnit,
    Attachment,
    BodyGroup,
    BodyGroupPart,
    Citation,
    Document,
    DocumentType,
    Figure,
    FigurePart,
    Level,
    Membership,
    Organization,
    OrganizationKind,
    OrganizationName,
    OutgoingLetter,
    Partner,
    Person,
    Position,
    RegisterStart,
    Sector,
    Signature,
    Source,
    SourceUse,
    Subordination,
    Succession,
    Tag,
    UnitSuccession,
    User,
    Verb,
    WordTemplate,
    WorkingCopy,
    YearConfirmation,
    YearEdition,
    YearRequest,
)
from programs.models import (
    Amendment,
    ContentItem,
    Duty,
    ItemBody,
    Plan,
    PlanItem,
    PlanItemBody,
    Program,
    ProgramTag,
    Review,
    ReviewItem,
    ReviewText,
    Round,
    Submission,
    Target,
    TargetBody,
    TargetEvidence,
    TargetReport,
)
from tests.cast import Cast, make_body, make_user

ENGLISH = re.compile(
    r"\b(the|add|change|changed|view|delete|select|search|history|object|yes|true|false|none|home|save|user|"
    r"error|action|back|sure|and|or|of|all|by|filter|show|password|please|entry|entries|toggle|skip|date|time)\b",
    re.IGNORECASE,
)
NOT_OURS = re.compile(r"superuser|click|đối tượng|^khóa:?$|\d{4}-\d\d-\d\d|ngày \d+ tháng", re.IGNORECASE)
"""Technical words, and dates in another form than the house's."""
SAID = {"alt", "title", "aria-label", "placeholder"}


class Rows:
    """Makes rows of any model; ``of(model)`` makes one more, ``parts(row)`` hangs one more of each part on it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.number = cast, 0

    def next(self) -> int:
        """A number not used before."""
        self.number += 1
        return self.number

    def of(self, model: type[models.Model], **fields: Any) -> Any:
        """One more row of a model."""
        return getattr(self, model.__name__.lower())(self.next(), **fields)

    def level(self, n: int) -> Level:
        return Level.objects.create(key=f"cap-{n}", name=f"cấp {n}", rank=n)

    def sector(self, n: int) -> Sector:
        return Sector.objects.create(key=f"khoi-{n}", name=f"khối {n}")

    def organizationkind(self, n: int) -> OrganizationKind:
        return OrganizationKind.objects.create(key=f"loai-{n}", name=f"Hội {n}", sector=self.sector(n))

    def documenttype(self, n: int) -> DocumentType:
        return DocumentType.objects.create(key=f"van-ban-{n}", name=f"Thông tri {n}")

    def tag(self, n: int) -> Tag:
        return Tag.objects.create(key=f"nhan-{n}", name=f"cải cách hành chính {n}")

    def bodygroup(self, n: int) -> BodyGroup:
        return BodyGroup.objects.create(key=f"nhom-{n}", name=f"các hội {n}")

    def bodygrouppart(self, n: int, **fields: Any) -> BodyGroupPart:
        group = fields.pop("group", None) or self.bodygroup(n)
        return BodyGroupPart.objects.create(group=group, kind=self.organizationkind(n), **fields)

    def registerstart(self, n: int, **fields: Any) -> RegisterStart:
        body = fields.pop("organization", None) or self.organization(n)
        return RegisterStart.objects.create(organization=body, register="plans", from_year=2020)

    def yearconfirmation(self, n: int, **fields: Any) -> YearConfirmation:
        body = fields.pop("organization", None) or self.organization(n)
        return YearConfirmation.objects.create(organization=body, year=2025, confirmed_at=timezone.now())

    def yearrequest(self, n: int, **fields: Any) -> YearRequest:
        body = fields.pop("organization", None) or self.organization(n)
        return YearRequest.objects.create(organization=body, year=2025, due_on="2026-01-31")

    def yearedition(self, n: int, **fields: Any) -> YearEdition:
        body = fields.pop("organization", None) or self.organization(n)
        return YearEdition.objects.create(organization=body, year=2025, number=n, content={})

    def outgoingletter(self, n: int, **fields: Any) -> OutgoingLetter:
        person = fields.pop("person", None) or self.cast.lan
        day = date(2026, 1, 1) + timedelta(days=n)
        return OutgoingLetter.objects.create(
            person=person, topic="reports-due", day=day, subject="Nhắc nộp báo cáo", text="Kính gửi đồng chí"
        )

    def administrativeunit(self, n: int) -> AdministrativeUnit:
        parent = AdministrativeUnit.objects.get(name="thành phố Hà Nội")
        return AdministrativeUnit.objects.create(name=f"phường {n}", level=parent.level, parent=parent)

    def unitsuccession(self, n: int, **fields: Any) -> UnitSuccession:
        ends = {"predecessor": self.administrativeunit(n), "successor": self.administrativeunit(self.next())}
        return UnitSuccession.objects.create(**ends | fields)

    def organization(self, n: int) -> Organization:
        ours = self.cast.ours
        same = {"kind": ours.kind, "sector": ours.sector, "level": ours.level, "territory": ours.territory}
        return make_body(f"Hội Nông dân phường {n}", **same)

    def organizationname(self, n: int, **fields: Any) -> OrganizationName:
        return OrganizationName.objects.create(
            **{"organization": self.organization(n), "name": f"HND {n}"} | fields
        )

    def succession(self, n: int, **fields: Any) -> Succession:
        ends = {"predecessor": self.organization(n), "successor": self.organization(self.next())}
        paper = self.document(self.next())
        return Succession.objects.create(**{"kind": "merged", "document": paper} | ends | fields)

    def subordination(self, n: int, **fields: Any) -> Subordination:
        ends = {"organization": self.organization(n), "superior": self.organization(self.next())}
        return Subordination.objects.create(**ends | fields)

    def person(self, n: int) -> Person:
        return Person.objects.create(name=f"Ngô Thị Hằng {n}")

    def position(self, n: int, **fields: Any) -> Position:
        held = {"person": self.person(n), "organization": self.organization(self.next())}
        return Position.objects.create(**{"title": "Trưởng ban"} | held | fields)

    def user(self, n: int) -> User:
        return make_user(f"can-bo-{n}", f"Đặng Thị Nga {n}", email=f"nga{n}@example.vn")

    def membership(self, n: int, **fields: Any) -> Membership:
        held = {"user": self.user(n), "organization": self.organization(self.next())}
        delegated = {"delegated_by": self.cast.hung, "ended_on": "2099-01-01"}
        return Membership.objects.create(**{"role": "clerk"} | held | delegated | fields)

    def document(self, n: int) -> Document:
        kind, _ = DocumentType.objects.get_or_create(key="quyet-dinh", defaults={"name": "Quyết định"})
        paper = Document(title=f"Về công tác dân vận {n}", number=f"{n}-QĐ/TU", type=kind)
        paper.dated = parse_date("tháng 4/2022")
        paper.save()
        return paper

    def figure(self, n: int, **fields: Any) -> Figure:
        ends = {"document": fields.pop("document", None) or self.document(n)}
        place = {"territory": self.cast.ours.territory}
        return Figure.objects.create(
            counts=f"mô hình {n}", value=1045, unit="mô hình", **place, **ends | fields
        )

    def figurepart(self, n: int, **fields: Any) -> FigurePart:
        ends = {"figure": fields.pop("figure", None) or self.figure(n)}
        return FigurePart.objects.create(name="tập thể", value=990, **ends | fields)

    def partner(self, n: int, **fields: Any) -> Partner:
        ends = {"document": fields.pop("document", None) or self.document(n)}
        return Partner.objects.create(organization=self.organization(self.next()), **ends | fields)

    def signature(self, n: int, **fields: Any) -> Signature:
        ends = {"document": fields.pop("document", None) or self.document(n)}
        return Signature.objects.create(person=self.person(self.next()), capacity="Chủ tịch", **ends | fields)

    def citation(self, n: int, **fields: Any) -> Citation:
        ends = {"citing": fields.pop("citing", None) or self.document(n), "cited": self.document(self.next())}
        return Citation.objects.create(printed="Căn cứ Quyết định số 1", **ends | fields)

    def source(self, n: int) -> Source:
        return Source.objects.create(title=f"Ký kết chương trình phối hợp {n}", publisher="Báo Hà Nội mới")

    def sourceuse(self, n: int, **fields: Any) -> SourceUse:
        ends = {
            "document": fields.pop("document", None) or self.document(n),
            "source": self.source(self.next()),
        }
        return SourceUse.objects.create(**ends | fields)

    def attachment(self, n: int, **fields: Any) -> Attachment:
        ends = {"document": fields.pop("document", None) or self.document(n), "uploaded_by": self.cast.lan}
        return Attachment.objects.create(
            name=f"ban-ky-{n}.pdf", kind="pdf", size=9, sha256="0" * 64, **ends | fields
        )

    def wordtemplate(self, n: int, **fields: Any) -> WordTemplate:
        fields = {"paper": "program-party", "organization": self.of(Organization)} | fields
        return WordTemplate.objects.create(file=self.of(Attachment), **fields)

    def act(self, n: int) -> Act:
        with acting(
            Verb.CORRECT, self.organization(n), by=self.cast.quy, body=self.cast.ours, reason="thử"
        ) as act:
            return act

    def workingcopy(self, n: int) -> WorkingCopy:
        who = {"owner": self.cast.lan, "keeper": self.cast.ours}
        return WorkingCopy.objects.create(purpose="copy", form="program", record_code=f"ma{n}", **who)

    def record(self, n: int) -> dict[str, Any]:
        """What every record with a paper starts from."""
        return {"document": self.document(n), "keeper": self.cast.ours, "written_by": self.cast.lan}

    def program(self, n: int, **fields: Any) -> Program:
        program = Program(**self.record(n) | fields)
        program.period = parse_period("2022-2026")
        program.save()
        return program

    def contentitem(self, n: int, **fields: Any) -> ContentItem:
        ends = {"program": fields.pop("program", None) or self.program(n)}
        return ContentItem.objects.create(text=f"Tiếp công dân {n}", **ends | fields)

    def itembody(self, n: int, **fields: Any) -> ItemBody:
        ends = {"item": fields.pop("item", None) or self.contentitem(n)}
        return ItemBody.objects.create(
            part="lead", organization=self.organization(self.next()), **ends | fields
        )

    def programtag(self, n: int, **fields: Any) -> ProgramTag:
        ends = {"program": fields.pop("program", None) or self.program(n)}
        return ProgramTag.objects.create(tag=self.tag(self.next()), **ends | fields)

    def plan(self, n: int) -> Plan:
        return Plan.objects.create(program=self.program(self.next()), **self.record(self.next()))

    def planitem(self, n: int, **fields: Any) -> PlanItem:
        ends = {"plan": fields.pop("plan", None) or self.plan(n)}
        return PlanItem.objects.create(text=f"Đối thoại với Nhân dân {n}", **ends | fields)

    def target(self, n: int, **fields: Any) -> Target:
        ends = {} if "plan" in fields else {"plan": self.of(Plan)}
        asked = {"kind": "at_least", "low": 90, "unit": "%", "group": self.bodygroup(n)}
        place = {"territory": self.cast.ours.territory}
        return Target.objects.create(
            text=f"Ít nhất 90% hội viên đăng ký {n}", **asked, **place, **ends | fields
        )

    def targetbody(self, n: int, **fields: Any) -> TargetBody:
        ends = {} if "target" in fields else {"target": self.target(n)}
        return TargetBody.objects.create(organization=self.organization(self.next()), **ends | fields)

    def targetreport(self, n: int, **fields: Any) -> TargetReport:
        ends = {} if "target" in fields else {"target": self.target(n)}
        told = {
            "numerator": 12,
            "denominator": 40,
            "as_of": date(2022, 6, 30),
            "evidence": f"Báo cáo số {n}/BC",
        }
        return TargetReport.objects.create(
            organization=self.organization(self.next()), reported_by=self.cast.lan, **told, **ends | fields
        )

    def targetevidence(self, n: int, **fields: Any) -> TargetEvidence:
        ends = {} if "report" in fields else {"report": self.targetreport(n)}
        return TargetEvidence.objects.create(file=self.of(Attachment), **ends | fields)

    def planitembody(self, n: int, **fields: Any) -> PlanItemBody:
        ends = {"item": fields.pop("item", None) or self.planitem(n)}
        return PlanItemBody.objects.create(
            part="lead", organization=self.organization(self.next()), **ends | fields
        )

    def round(self, n: int, **fields: Any) -> Round:
        program = self.program(self.next())
        asked = {
            "title": f"Sơ kết năm {n}",
            "due_on": "2099-12-01",
            "keeper": self.cast.ours,
            "program": program,
        }
        return Round.objects.create(written_by=self.cast.lan, **asked | fields)

    def duty(self, n: int, **fields: Any) -> Duty:
        ends = {"round": fields.pop("round", None) or self.round(n)}
        ends["organization"] = fields.pop("organization", None) or self.organization(self.next())
        return Duty.objects.create(**ends | fields)

    def submission(self, n: int, **fields: Any) -> Submission:
        ends = {"duty": fields.pop("duty", None) or self.duty(n)}
        return Submission.objects.create(
            content={"results": f"Đã đối thoại {n}"}, **self.record(self.next()) | ends | fields
        )

    def amendment(self, n: int) -> Amendment:
        return Amendment.objects.create(program=self.program(self.next()), **self.record(self.next()))

    def review(self, n: int) -> Review:
        of = {"program": self.program(self.next()), "plan": self.plan(self.next())}
        return Review.objects.create(**of, territory=self.cast.ours.territory, **self.record(self.next()))

    def reviewitem(self, n: int, **fields: Any) -> ReviewItem:
        ends = {} if "review" in fields else {"review": self.of(Review)}
        return ReviewItem.objects.create(
            about=f"Tiếp công dân {n}", text=f"Đã tiếp {n} lượt", **ends | fields
        )

    def reviewtext(self, n: int, **fields: Any) -> ReviewText:
        ends = {} if "review" in fields else {"review": self.of(Review)}
        return ReviewText.objects.create(part="limitation", text=f"Đối thoại còn ít {n}", **ends | fields)

    def meeting(self, n: int, **fields: Any) -> Meeting:
        return Meeting.objects.create(**self.record(n) | fields)

    def meetingkind(self, n: int) -> MeetingKind:
        return MeetingKind.objects.create(key=f"tong-ket-{n}", name=f"tổng kết {n}")

    def meetingrole(self, n: int) -> MeetingRole:
        return MeetingRole.objects.create(key=f"chung-kien-{n}", name=f"chứng kiến {n}")

    def meetingkindlink(self, n: int, **fields: Any) -> MeetingKindLink:
        ends = {"meeting": fields.pop("meeting", None) or self.meeting(n)}
        return MeetingKindLink.objects.create(kind=self.meetingkind(self.next()), **ends | fields)

    def agendaitem(self, n: int, **fields: Any) -> AgendaItem:
        ends = {"meeting": fields.pop("meeting", None) or self.meeting(n)}
        return AgendaItem.objects.create(text=f"Khai mạc {n}", **ends | fields)

    def meetingpaper(self, n: int, **fields: Any) -> MeetingPaper:
        ends = {"meeting": fields.pop("meeting", None) or self.meeting(n)}
        return MeetingPaper.objects.create(
            document=self.document(self.next()), role="signed", **ends | fields
        )

    def meetingsignature(self, n: int, **fields: Any) -> MeetingSignature:
        paper = fields.pop("paper", None) or self.meetingpaper(n)
        signature = self.signature(self.next(), document=paper.document)
        return MeetingSignature.objects.create(paper=paper, signature=signature, **fields)

    def participation(self, n: int, **fields: Any) -> Participation:
        ends = {"meeting": fields.pop("meeting", None) or self.meeting(n)}
        return Participation.objects.create(
            **{"name": f"Lê Văn Khải {n}", "person": self.person(self.next())} | ends | fields
        )

    def participationrole(self, n: int, **fields: Any) -> ParticipationRole:
        ends = {"participation": fields.pop("participation", None) or self.participation(n)}
        return ParticipationRole.objects.create(role=self.meetingrole(self.next()), **ends | fields)

    def presentation(self, n: int, **fields: Any) -> Presentation:
        ends = {"meeting": fields.pop("meeting", None) or self.meeting(n)}
        body = self.organization(self.next())
        return Presentation.objects.create(topic=f"Cách làm {n}", organization=body, **ends | fields)

    def directive(self, n: int, **fields: Any) -> Directive:
        ends = {"meeting": fields.pop("meeting", None) or self.meeting(n)}
        return Directive.objects.create(text=f"Sớm ký kết {n}", **ends | fields)

    def directivespeaker(self, n: int, **fields: Any) -> DirectiveSpeaker:
        directive = fields.pop("directive", None) or self.directive(n)
        speaker = self.participation(self.next(), meeting=directive.meeting)
        return DirectiveSpeaker.objects.create(directive=directive, participation=speaker, **fields)

    def directiveaddressee(self, n: int, **fields: Any) -> DirectiveAddressee:
        ends = {"directive": fields.pop("directive", None) or self.directive(n)}
        return DirectiveAddressee.objects.create(organization=self.organization(self.next()), **ends | fields)

    def task(self, n: int, **fields: Any) -> Task:
        ends = {"directive": fields.pop("directive", None) or self.directive(n), "follower": self.cast.ours}
        return Task.objects.create(assigned_by=self.cast.lan, **ends | fields)

    def taskaddressee(self, n: int, **fields: Any) -> TaskAddressee:
        ends = {"task": fields.pop("task", None) or self.task(n)}
        return TaskAddressee.objects.create(organization=self.organization(self.next()), **ends | fields)

    def assignment(self, n: int, **fields: Any) -> Assignment:
        ends = {"task": fields.pop("task", None) or self.task(n)}
        ends["organization"] = fields.pop("organization", None) or self.organization(self.next())
        return Assignment.objects.create(due_on="2026-12-01", **ends | fields)

    def answer(self, n: int, **fields: Any) -> Answer:
        ends = {"assignment": fields.pop("assignment", None) or self.assignment(n)}
        return Answer.objects.create(text=f"Đã ký {n}", **self.record(self.next()) | ends | fields)

    def parts(self, row: models.Model) -> None:
        """One more of each part that the page of ``row`` shows."""
        page = admin.site._registry[type(row)]
        for inline in page.inlines:
            links = [
                field.name for field in inline.model._meta.concrete_fields
                if field.remote_field and field.remote_field.model is type(row)
            ]  # fmt: skip
            self.of(inline.model, **{inline.fk_name or links[0]: row})


class _Page(HTMLParser):
    """What a page says and carries."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inline: list[str] = []
        self.options: list[int] = []
        self.hidden_in: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.inline.append(tag)
        if tag in {"script", "style"}:
            self.hidden_in = tag
        if tag == "select":
            self.options.append(0)
        if tag == "option":
            self.options[-1] += 1
        self.said += [value for name, value in attrs if name in SAID and value]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.said.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden_in:
            self.hidden_in = None

    def handle_data(self, data: str) -> None:
        if self.hidden_in is None and data.strip():
            self.said.append(data.strip())


def read_page(html: str) -> _Page:
    """A page, read."""
    page = _Page()
    page.feed(html)
    return page


def assert_fit(html: str) -> None:
    """No inline style or script, no table loaded into a select, no English left."""
    page = read_page(html)
    assert page.inline == []
    assert max(page.options, default=0) <= 50
    assert [text for text in page.said if ENGLISH.search(text) or NOT_OURS.search(text)] == []


def pages_of(row: models.Model) -> dict[str, str]:
    """The addresses of the pages of a row and of its list."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    pages = {"list": reverse(f"{name}_changelist"), "add": reverse(f"{name}_add")}
    for page in ("change", "history", "delete"):
        pages[page] = reverse(f"{name}_{page}", args=[row.pk])
    return pages


def expected_status(row: models.Model) -> dict[str, int]:
    """What each page answers an administrator: 403 where the house does not offer it."""
    page = admin.site._registry[type(row)]
    read_only = isinstance(page, ReadOnlyAdmin)
    no_add = read_only or isinstance(row, Attachment | Assignment | Duty | TargetEvidence)
    return {
        "list": 200,
        "add": 403 if no_add else 200,
        "change": 200,
        "history": 404 if read_only and not hasattr(row, "code") else 200,
        "delete": 200 if page.deletable else 403,
    }


def posted(page: Any, **changes: Any) -> dict[str, Any]:
    """What the form of a page would post, with changes."""
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for formset in page.context["inline_admin_formsets"]:
        forms = formset.formset
        data |= {
            f"{forms.prefix}-{name}": forms.management_form[name].value()
            for name in forms.management_form.fields
        }
        for part in forms.initial_forms:
            data |= {part.add_prefix(name): part[name].value() for name in part.fields}
    data = {name: value for name, value in data.items() if value is not None and value is not False}
    return {name: "on" if value is True else value for name, value in (data | changes).items()}


def correct(client: Client, row: models.Model, **changes: Any) -> Any:
    """Change a row on its page as an administrator would."""
    address = pages_of(row)["change"]
    return client.post(address, posted(client.get(address), **changes))


def queries(client: Client, address: str) -> int:
    """How many queries a page needs."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def costs(rows: Rows, model: type[models.Model], client: Client) -> dict[str, int]:
    """The queries of the list, one page and its history, found the same with 1 and with 3 rows of each."""
    row, found = rows.of(model), {}
    rows.parts(row)
    keeps = hasattr(model, "history")
    pages = {name: address for name, address in pages_of(row).items() if name in {"list", "change"}}
    if keeps:
        pages["history"] = pages_of(row)["history"]
    for address in pages.values():
        client.get(address)
    found = {name: queries(client, address) for name, address in pages.items()}
    for _ in range(2):
        rows.of(model)
        rows.parts(row)
        if keeps:
            row.save()
    assert found == {name: queries(client, address) for name, address in pages.items()}
    return found


@pytest.fixture
def rows(cast: Cast) -> Rows:
    """Rows for the clean-up pages."""
    return Rows(cast)


@pytest.fixture
def quy(cast: Cast) -> Client:
    """The administrator of the site, signed in."""
    return cast.client("quy")
