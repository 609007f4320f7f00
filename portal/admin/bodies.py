"""Clean-up pages of bodies: their names, superiors and successors."""

from django.contrib import admin
from django.db import models
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest

from portal.actions.circles import hold_reach
from portal.actions.registers import free_slug, guess_kinds, rebuild_reach
from portal.admin.ending import EndingAdmin
from portal.admin.kept import BODIES, KeptAdmin, Parts
from portal.admin.scope import home_of
from portal.matching import spellings
from portal.models import Membership, Organization, OrganizationName, Subordination, Succession
from portal.models.territories import AROUND
from portal.text import fold

LINKS = (Succession, Subordination)


class OtherNames(Parts):
    """Names a body is also printed under."""

    model = OrganizationName
    fields = ["name"]


class Superiors(Parts):
    """The bodies above a body."""

    model = Subordination
    fk_name = "organization"
    verbose_name_plural = "cấp trên"
    fields = ["superior", "started_on", "ended_on"]


class Successors(Parts):
    """What a body passed into."""

    model = Succession
    fk_name = "predecessor"
    verbose_name_plural = "cơ quan kế thừa"
    fields = ["successor", "kind", "effective_on", "document", "note"]


class Predecessors(Parts):
    """What a body was made of."""

    model = Succession
    fk_name = "successor"
    verbose_name_plural = "kế thừa từ"
    fields = ["predecessor", "kind", "effective_on", "document", "note"]


class Members(Parts):
    """Who acts for a body; a role ends on a date and is never deleted."""

    model = Membership
    can_delete = False
    fields = ["user", "role", "started_on", "ended_on", "delegated_by", "reads_from", "reads_to"]


@admin.register(Organization)
class OrganizationAdmin(EndingAdmin):
    """Bodies. They end on a date and are never deleted; their address never changes."""

    group, place = BODIES, 1
    within = ("pk",)
    deletable = False
    folded_columns = ("search_text",)
    joined = ("kind", "sector", "level", f"territory__{AROUND}")
    heavy = ("note",)
    list_display = ["name", "abbreviation", "kind", "level", "lies", "ended", "unseen"]
    list_filter = ["looked_at", "sector", "level", ("ended_on", admin.EmptyFieldListFilter), "is_sample"]
    fieldsets = [
        (None, {"fields": ["name", "abbreviation", ("kind", "sector"), ("level", "territory")]}),
        ("Thời gian", {"fields": [("started_on", "ended_on"), "ended_printed"]}),
        ("Duyệt", {"fields": ["approves_on_paper"]}),
        ("Khác", {"fields": ["looked_at", "is_sample", "slug", "code", "note"]}),
    ]
    readonly_fields = ["slug", "code"]
    inlines = [OtherNames, Superiors, Successors, Predecessors, Members]

    @admin.display(description="địa bàn")
    def lies(self, row: Organization) -> str:
        """Its territory and those around: names recur."""
        return row.territory.full_name if row.territory else ""

    @admin.display(description="kết thúc", ordering="ended_on")
    def ended(self, row: Organization) -> str:
        """When it ended, as exactly as is known."""
        return row.ended

    @admin.display(description="rà soát", ordering="looked_at")
    def unseen(self, row: Organization) -> str:
        """Says which names still wait for a look."""
        return "" if row.looked_at else "chưa rà soát"

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        return queryset.matching(*spellings(fold(search_term))), False

    def save_model(self, request: HttpRequest, obj: Organization, form: ModelForm, change: bool) -> None:
        if not change:
            obj.slug = free_slug(obj.name)
            if obj.kind_id is None:
                guess_kinds([obj])
        else:
            hold_reach()  # before the body itself, as joining and ending do
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseFormSet], change: bool
    ) -> None:
        above = home_of(request.user)
        if (
            above
            and not change
            and not any(one.model is Subordination and one.has_changed() for one in formsets)
        ):
            Subordination(organization=form.instance, superior=above).save()
        super().save_related(request, form, formsets, change)

    def follow(self, obj: models.Model, changed: list[str] | None, parts: list[models.Model]) -> None:
        dated = changed is None or {"started_on", "ended_on"} & set(changed)
        if dated or any(isinstance(part, LINKS) for part in parts):
            rebuild_reach()


class ReachingAdmin(KeptAdmin):
    """A link between bodies; who reaches whom follows from it."""

    group = BODIES

    def follow(self, obj: models.Model, changed: list[str] | None, parts: list[models.Model]) -> None:
        rebuild_reach()


@admin.register(OrganizationName)
class OrganizationNameAdmin(KeptAdmin):
    """Other names of bodies."""

    group, place = BODIES, 2
    within = ("organization",)
    hub = ("organization",)
    folded_columns = ("folded", "organization__search_text")
    joined = ("organization",)
    list_display = ["name", "organization"]
    list_filter = ["organization__level", ("organization__ended_on", admin.EmptyFieldListFilter)]


@admin.register(Succession)
class SuccessionAdmin(ReachingAdmin):
    """What bodies passed into."""

    place = 3
    within = ("predecessor", "successor")
    hub = ("predecessor",)
    folded_columns = ("predecessor__search_text", "successor__search_text")
    joined = ("predecessor", "successor", "document")
    list_display = ["predecessor", "successor", "kind", "effective_on", "document"]
    list_filter = ["kind", ("successor", admin.EmptyFieldListFilter)]


@admin.register(Subordination)
class SubordinationAdmin(ReachingAdmin):
    """Who stands above whom."""

    place = 4
    within = ("organization", "superior")
    hub = ("organization",)
    folded_columns = ("organization__search_text", "superior__search_text")
    joined = ("organization", "superior")
    list_display = ["organization", "superior", "started_on", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter)]
