"""What programmes, plans, amendments and reviews show in the shell: navigation, desk, door, search, panels, registers."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils import timezone

from portal.access import VISITOR
from portal.desk_lines import lines_of
from portal.measures import Measure
from portal.models import (
    Attachment,
    Citation,
    Document,
    DocumentType,
    Figure,
    FigurePart,
    Organization,
    Partner,
    Person,
    Reach,
    Signature,
    Sought,
    User,
)
from portal.publication import Preview
from portal.sections import DeskGroup, DeskLine, Hits, Kind, NavItem, Reader, Section, register
from programs import round_lines
from programs.actions import refresh, touching
from programs.actions.answers import forget_unsent_of_closed
from programs.actions.plans import refresh_plans
from programs.actions.programs import kin, refresh_newly_public, refresh_unsearched
from programs.actions.reviews import refresh_reviews
from programs.actions.rounds import duties_touching, place_duties, tell_handed_in
from programs.asked import answering_bodies, not_yet_told
from programs.forms.links import match_papers
from programs.listing import amendment_page_of, page_of, plan_hits, plan_page_of, program_hits
from programs.measuring import MEASURES
from programs.models import (
    Amendment,
    ContentItem,
    Duty,
    Plan,
    PlanItem,
    Program,
    Review,
    ReviewItem,
    ReviewText,
    Round,
    Submission,
    Target,
    TargetEvidence,
)
from programs.models.programs import ENDING_SOON
from programs.panels import LISTED, PANEL, PLANS, PROGRAMS
from programs.publication import publication_parts
from programs.reminders import remind
from programs.review_listing import review_page_of
from programs.target_reading import reads_evidence
from programs.views.entry import AmendmentEntry, PlanEntry, ProgramEntry
from programs.views.review_entry import ReviewEntry

ENTRIES = {view.kind: view for view in (ProgramEntry, PlanEntry, AmendmentEntry, ReviewEntry)}

DERIVED_FROM = {
    Organization: "document__partners__organization",
    DocumentType: "document__type",
    Document: "document",
    Person: "document__signatures__person",
}
"""How programmes, plans and reviews are found from a register row their derived columns rest on."""


@register
class ProgramSection(Section):
    """The section of this app."""

    position = 10

    def public_nav(self) -> Iterable[NavItem]:
        yield NavItem("Chương trình", reverse("programs:program_list"), holds=Program.objects.published())
        yield NavItem("Kế hoạch", reverse("programs:plan_list"), holds=Plan.objects.published())
        yield NavItem("Sơ kết, tổng kết", reverse("programs:review_list"), holds=Review.objects.published())

    def staff_nav(self, user: User) -> Iterable[NavItem]:
        yield NavItem("Chương trình", reverse("programs:staff_list"))
        yield NavItem("Kế hoạch", reverse("programs:staff_plan_list"))
        yield NavItem("Báo cáo", reverse("programs:round_list"))
        yield NavItem("Sơ kết, tổng kết", reverse("programs:staff_review_list"))

    def kinds(self) -> Iterable[Kind]:
        return (
            Kind(
                "program",
                "Chương trình, quy chế phối hợp",
                "Chương trình phối hợp, quy chế phối hợp, thỏa thuận, giao ước giữa hai hay nhiều cơ quan.",
                reverse("programs:enter_program"),
                ProgramEntry,
            ),
            Kind(
                "plan",
                "Kế hoạch",
                "Kế hoạch năm thực hiện chương trình; kế hoạch riêng của một cơ quan như 34/KH-UBND.",
                reverse("programs:enter_plan"),
                PlanEntry,
            ),
            Kind(
                "amendment",
                "Sửa đổi, bổ sung",
                "Văn bản sửa đổi, bổ sung một chương trình hoặc quy chế đã ký.",
                reverse("programs:enter_amendment"),
                AmendmentEntry,
            ),
            Kind(
                "review",
                "Sơ kết, tổng kết",
                "Báo cáo sơ kết, tổng kết một chương trình, một kế hoạch, hoặc công tác một năm của cơ quan.",
                reverse("programs:enter_review"),
                ReviewEntry,
            ),
        )

    def measures(self) -> Iterable[Measure]:
        return MEASURES

    # --- the desk

    def desk(self, user: User, most: int) -> Iterable[DeskLine]:
        today = timezone.localdate()
        yield from _due_lines(user, most, today)
        yield from _report_lines(user, most, today)
        yield from lines_of(ENTRIES.values(), user, most)
        yield from round_lines.desk_lines(user, most)

    def urgent(self, user: User, most: int) -> Iterable[DeskLine]:
        today = timezone.localdate()
        yield from _due_lines(user, most, today)
        yield from _report_lines(user, most, today)
        yield from lines_of(ENTRIES.values(), user, most, only_waiting=True)
        yield from round_lines.lines_of_reviews(user, most, today)

    def next_dates(self, user: User, today: date) -> Iterable[tuple[date, str, str]]:
        kept = Reach.objects.running(user.reading_bodies)
        ending = Program.objects.approved().standing(today).filter(keeper__in=kept, has_successor=False)
        ahead = ending.filter(in_force_until__gte=today).order_by("in_force_until")
        for program in ProgramEntry.as_called(ahead, "in_force_until")[:3]:
            yield (
                program.in_force_until,
                f"Hết hạn: {ProgramEntry.called(program)}",
                reverse("programs:program_record", args=[program.code]),
            )
        yield from _next_published(kept)

    def nightly(self) -> Iterable[tuple[str, Callable[[], object]]]:
        lately = timezone.now() - timedelta(days=3)
        yield "Tính lại thời hạn của chương trình mới công khai", lambda: refresh_newly_public(lately)
        yield "Ghi chữ để tìm của chương trình chưa có", refresh_unsearched
        yield "Tính lại phần nào của các đợt đã nộp", lambda: tell_handed_in(Duty.objects.all())
        yield "Nhắc nộp báo cáo đến hạn", remind
        yield "Bỏ phần chưa nộp của đợt đã đóng", lambda: forget_unsent_of_closed(timezone.localdate())

    # --- search and panels

    def search(self, sought: Sought) -> Iterable[Hits]:
        for kind in LISTED:
            yield from kind.search(sought)

    def suggest(
        self, register: str, user: User, text: str, *, of: str = "", on: date | None = None
    ) -> list[dict[str, str]] | None:
        if register == "chuong-trinh":
            return [
                {
                    "name": str(one),
                    "code": one.code,
                    "line": " · ".join(filter(None, [one.standing, one.document.title[:120]])),
                }
                for one in match_papers(Program, user, text)
            ]
        if register == "ke-hoach":
            found = match_papers(Plan, user, text)
            hits = plan_hits([one.pk for one in found], user, timezone.localdate())
            return [
                {
                    "name": one.label,
                    "code": one.code,
                    "line": ", ".join(filter(None, [one.standing, hit.when, *hit.meta]))[:160],
                }
                for one, hit in zip(found, hits, strict=True)
            ]
        return None

    def front(self, today: date) -> Iterable[Hits]:
        published = Program.objects.published()
        url = reverse("programs:program_list")
        standing = published.standing(today)
        if keys := list(standing.order_by("-listed_on", "-pk").values_list("pk", flat=True)[:PANEL]):
            yield Hits(
                "Đang có hiệu lực",
                program_hits(keys, VISITOR, today),
                url,
                standing.count(),
                "chương trình",
                "đang có hiệu lực",
            )
        elif keys := list(published.values_list("pk", flat=True)[:PANEL]):
            yield Hits("Mới nhất", program_hits(keys, VISITOR, today), url, noun="chương trình")

    def of_body(self, organization: Organization, reader: Reader) -> Iterable[Hits]:
        own = Organization.objects.filter(pk=organization.pk).values("pk")
        before = Reach.objects.running([organization.pk]).exclude(body=organization.pk)
        named = {"don-vi": organization.name, "don-vi-ma": organization.code}
        for kind in LISTED:
            found = kind.model.objects.visible_to(reader).touching(own)
            yield from kind.panel(found, reader, url=kind.url(reader, **named))
        earlier = Program.objects.visible_to(reader).touching(before)
        yield from PROGRAMS.panel(earlier, reader, label="Chương trình của cơ quan trước")

    def sheets_of(self, organization: Organization, reader: Reader) -> Iterable[NavItem]:
        if reader.is_authenticated:
            url = reverse("programs:body_sheet", args=[organization.code])
            yield NavItem("Bản in A4 các chương trình", url)

    def resting_on(self, document: Document, reader: Reader) -> Iterable[Hits]:
        citing = Citation.objects.filter(cited=document, role=Citation.Role.BASIS).values("citing_id")
        for kind in (PROGRAMS, PLANS):
            found = kind.model.objects.visible_to(reader).filter(document__in=citing)
            yield from kind.panel(found, reader, label=f"{kind.label} căn cứ văn bản này")

    # --- registers

    def files_held(self) -> Iterable[models.QuerySet]:
        yield TargetEvidence.objects.order_by().values("file_id")

    def may_open(self, user: User, file: Attachment) -> bool:
        return reads_evidence(user, file)

    def publication_parts(self, record: models.Model) -> Preview | None:
        return publication_parts(record)

    def addresses(self, documents: Iterable[int], reader: Reader) -> dict[int, str]:
        wanted = list(documents)
        columns = ("document_id", "code", "slug")
        found = Program.objects.visible_to(reader).filter(document__in=wanted).only(*columns)
        pages = {one.document_id: page_of(one, reader) for one in found}
        plans = Plan.objects.visible_to(reader).filter(document__in=wanted).only(*columns)
        pages |= {one.document_id: plan_page_of(one, reader) for one in plans}
        if left := [key for key in wanted if key not in pages]:
            reviews = Review.objects.visible_to(reader).filter(document__in=left).only(*columns)
            pages |= {one.document_id: review_page_of(one, reader) for one in reviews}
        if not (left := [key for key in wanted if key not in pages]):
            return pages
        changes = Amendment.objects.visible_to(reader).filter(document__in=left).select_related("program")
        changes = changes.only(*columns, "program__code", "program__slug")
        pages |= {one.document_id: amendment_page_of(one, one.program, reader) for one in changes}
        if not (reader.is_authenticated and (left := [key for key in left if key not in pages])):
            return pages
        seen = Duty.objects.visible_to(reader).filter(submissions__document__in=left)
        parts = seen.values_list("submissions__document", "code")
        return pages | {key: reverse("programs:duty_record", args=[code]) for key, code in parts}

    def touched(self, instance: models.Model) -> None:
        if isinstance(instance, Program):
            refresh(kin(instance))
            return
        if isinstance(instance, ContentItem):
            refresh([instance.program_id])
            return
        if isinstance(instance, Plan | PlanItem | Target):
            refresh_plans([instance.pk if isinstance(instance, Plan) else instance.plan_id])
            return
        if isinstance(instance, Review | ReviewItem | ReviewText):
            refresh_reviews([instance.pk if isinstance(instance, Review) else instance.review_id])
            return
        if isinstance(instance, Figure | FigurePart):
            figure = instance if isinstance(instance, Figure) else instance.figure
            refresh_reviews(Review.objects.filter(document=figure.document_id).values_list("pk", flat=True))
            return
        if isinstance(instance, Organization | Round | Duty | Submission):
            place_duties(duties_touching(instance))
        if isinstance(instance, Partner | Signature):
            instance = instance.document
        if lookup := DERIVED_FROM.get(type(instance)):
            found = touching(**{lookup: instance})
            # A paper signed on another day moves the day from which the programme before it yields.
            refresh([*found, *touching(successors__in=found)] if isinstance(instance, Document) else found)
            refresh_plans(Plan.objects.filter(**{lookup: instance}).values_list("pk", flat=True))
            if not isinstance(instance, Person):  # who signed is no word a review is found by
                refresh_reviews(Review.objects.filter(**{lookup: instance}).values_list("pk", flat=True))


def _due_lines(user: User, most: int, today: date) -> Iterable[DeskLine]:
    """Programmes near their end, or lately past it, that nothing the person may see continues."""
    ran = Reach.objects.running(user.writing_bodies)
    kept = Program.objects.approved().filter(keeper__in=ran, terminated_on=None)
    near = kept.filter(in_force_until__range=(today - ENDING_SOON, today + ENDING_SOON))
    later = Program.objects.visible_to(user).filter(predecessor=OuterRef("pk"))
    found = near.exclude(parties_ended_on__lt=today).filter(~Exists(later))
    called = ProgramEntry.as_called(found, "in_force_until")
    for program in called.order_by("in_force_until", "pk")[:most]:
        url = reverse("programs:program_record", args=[program.code])
        yield DeskLine(
            DeskGroup.DUE,
            "Chuẩn bị giai đoạn mới",
            ProgramEntry.called(program),
            url,
            due=program.in_force_until,
        )


def _next_published(kept: models.QuerySet) -> Iterable[tuple[date, str, str]]:
    """The next three days on which papers of these bodies become public; of all kinds in one question."""
    days = [
        view.model.objects.approved()
        .filter(keeper__in=kept, withdrawn_at__isnull=True, published_from__gt=timezone.now())
        .order_by()
        .values_list("published_from", Value(kind, models.CharField()), "pk")
        for kind, view in ENTRIES.items()
    ]
    nearest = list(days[0].union(*days[1:], all=True).order_by("published_from")[:3])
    for kind, view in ENTRIES.items():
        starts = {key: start for start, one, key in nearest if one == kind}
        for record in view.as_called(view.model.objects.filter(pk__in=starts)) if starts else ():
            day = timezone.localtime(starts[record.pk]).date()
            yield day, f"Công khai: {view.called(record)}", view.record_address(record)


def _report_lines(user: User, most: int, today: date) -> Iterable[DeskLine]:
    """Running plans that ask a person's bodies for figures of their targets, and were told nothing yet."""
    for plan in not_yet_told(answering_bodies(user), today)[:most]:
        url = reverse("programs:report_targets", args=[plan.code])
        note = f"gửi {plan.keeper}"
        yield DeskLine(DeskGroup.DUE, "Báo cáo chỉ tiêu", plan.label, url, note=note, due=plan.period_last)
