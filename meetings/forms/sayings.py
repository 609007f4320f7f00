"""The row of a saying: who made it, whom it is sent to, and the task it is assigned as."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from meetings.forms.addressed import names_many
from meetings.forms.registers import RegisterRow
from meetings.forms.tasks import MOST_OTHERS, absent, due_read, late_words, read_words, refused_day, said_of
from meetings.models import Directive, Task
from meetings.models.tasks import NO_DAY
from meetings.paste import is_of_somebody, names_in, speaker_in
from portal.dates import PartialDate
from portal.forms.fields import DateText, TextBlock, TextLine
from portal.models import Audience, Organization
from portal.templatetags.say import vdate
from portal.text import fold

THE_CONFERENCE = {"hoi nghi", "hoi nghi nay"}
"""What a saying is said to be by when all who were there gave it."""


def not_one(name: str, found: list[Organization]) -> str:
    """Why a name is not the one body to be asked, and what to do instead."""
    if not found and names_many(name):
        return (
            f"“{name}” là nhiều cơ quan. Xin ghi ở “Gửi tới” và để trống ô này; lưu rồi mở trang hội nghị, bấm “Giao theo dõi” "
            "ở ý kiến ấy: loại cơ quan và địa bàn được đề nghị sẵn."
        )
    if found:
        return f"Có nhiều cơ quan tên “{name}”. Xin ghi đủ tên cùng địa bàn."
    return f"Không tìm thấy cơ quan “{name}”. Xin ghi đủ tên; nếu chỉ ghi nhận thì ghi ở “Gửi tới”."


class SayingRow(RegisterRow):
    """A direction in our own words; with a deadline it becomes a task."""

    text = TextBlock(label="Ý kiến, ghi theo ý", required=False, rows=2)
    said_by = TextLine(
        label="Ai nêu",
        required=False,
        max_length=250,
        help_text="Người, cơ quan, văn bản, hoặc ghi “Hội nghị”. Nhiều người thì cách nhau bằng dấu chấm phẩy.",
    )
    capacity = TextLine(
        label="Tư cách khi nêu", required=False, max_length=400,
        help_text="Người có trong danh sách dự thì để trống: lấy chức vụ ghi ở đó.",
    )  # fmt: skip
    quote = TextLine(label="Cụm từ trích nguyên văn", required=False, max_length=500)
    addressed_to = TextLine(
        label="Gửi tới", required=False, max_length=400,
        help_text="Ghi như in; nhiều cơ quan thì cách nhau bằng dấu chấm phẩy.",
    )  # fmt: skip
    audience = forms.ChoiceField(
        label="Ai được xem", choices=Audience.choices, required=False, initial=Audience.PARTIES
    )
    state_shown = forms.BooleanField(label="Công khai tình trạng thực hiện", required=False)
    assign_to = TextLine(
        label="Giao theo dõi: cơ quan thực hiện", required=False, max_length=MOST_OTHERS,
        help_text="Cách nhau bằng dấu chấm phẩy. Để trống: chỉ ghi nhận.",
    )  # fmt: skip
    due = DateText(label="Hạn thực hiện", required=False, help_text="")
    yearly = forms.BooleanField(label="Lặp lại hằng năm", required=False)
    row = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(
        self,
        *args: Any,
        dated: PartialDate,
        speaker: str,
        is_there: Callable[[str], bool],
        own: dict[str, Directive],
        tasks: dict[str, Task],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.speaker, self.is_there, self.own, self.tasks = speaker, is_there, own, tasks
        self.today = timezone.localdate()
        self.given_from, self.on = dated.first, dated.placed or self.today

    @property
    def followed(self) -> Task | None:
        """The task this saying went out as: it is followed on a page of its own, not changed here."""
        task = self.tasks.get(self["row"].value() or "")
        return task if task and task.is_out else None

    def has_changed(self) -> bool:
        return bool({"text", "quote", "capacity", "addressed_to", "assign_to"} & set(self.changed_data))

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", "Ghi ý kiến của dòng này, hoặc bỏ dòng.")
        own_words, said = speaker_in(cleaned.get("text") or "", self.is_there)
        if own_words and not cleaned.get("said_by"):
            self.echoes["said_by"] = f"Theo chữ đã ghi: {own_words}"
            if cleaned["text"].startswith(f"{own_words}:"):  # the name is told before the words
                cleaned["text"] = said
        elif self.speaker and not cleaned.get("said_by") and is_of_somebody(cleaned.get("text") or ""):
            self.warnings["said_by"] = (
                f"Ý kiến ghi là của một đồng chí. Xin ghi ai nêu; để nguyên thì là {self.speaker}."
            )
        self.said = cleaned.get("said_by") or own_words or self.speaker
        self._find_maker(self.said)
        self._find_addressees(cleaned.get("addressed_to") or "")
        self.assigned: list[Organization] = []
        for name in names_in("" if self.followed else cleaned.get("assign_to") or ""):
            found = self.registers.bodies.called(name, self.on)
            if len(found) != 1:
                self.add_error("assign_to", not_one(name, found))
            elif name != found[0].label and not self.registers.nearby.means_body(name, found[0]):
                self.add_error("assign_to", f"“{name}”: xin ghi đủ tên, ví dụ: {found[0].label}.")
            elif why := absent(found[0], self.on):
                self.add_error("assign_to", f"{name}: {why}")
            else:
                self.assigned += found
        due = cleaned.get("due")
        self.due_on = getattr(due, "last", None) or NO_DAY
        self.read = due_read(
            cleaned.get("text") or "", cleaned.get("quote") or "", self.given_from, self.today
        )
        if self.assigned and "due" not in self.errors:
            self.check_due(due, was=self.tasks.get(cleaned.get("row")))
        return cleaned

    def check_due(self, due: PartialDate, was: Task | None) -> None:
        """A day, or said not to be known; one that has passed only as it was kept, or as old as the words.

        Where none was typed the one that the words name is proposed, to be looked at.
        """
        if self.read and not due:
            self.data[self.add_prefix("due")] = vdate(self.read.day)
            self.proposed_now.add("due")
            if self.read.yearly:
                self.data[self.add_prefix("yearly")] = "on"
                self.proposed_now.add("yearly")
            self.add_error("due", f"{said_of(self.read)} Xin xem lại rồi lưu.")
        elif self.due_on == NO_DAY and due.known:
            self.add_error("due", "Ghi cả năm của hạn thực hiện.")
        elif self.due_on == NO_DAY and (self.cleaned_data.get("yearly") or not due.text):
            self.add_error("due", "Ghi hạn thực hiện; việc không nêu hạn thì ghi “không rõ”.")
        elif was and was.due_on == self.due_on:
            return
        elif why := refused_day(self.due_on, self.given_from, self.today):
            self.add_error("due", why)
        else:
            doubts = (late_words(self.due_on, self.today), read_words(self.read, due.last))
            if any(doubts):
                self.warnings["due"] = " ".join(filter(None, doubts))

    def _find_maker(self, text: str) -> None:
        """The one body or paper the words mean; persons are looked for among those at the conference.

        What the same words were matched to stays: an administrator may have chosen it.
        """
        was = self.own.get(self.cleaned_data.get("row"))
        is_matched = was and was.said_by == text and (was.organization or was.by_document)
        if is_matched:
            self.body, self.paper = was.organization, was.by_document
        elif not text or fold(text) in THE_CONFERENCE:
            self.body, self.paper = None, None
        else:
            bodies = self.registers.bodies.called(text, self.on)
            papers = [] if bodies else self.registers.papers_called(text)
            self.body = bodies[0] if len(bodies) == 1 else None
            self.paper = papers[0] if len(papers) == 1 else None
        if self.body:
            self.echoes["said_by"] = f"Cơ quan: {self.body.label}"
        elif self.paper:
            self.echoes["said_by"] = f"Văn bản: {self.paper}"

    def _find_addressees(self, text: str) -> None:
        """The bodies the words address, each where its name means it alone; what is doubted stands as printed.

        What the same words were matched to stays: an administrator may have chosen it.
        """
        was = self.own.get(self.cleaned_data.get("row"))
        kept = (
            [link.organization for link in was.addressees.all()] if was and was.addressed_to == text else []
        )
        self.addressees, doubts = kept, []
        for name in () if kept else names_in(text):
            found = self.registers.bodies.called(name, self.on)
            if len(found) > 1:
                doubts.append(f"Có nhiều cơ quan tên “{name}”: xin ghi đủ tên cùng địa bàn")
            elif found and not self.registers.nearby.means_body(name, found[0]):
                doubts.append(f"“{name}”: nếu là {found[0].label} thì xin ghi đủ tên")
            elif found and (why := absent(found[0], self.on)):
                doubts.append(f"{name}: {why.rstrip('.')}")
            else:
                self.addressees += found
        said = [f"Cơ quan: {'; '.join(body.label for body in self.addressees)}."] if self.addressees else []
        if doubts:
            said.append(f"{'; '.join(doubts)}; để nguyên thì ghi như in.")
        if said:
            self.echoes["addressed_to"] = " ".join(said)
