"""What papers are found by beyond their names; on PostgreSQL with a trigram index for words inside."""

import django.db.models.deletion
from django.db import migrations, models


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX search_text_trigrams ON portal_searchtext USING gin (text gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_text_trigrams")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_merged_duplicates"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("body", "cơ quan soạn"),
                            ("parties", "các bên và cấp trên"),
                            ("public", "mọi người"),
                        ],
                        max_length=7,
                        verbose_name="ai được xem",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_texts",
                        to="portal.document",
                        verbose_name="văn bản",
                    ),
                ),
            ],
            options={
                "verbose_name": "chữ để tìm",
                "verbose_name_plural": "chữ để tìm",
                "constraints": [
                    models.UniqueConstraint(fields=("audience", "document"), name="search_text_once")
                ],
            },
        ),
        migrations.RunPython(add, drop),
    ]
