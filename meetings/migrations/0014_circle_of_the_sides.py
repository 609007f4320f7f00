"""A paper names the circle of its parties alone; of those there already it is that of keeper and parties where the keeper is a party.

The few others are placed by the night's work.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef

KINDS = ("Meeting", "Answer")


def place(apps, schema_editor):
    parties = apps.get_model("portal", "Partner").objects
    keeper = parties.filter(document=OuterRef("document"), organization=OuterRef("keeper"))
    for kind in KINDS:
        apps.get_model("meetings", kind).objects.filter(Exists(keeper)).update(sides=F("circle"))


def column(**more):
    return models.ForeignKey(
        editable=False, null=True, related_name="+", to="portal.circle", verbose_name="vòng các bên", **more
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0034_who_closes_a_territory"), ("meetings", "0013_tasks_that_are_counted")]

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
        migrations.RunPython(place, migrations.RunPython.noop),
    ]
