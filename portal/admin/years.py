"""Clean-up pages of what is known of a body's year: where its registers begin, which years it confirmed."""

from django.contrib import admin

from portal.admin.kept import BODIES, KeptAdmin
from portal.models import RegisterStart, YearConfirmation


@admin.register(RegisterStart)
class RegisterStartAdmin(KeptAdmin):
    """From which year each register of a body is kept."""

    group, place = BODIES, 3
    within = ("organization",)
    folded_columns = ("organization__search_text",)
    joined = ("organization",)
    list_display = ["organization", "register", "from_year"]
    list_filter = ["register"]


@admin.register(YearConfirmation)
class YearConfirmationAdmin(KeptAdmin):
    """Which years a body confirmed."""

    group, place = BODIES, 4
    within = ("organization",)
    folded_columns = ("organization__search_text",)
    joined = ("organization", "confirmed_by")
    readonly_fields = ["confirmed_at", "confirmed_by"]
    list_display = ["organization", "year", "confirmed_at", "confirmed_by"]
