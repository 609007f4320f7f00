"""Pages to look at: the acts of everyone, what is being worked on beside approved records, letters by e-mail."""

from django.apps import apps
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest

from portal.actions.records import NotNow
from portal.actions.undoing import undo
from portal.admin.kept import ReadOnlyAdmin
from portal.admin.scope import home_of, inside
from portal.admin.searching import MOST_WORDS, InMemorySearch
from portal.models import Act, Membership, OutgoingLetter, User, WorkingCopy
from portal.text import clean


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    """Acts. A record is found by its own words, wherever they are folded."""

    place = 1
    within = ("body",)
    folded_columns, plain_columns = (), ("record_code", "reason")
    joined = ("person", "body", "delegated_by")
    list_display = ["at", "verb", "record_name", "person", "reason"]
    list_display_links = ["at"]
    list_filter = ["verb"]
    fields = ["at", "verb", "kind_said", "record_name", "record_code", "person", "delegated_by"]
    fields += ["body", "reason", "version"]

    actions = ["undo_chosen"]

    @admin.action(description="Hoàn tác việc gộp, việc kết thúc cơ quan")
    def undo_chosen(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        """Take back the ticked acts, the newest first, each by an act of its own."""
        for act in queryset.order_by("-at", "-pk"):
            try:
                self.undo_one(request, act)
            except NotNow as error:
                self.message_user(request, f"{act}: {error}", messages.ERROR)
            else:
                self.message_user(request, f"Đã hoàn tác: {act}.")

    def undo_one(self, request: HttpRequest, act: Act) -> None:
        """Take back one act, if all it leaves stands within reach."""
        with transaction.atomic(), self.gaining_nothing(request):
            record = undo(act, by=request.user, body=home_of(request.user))
            self.keep_inside(request, [record])

    @admin.display(description="loại")
    def kind_said(self, row: Act) -> str:
        """What the record is called."""
        return str(apps.get_model(row.record_kind)._meta.verbose_name)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        words = clean(search_term).split()[:MOST_WORDS]
        if not words:
            return queryset, False
        direct, about = Q(), Q()
        for word in words:
            direct &= self.holding(word)
        for model, page in self.admin_site._registry.items():
            if hasattr(model, "code") and not isinstance(page, InMemorySearch | ReadOnlyAdmin):
                records, _ = page.get_search_results(request, model.objects.order_by(), search_term)
                about |= Q(record_kind=model._meta.label_lower, record_code__in=records.values("code"))
        return queryset.filter(direct | about), False


@admin.register(WorkingCopy)
class WorkingCopyAdmin(ReadOnlyAdmin):
    """What is being worked on: by whom and since when. What was typed is its writer's until submitted."""

    place = 2
    within = ("keeper",)
    plain_columns = ("record_code", "owner__full_name", "owner__username")
    joined = ("owner", "keeper")
    heavy = ("data", "returned")
    list_display = ["purpose", "record_code_said", "owner_said", "keeper", "state", "saved_at"]
    list_filter = ["purpose", "state", "saved_at", ("owner", admin.EmptyFieldListFilter)]
    fields = list_display

    @admin.display(description="mã", ordering="record_code")
    def record_code_said(self, row: WorkingCopy) -> str:
        """The record it stands beside."""
        return row.record_code or "bản mới"

    @admin.display(description="người soạn", ordering="owner")
    def owner_said(self, row: WorkingCopy) -> str:
        """Who works on it."""
        return str(row.owner or "qua đường dẫn")


@admin.register(OutgoingLetter)
class OutgoingLetterAdmin(ReadOnlyAdmin):
    """Letters by e-mail: to whom, when they left, or why they did not. What they say is their reader's."""

    place = 3
    within = ("person__memberships__organization",)
    plain_columns = ("subject", "person__full_name", "person__username")
    joined = ("person",)
    heavy = ("text",)
    list_display = ["written_at", "person", "subject", "sent_at", "failure"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter), "day"]
    fields = ["person", "day", "subject", "written_at", "begun_at", "sent_at", "failure"]

    def seen(self, by: User) -> Q:
        """Letters to people with a role inside; told by the table of roles, so that a letter comes once."""
        held = Membership.objects.filter(organization__in=inside(by))
        return Q(person__in=held.order_by().values("user_id"))
