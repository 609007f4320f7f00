from django.db import migrations

import portal.columns
from portal.text import fold


def fold_sayings(apps, schema_editor):
    """Fill the new column of sayings kept before it."""
    directives = apps.get_model("meetings", "Directive").objects
    rows = []
    for row in directives.only("text", "quote").iterator(2000):
        row.folded = fold(f"{row.text} {row.quote}".strip())
        rows.append(row)
    directives.bulk_update(rows, ["folded"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="folded",
                field=portal.columns.FoldedField(default="", source=("text", "quote")),
                preserve_default=False,
            )
            for name in ("directive", "historicaldirective")
        ),
        migrations.RunPython(fold_sayings, migrations.RunPython.noop),
    ]
