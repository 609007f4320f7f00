"""A paper names the circle of its parties alone; of those there already it is that of keeper and parties where the keeper is a party.

The few others are placed by the night's work.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef

KINDS = ("Program", "Plan", "Amendment", "Review", "Submission")


def place(apps, schema_editor):
    parties = apps.get_model("portal", "Partner").objects
    keeper = parties.filter(document=OuterRef("document"), organization=OuterRef("keeper"))
    for kind in KINDS:
        apps.get_model("programs", kind).objects.filter(Exists(keeper)).update(sides=F("circle"))


def column(**more):
    return models.ForeignKey(
        editable=False, null=True, related_name="+", to="portal.circle", verbose_name="vòng các bên", **more
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0034_who_closes_a_territory"), ("programs", "0023_what_targets_are_told")]

    operations = [
        *(
            migrations.AddField(
                kind.lower(), "sides", column(db_index=False, on_delete=django.db.models.deletion.PROTECT)
            )
            for kind in KINDS
        ),
        *(
            migrations.AddField(
                f"historical{kind.lower()}",
                "sides",
                column(blank=True, db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING),
            )
            for kind in KINDS
        ),
        *(
            migrations.AddIndex(kind, models.Index(fields=["sides"], name=f"{kind}_of_sides"))
            for kind in ("program", "plan", "review")
        ),
        migrations.AddIndex("review", models.Index(fields=["period_first"], name="review_begun")),
        migrations.RunPython(place, migrations.RunPython.noop),
    ]
