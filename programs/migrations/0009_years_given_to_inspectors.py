"""The years a paper belongs to stand on its record, so that a visit's years are one range: those of its day, else of
its period, else of its approval."""

from datetime import MAXYEAR

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear

READ_BY = [
    "state", "withdrawn_at", "published_from", "keeper", "circle", "given_first", "given_last", "document",
]  # fmt: skip
LIVED_BY = [
    "is_signed", "in_force_from", "in_force_until", "inside_until", "parties_ended_on", "terminated_on",
    "has_successor", "predecessor",
]  # fmt: skip
KINDS = ("program", "historicalprogram", "plan", "historicalplan", "amendment", "historicalamendment")


def column(words):
    return models.PositiveSmallIntegerField(editable=False, null=True, verbose_name=words)


def follow_the_papers(apps, schema_editor):
    for name in ("Program", "Plan", "Amendment"):
        papers = apps.get_model("programs", name).objects
        papers.filter(given_first__isnull=False).update(given_last=F("given_first"))
        unknown = papers.filter(given_first__isnull=True)
        if name != "Amendment":
            ends = Coalesce(ExtractYear("period_last"), MAXYEAR)
            unknown.filter(period_first__isnull=False).update(
                given_first=ExtractYear("period_first"), given_last=ends
            )
        approved = ExtractYear("approved_at")
        unknown.filter(approved_at__isnull=False).update(given_first=approved, given_last=approved)


class Migration(migrations.Migration):
    dependencies = [("portal", "0021_read_inside_by"), ("programs", "0008_plainer_word_for_papers")]
    operations = [
        migrations.RemoveIndex(model_name="program", name="program_searched"),
        migrations.RemoveIndex(model_name="program", name="program_listed"),
        *(migrations.RenameField(kind, "dated_year", "given_first") for kind in KINDS),
        *(migrations.AlterField(kind, "given_first", column("thuộc các năm từ")) for kind in KINDS),
        *(migrations.AddField(kind, "given_last", column("thuộc các năm đến")) for kind in KINDS),
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
