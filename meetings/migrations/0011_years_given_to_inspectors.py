"""The years a paper belongs to, as for programmes; then every document carries what its record is read inside by."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import ExtractYear

READ_BY = [
    "state", "withdrawn_at", "published_from", "keeper", "circle", "given_first", "given_last", "document",
]  # fmt: skip
KINDS = ("meeting", "historicalmeeting", "answer", "historicalanswer")
RECORDS = (
    ("programs", "Program"), ("programs", "Plan"), ("programs", "Amendment"), ("meetings", "Meeting"),
    ("meetings", "Answer"),
)  # fmt: skip
ONCE_APPROVED = {"circle": "circle_id", "given_first": "given_first", "given_last": "given_last"}


def column(words):
    return models.PositiveSmallIntegerField(editable=False, null=True, verbose_name=words)


def follow_the_papers(apps, schema_editor):
    for name in ("Meeting", "Answer"):
        papers = apps.get_model("meetings", name).objects
        papers.filter(given_first__isnull=False).update(given_last=F("given_first"))
        approved = ExtractYear("approved_at")
        unknown = papers.filter(given_first__isnull=True, approved_at__isnull=False)
        unknown.update(given_first=approved, given_last=approved)


def follow_the_records(apps, schema_editor):
    documents = apps.get_model("portal", "Document").objects
    for kind in RECORDS:
        records = apps.get_model(*kind).objects.order_by()
        own = records.filter(document=OuterRef("pk"))
        approved = own.filter(state="approved")
        told = {to: Subquery(approved.values(column)) for to, column in ONCE_APPROVED.items()}
        of_kind = documents.filter(pk__in=records.values("document"))
        of_kind.update(keeper=Subquery(own.values("keeper_id")), **told)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_persons_named_in_passing"),
        ("portal", "0021_read_inside_by"),
        ("programs", "0009_years_given_to_inspectors"),
    ]
    operations = [
        migrations.RemoveIndex(model_name="meeting", name="meeting_searched"),
        migrations.RemoveIndex(model_name="meeting", name="meeting_listed"),
        *(migrations.RenameField(kind, "dated_year", "given_first") for kind in KINDS),
        *(migrations.AlterField(kind, "given_first", column("thuộc các năm từ")) for kind in KINDS),
        *(migrations.AddField(kind, "given_last", column("thuộc các năm đến")) for kind in KINDS),
        migrations.RunPython(follow_the_papers, migrations.RunPython.noop),
        migrations.RunPython(follow_the_records, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                fields=["-listed_on", "-id", "search_text", *READ_BY, "stage"], name="meeting_searched"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-listed_on", "-id", *READ_BY, "stage"], name="meeting_listed"),
        ),
    ]
