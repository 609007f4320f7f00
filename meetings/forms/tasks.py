"""What is asked for when a saying is assigned, a task answered, more asked for, or following stopped."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from meetings.actions.tasks import TaskEntry, kinds_below, reached_by
from meetings.forms.addressed import names_many, rule_meant, subject_of
from meetings.models import Directive, Task
from meetings.models.tasks import NO_DAY
from portal.body_names import MOST_OF_A_NAME, BodyNames, match_organizations, split_names, told_apart
from portal.changes import capital
from portal.dates import Due, PartialDate, Precision, find_due, find_yearly
from portal.file_kinds import ACCEPTED, PICTURES_ACCEPTED
from portal.filters import find_units
from portal.forms.fields import DayText, SpeakingForm, TextBlock
from portal.forms.picks import PickField, coded
from portal.forms.uploads import ManyFiles, ManyFilesInput
from portal.homes import Home
from portal.models import AdministrativeUnit, Organization, OrganizationKind
from portal.photos import LONG_EDGE
from portal.templatetags.say import vdate
from portal.text import clean

BODIES = tuple(f"body_{number}" for number in range(1, 4))
MOST_OTHERS = 4_000
NO_BODY, PAST, BEFORE = (
    "Chọn một cơ quan có trong danh mục.",
    "Hạn này đã qua.",
    "Hạn này trước ngày nêu ý kiến.",
)


SAME_NAMED = "cung-ten"
"""What the ticks beside bodies of one name post."""


class SameNamed:
    """The bodies of one typed name, each with what tells it apart, to be ticked."""

    def __init__(self, name: str, bodies: list[Organization], ticked: set[str]) -> None:
        self.name, self.is_cut = name, len(bodies) == MOST_OF_A_NAME
        self.rows = [(body.code, told_apart(body), body.code in ticked) for body in bodies]


def refused_day(due: date, given_from: date | None, today: date) -> str:
    """Why a day cannot be a task's: one that has passed, unless the words may be older than it; else nothing."""
    if due >= min(given_from or today, today):
        return ""
    return BEFORE if given_from and given_from < today else PAST


def due_read(text: str, quote: str, given_from: date | None, today: date) -> Due | None:
    """The last day that a saying's own words name; every year from this one where they ask for it yearly.

    Where they ask for it every year and name no day, the last of the year.
    """
    words, since = f"{text}. {quote}", max(given_from or today, today)
    found = find_due(words, given_from)
    if found and found.yearly and given_from:
        found = find_due(words, since)
    return found or find_yearly(words, since)


def said_of(read: Due) -> str:
    """Where a proposed day comes from."""
    if read.is_named:
        return f"Đọc từ lời ý kiến: “{read.words}”."
    return f"Lời ý kiến ghi “{read.words}”, không nêu ngày: đề nghị ngày cuối năm."


def read_words(read: Due | None, due: date | None) -> str:
    """What is doubted of a day that is not the one the words name; nothing where it is, or they name none."""
    if read is None or not read.is_named or due == read.day:
        return ""
    return f"Lời ý kiến ghi “{read.words}”, tức hạn {vdate(read.day)}. Xin xem lại."


def late_words(due: date, today: date) -> str:
    """What is said of a task that is overdue from the start: it was recorded after its day."""
    return "Hạn này đã qua: khi gửi đi, nhiệm vụ được tính là quá hạn." if due < today else ""


class AssignForm(SpeakingForm):
    """Who is to act, until when, and what counts as done."""

    kind = forms.ChoiceField(label="Mọi cơ quan thuộc loại", required=False)
    territory = PickField(
        label="Trong địa bàn", register="dia-ban", required=False,
        help_text="Gồm cả các địa bàn bên dưới; chỉ các cơ quan cấp dưới, hoạt động vào ngày nêu ý kiến.",
    )  # fmt: skip
    others = TextBlock(
        label="Các cơ quan khác", required=False, rows=3, max_length=MOST_OTHERS,
        help_text="Mỗi dòng một cơ quan, hoặc cách nhau bằng dấu chấm phẩy.",
    )  # fmt: skip
    due = DayText(label="Hạn thực hiện", required=False)
    no_day = forms.BooleanField(label="Không nêu hạn", required=False)
    yearly = forms.BooleanField(label="Lặp lại hằng năm, cùng ngày này", required=False)
    measure = forms.ChoiceField(
        label="Tính là xong khi",
        required=False,
        choices=Task.Measure.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, follower: Organization, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.follower, self.given_from = follower, directive.given_from
        self.on = directive.given_by(self.today) or self.today
        self.given = directive.paper.dated.placed or self.today
        for number, name in enumerate(BODIES, start=1):
            field = PickField(label=f"Cơ quan {number}", register="co-quan", required=False)
            field.match = lambda text: match_organizations(text, self.given, near=lambda: [self.follower.pk])
            field.by_code = coded(Organization.objects)
            self.fields[name] = field
        kinds = list(kinds_below(follower, self.on))
        self.kinds = [key for key, _ in kinds]
        self.fields["kind"].choices = [("", "không chọn theo loại"), *kinds]
        self.offers_kinds = bool(kinds)
        self.fields["territory"].match = lambda text: find_units(text, Home([self.follower.pk]))
        for name in (BODIES[0], "kind", "territory", "due", "measure"):  # one or the other is asked for
            self.fields[name].asked_to_submit = True
        self.fields["territory"].by_code = coded(AdministrativeUnit.objects)
        self.read = due_read(directive.text, directive.quote, self.given_from, self.today)
        if self.read:
            self.propose_due(self.read)
        if not (self.is_bound or self.initial.get(BODIES[0]) or self.initial.get("kind")):
            if directive.addressed_to:
                self.propose_rule(directive.addressed_to, "nơi nhận")
            else:
                self.propose_rule(subject_of(directive.text), "lời ý kiến")

    def propose_due(self, read: Due) -> None:
        """The day that the words name, where nothing was assigned yet; marked until it was looked at."""
        self.echoes["due"] = said_of(read)
        if self.is_bound or self.initial.get("due") or self.initial.get("no_day"):
            return
        self.initial |= {"due": vdate(read.day), "yearly": read.yearly}
        self.proposed_now.update({"due", "yearly"} if read.yearly else {"due"})

    def propose_rule(self, words: str, where: str) -> None:
        """The rule that the words of the saying mean, where they name no body; marked until it was looked at."""
        if rule := rule_meant(words, self.kinds, self.follower, self.on):
            self.initial["kind"] = rule.kind.key
            if rule.territory:
                self.initial["territory"] = (rule.territory.name, rule.territory.code)
            self._mark_rule(words, where)

    def _mark_rule(self, words: str, where: str) -> None:
        self.echoes["kind"] = f"Đọc từ {where}: “{words}”. Xin xem lại."
        self.proposed_now |= {"kind", "territory"}

    def _take_rule(self, name: str) -> str:
        """What is said of a typed name that many bodies bear; the rule it means is written below, where none is yet."""
        if not self.kinds:
            return f"“{name}” là nhiều cơ quan. Xin ghi tên từng cơ quan."
        rule = rule_meant(name, self.kinds, self.follower, self.on)
        if rule is None or any(self.data.get(one) for one in ("kind", "territory")):
            return f"“{name}” là nhiều cơ quan. Xin chọn loại cơ quan và địa bàn ở dưới."
        self.data = self.data.copy()
        self.data["kind"] = rule.kind.key
        if rule.territory:
            self.data["territory"], self.data["territory-ma"] = rule.territory.name, rule.territory.code
        for field in BODIES:
            if clean(self.data.get(field, "")) == name:
                self.data[field] = ""
        left = [one for one in split_names(self.data.get("others", "")) if one != name]
        self.data["others"] = "\n".join(left)
        self._mark_rule(name, "tên đã ghi")
        return f"“{name}” là nhiều cơ quan, đã ghi thành loại và địa bàn ở dưới. Xin xem lại."

    @property
    def bodies(self) -> list[Any]:
        """The pickers."""
        return [self[name] for name in BODIES]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.same_named: list[SameNamed] = []
        self.named = [body for name in BODIES if (body := self._body(name))]
        self.named += self._others(data.get("others") or "")
        pick = data.get("territory")
        kind = OrganizationKind.objects.filter(key=data.get("kind") or "").first()
        if pick and pick.found is None:
            self.add_error("territory", "Chọn một địa bàn có trong danh mục.")
        elif kind and not pick and "territory" not in self.errors:
            self.add_error("territory", "Chọn địa bàn của các cơ quan được giao.")
        elif pick and not kind:
            self.add_error("kind", "Chọn loại cơ quan, hoặc để trống địa bàn.")
        self._clean_day(data)
        if not (self.named or kind or self.errors):
            self.add_error(BODIES[0], "Ghi cơ quan được giao, hoặc chọn loại cơ quan và địa bàn.")
        if not self.errors:
            territory = pick.found if kind else None
            self.entry = TaskEntry(
                due_on=data.get("due") or NO_DAY,
                addressees=self.named,
                yearly=data["yearly"],
                kind=kind,
                territory=territory,
                measure=data["measure"],
            )
            self.reached = reached_by(self.named, kind, territory, self.on, self.follower)
            if not self.reached:
                self.add_error("kind", "Không có cơ quan cấp dưới nào thuộc loại này trong địa bàn đã chọn.")
        return data

    def _body(self, name: str) -> Organization | None:
        """The body one picker names."""
        pick = self.cleaned_data.get(name)
        if not pick:
            return None
        if pick.found is None:
            is_many = not pick.choices and names_many(pick.text)
            self.add_error(name, self._take_rule(pick.text) if is_many else NO_BODY)
        elif why := absent(pick.found, self.given):
            self.add_error(name, why)
        else:
            return pick.found
        return None

    def _others(self, text: str) -> list[Organization]:
        """The bodies the list names."""
        names = split_names(text)
        known, bodies = BodyNames(names, near=lambda: [self.follower.pk]), []
        ticked = set(self.data.getlist(SAME_NAMED))
        for name in dict.fromkeys(names):
            found = known.called(name, self.given)
            if len(found) > 1:
                self.same_named.append(SameNamed(name, found, ticked))
                found = [body for body in found if body.code in ticked]
                why = (
                    "" if found else f"Có nhiều cơ quan tên “{name}”: xin chọn một hay nhiều cơ quan ở dưới."
                )
            elif not found:
                why = self._take_rule(name) if names_many(name) else f"Không tìm thấy cơ quan “{name}”."
            else:
                why = ""
            gone = [words for body in found if (words := absent(body, self.given))]
            for words in filter(None, [why, *(f"{name}: {one}" for one in dict.fromkeys(gone))]):
                self.add_error("others", words)
            bodies += found
        return bodies

    def _clean_day(self, data: dict[str, Any]) -> None:
        """A day, or that there is none; a task of every year needs one."""
        if "due" in self.errors:
            return
        due, no_day = data.get("due"), data.get("no_day")
        if due and no_day:
            self.add_error("no_day", "Đã ghi hạn. Xin bỏ một trong hai.")
        elif data.get("yearly") and not due:
            self.add_error("due", "Việc lặp lại hằng năm phải có hạn.")
        elif not (due or no_day):
            self.add_error("due", "Ghi hạn thực hiện, hoặc chọn “Không nêu hạn”.")
        elif due and (why := refused_day(due, self.given_from, self.today)):
            self.add_error("due", why)
        else:
            late = late_words(due, self.today) if due else ""
            self.warning = " ".join(filter(None, [late, read_words(self.read, due)]))

    warning = ""
    """What is said before it is sent out."""


def absent(body: Organization, on: date | PartialDate) -> str:
    """Why a body cannot be addressed: it lived on no day on which the words may have been given; else nothing."""
    if body.is_alive(on):
        return ""
    said = on if isinstance(on, PartialDate) else PartialDate.day(on)
    when = f"ngày {said}" if said.precision == Precision.DAY else str(said)
    return f"{capital(when)}, cơ quan này không hoạt động."


def assign_initial(directive: Directive, task: Task | None) -> dict[str, Any]:
    """What the form begins with: the task that waits, else the bodies the words address."""
    links = (task or directive).addressees.select_related("organization").order_by("pk")
    bodies = [link.organization for link in links]
    initial: dict[str, Any] = {
        name: (body.label, body.code) for name, body in zip(BODIES, bodies, strict=False)
    }
    initial["others"] = "\n".join(body.label for body in bodies[len(BODIES) :])
    if task is None:
        return initial | {"measure": Task.Measure.ANSWER}
    initial |= {"yearly": task.yearly, "measure": task.measure, "no_day": task.due_on == NO_DAY}
    if task.due_on != NO_DAY:
        initial["due"] = vdate(task.due_on)
    if task.kind and task.territory:
        initial |= {"kind": task.kind.key, "territory": (task.territory.name, task.territory.code)}
    return initial


class AnswerForm(SpeakingForm):
    """What a body answers: words, and files."""

    text = TextBlock(
        label="Kết quả thực hiện",
        rows=6,
        max_length=20_000,
        error_messages={"required": "Ghi kết quả thực hiện."},
    )
    files = ManyFiles(
        label="Tệp kèm theo",
        required=False,
        help_text="Có thể chọn nhiều tệp. Cơ quan theo dõi, cơ quan mình và cấp trên xem được.",
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )
    photos = ManyFiles(
        label="Ảnh chụp", required=False,
        help_text="JPEG, PNG. Ảnh được thu nhỏ, bỏ vị trí và thông tin máy chụp; bản quét giấy tờ xin chọn ở ô trên.",
        widget=ManyFilesInput(attrs={"accept": PICTURES_ACCEPTED, "data-long-edge": LONG_EDGE}),
    )  # fmt: skip
