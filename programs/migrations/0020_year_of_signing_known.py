"""The year a programme is known to be signed in stands beside it, so that years are counted without its paper."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import ExtractYear


def signed_in():
    return models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="năm ký")


def fill(apps, schema_editor):
    paper = apps.get_model("portal", "Document").objects.filter(pk=OuterRef("document_id"))
    within = paper.filter(dated_first__year=ExtractYear("dated_last"))
    signed = apps.get_model("programs", "Program").objects.filter(is_signed=True)
    signed.update(signed_in=Subquery(within.values_list(ExtractYear("dated_first"))[:1]))


class Migration(migrations.Migration):
    dependencies = [("programs", "0019_evidence_of_targets")]
    operations = [
        migrations.AddField("historicalprogram", "signed_in", signed_in()),
        migrations.AddField("program", "signed_in", signed_in()),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
