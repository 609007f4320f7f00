"""What is asked for when figures of targets are told: a day, then a row of figures for each target or body."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from portal.file_kinds import ACCEPTED, NotTaken
from portal.files import keep
from portal.forms.fields import DayText, NumberText, SpeakingForm, TextBlock, TextLine
from portal.forms.uploads import MOST_FILES, ManyFiles, ManyFilesInput
from portal.models import Attachment, Organization, User
from portal.numbers import number_words
from portal.templatetags.say import vdate
from programs.actions.reports import (
    ReportEntry,
    figures_mark,
    refused_day,
    refused_figures,
    stated_mark,
    told_mark,
)
from programs.measuring import last_day
from programs.models import Plan, Target, TargetReport

AS_OPENED = "luc-mo"
MEANWHILE = "Vừa có người ghi: {}. Xin xem lại; gửi lần nữa là thay số ấy."


class SeenForm(SpeakingForm):
    """Figures that others may write too: the page posts the mark of what it was opened with.

    What somebody else wrote meanwhile is told, and refused once; sent again it is replaced.
    """

    is_overtaken = False
    """Whether it was refused because somebody else wrote meanwhile."""

    @property
    def mark(self) -> str:
        """The mark of what is held now."""
        raise NotImplementedError

    @property
    def opened(self) -> str:
        """The mark of what was held when the page was opened."""
        return self.data.get(self.add_prefix(AS_OPENED)) or self.mark

    @property
    def seen(self) -> tuple[str, str]:
        """Under which name the page posts which mark: of what is held now, once that was told to who overtook it."""
        return self.add_prefix(AS_OPENED), self.mark if self.is_overtaken else self.opened

    def refuse_overtaken(self, field: str, held: str) -> None:
        """Refuse at a field what somebody else wrote meanwhile, saying what stands now."""
        if self.opened != self.mark:
            self.is_overtaken = True
            self.add_error(field, MEANWHILE.format(held or "để trống"))


class FiguresRow(SeenForm):
    """So many of so many, for one target and one body, with what proves it; a row nobody touched tells nothing."""

    row_words = ""
    """Which of the rows of the page it is."""

    numerator = NumberText(label="Kết quả", required=False)
    denominator = NumberText(label="Trên tổng số", required=False)
    evidence = TextLine(
        label="Minh chứng",
        required=False,
        max_length=1000,
        help_text="Số văn bản, địa chỉ trang, hoặc nơi lưu.",
    )
    files = ManyFiles(
        label="Tệp minh chứng", required=False,
        help_text="Có thể chọn nhiều tệp. Cơ quan giữ kế hoạch, các bên, cấp trên và cơ quan mình xem được.",
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip
    dropped = forms.MultipleChoiceField(
        label="Bỏ tệp đã gửi", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        target: Target,
        body: Organization,
        held: TargetReport | None,
        takes_files: bool = True,
        **kwargs: Any,
    ) -> None:
        self.target, self.body, self.held = target, body, held
        if held is not None:
            kwargs["initial"] = {
                "numerator": number_words(held.numerator),
                "denominator": number_words(held.denominator),
                "evidence": held.evidence,
            }
        super().__init__(*args, prefix=f"{target.code}-{body.code}", **kwargs)
        self.held_files = held.evidence_files if held and takes_files else []
        self.fields["dropped"].choices = [(one.code, one.name) for one in self.held_files]
        if not self.held_files:
            del self.fields["dropped"]
        if not takes_files:
            del self.fields["files"]
            self.fields["evidence"].help_text = ""
        if not target.is_share:
            del self.fields["denominator"]
            unit = f" ({target.unit})" if target.unit else ""
            self.fields["numerator"].label = f"Kết quả{unit}"
        for name, field in self.fields.items():  # in the grid no label stands beside a field
            if not takes_files:
                field.widget.attrs["aria-label"] = f"{field.label}: {body}"
            # a row left empty tells nothing, but half of one is refused
            field.asked_to_submit = name in {"numerator", "denominator"}

    @property
    def mark(self) -> str:
        return told_mark(self.held)

    @property
    def told(self) -> bool:
        """Whether anything stands in it that it was not opened with."""
        said = {name: self.cleaned_data.get(name) for name in self.fields}
        if said.get("files") or said.get("dropped"):
            return True
        if all(value in (None, "", []) for value in said.values()):
            return False
        return self.typed not in (self.opened, self.mark)

    @property
    def typed(self) -> str:
        """The mark of the figures as they stand in it."""
        said = self.cleaned_data
        return figures_mark(said.get("numerator"), said.get("denominator"), said.get("evidence") or "")

    def is_still_so(self, as_of: date) -> bool:
        """Whether it says on a later day what was told before."""
        return self.held is not None and as_of > self.held.as_of and self.typed == self.opened == self.mark

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors or not self.told:
            return data
        held = len(self.held_files) - len(data.get("dropped") or ())
        if held + len(data.get("files") or ()) > MOST_FILES:
            self.add_error("files", f"Mỗi báo cáo có nhiều nhất {MOST_FILES} tệp.")
        told = data.get("numerator"), data.get("denominator")
        if why := refused_figures(*told, needs_whole=self.target.is_share):
            has_whole = data.get("numerator") is not None and "denominator" in self.fields
            self.add_error("denominator" if has_whole else "numerator", why)
        else:
            self.refuse_overtaken("numerator", self.held.words if self.held else "")
        return data

    def take(self, *, by: User | None, body: Organization) -> list[Attachment]:
        """Take its files in; those refused are named at the field."""
        taken = []
        for upload in self.cleaned_data.get("files") or []:
            try:
                taken.append(keep(upload, by=by, body=body))
            except NotTaken as why:
                self.add_error("files", f"{upload.name}: {why}")
        return taken

    def entry(self, files: Sequence[Attachment] = ()) -> ReportEntry:
        """What the action takes, with the files taken in for it."""
        data = self.cleaned_data
        return ReportEntry(
            self.target, self.body, data["numerator"], data.get("denominator"), data.get("evidence") or "",
            files, frozenset(data.get("dropped") or ()), self.opened,
        )  # fmt: skip


class ReportForm(SpeakingForm):
    """As of which day, and the rows; an empty row tells nothing."""

    as_of = DayText(label="Số liệu tính đến ngày", error_messages={"required": "Ghi ngày của số liệu."})

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        today: date,
        pairs: Sequence[tuple[Target, Organization]],
        held: dict[tuple[int, int], TargetReport],
        takes_files: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.today, self.is_of_one_body = plan, today, takes_files
        posted = (self.data, self.files) if self.is_bound else ()
        self.lines = [
            FiguresRow(
                *posted,
                target=target,
                body=body,
                held=held.get((target.pk, body.pk)),
                takes_files=takes_files,
            )
            for target, body in pairs
        ]
        is_of_one = len({target.pk for target, _ in pairs}) == 1
        for number, row in enumerate(self.lines, start=1):
            row.row_words = row.body.label if is_of_one else f"chỉ tiêu {number}"

    def clean_as_of(self) -> date:
        """A day of the plan that has come."""
        day = self.cleaned_data["as_of"]
        if why := refused_day(self.plan, day, self.today):
            raise forms.ValidationError(why)
        return day

    def is_valid(self) -> bool:
        valid = super().is_valid()
        for row in self.lines:  # each, so that all that is wrong is told at once
            valid = row.is_valid() and valid
        if valid and not self.told:
            self.add_error(None, "Chưa ghi kết quả nào.")
        return valid and not self.errors

    @property
    def has_errors(self) -> bool:
        """Whether anything is to be put right, here or in a row."""
        return bool(self.errors) or any(row.errors for row in self.lines)

    @property
    def told(self) -> list[FiguresRow]:
        """The rows that tell what is new or other than what is held; those left as they were keep their day.

        Where a body leaves all its own as they were, a later day is what it tells.
        """
        new = [row for row in self.lines if row.told]
        if new or not self.is_of_one_body:
            return new
        return [row for row in self.lines if row.is_still_so(self.cleaned_data["as_of"])]


class StatedForm(SeenForm):
    """The value the keeper states beside what is measured; left empty it is taken back."""

    value = NumberText(label="Số nêu", required=False, help_text="Để trống là rút lại số đã nêu.")
    of = NumberText(label="Trên tổng số", required=False)
    on = DayText(label="Tính đến ngày", required=False)
    reason = TextBlock(
        label="Lý do", rows=3, max_length=500, error_messages={"required": "Ghi lý do nêu số khác."}
    )

    def __init__(self, *args: Any, target: Target, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", stated_initial(target, today))
        super().__init__(*args, **kwargs)
        self.target, self.today = target, today
        if not target.is_fraction:
            del self.fields["of"]
        for name in self.fields.keys() - {"reason"}:  # asked for together, and left out only to take it back
            self.fields[name].asked_to_submit = True
        if target.stated_value is None:
            self.fields["value"].help_text = ""

    @property
    def mark(self) -> str:
        return stated_mark(self.target)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        value, of = data.get("value"), data.get("of")
        held = [one for one in (self.target.stated_value, self.target.stated_of) if one is not None]
        self.refuse_overtaken("value", "/".join(map(number_words, held)))
        if self.errors or value is None:
            if "value" not in self.errors and (of is not None or self.target.stated_value is None):
                self.add_error("value", "Ghi số nêu.")
            return data
        if why := refused_figures(value, of, needs_whole=self.target.is_fraction):
            self.add_error("of", why)
        if data.get("on") is None:
            self.add_error("on", "Ghi ngày của số nêu.")
        elif why := refused_day(self.target.plan, data["on"], self.today):
            self.add_error("on", why)
        return data


def stated_initial(target: Target, today: date) -> dict[str, str]:
    """What the form begins with: what is stated, else the day that is measured."""
    if target.stated_value is None:
        return {"on": vdate(last_day(target.plan, today))}
    return {
        "value": number_words(target.stated_value),
        "of": number_words(target.stated_of),
        "on": vdate(target.stated_on),
        "reason": target.stated_reason,
    }
