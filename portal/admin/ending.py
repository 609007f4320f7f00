"""The page on which bodies end on one day, each passed into its successors."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from portal import sections
from portal.access import gains
from portal.actions.circles import hold_reach
from portal.actions.registers import end_body, rebuild_reach
from portal.admin.fields import DayText
from portal.admin.kept import NO_REASON
from portal.admin.merging import CHOSEN, MergingAdmin
from portal.admin.scope import GAIN, home_of
from portal.clean_up import described
from portal.forms.fields import TextBlock
from portal.models import Document, Organization, Partner, Reach, Succession, SuccessionKind
from portal.models.records import paper_models
from portal.templatetags.say import vdate

MOST = 20
HEIRS = "ke-thua-"


def papers_of(body: Organization) -> int:
    """How many records a body keeps or is a party to."""
    named = Partner.objects.filter(organization=body).values("document_id")
    return sum(
        model.objects.filter(Q(keeper=body) | Q(document__in=named)).count() for model in paper_models()
    )


class EndForm(forms.Form):
    """The last day of some bodies, and what each passes into."""

    use_required_attribute = False
    last_day = DayText(
        label="Ngày hoạt động cuối cùng", error_messages={"required": "Ghi ngày hoạt động cuối cùng."}
    )
    kind = forms.ChoiceField(label="Hình thức", choices=SuccessionKind.choices)
    document = forms.ModelChoiceField(Document.objects.none(), label="Văn bản quyết định", required=False)
    reason = TextBlock(
        label="Lý do", rows=2, max_length=500, required=True, error_messages={"required": NO_REASON}
    )

    def __init__(self, page: Any, request: HttpRequest, bodies: list[Organization]) -> None:
        super().__init__(request.POST or None)
        self.bodies, self.by, site = bodies, request.user, page.admin_site
        ends = Succession._meta.get_field("successor"), Succession._meta.get_field("document")
        document = self.fields["document"]
        document.queryset = site._registry[Document].get_queryset(request)
        document.widget = AutocompleteSelect(ends[1], site)
        document.widget.choices, document.label_from_instance = document.choices, described
        for body in bodies:
            field = forms.ModelMultipleChoiceField(
                page.get_queryset(request).exclude(pk=body.pk),
                label=body.name,
                required=False,
                widget=AutocompleteSelectMultiple(ends[0], site),
            )
            field.widget.choices, field.label_from_instance = field.choices, described
            self.fields[f"{HEIRS}{body.pk}"] = field

    @property
    def rows(self) -> list[tuple[Organization, int, forms.BoundField]]:
        """Each body, how many records stand in its name, and its successors."""
        return [(body, papers_of(body), self[f"{HEIRS}{body.pk}"]) for body in self.bodies]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day = data.get("last_day")
        for body in self.bodies:
            name = f"{HEIRS}{body.pk}"
            if day and body.started_on and day < body.started_on:
                self.add_error(name, f"Cơ quan này mới có từ {vdate(body.started_on)}.")
            if day and any(heir.ended_on and heir.ended_on <= day for heir in data.get(name) or ()):
                self.add_error(name, "Cơ quan kế thừa đã kết thúc trước đó.")
            if set(data.get(name) or ()) & set(self.bodies):
                self.add_error(name, "Cơ quan kế thừa cũng kết thúc trong lần này.")
            if gains(self.by, over=[body.pk], into=[heir.pk for heir in data.get(name) or ()]):
                self.add_error(name, GAIN)
        return data


class EndingAdmin(MergingAdmin):
    """A register of bodies, some of which end."""

    actions = ["choose_to_end", *MergingAdmin.actions]

    @admin.action(description="Kết thúc, kế thừa", permissions=["change"])
    def choose_to_end(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        """Lead from the ticked bodies to the page that ends them."""
        keys = list(queryset.order_by("sort_key").values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            self.message_user(request, f"Mỗi lần kết thúc nhiều nhất {MOST} cơ quan.", messages.ERROR)
            return None
        return HttpResponseRedirect(self.address_of("end", query={CHOSEN: keys}))

    def get_urls(self) -> list[URLPattern]:
        ending = self.admin_site.admin_view(self.end_chosen)
        return [path("ket-thuc/", ending, name="portal_organization_end"), *super().get_urls()]

    def end_chosen(self, request: HttpRequest) -> HttpResponse:
        """Show the bodies, then end them."""
        bodies = self.chosen(request, MOST)
        form = EndForm(self, request, bodies)
        if request.method == "POST" and form.is_valid():
            self.end(request, form)
            return HttpResponseRedirect(self.address_of("changelist"))
        fieldsets = [(None, {"fields": ["last_day", "kind", "document", "reason"]})]
        context = {
            **self.admin_site.each_context(request),
            "title": "Kết thúc, kế thừa",
            "form": form,
            "adminform": admin.helpers.AdminForm(form, fieldsets, {}),
            "opts": self.opts,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/end.html", context)

    @transaction.atomic
    def end(self, request: HttpRequest, form: EndForm) -> None:
        """End each body by an act of its own, then say who answers for what it left."""
        hold_reach()  # before the bodies themselves, as joining does
        data = form.cleaned_data
        shared = {name: data[name] for name in ("last_day", "kind", "document", "reason")}
        shared |= {"by": request.user, "body": home_of(request.user)}
        with self.gaining_nothing(request):
            for body in form.bodies:
                end_body(body, heirs=data[f"{HEIRS}{body.pk}"], **shared)
            rebuild_reach()
        for body in form.bodies:
            sections.touched(body)
        self.keep_inside(request, form.bodies)
        today = timezone.localdate()
        answering = Reach.objects.answering(form.bodies, today)
        for body in form.bodies:
            heirs, superior = answering[body].heirs, answering[body].superior
            whose = "chưa có cơ quan nào phụ trách"
            if body.is_alive(today):
                whose = "vẫn do cơ quan này phụ trách đến hết ngày đó"
            elif heirs:
                whose = f"nay do {', '.join(str(one) for one in heirs)} phụ trách"
            elif superior:
                whose = f"nay do {superior} theo dõi, vì chưa có cơ quan kế thừa"
            day = vdate(data["last_day"])
            self.message_user(request, f"{body.name}: kết thúc {day}; {papers_of(body)} văn bản {whose}.")
