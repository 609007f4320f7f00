"""What is asked for when a round is prepared, and what its lists filter by."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.body_names import BodyNames
from portal.filters import PlacedFilterForm, YearField, find_units
from portal.forms.fields import DayText, PeriodText, SpeakingForm, TextBlock, TextLine
from portal.forms.picks import PickField, coded
from portal.homes import Home
from portal.lists import FilterForm
from portal.matching import with_words
from portal.models import AdministrativeUnit, BodyGroup, Organization, Partner, Reach, User
from portal.templatetags.say import vdate
from portal.text import clean, fold
from programs.actions.rounds import RoundEntry
from programs.cadence import DueReview
from programs.forms.links import FOREIGN, LinkField, may_link
from programs.models import DutyState, Plan, Program, Round
from programs.models.rounds import DutyQuerySet, RoundQuerySet
from programs.round_reading import ranked

MOST_NAMED = 12_000
BEYOND = "“{}” không thuộc {}, không ở cấp dưới và không ký văn bản của đợt báo cáo."
USUAL_ASK = "Kết quả thực hiện, số liệu, hạn chế, nguyên nhân, bài học kinh nghiệm, đề xuất, kiến nghị trong kỳ báo cáo."


class RoundForm(SpeakingForm):
    """A round: what is asked, of whom, until when."""

    title = TextLine(
        label="Tên đợt báo cáo", max_length=300, error_messages={"required": "Ghi tên đợt báo cáo."}
    )
    asks = TextBlock(label="Yêu cầu báo cáo", required=False, rows=4, max_length=10_000)
    due = DayText(label="Hạn nộp", error_messages={"required": "Ghi hạn nộp."})
    period = PeriodText(
        label="Kỳ báo cáo", required=False, help_text="Ví dụ: năm 2026 · 6 tháng đầu năm 2026"
    )
    program = LinkField(Program, label="Về chương trình")
    plan = LinkField(Plan, label="Về kế hoạch")
    theme = TextLine(label="Chuyên đề", required=False, max_length=300)
    opens = DayText(label="Nhận từ ngày", required=False, help_text="Để trống: nhận ngay từ ngày mở đợt.")
    group = forms.ChoiceField(label="Nhóm cơ quan phải nộp", required=False)
    territory = PickField(label="Trong địa bàn", register="dia-ban", required=False)
    named = TextBlock(
        label="Các cơ quan khác", required=False, rows=3, max_length=MOST_NAMED,
        help_text="Mỗi dòng một cơ quan, hoặc cách nhau bằng dấu chấm phẩy.",
    )  # fmt: skip

    OF_WHAT = ("period", "program", "plan", "theme")
    OF_WHOM = ("group", "territory")

    def __init__(
        self, *args: Any, user: User, keeper: Organization, current: Round | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.keeper, self.current = user, keeper, current
        self.today = timezone.localdate()
        if self.is_open:  # whom it reached and what it was about stay; bodies may join
            for name in (*self.OF_WHAT, *self.OF_WHOM, "opens"):
                del self.fields[name]
            self.fields["named"].label = "Thêm cơ quan phải nộp"
            return
        for name in ("program", "plan"):
            self.fields[name].for_user(user)
        self.fields["group"].choices = [
            ("", "không chọn theo nhóm"), *BodyGroup.objects.values_list("key", "name"),
        ]  # fmt: skip
        self.fields["territory"].match = lambda text: find_units(text, Home([keeper.pk]))
        self.fields["territory"].by_code = coded(AdministrativeUnit.objects)

    @property
    def is_open(self) -> bool:
        """Whether the round went out."""
        return bool(self.current and self.current.opened_at)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.bodies = self._named(data.get("named") or "")
        due, opens = data.get("due"), data.get("opens")
        if due and due < self.today and due != getattr(self.current, "due_on", None):
            self.add_error("due", "Hạn này đã qua.")
        elif due and due < (opens or getattr(self.current, "opens_on", None) or due):
            self.add_error("due", "Hạn nộp trước ngày bắt đầu nhận.")
        if not self.is_open:
            self._clean_links(data)
            self._clean_rule(data)
        self._clean_reach(data)
        return data

    def _clean_links(self, data: dict[str, Any]) -> None:
        """Refuse words that mean no paper, and a paper that is not the person's to ask about."""
        for name, called in (("program", "chương trình"), ("plan", "kế hoạch")):
            pick = data.get(name)
            if not pick:
                continue
            if pick.found is None:
                self.add_error(name, pick.why_none(called))
            elif not may_link(self.user, pick.found):
                self.add_error(name, FOREIGN.format(called))

    def _clean_rule(self, data: dict[str, Any]) -> None:
        """A group and a territory, both or neither; within the territory of who asks."""
        pick, own = data.get("territory"), self.keeper.territory
        if pick and pick.found is None:
            self.add_error("territory", pick.why_none("địa bàn"))
        elif data.get("group") and not pick and "territory" not in self.errors:
            self.add_error("territory", "Chọn địa bàn của các cơ quan phải nộp.")
        elif pick and not data.get("group"):
            self.add_error("group", "Chọn nhóm cơ quan, hoặc để trống địa bàn.")
        elif pick and own and not pick.found.lies_in(own):
            self.add_error("territory", f"Chọn địa bàn thuộc {own.name}.")
        elif not (pick or self.bodies or "named" in self.errors):
            self.add_error("group", "Chọn nhóm cơ quan và địa bàn, hoặc ghi tên các cơ quan.")

    def _named(self, text: str) -> list[Organization]:
        """The bodies the list names, one a line."""
        names = list(dict.fromkeys(filter(None, map(clean, text.replace(";", "\n").split("\n")))))
        known, bodies = BodyNames(names, near=lambda: [self.keeper.pk]), []
        for name in names:
            found = [body for body in known.called(name, self.today) if body.is_alive(self.today)]
            if len(found) == 1:
                bodies += found
            elif found:
                self.add_error("named", f"Có nhiều cơ quan tên “{name}”: xin ghi kèm địa bàn.")
            else:
                self.add_error("named", f"Không tìm thấy cơ quan “{name}” đang hoạt động.")
        return bodies

    def _clean_reach(self, data: dict[str, Any]) -> None:
        """Refuse named bodies that are not the keeper's to ask: those above it, and others beyond its territory.

        Whom it oversees it may ask wherever they lie, and who signed what the round is about. Of a body added in place
        nobody has recorded yet where it lies.
        """
        own, bodies = self.keeper.territory, {body.pk: body for body in self.bodies}
        superiors = Reach.objects.filter(body=self.keeper, relation=Reach.Relation.OVERSEES)
        above = set(superiors.values_list("reader", flat=True))
        if self.is_open:
            papers = [self.current.program, self.current.plan]
        else:
            papers = [data[name].found for name in ("program", "plan") if data.get(name)]
        signed = Partner.objects.filter(document__in=[paper.document_id for paper in papers if paper])
        under = Reach.objects.within([self.keeper.pk]).filter(body__in=bodies)
        asked = {*under.values_list("body", flat=True), *signed.values_list("organization", flat=True)}
        if self.current:
            asked |= set(self.current.duties.values_list("organization", flat=True))
        for key in bodies.keys() - asked:
            if key in above:
                self.add_error("named", f"“{bodies[key]}” là cơ quan cấp trên, không giao nộp báo cáo được.")
            elif own and (place := bodies[key].territory) and not place.lies_in(own):
                self.add_error("named", BEYOND.format(bodies[key], own.name))

    def entry(self) -> RoundEntry:
        """What was entered."""
        data = self.cleaned_data
        entry = RoundEntry(data["title"], data["due"], asks=data["asks"], named=self.bodies)
        if not self.is_open:
            entry.opens_on, entry.theme, entry.period = data["opens"], data["theme"], data["period"]
            entry.program, entry.plan = (data[name].found for name in ("program", "plan"))
            if data["group"]:
                entry.group = BodyGroup.objects.get(key=data["group"])
                entry.territory = data["territory"].found
        return entry


def initial_of(current: Round) -> dict[str, Any]:
    """What the form of a round begins with."""
    initial: dict[str, Any] = {
        "title": current.title,
        "asks": current.asks,
        "due": vdate(current.due_on),
        "theme": current.theme,
        "period": current.period.typed,
    }
    if current.opened_at:
        return initial
    initial["opens"] = vdate(current.opens_on)
    for name, paper in (("program", current.program), ("plan", current.plan)):
        if paper:
            initial[name] = (paper.label if isinstance(paper, Plan) else str(paper), paper.code)
    named = [duty.organization.name for duty in current.duties.select_related("organization")]
    return initial | {"named": "\n".join(named)} | rule_initial(current)


def rule_initial(current: Round) -> dict[str, Any]:
    """Whom a round asks by its rule, as its form begins."""
    if not current.group_id:
        return {}
    return {"group": current.group.key, "territory": (current.territory.name, current.territory.code)}


def initial_for(program: Program, due: DueReview, today: date, *, user: User) -> dict[str, Any]:
    """What a round begins with that a programme's own cadence makes due.

    It asks whom the person's own round before it asked; where there was none, the other parties.
    """
    asked = program.rounds.kept_by(user).select_related("group", "territory")
    before = asked.order_by("-due_on", "-pk").first()
    initial = {
        "title": f"{due.said}: {program.parties_label or program.document.title}"[:300],
        "asks": before.asks if before else USUAL_ASK,
        "period": due.period,
        "program": (str(program), program.code),
    }
    if due.stretch.last >= today:
        initial["due"] = vdate(due.stretch.last)
    if before:
        return initial | rule_initial(before)
    others = Organization.objects.alive(today).filter(partnerships__document=program.document_id)
    names = others.exclude(pk=program.keeper_id).order_by("sort_key", "pk").values_list("name", flat=True)
    return initial | {"named": "\n".join(dict.fromkeys(names))}


# --- lists


class RoundFilterForm(FilterForm):
    """The filters of the list of rounds."""

    q = TextLine(
        label="Từ khóa", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    nam = YearField(label="Hạn nộp trong năm")
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[
            ("", "Mọi tình trạng"),
            ("mo", "đang nhận"),
            ("chuan-bi", "đang chuẩn bị"),
            ("dong", "đã đóng"),
        ],
    )
    orders = {"han": "hạn nộp mới nhất", "ten": "tên đợt"}

    def filter(self, queryset: RoundQuerySet) -> QuerySet:
        today = timezone.localdate()
        if folded := fold(self.value("q") or ""):
            queryset = with_words(queryset, folded, "folded")
        if year := self.value("nam"):
            queryset = queryset.filter(due_on__year=year)
        closed = Q(closed_on__isnull=False, closed_on__lte=today)
        standing = {
            "mo": Q(opened_at__isnull=False) & ~closed,
            "chuan-bi": Q(opened_at__isnull=True),
            "dong": closed,
        }
        if asked := self.value("tinh_trang"):
            queryset = queryset.filter(standing[asked])
        return queryset.order_by(*(["sort_key", "-pk"] if self.order == "ten" else ["-due_on", "-pk"]))


class BoardFilterForm(PlacedFilterForm):
    """The filters of one board."""

    q = TextLine(
        label="Cơ quan", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    dia_ban = TextLine(label="Địa bàn", required=False, max_length=160)
    dia_ban_ma = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *DutyState.choices]
    )
    orders = {"tinh-trang": "chưa nộp trước", "ten": "tên cơ quan"}

    def filter(self, queryset: DutyQuerySet) -> QuerySet:
        """Of duties read by ``with_state``."""
        if folded := fold(self.value("q") or ""):
            queryset = with_words(queryset, folded, "organization__search_text")
        if self.units:
            queryset = queryset.filter(organization__territory__in=self.within())
        if state := self.value("tinh_trang"):
            queryset = queryset.filter(state=state)
        if self.order == "ten":
            return queryset.order_by("organization__sort_key", "pk")
        return ranked(queryset).order_by("rank", "organization__sort_key", "pk")
