"""Clean-up pages of figures and their parts: what a paper counts."""

from django.contrib import admin
from django.db.models import Q

from portal.admin.kept import Parts
from portal.admin.papers import PartOfPaper
from portal.admin.scope import documents_inside
from portal.models import Figure, FigurePart, User
from portal.numbers import number_words


class FigureParts(Parts):
    """The parts of a figure."""

    model = FigurePart
    fields = ["position", "name", "value"]


@admin.register(Figure)
class FigureAdmin(PartOfPaper):
    """Figures of papers."""

    place = 8
    folded_columns = ("document__folded", "counts_key")
    joined = ("document", "organization", "territory")
    heavy = ("marks",)
    list_display = ["counts", "said", "nature", "organization", "territory", "audience", "document"]
    list_filter = ["nature", "audience", "is_computed"]
    fieldsets = [
        (None, {"fields": ["document", "position", "counts", ("approximator", "value", "unit"), "of_value"]}),
        ("Thời gian", {"fields": ["as_of", "period", "nature"]}),
        ("Tăng, giảm", {"fields": [("change", "change_unit"), "change_against"]}),
        ("Của ai", {"fields": ["organization", "territory"]}),
        ("Khác", {"fields": ["quoted_from", "is_computed", "audience", "code"]}),
    ]
    readonly_fields = ["code"]
    inlines = [FigureParts]

    @admin.display(description="giá trị", ordering="value")
    def said(self, row: Figure) -> str:
        """Its value with its unit."""
        return " ".join(filter(None, [row.approximator, number_words(row.value), row.unit]))


@admin.register(FigurePart)
class FigurePartAdmin(PartOfPaper):
    """Parts of figures."""

    place = 9
    within = ("figure__document",)
    hub = ("figure", "document")
    folded_columns, plain_columns = ("figure__document__folded", "figure__counts_key"), ("name",)
    joined = ("figure__document",)
    list_display = ["name", "value", "figure"]
    list_filter = ["figure__nature"]

    def seen(self, by: User) -> Q:
        """Parts of figures of papers of records kept inside."""
        return Q(figure__document__in=documents_inside(by))
