"""Clean-up pages of the small registers: levels, sectors, kinds of bodies, types of papers, tags."""

from django.contrib import admin
from django.http import HttpRequest

from portal.admin.kept import SMALL, KeptAdmin
from portal.admin.searching import InMemorySearch
from portal.models import DocumentType, Level, OrganizationKind, Sector, Tag


class SmallRegisterAdmin(InMemorySearch, KeptAdmin):
    """A register of some dozens of rows, each with a key that data files name it by."""

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


@admin.register(DocumentType)
class DocumentTypeAdmin(SmallRegisterAdmin):
    """Types of papers."""

    plain_columns = ("name", "state_abbreviation", "party_abbreviation", "key")
    list_display = ["name", "state_abbreviation", "party_abbreviation", "family", "key", "position"]
    list_filter = ["family"]


@admin.register(Tag)
class TagAdmin(SmallRegisterAdmin):
    """Tags."""
