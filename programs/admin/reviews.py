"""Clean-up pages of reviews: their results and what they say of limitations, causes, lessons, proposals, next steps."""

from django.contrib import admin

from portal.admin.kept import KeptAdmin, Parts
from portal.admin.records import WAY, PublicFilter, RecordAdmin
from programs.admin.programs import PROGRAMS
from programs.models import Review, ReviewItem, ReviewText


class ReviewItems(Parts):
    """The results of a review, one by one."""

    model = ReviewItem
    fk_name = "review"
    fields = ["position", "about", "text", "audience"]


class ReviewTexts(Parts):
    """Its limitations, causes, lessons, proposals and next steps."""

    model = ReviewText
    fk_name = "review"
    fields = ["position", "part", "text", "audience"]


@admin.register(Review)
class ReviewAdmin(RecordAdmin):
    """Reviews. Their figures have pages of their own; what was frozen is shown and not touched."""

    group, place = PROGRAMS, 10
    folded_columns = ("document__folded", "keeper__search_text")
    joined = ("document", "keeper", "written_by", "program__document", "plan__document", "body", "territory")
    heavy = ("content", "frozen", "search_text", "note", "marks")
    list_display = ["__str__", "kind", "period_said", "dated", "state", "keeper"]
    list_filter = ["state", PublicFilter, "kind", "is_final", "is_sample"]
    readonly_fields = [*WAY, "figures_as_of", "frozen_at"]
    fieldsets = [
        (None, {"fields": ["document", "keeper", ("kind", "kind_printed", "is_final"), "period"]}),
        ("Về việc gì", {"fields": ["program", "plan", "theme", ("body", "territory")]}),
        ("Nội dung", {"fields": ["content"], "classes": ["collapse"]}),
        ("Số liệu đã chốt", {"fields": [("figures_as_of", "frozen_at")]}),
        ("Xét duyệt, công khai", {"fields": WAY, "classes": ["collapse"]}),
        ("Khác", {"fields": ["is_sample", "note"]}),
    ]
    inlines = [ReviewItems, ReviewTexts]

    @admin.display(description="thời gian", ordering="period_first")
    def period_said(self, row: Review) -> str:
        """Its period."""
        return str(row.period)


class PartOfReview(KeptAdmin):
    """A part of a review on a page of its own."""

    group = PROGRAMS
    within = ("review__keeper",)
    hub = ("review",)
    folded_columns, plain_columns = ("review__search_text",), ("text",)
    heavy = ("marks",)
    list_filter = ["audience"]


@admin.register(ReviewItem)
class ReviewItemAdmin(PartOfReview):
    """Results of reviews."""

    place = 11
    plain_columns = ("about", "text")
    joined = ("review__document", "origin", "content_item", "plan_item")
    list_display = ["__str__", "position", "review", "audience"]
    fields = ["review", "position", "about", "text", "audience", "content_item", "plan_item", "origin"]


@admin.register(ReviewText)
class ReviewTextAdmin(PartOfReview):
    """Limitations, causes, lessons, proposals and next steps of reviews."""

    place = 12
    joined = ("review__document", "origin")
    list_display = ["__str__", "part", "position", "review", "audience"]
    list_filter = ["part", "audience"]
    fields = ["review", "position", "part", "text", "audience", "origin"]
