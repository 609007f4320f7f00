"""Clean-up pages of persons and the posts they held."""

from django.contrib import admin
from django.db.models import Q

from portal.admin.kept import PEOPLE, KeptAdmin, Parts, yes_no
from portal.admin.merging import MergingAdmin
from portal.admin.scope import documents_inside, inside
from portal.models import Person, Position, Signature, User


class Positions(Parts):
    """The posts of a person."""

    model = Position
    ties = True
    fields = ["title", "organization", "started_on", "ended_on", "note"]


@admin.register(Person)
class PersonAdmin(MergingAdmin):
    """Persons."""

    group, place = PEOPLE, 1
    within = ("positions__organization",)
    folded_columns = ("folded",)
    list_display = ["name", "sort_name", "unseen", yes_no("is_sample", "dữ liệu mẫu")]
    list_filter = ["looked_at", "is_sample"]
    fields = ["name", "sort_name", "looked_at", "is_sample", "code", "note"]
    readonly_fields = ["code"]
    inlines = [Positions]

    @admin.display(description="rà soát", ordering="looked_at")
    def unseen(self, row: Person) -> str:
        """Says which names still wait for a look."""
        return "" if row.looked_at else "chưa rà soát"

    def seen(self, by: User) -> Q:
        """Who held a post inside, or signed a paper kept inside."""
        held = Position.objects.filter(organization__in=inside(by)).order_by()
        signed = Signature.objects.filter(document__in=documents_inside(by)).order_by()
        return Q(pk__in=held.values("person_id")) | Q(pk__in=signed.values("person_id"))

    def writable(self, by: User) -> Q:
        """Those nobody else names."""
        held = Position.objects.filter(organization__isnull=False).exclude(organization__in=inside(by))
        signed = Signature.objects.filter(person__isnull=False).exclude(document__in=documents_inside(by))
        elsewhere = [rows.order_by().values("person_id") for rows in (held, signed)]
        return self.seen(by) & ~Q(pk__in=elsewhere[0]) & ~Q(pk__in=elsewhere[1])


@admin.register(Position)
class PositionAdmin(KeptAdmin):
    """Posts."""

    group, place = PEOPLE, 2
    within = ("organization",)
    hub = ("person",)
    folded_columns, plain_columns = ("person__folded", "organization__search_text"), ("title",)
    joined = ("person", "organization")
    list_display = ["person", "title", "organization", "started_on", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter)]
