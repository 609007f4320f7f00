"""A draft that was sent for opinion: read and answered by those who were asked, gathered by its keeper."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal import files, sections
from portal.access import Doing, require
from portal.actions import consultations as actions
from portal.actions.records import NotNow
from portal.file_kinds import ACCEPTED, NotTaken
from portal.forms.fields import SpeakingForm, TextBlock
from portal.models import (
    AskedBody,
    Attachment,
    Consultation,
    Document,
    Opinion,
    Organization,
    Paper,
    Reach,
    User,
    record_of,
)
from portal.sections import DeskGroup, DeskLine

SAY_SOMETHING = "Ghi ý kiến, gửi tệp, hoặc chọn “Đồng ý”."


class AnswerForm(SpeakingForm):
    """An opinion: agreeing, in words, or as a paper; for which body, where the person belongs to several of those asked."""

    body = forms.ModelChoiceField(
        label="Thay mặt",
        queryset=Organization.objects.none(),
        empty_label=None,
        to_field_name="code",
        error_messages={"required": "Chọn cơ quan cho ý kiến."},
    )
    agrees = forms.BooleanField(label="Đồng ý với dự thảo", required=False)
    text = TextBlock(label="Ý kiến", required=False, rows=6, max_length=20_000)
    file = forms.FileField(
        label="Tệp",
        required=False,
        help_text="Công văn góp ý, nếu có. Chỉ cơ quan gửi và cơ quan mình xem.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, bodies: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.queryset, field.initial = (
            Organization.objects.filter(pk__in=[one.pk for one in bodies]),
            bodies[0].code,
        )
        field.required = len(bodies) > 1
        if not field.required:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(name) for name in ("agrees", "text", "file")) and not self.errors:
            self.add_error("text", SAY_SOMETHING)
        return data


def answering_bodies(user: User, sent: Consultation) -> list[Organization]:
    """The bodies a person may answer for: those asked that they belong to, who has not answered first."""
    ran = Reach.objects.running(user.reading_bodies)
    has = Opinion.objects.filter(consultation=sent, body=OuterRef("body"))
    asked = sent.asked.filter(body__in=ran).select_related("body").order_by(Exists(has), "pk")
    return list(dict.fromkeys(one.body for one in asked))


def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """What was sent, to read; the form to answer with, or the answers that came."""
    asked = Consultation.objects.asked_of(request.user).filter(code=code).first()
    kept = told(Consultation.objects.kept_by(request.user).filter(code=code)).first()
    if (sent := kept or asked) is None:
        raise Http404
    bodies = answering_bodies(request.user, asked) if asked else []
    form = AnswerForm(request.POST or None, request.FILES or None, bodies=bodies) if bodies else None
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            keep_answer(request, sent, form, bodies[0])
        except NotTaken as refusal:
            form.add_error("file", str(refusal))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã gửi ý kiến đến {sent.keeper}.")
            return HttpResponseRedirect(reverse("portal:consultation", args=[code]))
    mine = sent.opinions.filter(body__in=bodies).select_related("person", "body", "file")
    context = {
        "sent": sent,
        "kept": kept,
        "bodies": bodies,
        "form": form,
        "opinions": sent.opinions.all() if kept else mine,
        "files": Attachment.objects.filter(code__in=sent.files).order_by("position", "pk"),
        "record_url": page_of(sent.document, request.user) if kept else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/staff/consultation.html", context, status=status)


def keep_answer(request: HttpRequest, sent: Consultation, form: AnswerForm, only: Organization) -> Opinion:
    """Keep the answer with its file, both or neither; for the chosen body, or the only one there is."""
    said = dict(form.cleaned_data)
    body = said.pop("body") or only
    with transaction.atomic():
        if upload := said.pop("file"):
            said["file"] = files.keep(upload, by=request.user, body=body)
        return actions.answer(sent, record_sent(sent), by=request.user, body=body, **said)


@require_POST
def end_consultation(request: HttpRequest, code: str) -> HttpResponse:
    """Stop asking; the answers stay with the keeper."""
    sent = get_object_or_404(Consultation.objects.kept_by(request.user), code=code)
    require(request.user, Doing.WRITE, within=sent.keeper)
    try:
        actions.end_consultation(sent, record_sent(sent), by=request.user)
        messages.success(request, "Đã kết thúc lấy ý kiến. Các ý kiến đã nhận vẫn còn ở đây.")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("portal:consultation", args=[code]))


def record_sent(sent: Consultation) -> Paper:
    """The record that was sent."""
    if (record := record_of(sent.document)) is None:
        raise Http404
    return record


def page_of(document: Document, user: User) -> str:
    """The page of a record for one of its keeper's people."""
    return sections.addresses([document.pk], user).get(document.pk, "")


def told(found: QuerySet) -> QuerySet:
    """Consultations with what their keeper reads of them: who was asked, who answered what."""
    opinions = Opinion.objects.select_related("person", "body", "file")
    asked = AskedBody.objects.select_related("body")
    linked = found.select_related("keeper", "sent_by", "document")
    return linked.prefetch_related(Prefetch("opinions", opinions), Prefetch("asked", asked))


def consultations_of(document: Document) -> list[Consultation]:
    """What was sent of one paper, the latest first, for the people of its keeper."""
    return list(told(Consultation.objects.filter(document=document)).defer("content"))


def desk_lines(user: User, most: int) -> Iterator[DeskLine]:
    """What a person is asked for and has not answered, and what their own body asked others."""
    ran = Reach.objects.running(user.reading_bodies)
    answered = Opinion.objects.filter(consultation=OuterRef("consultation"), body=OuterRef("body"))
    waiting = AskedBody.objects.filter(~Exists(answered), body__in=ran).values("consultation_id")
    asked = Consultation.objects.open().filter(pk__in=waiting).select_related("keeper")
    for sent in asked.defer("content").order_by("closes_on", "pk")[:most]:
        yield DeskLine(
            DeskGroup.ASKED,
            "Cho ý kiến",
            sent.title,
            address(sent),
            None,
            f"{sent.keeper} gửi",
            sent.closes_on,
        )
    own = Consultation.objects.open().filter(keeper__in=Reach.objects.running(user.writing_bodies))
    for sent in told(own).defer("content").order_by("closes_on", "pk")[:most]:
        come = len({one.body_id for one in sent.opinions.all()})
        note = f"{come}/{len({one.body_id for one in sent.asked.all()})} cơ quan đã cho ý kiến"
        yield DeskLine(DeskGroup.ASKED, "Xem ý kiến", sent.title, address(sent), None, note, sent.closes_on)


def address(sent: Consultation) -> str:
    """The page of a consultation."""
    return reverse("portal:consultation", args=[sent.code])
