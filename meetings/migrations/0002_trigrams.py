"""On PostgreSQL, an index of the words conferences are found by."""

from django.db import migrations


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX meeting_trigrams ON meetings_meeting USING gin (search_text gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS meeting_trigrams")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("portal", "0002_trigrams")]
    operations = [migrations.RunPython(add, drop)]
