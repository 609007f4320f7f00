"""Clean-up pages of persons and the posts they held."""

from django.contrib import admin

from portal.admin.kept import PEOPLE, KeptAdmin, Parts, yes_no
from portal.models import Person, Position


class Positions(Parts):
    """The posts of a person."""

    model = Position
    fields = ["title", "organization", "started_on", "ended_on", "note"]


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    """Persons."""

    group, place = PEOPLE, 1
    folded_columns = ("folded",)
    list_display = ["name", "sort_name", yes_no("is_sample", "dữ liệu mẫu")]
    list_filter = ["is_sample"]
    fields = ["name", "sort_name", "is_sample", "code", "note"]
    readonly_fields = ["code"]
    inlines = [Positions]


@admin.register(Position)
class PositionAdmin(KeptAdmin):
    """Posts."""

    group, place = PEOPLE, 2
    hub = ("person",)
    folded_columns, plain_columns = ("person__folded", "organization__search_text"), ("title",)
    joined = ("person", "organization")
    list_display = ["person", "title", "organization", "started_on", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter)]
