"""Tasks carry what the board lists and finds them by, its order is walked along an index; so are the few substitutes."""

import datetime

from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear

import portal.columns

UNKNOWN_DAY = datetime.date(1900, 1, 1)


def follow(apps, schema_editor):
    sayings = apps.get_model("meetings", "Directive").objects.filter(pk=OuterRef("directive"))
    told_at, told_in = "meeting__document__", "document__"

    def said(expression):
        return Subquery(sayings.values(value=expression)[:1])

    apps.get_model("meetings", "Task").objects.update(
        search_text=said(F("folded")),
        told_in=said(Coalesce(f"{told_at}id", f"{told_in}id")),
        told_on=said(Coalesce(f"{told_at}dated_first", f"{told_in}dated_first", Value(UNKNOWN_DAY))),
        given_first=said(Coalesce("meeting__given_first", ExtractYear(f"{told_in}dated_first"))),
        given_last=said(Coalesce("meeting__given_last", ExtractYear(f"{told_in}dated_first"))),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0011_years_given_to_inspectors"),
        ("portal", "0026_verbs_of_rounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="given_first",
            field=portal.columns.FollowingNumberField(
                editable=False, null=True, verbose_name="thuộc các năm từ"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="given_last",
            field=portal.columns.FollowingNumberField(
                editable=False, null=True, verbose_name="thuộc các năm đến"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="search_text",
            field=portal.columns.FollowingTextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="task",
            name="told_in",
            field=portal.columns.FollowingNumberField(
                editable=False, null=True, verbose_name="nêu trong văn bản"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="told_on",
            field=portal.columns.FollowingDayField(
                default=UNKNOWN_DAY, editable=False, verbose_name="nêu ngày"
            ),
        ),
        migrations.RunPython(follow, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                Case(When(state__in=["accepted", "closed", "stopped"], then=Value(1)), default=Value(0)),
                F("due_on"),
                F("id"),
                name="assignment_on_board",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["-told_on", "-told_in", "id"], name="task_newest_told"),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                condition=Q(stands_in_for__isnull=False),
                fields=["stands_in_for"],
                name="participation_substitutes",
            ),
        ),
    ]
