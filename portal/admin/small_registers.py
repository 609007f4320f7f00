"""Clean-up pages of the small registers: levels, sectors, kinds of bodies, groups of bodies, types of papers, tags."""

from django.contrib import admin
from django.http import HttpRequest

from portal.admin.kept import SMALL, KeptAdmin, Parts
from portal.admin.searching import InMemorySearch
from portal.models import BodyGroup, BodyGroupPart, DocumentType, Level, OrganizationKind, Sector, Tag


class SmallRegisterAdmin(InMemorySearch, KeptAdmin):
    """A register of some dozens of rows, each with a key that data files name it by."""

    unfiltered = "a page or two of rows"
    group = SMALL
    plain_columns = ("name", "key")
    list_display = ["name", "key", "position"]

    def get_readonly_fields(self, request: HttpRequest, obj: object | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["key"] if obj else [])]


@admin.register(Level)
class LevelAdmin(SmallRegisterAdmin):
    """Levels."""

    list_display = ["name", "key", "rank", "ended_on"]


@admin.register(Sector)
class SectorAdmin(SmallRegisterAdmin):
    """Sectors."""


@admin.register(OrganizationKind)
class OrganizationKindAdmin(SmallRegisterAdmin):
    """Kinds of bodies."""

    plain_columns = ("name", "abbreviation", "key")
    list_display = ["name", "abbreviation", "sector", "key", "position"]
    list_filter = ["sector"]
    joined = ("sector",)


class GroupParts(Parts):
    """The kinds of body of a group."""

    model = BodyGroupPart
    fields = ["kind", "level"]


@admin.register(BodyGroup)
class BodyGroupAdmin(SmallRegisterAdmin):
    """Groups of bodies as papers name them."""

    inlines = [GroupParts]


@admin.register(BodyGroupPart)
class BodyGroupPartAdmin(KeptAdmin):
    """The kinds of body that groups are made of."""

    group = SMALL
    plain_columns = ("group__name", "kind__name")
    joined = ("group", "kind", "level")
    list_display = ["group", "kind", "level"]
    list_filter = ["group"]


@admin.register(DocumentType)
class DocumentTypeAdmin(SmallRegisterAdmin):
    """Types of papers."""

    plain_columns = ("name", "state_abbreviation", "party_abbreviation", "key")
    list_display = ["name", "state_abbreviation", "party_abbreviation", "family", "key", "position"]
    list_filter = ["family"]


@admin.register(Tag)
class TagAdmin(SmallRegisterAdmin):
    """Tags."""
