"""A doubt that its writer answered is kept by a key: its words may name papers that others do not read."""

from hashlib import blake2s

from django.db import migrations

AT_ONCE = 500


def key_of(words):
    return blake2s(" ".join(words.split()).encode(), digest_size=5).hexdigest() if words else ""


def by_key(apps, schema_editor):
    for name in ("Document", "HistoricalDocument"):
        rewrite(apps.get_model("portal", name).objects.exclude(marks={}), "marks", marked)
    rewrite(apps.get_model("portal", "WorkingCopy").objects.all(), "data", ticked)


def rewrite(rows, column, by_keys):
    changed = []
    for row in rows.only("pk", column).iterator(AT_ONCE):
        before = getattr(row, column)
        setattr(row, column, by_keys(before))
        changed += [row] if getattr(row, column) != before else []
    rows.model.objects.bulk_update(changed, [column], batch_size=AT_ONCE)


def marked(marks):
    return {
        name: mark | {"kept": key_of(mark["kept"])} if "kept" in mark else mark
        for name, mark in marks.items()
    }


def ticked(data):
    return {
        name: [key_of(value) for value in values] if name.endswith("-giu-nguyen") else values
        for name, values in data.items()
    }


class Migration(migrations.Migration):
    dependencies = [("portal", "0014_word_pairs")]
    operations = [migrations.RunPython(by_key, migrations.RunPython.noop)]
