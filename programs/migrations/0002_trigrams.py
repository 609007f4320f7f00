"""A trigram index for words inside the search text of programmes; PostgreSQL alone has such indexes."""

from django.db import migrations


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX program_trigrams ON programs_program USING gin (search_text gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS program_trigrams")


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial"), ("portal", "0002_trigrams")]
    operations = [migrations.RunPython(add, drop)]
