"""The plan form: one page grouped as a plan is grouped, over one raw data."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from portal.access import readable_audiences
from portal.dates import Period, PeriodKind
from portal.forms.entries import found
from portal.forms.fields import PeriodText, TextBlock, TextLine
from portal.forms.paper_rows import PAPER_ROWS, PAPER_SPLITTERS, row_set
from portal.forms.papers import KNOWN
from portal.forms.pasted import ANYTHING
from portal.forms.rows import append_rows
from portal.models import AdministrativeUnit, DocumentType
from programs.actions.companions import PlanEntry
from programs.actions.plans import PlanItemEntry
from programs.forms.companions import CompanionForm, CompanionHeadForm, companion_data
from programs.forms.items import ItemRow, ItemsForm, item_data, keyed
from programs.forms.links import LinkField, check_link, check_not_itself, may_plan_under, write_link
from programs.forms.targets import TargetChoices, TargetRow, split_targets, target_data
from programs.models import ContentItem, Plan, PlanItem, Target
from programs.paste import split_tasks
from programs.years import is_inferred, own_year, read_time

KNOWN_SETS = ("items", "signatures", "bases")


class PlanHeadForm(CompanionHeadForm):
    """The head of a plan and its running text."""

    family = DocumentType.Family.PLAN
    fewest_parties = 1

    period = PeriodText(
        label="Thời gian", required=False,
        help_text="Ví dụ: năm 2026 · 6 tháng đầu năm 2026 · 2026 – 2030 · không rõ",
    )  # fmt: skip
    parent = LinkField(
        Plan, label="Thực hiện kế hoạch", help_text="Kế hoạch của cấp trên hoặc của cơ quan khác."
    )
    previous = LinkField(Plan, label="Tiếp nối kế hoạch năm trước")
    purposes = TextBlock(label="Mục đích, yêu cầu", required=False, rows=4)
    implementation = TextBlock(label="Tổ chức thực hiện", required=False, rows=4)
    content = TextBlock(
        label="Nội dung khác", required=False, rows=4, help_text="Phần không thành nhiệm vụ, ghi như in."
    )
    items_known = forms.ChoiceField(label="Nhiệm vụ", choices=KNOWN, required=False)
    signatures_known = forms.ChoiceField(label="Người ký", choices=KNOWN, required=False)
    bases_known = forms.ChoiceField(label="Căn cứ", choices=KNOWN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        printed = "Kế hoạch số 34/KH-UBND ngày 24/01/2018 về công tác dân vận chính quyền năm 2018"
        self.fields[
            "number_line"
        ].help_text = (
            f"Dán nguyên dòng như in, ví dụ: {printed}. Các ô còn trống bên dưới được điền giúp khi lưu."
        )
        self.fields["number"].help_text = "Ví dụ: 34/KH-UBND"


class PlanItemRow(ItemRow):
    """One task: who, when and what comes of it are optional."""

    time = TextLine(
        label="Thời gian", required=False, max_length=200,
        help_text="Như in, ví dụ: quý I · từ 1/3 đến 30/6/2026 · thường xuyên.",
    )  # fmt: skip
    product = TextLine(label="Sản phẩm, kết quả", required=False, max_length=500)
    content_item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    written = ItemRow.written | {"time", "product"}

    def __init__(self, *args: Any, year: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["text"].label = "Nhiệm vụ"

    def clean_time(self) -> Period:
        """When it is to be done; what is not understood stays as printed."""
        read = read_time(self.cleaned_data["time"], self.year)
        if read.first is not None or read.kind == PeriodKind.NONE:
            self.echoes["time"] = (
                f"{read.sentence()}, theo năm của kế hoạch" if is_inferred(read) else read.sentence()
            )
        elif read.text:
            self.echoes["time"] = "Ghi như in."
        return read


def split_rows(text: str) -> list[dict[str, str]]:
    """The rows of a pasted block of tasks."""
    return [{"audience": "public"} | one for one in split_tasks(text)]


class PlanForm(ItemsForm, CompanionForm):
    """A whole plan."""

    head_class = PlanHeadForm
    row_classes = PAPER_ROWS | {"items": row_set(PlanItemRow), "targets": row_set(TargetRow)}
    new_rows = ItemsForm.new_rows | {"targets": {"audience": "public"}}
    splitters = PAPER_SPLITTERS | {"items": split_rows, "targets": split_targets}
    places = {
        "purposes": ("mục đích", "mục tiêu", "yêu cầu"),
        "items": ("nhiệm vụ", "nội dung"),
        "targets": ("chỉ tiêu",),
        "implementation": ("tổ chức thực hiện",),
        "content": ANYTHING,
    }
    texts = ("purposes", "content", "implementation", "note")
    sides_called = "cơ quan ban hành"
    may_link = staticmethod(may_plan_under)

    def row_needs(self, prefix: str) -> dict[str, Any]:
        if prefix == "targets":
            ends = (self.head.cleaned_data.get("period") or Period.unknown()).last
            today = timezone.localdate()
            on = min(ends or today, today)
            return {"choices": self.target_choices, "home": self.home, "on": on, "year": self.year}
        return {"year": self.year} if prefix == "items" else super().row_needs(prefix)

    @property
    def year(self) -> int | None:
        """Its year, where it lies within one."""
        return own_year(self.head.cleaned_data.get("period") or Period.unknown())

    @cached_property
    def target_choices(self) -> TargetChoices:
        """What the rows of targets choose from; the bodies they name are looked up together."""
        return TargetChoices(self.data, near=lambda: self.user.writing_bodies)

    @property
    def home(self) -> AdministrativeUnit | None:
        """Where the first issuer is: its targets count there unless they say otherwise."""
        issuers = (row.cleaned_data["name"].found for row in self.rows["partners"].filled if row.is_valid())
        return next((body.territory for body in issuers if body), None)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        valid = check_link(self, "previous", "predecessor") and valid
        return check_not_itself(self, "parent", "previous") and valid

    def paper_before(self) -> Plan | None:
        return found(self.head.cleaned_data.get("previous"))

    def check_complete(self) -> bool:
        whole = super().check_complete()
        targets = (row for row in self.rows["targets"].filled if not row.errors)
        nowhere = [row for row in targets if not row.check_complete()]
        return whole and not nowhere

    def entry(self) -> PlanEntry:
        """What the actions take; only after :meth:`is_valid`."""
        head = self.head.cleaned_data
        is_marked = self.record is not None and self.record.marks
        return PlanEntry(
            **self.told(plan_data(self.record) if is_marked else QueryDict()),
            period=head["period"],
            items=self.items(),
            targets=[
                row.entry(**known, under=self.targets_above.get(row.cleaned_data["under"]))
                for row, known in self.parts("targets")
            ],
            parent=found(head.get("parent")),
            predecessor=found(head.get("previous")),
        )

    def item_entry(self, data: dict[str, Any], known: dict[str, Any]) -> PlanItemEntry:
        carried_out = self.commitments.get(data["content_item"])
        return PlanItemEntry(
            **known, period=data["time"], product=data.get("product") or "", content_item=carried_out
        )

    @cached_property
    def targets_above(self) -> dict[str, Target]:
        """Those a target may go into: of the plan carried out, as far as the writer reads them, and those it does already."""
        parent = found(self.head.cleaned_data.get("parent"))
        if parent is None:
            return {}
        readable = Q(audience__in=readable_audiences(self.user, parent))
        has = Q(parts_below__plan=self.record) if self.record else Q(pk__in=[])
        return keyed(parent.targets.filter(readable | has).distinct())

    @cached_property
    def commitments(self) -> dict[str, ContentItem]:
        """Those a task may carry out: of the programme, as far as the writer reads them, and those it does already."""
        program = found(self.head.cleaned_data.get("program"))
        if program is None:
            return {}
        readable = Q(audience__in=readable_audiences(self.user, program))
        has = Q(tasks__plan=self.record) if self.record else Q()
        return keyed(
            program.items.filter(readable | has).distinct() if has else program.items.filter(readable)
        )


def plan_data(plan: Plan) -> QueryDict:
    """The raw data of the form that would write this plan."""
    data = companion_data(plan, PlanForm.texts)
    data["period"] = plan.period.typed
    for name in KNOWN_SETS:
        data[f"{name}_known"] = plan.marks.get(name, {}).get("missing", "")
    write_link(data, "parent", plan.parent, plan.marks)
    write_link(data, "previous", plan.predecessor, plan.marks)
    tasks = plan.items.prefetch_related("bodies__organization")
    append_rows(data, "items", (plan_item_data(one) for one in tasks))
    home = home_of(plan)
    append_rows(data, "targets", (target_data(one, home) for one in targets_of(plan)))
    return data


def targets_of(plan: Plan) -> QuerySet[Target]:
    """The targets of a plan with what their rows name."""
    return plan.targets.select_related("group", "territory").prefetch_related("bodies__organization")


def home_of(plan: Plan) -> AdministrativeUnit | None:
    """Where its first issuer of the register is."""
    issuers = plan.document.partners.filter(organization__isnull=False).select_related(
        "organization__territory"
    )
    first = issuers.first()
    return first.organization.territory if first else None


def plan_item_data(item: PlanItem) -> dict[str, str]:
    """The raw row of one task."""
    own = {"time": item.time, "product": item.product, "content_item": str(item.content_item_id or "")}
    return item_data(item) | own
