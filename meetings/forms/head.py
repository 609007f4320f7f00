"""The head of a conference's form: when, where, what kind, which one came before."""

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from meetings.clock import read_hours, say_hours
from meetings.models import (
    Meeting,
    MeetingKind,
    Stage,
)
from portal.forms.fields import TextBlock, TextLine
from portal.forms.head import HeadForm
from portal.forms.picks import PickField, coded
from portal.matching import with_words
from portal.models import User
from portal.text import clean, fold

ITSELF = "Đây là chính hội nghị này. Xin chọn một hội nghị trước đó."


def match_meetings(user: User, text: str, among: Q = Q()) -> list[Meeting]:  # noqa: B008
    """Conferences visible to a person that carry every word typed."""
    folded = fold(text)
    if not folded:
        return []
    found_ = with_words(Meeting.objects.visible_to(user).filter(among), folded, "search_text", most=10)
    return list(found_.select_related("document")[:6])


def may_precede(code: str, on: date | None) -> Q:
    """Conferences that may be the one before another: not that one itself, and none of a later day."""
    later = Q(document__dated_first__gt=on) if on else Q(pk__in=[])
    return ~Q(code=code) & ~later


class ClockText(forms.CharField):
    """From when to when: "8 giờ 30 – 11 giờ", "14h"; an empty field is an unknown time."""

    def clean(self, value: Any) -> tuple[time | None, time | None]:
        text = clean(super().clean(value) or "")
        if not text:
            return None, None
        try:
            read = read_hours(text)
        except ValueError:
            read = []
        if not 1 <= len(read) <= 2:
            raise forms.ValidationError(
                f"Không đọc được giờ “{text}”. Ví dụ: 8 giờ 30 – 11 giờ.", code="clock"
            )
        if len(read) == 2 and read[1] <= read[0]:
            raise forms.ValidationError("Giờ kết thúc phải sau giờ bắt đầu.", code="clock")
        return read[0], read[1] if len(read) == 2 else None

    def say(self, hours: tuple[time | None, time | None]) -> str:
        """The hours as people read them, where two versions are compared."""
        return say_hours(*hours)


class MeetingHeadForm(HeadForm):
    """The head of a conference: its name is enough."""

    period = signing = None
    stage = forms.ChoiceField(label="Tiến độ", choices=Stage.choices, required=False)
    kinds = forms.ModelMultipleChoiceField(
        label="Loại hội nghị", queryset=MeetingKind.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    clock = ClockText(label="Giờ", required=False, max_length=60, help_text="Ví dụ: 8 giờ 30 – 11 giờ")
    place = TextLine(label="Địa điểm", required=False, max_length=300)
    previous = PickField(label="Tiếp theo hội nghị", register="hoi-nghi", required=False, max_length=700)
    attendees = TextBlock(
        label="Người dự khác", required=False, rows=4,
        help_text="Mỗi dòng một người (họ tên, chức vụ) hoặc một nhóm: hơn 200 đại biểu các phường.",
    )  # fmt: skip
    speaker = TextLine(
        label="Người nêu các ý kiến dưới đây", required=False, max_length=250,
        help_text="Dùng cho những dòng chưa ghi người nêu.",
    )  # fmt: skip
    summary = TextBlock(label="Tóm tắt diễn biến", required=False, rows=4)
    closing = TextBlock(label="Kết luận", required=False, rows=3)

    def __init__(self, *args: Any, user: User, record: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = "Tên hội nghị"
        self.fields["dated"].label = "Ngày tổ chức"
        self.fields["number"].label = "Số biên bản"
        self.fields["number"].help_text = "Ví dụ: 12-BB/BDVQU"
        self.fields["kinds"].queryset = MeetingKind.objects.all()
        self.fields["kinds"].to_field_name = "key"
        self.user, self.record = user, record
        seen = Meeting.objects.visible_to(user).select_related("document")
        self.fields["previous"].match = lambda text: match_meetings(user, text, self._before())
        self.fields["previous"].by_code = coded(seen)

    def _before(self) -> Q:
        dated = self.cleaned_data.get("dated")
        return may_precede(self.record.code if self.record else "", dated.last if dated else None)

    def _why_not(self, pick: Any) -> str:
        """Why no conference before this one is meant; nothing when one is."""
        found = [pick.found] if pick.found else match_meetings(self.user, pick.text)
        if Meeting.objects.filter(self._before(), pk__in=[one.pk for one in found]).exists():
            return "" if pick.found else "Có nhiều hội nghị phù hợp, xin chọn một."
        if self.record in found:
            return ITSELF
        return (
            f"{found[0]} diễn ra sau hội nghị này. Xin chọn một hội nghị trước đó."
            if found
            else "Không tìm thấy hội nghị này."
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        dated, pick = cleaned.get("dated"), cleaned.get("previous")
        held = cleaned.get("stage") in {Stage.HELD, ""}
        if held and dated and dated.first and dated.first > timezone.localdate():
            self.warnings["dated"] = "Ngày này chưa đến, mà tiến độ ghi “đã tổ chức”."
        if pick and (why := self._why_not(pick)):
            self.add_error("previous", why)
        return cleaned
