"""The day a paper is listed under, and from when visitors are told of papers and bodies.

The latter follows the records of every app: the last of them fills it.
"""

import datetime

from django.db import migrations, models
from django.db.models import F

import portal.columns


def list_dated(apps, schema_editor):
    for name in ("Document", "HistoricalDocument"):
        rows = apps.get_model("portal", name).objects.filter(dated_first__isnull=False)
        rows.update(listed_on=F("dated_first"))


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0012_plainer_word_for_joining"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="document",
            options={
                "ordering": ["-listed_on", "-pk"],
                "verbose_name": "văn bản",
                "verbose_name_plural": "văn bản",
            },
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="document_newest",
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="document_by_audience",
        ),
        migrations.RemoveIndex(
            model_name="organization",
            name="organization_in_order",
        ),
        migrations.AddField(
            model_name="document",
            name="listed_on",
            field=portal.columns.ListedOnField(
                default=datetime.date(1900, 1, 1), source=("dated_first",), verbose_name="xếp theo ngày"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="shown_alone",
            field=portal.columns.FollowingBooleanField(
                default=False, editable=False, verbose_name="khách được biết, không theo bản ghi nào"
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="shown_from",
            field=portal.columns.ShownFromField(editable=False, null=True, verbose_name="khách được biết từ"),
        ),
        migrations.AddField(
            model_name="historicaldocument",
            name="listed_on",
            field=portal.columns.ListedOnField(
                default=datetime.date(1900, 1, 1), source=("dated_first",), verbose_name="xếp theo ngày"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="shown_from",
            field=portal.columns.ShownFromField(editable=False, null=True, verbose_name="khách được biết từ"),
        ),
        migrations.RunPython(list_dated, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["-listed_on", "-id", "shown_from"], name="document_listed"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["shown_from"], name="document_shown"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("shown_alone", True)),
                fields=["-listed_on", "-id"],
                name="document_shown_alone",
            ),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(fields=["sort_key", "id", "shown_from"], name="organization_listed"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(fields=["shown_from"], name="organization_shown"),
        ),
    ]
