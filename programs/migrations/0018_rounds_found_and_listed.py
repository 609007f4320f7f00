"""Rounds are found without accents and listed in Vietnamese order; those there already are told both."""

from django.db import migrations

from portal.columns import FoldedField, SortKeyField
from portal.text import fold, sort_key


def tell(apps, schema_editor):
    for name in ("Round", "HistoricalRound"):
        model = apps.get_model("programs", name)
        for pk, title in model.objects.values_list("pk", "title").iterator():
            model.objects.filter(pk=pk).update(folded=fold(title), sort_key=sort_key(title))


def column(model, name, field):
    return migrations.AddField(model, name, field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("programs", "0017_target_of_each")]

    operations = [
        *(
            column(model, name, kind(default=empty, editable=False, source="title"))
            for model in ("round", "historicalround")
            for name, kind, empty in (("folded", FoldedField, ""), ("sort_key", SortKeyField, b""))
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
