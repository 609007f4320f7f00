"""Whether a programme is signed, and the last day that only readers of an unpublished successor may know."""

from datetime import timedelta

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

READ_BY = ["state", "withdrawn_at", "published_from", "keeper", "circle", "dated_year", "document"]
LIVED_BY = [
    "is_signed", "in_force_from", "in_force_until", "inside_until", "parties_ended_on", "terminated_on",
    "has_successor", "predecessor",
]  # fmt: skip


def is_signed():
    return models.BooleanField(default=False, editable=False, verbose_name="đã ký")


def inside_until():
    name = "hiệu lực đến, theo bản kế tiếp chưa công khai"
    return models.DateField(editable=False, null=True, verbose_name=name)


def fill(apps, schema_editor):
    programs = apps.get_model("programs", "Program").objects
    unsaid = Q(document__signing="unknown", document__dated_precision="unknown") & ~Q(state="approved")
    unsigned = programs.filter(Q(document__signing="draft") | unsaid)
    programs.update(is_signed=True)
    programs.filter(pk__in=unsigned.values("pk")).update(
        is_signed=False, in_force_from=None, in_force_until=None
    )
    public = Q(state="approved", withdrawn_at=None, published_from__lte=timezone.now())
    kept_inside = programs.filter(state="approved", in_force_from__isnull=False).exclude(public)
    for later in kept_inside.exclude(predecessor=None).select_related("predecessor"):
        old, last = later.predecessor, later.in_force_from - timedelta(days=1)
        known = old.inside_until or old.in_force_until
        if old.in_force_from and old.in_force_from <= last and (known is None or last < known):
            programs.filter(pk=old.pk).update(inside_until=last)


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_year_of_signing")]
    operations = [
        migrations.RemoveIndex(model_name="program", name="program_searched"),
        migrations.RemoveIndex(model_name="program", name="program_listed"),
        migrations.AddField(model_name="program", name="is_signed", field=is_signed()),
        migrations.AddField(model_name="historicalprogram", name="is_signed", field=is_signed()),
        migrations.AddField(model_name="program", name="inside_until", field=inside_until()),
        migrations.AddField(model_name="historicalprogram", name="inside_until", field=inside_until()),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="program",
            index=models.Index(
                fields=["-listed_on", "-id", "search_text", *READ_BY, *LIVED_BY], name="program_searched"
            ),
        ),
        migrations.AddIndex(
            model_name="program",
            index=models.Index(fields=["-listed_on", "-id", *READ_BY, *LIVED_BY], name="program_listed"),
        ),
    ]
