"""Bodies are found by their names through an index: exactly, and by words inside, for which PostgreSQL has trigrams."""

from django.db import migrations, models


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX organization_trigrams ON portal_organization USING gin (search_text gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS organization_trigrams")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0021_read_inside_by"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(fields=["folded"], name="organization_called"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(fields=["search_text"], name="organization_words"),
        ),
        migrations.AddIndex(
            model_name="organizationname",
            index=models.Index(fields=["folded"], name="organization_also_called"),
        ),
        migrations.RunPython(add, drop),
    ]
