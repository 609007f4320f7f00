"""The clean-up pages by who asks: the site's administrator, one of a body and below, a clerk, a visitor.

Oanh administers the city's board, and with it the two wards' boards below; the ward's committee stands outside.
"""

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

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
from portal.admin.scope import GAIN, OUTSIDE
from portal.history import acting
from portal.models import (
    Act,
    AdministrativeUnit,
    Attachment,
    Audience,
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
    Reach,
    RegisterStart,
    Role,
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
from tests.cast import PASSWORD, join, make_user
from tests.clean_up import Rows, correct, pages_of, posted

REGISTERS = [
    AdministrativeUnit, BodyGroup, BodyGroupPart, DocumentType, Level, MeetingKind, MeetingRole, OrganizationKind, Sector, Tag, UnitSuccession,
]  # fmt: skip
ABSENT = 999_999


class Of:
    """One row of any model that belongs to a body."""

    def __init__(self, rows: Rows, body: Organization) -> None:
        self.rows, self.body, self.heir = rows, body, rows.cast.neighbour if body == rows.cast.ours else None

    def of(self, model: type[models.Model]) -> Any:
        return getattr(self, model.__name__.lower())()

    def paper(self) -> Document:
        return self.program().document

    def program(self) -> Program:
        return self.rows.of(Program, keeper=self.body)

    def organization(self) -> Organization:
        return self.body

    def organizationname(self) -> OrganizationName:
        return self.rows.of(OrganizationName, organization=self.body)

    def succession(self) -> Succession:
        return self.rows.of(Succession, predecessor=self.body, successor=self.heir, kind="ended")

    def subordination(self) -> Subordination:
        superior = self.rows.cast.superior if self.heir else self.rows.of(Organization)
        return self.rows.of(Subordination, organization=self.body, superior=superior)

    def registerstart(self) -> RegisterStart:
        return self.rows.of(RegisterStart, organization=self.body)

    def yearconfirmation(self) -> YearConfirmation:
        return self.rows.of(YearConfirmation, organization=self.body)

    def yearrequest(self) -> YearRequest:
        return self.rows.of(YearRequest, organization=self.body)

    def yearedition(self) -> YearEdition:
        return self.rows.of(YearEdition, organization=self.body)

    def outgoingletter(self) -> OutgoingLetter:
        return self.rows.of(OutgoingLetter, person=self.user())

    def user(self) -> User:
        return self.membership().user

    def membership(self) -> Membership:
        return self.rows.of(Membership, organization=self.body, user=self.rows.of(User))

    def person(self) -> Person:
        return self.position().person

    def position(self) -> Position:
        return self.rows.of(Position, organization=self.body)

    def document(self) -> Document:
        return self.paper()

    def partner(self) -> Partner:
        return self.rows.of(Partner, document=self.paper())

    def signature(self) -> Signature:
        return self.rows.of(Signature, document=self.paper())

    def citation(self) -> Citation:
        return self.rows.of(Citation, citing=self.paper())

    def sourceuse(self) -> SourceUse:
        return self.rows.of(SourceUse, document=self.paper())

    def source(self) -> Source:
        return self.sourceuse().source

    def attachment(self) -> Attachment:
        return self.rows.of(Attachment, document=self.paper())

    def wordtemplate(self) -> WordTemplate:
        file = self.rows.of(Attachment)
        return WordTemplate.objects.create(paper=f"mau-{file.pk}", organization=self.body, file=file)

    def act(self) -> Act:
        with acting(Verb.CORRECT, self.body, by=self.rows.cast.quy, body=self.body, reason="thử") as act:
            return act

    def workingcopy(self) -> WorkingCopy:
        code = f"b{self.body.pk}"
        who = {"owner": self.rows.cast.lan, "keeper": self.body}
        return WorkingCopy.objects.create(purpose="copy", form="program", record_code=code, **who)

    def contentitem(self) -> ContentItem:
        return self.rows.of(ContentItem, program=self.program())

    def itembody(self) -> ItemBody:
        return self.rows.of(ItemBody, item=self.contentitem())

    def programtag(self) -> ProgramTag:
        return self.rows.of(ProgramTag, program=self.program())

    def planitem(self) -> PlanItem:
        return self.rows.of(PlanItem, plan=self.plan())

    def planitembody(self) -> PlanItemBody:
        return self.rows.of(PlanItemBody, item=self.planitem())

    def review(self) -> Review:
        return Review.objects.create(**self.rows.record(self.rows.next()) | {"keeper": self.body})

    def reviewitem(self) -> ReviewItem:
        return self.rows.of(ReviewItem, review=self.review())

    def reviewtext(self) -> ReviewText:
        return self.rows.of(ReviewText, review=self.review())

    def figure(self) -> Figure:
        return self.rows.of(Figure, document=self.paper())

    def figurepart(self) -> FigurePart:
        return self.rows.of(FigurePart, figure=self.figure())

    def target(self) -> Target:
        return self.rows.of(Target, plan=self.plan())

    def targetbody(self) -> TargetBody:
        return self.rows.of(TargetBody, target=self.target())

    def targetreport(self) -> TargetReport:
        return self.rows.of(TargetReport, target=self.target())

    def targetevidence(self) -> TargetEvidence:
        return self.rows.of(TargetEvidence, report=self.targetreport())

    def plan(self) -> Plan:
        return Plan.objects.create(**self.rows.record(self.rows.next()) | {"keeper": self.body})

    def amendment(self) -> Amendment:
        return Amendment.objects.create(**self.rows.record(self.rows.next()) | {"keeper": self.body})

    def round(self) -> Round:
        return self.rows.of(Round, keeper=self.body)

    def duty(self) -> Duty:
        return self.rows.of(Duty, round=self.round())

    def submission(self) -> Submission:
        return self.rows.of(Submission, keeper=self.body, duty=self.duty())

    def meeting(self) -> Meeting:
        return self.rows.of(Meeting, keeper=self.body)

    def task(self) -> Task:
        return self.rows.of(Task, directive=self.directive(), follower=self.body)

    def assignment(self) -> Assignment:
        return self.rows.of(Assignment, task=self.task())

    def taskaddressee(self) -> TaskAddressee:
        return self.rows.of(TaskAddressee, task=self.task())

    def answer(self) -> Answer:
        return self.rows.of(Answer, keeper=self.body, assignment=self.assignment())

    def directive(self) -> Directive:
        return self.rows.of(Directive, meeting=self.meeting())

    def directivespeaker(self) -> DirectiveSpeaker:
        return self.rows.of(DirectiveSpeaker, directive=self.directive())

    def directiveaddressee(self) -> DirectiveAddressee:
        return self.rows.of(DirectiveAddressee, directive=self.directive())

    def meetingkindlink(self) -> MeetingKindLink:
        return self.rows.of(MeetingKindLink, meeting=self.meeting())

    def agendaitem(self) -> AgendaItem:
        return self.rows.of(AgendaItem, meeting=self.meeting())

    def meetingpaper(self) -> MeetingPaper:
        return self.rows.of(MeetingPaper, meeting=self.meeting())

    def meetingsignature(self) -> MeetingSignature:
        return self.rows.of(MeetingSignature, paper=self.meetingpaper())

    def participation(self) -> Participation:
        return self.rows.of(Participation, meeting=self.meeting())

    def participationrole(self) -> ParticipationRole:
        return self.rows.of(ParticipationRole, participation=self.participation())

    def presentation(self) -> Presentation:
        return self.rows.of(Presentation, meeting=self.meeting())


EXAMPLES = {name for name in vars(Of) if not name.startswith("_")}
BOUNDED = [model for model in admin.site._registry if model.__name__.lower() in EXAMPLES]
READ_ONLY = {model for model, page in admin.site._registry.items() if isinstance(page, ReadOnlyAdmin)}


@pytest.fixture
def oanh(cast):
    cast.people["oanh"] = make_user("oanh", "Hồ Thị Oanh")
    join(cast.oanh, cast.superior, Role.ADMINISTRATOR)
    return cast.client("oanh")


@pytest.fixture
def own(cast, rows):
    return Of(rows, cast.ours)


@pytest.fixture
def foreign(cast, rows):
    return Of(rows, cast.partner)


def suggested(client: Any, model: type[models.Model]) -> set[str] | None:
    """What a picker of rows of ``model`` offers; None where no page has one."""
    for page in admin.site._registry:
        for field in page._meta.concrete_fields:
            if field.related_model is model and isinstance(field, models.ForeignKey):
                asked = {"app_label": page._meta.app_label, "model_name": page._meta.model_name}
                answer = client.get("/admin/autocomplete/", asked | {"field_name": field.name, "term": ""})
                return {one["id"] for one in answer.json()["results"]}
    return None


def test_every_model_is_bounded_or_a_register_of_everybody():
    left = set(admin.site._registry) - set(BOUNDED) - set(REGISTERS)
    assert left == set()
    assert {model for model, page in admin.site._registry.items() if page.is_register} == set(REGISTERS)


@pytest.mark.parametrize("model", BOUNDED, ids=lambda model: model.__name__)
def test_the_administrator_of_a_body_meets_its_rows_and_no_others(model, own, foreign, oanh, cast):
    mine, other = own.of(model), foreign.of(model)
    listed = oanh.get(pages_of(mine)["list"])
    keys = {row.pk for row in listed.context["cl"].result_list}
    assert (mine.pk in keys, other.pk in keys) == (True, False)
    page = admin.site._registry[model]
    wanted = {
        "change": 200,
        "history": 404 if model in READ_ONLY and not hasattr(model, "code") else 200,
        "delete": 200 if page.deletable else 403,
    }
    assert {name: oanh.get(pages_of(mine)[name]).status_code for name in wanted} == wanted
    absent = type(other)(pk=ABSENT)
    for name in wanted:
        answers = [oanh.get(pages_of(one)[name]) for one in (other, absent)]
        posts = [oanh.post(pages_of(one)[name], {"post": "yes", "reason": "x"}) for one in (other, absent)]
        assert answers[0].status_code == answers[1].status_code in {302, 404, 403}, name
        assert posts[0].status_code == posts[1].status_code in {302, 404, 403, 405}, name
    assert model._base_manager.filter(pk=other.pk).exists()
    if (offered := suggested(oanh, model)) is not None:
        assert (str(mine.pk) in offered, str(other.pk) in offered) == (True, False)
    quy = cast.client("quy")
    assert {quy.get(pages_of(one)["change"]).status_code for one in (mine, other)} == {200}


@pytest.mark.parametrize("model", BOUNDED, ids=lambda model: model.__name__)
def test_clerks_and_visitors_are_kept_out(model, own, cast):
    mine = own.of(model)
    for who, status in (("lan", 403), (None, 302)):
        client = cast.client(who)
        for address in [*pages_of(mine).values(), "/admin/autocomplete/", "/admin/"]:
            assert client.get(address).status_code == status


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_registers_of_everybody_are_read(model, rows, oanh):
    row = rows.of(model)
    pages = pages_of(row)
    assert {name: oanh.get(pages[name]).status_code for name in ("list", "change", "history")} == {
        "list": 200, "change": 200, "history": 200,
    }  # fmt: skip
    for name in ("add", "change", "delete"):
        answer = oanh.post(pages[name], {"name": "khác", "key": "khac", "post": "yes", "reason": "x"})
        assert (name, answer.status_code) == (name, 403)


def test_a_paper_of_the_open_register_is_read_and_not_changed(rows, oanh):
    paper = rows.of(Document)
    assert oanh.get(pages_of(paper)["change"]).status_code == 302
    paper.audience = Audience.PUBLIC
    paper.save()
    assert oanh.get(pages_of(paper)["change"]).status_code == 200
    assert oanh.post(pages_of(paper)["change"], {"title": "khác"}).status_code == 403
    assert oanh.get(pages_of(paper)["delete"]).status_code == 403


# --- nobody gives more than they have


def test_a_body_is_corrected_by_its_administrator_and_told_as_theirs(cast, oanh):
    assert correct(oanh, cast.ours, note="x", reason="bổ sung").status_code == 302
    act = Act.objects.get()
    assert (act.person, act.body, act.record_code) == (cast.oanh, cast.superior, cast.ours.code)


def test_no_picker_takes_a_row_from_outside(cast, own, oanh):
    partner = own.partner()
    before = partner.organization
    page = correct(oanh, partner, organization=cast.partner.pk, reason="thử")
    assert list(page.context["adminform"].form.errors) == ["organization"]
    assert correct(oanh, partner, printed="như in", reason="giữ cơ quan cũ").status_code == 302
    partner.refresh_from_db()
    assert (partner.organization, partner.printed) == (before, "như in")


@pytest.mark.parametrize("model", [Program, Plan])
def test_a_record_is_not_handed_outside(model, cast, own, oanh):
    record = own.of(model)
    page = correct(oanh, record, keeper=cast.partner.pk, reason="thử")
    assert list(page.context["adminform"].form.errors) == ["keeper"]


def test_a_stored_password_is_not_guessed_from_what_a_list_finds(cast, oanh):
    for lookup in ("password__startswith", "password", "password__regex"):
        answer = oanh.get(reverse("admin:portal_user_changelist"), {lookup: cast.lan.password[:9]})
        assert (lookup, answer.status_code) == (lookup, 400)


def test_joining_bodies_gives_nobody_a_role_of_their_own(cast, oanh):
    join(cast.oanh, cast.neighbour, Role.APPROVER)
    pair = {"chon": [cast.ours.pk, cast.neighbour.pk]}
    facts = {f"lay-{name}": cast.ours.pk for name in ("name", "abbreviation", "territory")}
    answer = oanh.post(
        reverse("admin:portal_organization_merge", query=pair),
        facts | {"giu": cast.ours.pk, "reason": "trùng"},
    )
    assert GAIN in answer.text
    assert Organization.objects.filter(pk=cast.neighbour.pk).exists()


def test_an_account_is_made_inside_and_never_for_the_site(cast, oanh):
    address = reverse("admin:portal_user_add")
    page = oanh.get(address)
    assert "is_superuser" not in page.context["adminform"].form.fields
    names = {"username": "hoa", "full_name": "Lý Thị Hoa", "password1": PASSWORD, "password2": PASSWORD}
    names |= {"is_superuser": "on", "is_staff": "on"}
    without = oanh.post(address, posted(page, **names))
    assert without.status_code == 200 and "Ghi ít nhất một dòng" in without.content.decode()
    role = {"memberships-TOTAL_FORMS": 1, "memberships-0-role": "clerk"}
    outside = oanh.post(
        address, posted(page, **names, **role, **{"memberships-0-organization": cast.partner.pk})
    )
    assert outside.status_code == 200
    assert not User.objects.filter(username="hoa").exists()
    made = oanh.post(address, posted(page, **names, **role, **{"memberships-0-organization": cast.ours.pk}))
    assert made.status_code == 302
    user = User.objects.get(username="hoa")
    assert (user.is_superuser, user.is_staff) == (False, False)


@pytest.mark.parametrize("account", ["quy", "both"])
def test_an_account_that_opens_more_is_read_only(account, cast, oanh):
    """A password set here would open what the account holds elsewhere."""
    cast.people["both"] = make_user("both")
    join(cast.both, cast.partner, Role.CLERK)
    user = cast.people[account]
    join(user, cast.ours, Role.CLERK)
    assert oanh.get(pages_of(user)["change"]).status_code == 200
    assert oanh.post(pages_of(user)["change"], {"username": "x", "reason": "x"}).status_code == 403
    password = reverse("admin:portal_user_password", args=[user.pk])
    assert oanh.get(password).status_code == 403
    assert oanh.get(reverse("admin:portal_user_password", args=[cast.lan.pk])).status_code == 200
    assert oanh.get(reverse("admin:portal_user_password", args=[cast.phuc.pk])).status_code == 404


@pytest.mark.parametrize("way", ["by itself", "on the body", "on the account"])
def test_nobody_gives_themselves_a_role(way, cast, oanh):
    row = {"role": "approver", "organization": cast.superior.pk, "user": cast.oanh.pk}
    if way == "by itself":
        answer = oanh.post(reverse("admin:portal_membership_add"), row)
    else:
        on = cast.superior if way == "on the body" else cast.oanh
        page = oanh.get(pages_of(on)["change"])
        count = len(page.context["inline_admin_formsets"][-1].formset.initial_forms)
        added = {f"memberships-{count}-{name}": value for name, value in row.items()}
        answer = oanh.post(
            pages_of(on)["change"],
            posted(page, reason="x", **added, **{"memberships-TOTAL_FORMS": count + 1}),
        )
    assert answer.status_code == 403 and OUTSIDE in answer.content.decode()
    assert cast.oanh.memberships.count() == 1


def test_a_link_that_would_widen_reach_is_refused(cast, oanh):
    address = reverse("admin:portal_subordination_add")
    for link in ((cast.partner, cast.superior), (cast.superior, cast.partner)):
        answer = oanh.post(address, {"organization": link[0].pk, "superior": link[1].pk})
        assert answer.status_code == 200 and answer.context["adminform"].form.errors
    address = reverse("admin:portal_succession_add")
    answer = oanh.post(address, {"predecessor": cast.partner.pk, "successor": cast.ours.pk, "kind": "merged"})
    assert answer.status_code == 200
    assert not Reach.objects.filter(reader=cast.superior, body=cast.partner).exists()


def test_a_new_body_stands_below_its_maker(cast, oanh):
    address = reverse("admin:portal_organization_add")
    assert (
        oanh.post(address, posted(oanh.get(address), name="Ban Dân vận Đảng ủy phường Láng")).status_code
        == 302
    )
    body = Organization.objects.get(name="Ban Dân vận Đảng ủy phường Láng")
    assert body.superior_links.get().superior == cast.superior
    assert oanh.get(pages_of(body)["change"]).status_code == 200


def test_rows_of_a_page_outside_are_not_listed_on_it(cast, own, oanh):
    """A person who also holds a post elsewhere: that post is not shown, and the person not changed."""
    person = own.person()
    Position.objects.create(person=person, organization=cast.partner, title="Phó Chủ tịch phường")
    page = oanh.get(pages_of(person)["change"]).content.decode()
    assert "Trưởng ban" in page and "Phó Chủ tịch phường" not in page
    assert oanh.post(pages_of(person)["change"], {"name": "x", "reason": "x"}).status_code == 403


def test_what_is_in_the_way_of_a_deletion_is_counted_and_named_only_inside(cast, own, rows, oanh):
    hidden = rows.of(Program, keeper=cast.partner).document
    hidden.title = "văn bản kín"
    hidden.save()
    Citation.objects.create(citing=hidden, cited=own.paper(), printed="Căn cứ")
    cited = Document.objects.filter(cited_by__isnull=False).get()
    page = oanh.get(pages_of(cited)["delete"]).content.decode()
    assert "và 1 chỗ khác" in page and "văn bản kín" not in page


def test_bounds_cost_no_query_a_row(own, oanh, django_assert_num_queries):
    for _ in range(3):
        own.of(Partner)
    oanh.get(reverse("admin:portal_partner_changelist"))
    with django_assert_num_queries(5):
        oanh.get(reverse("admin:portal_partner_changelist"))
