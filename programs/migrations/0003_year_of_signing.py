"""The year a paper was signed stands on its record too, so that whom an inspector's years admit is asked of one table."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import ExtractYear

READ_BY = ["state", "withdrawn_at", "published_from", "keeper", "circle", "dated_year", "document"]
LIVED_BY = [
    "in_force_from", "in_force_until", "parties_ended_on", "terminated_on", "has_successor", "predecessor",
]  # fmt: skip


def column():
    return models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="năm ký")


def follow_the_papers(apps, schema_editor):
    documents = apps.get_model("portal", "Document").objects.filter(pk=OuterRef("document_id")).order_by()
    year = Subquery(documents.values(year=ExtractYear("dated_first")))
    for name in ("Program", "Plan", "Amendment"):
        apps.get_model("programs", name).objects.update(dated_year=year)


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_trigrams"), ("programs", "0002_trigrams")]
    operations = [
        migrations.RemoveIndex(model_name="program", name="program_searched"),
        migrations.RemoveIndex(model_name="program", name="program_listed"),
        migrations.AddField(model_name="program", name="dated_year", field=column()),
        migrations.AddField(model_name="historicalprogram", name="dated_year", field=column()),
        migrations.AddField(model_name="plan", name="dated_year", field=column()),
        migrations.AddField(model_name="historicalplan", name="dated_year", field=column()),
        migrations.AddField(model_name="amendment", name="dated_year", field=column()),
        migrations.AddField(model_name="historicalamendment", name="dated_year", field=column()),
        migrations.RunPython(follow_the_papers, migrations.RunPython.noop),
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
