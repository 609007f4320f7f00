"""The page on which a clerk sends a draft, or the open edit of an approved paper, to other bodies for opinion."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from portal.actions import consultations, copies
from portal.actions.records import NotNow
from portal.body_names import match_organizations
from portal.forms.fields import DayText, SpeakingForm, TextBlock
from portal.forms.picks import PickField, coded
from portal.models import Attachment, Organization, Paper, State, User, WorkingCopy
from portal.views.entry import kind_of
from portal.views.trying import seen_as_written
from portal.views.verbs import opened_version, record_of

OTHERS = ("other_1", "other_2", "other_3")
USUAL = timedelta(days=7)
LONGEST = timedelta(days=365)


class SendForm(SpeakingForm):
    """To whom, until when, with which words."""

    parties = forms.ModelMultipleChoiceField(
        label="Các bên trong văn bản",
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_1 = PickField(label="Cơ quan khác", register="co-quan", required=False)
    other_2 = PickField(label="Cơ quan khác", register="co-quan", required=False)
    other_3 = PickField(label="Cơ quan khác", register="co-quan", required=False)
    closes_on = DayText(
        label="Hạn cho ý kiến", help_text="Hết ngày này các cơ quan không xem được dự thảo nữa."
    )
    note = TextBlock(
        label="Lời nhắn",
        required=False,
        max_length=2000,
        help_text="Nêu chỗ cần xin ý kiến. Các cơ quan được hỏi đọc được lời này.",
    )

    def __init__(self, *args: Any, record: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.keeper = record.keeper_id
        parties = Organization.objects.alive(today).filter(partnerships__document=record.document_id)
        self.fields["parties"].queryset = parties.exclude(pk=self.keeper).order_by("sort_key")
        self.fields["parties"].to_field_name = "code"
        self.fields["parties"].initial = list(self.fields["parties"].queryset)
        self.fields["closes_on"].initial = f"{today + USUAL:%d/%m/%Y}"
        for name in OTHERS:
            self.fields[name].match = lambda text: match_organizations(
                text, today, near=lambda: [self.keeper]
            )
            self.fields[name].by_code = coded(Organization.objects)
        if not self.fields["parties"].queryset:
            del self.fields["parties"]

    def clean_closes_on(self) -> date:
        """A day from today on, within a year."""
        day = self.cleaned_data["closes_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError("Chọn một ngày từ hôm nay, trong vòng một năm.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["to"] = list(data.get("parties") or [])
        for name in OTHERS:
            pick = data.get(name)
            if pick and pick.found is None:
                self.add_error(name, "Chọn một cơ quan có trong danh mục.")
            elif pick and pick.found.pk == self.keeper:
                self.add_error(name, "Đây là cơ quan giữ văn bản.")
            elif pick and pick.found not in data["to"]:
                data["to"].append(pick.found)
        if not data["to"] and not self.errors:
            self.add_error("parties" if "parties" in self.fields else "other_1", "Chọn ít nhất một cơ quan.")
        return data


def content_of(kind: str, record: Paper, copy: WorkingCopy | None, by: User) -> tuple[dict, list[str]]:
    """The words of the draft, or of the approved paper as its open edit would leave it."""
    view = kind_of(kind)
    if copy is None:
        return view.words_to_send(record)
    form = view.form_class(copies.as_query(copy.data), user=by, record=record)
    if not form.is_valid():
        raise NotNow("Bản sửa còn chỗ chưa đọc được. Xin sửa lại rồi gửi lấy ý kiến.")
    return seen_as_written(view, record, form.entry(), by=by, look=view.words_to_send)


def consult_record(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Send what is being written to other bodies: exactly what this page shows."""
    record = record_of(request, kind, code)
    record_url = kind_of(kind).record_address(record)
    copy = copies.open_copy(kind, record) if record.state == State.APPROVED else None
    version = copy.number if copy else record.version
    try:
        if record.state == State.APPROVED and copy is None:
            raise NotNow("Văn bản đã duyệt, các bên đã xem được. Chỉ bản đang soạn mới cần gửi lấy ý kiến.")
        content, files = content_of(kind, record, copy, request.user)
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(record_url)
    form = SendForm(request.POST or None, record=record)
    if request.method == "POST" and form.is_valid():
        if opened_version(request) != version:
            form.add_error(None, "Văn bản vừa được sửa. Xin xem lại bản mới rồi gửi.")
        else:
            told = form.cleaned_data
            consultations.send_for_opinion(
                record, by=request.user, to=told["to"], content=content, files=files,
                closes_on=told["closes_on"], note=told["note"],
            )  # fmt: skip
            messages.success(request, "Đã gửi lấy ý kiến.")
            return HttpResponseRedirect(f"{record_url}#lay-y-kien")
    context = {
        "record": record,
        "record_url": record_url,
        "form": form,
        "version": version,
        "content": content,
        "files": Attachment.objects.filter(code__in=files).order_by("position", "pk"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/staff/consult_record.html", context, status=status)
