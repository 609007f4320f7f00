"""What papers are found by beyond their names, with an index of the words inside on each database.

SQLite follows the rows by triggers: a later migration that remakes the table there must add them again.
"""

import django.db.models.deletion
from django.db import migrations, models

ON_SQLITE = (
    "CREATE VIRTUAL TABLE portal_searchtext_words USING fts5(text, content='portal_searchtext', content_rowid='id')",
    """CREATE TRIGGER portal_searchtext_added AFTER INSERT ON portal_searchtext BEGIN
    INSERT INTO portal_searchtext_words(rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER portal_searchtext_gone AFTER DELETE ON portal_searchtext BEGIN
    INSERT INTO portal_searchtext_words(portal_searchtext_words, rowid, text)
    VALUES ('delete', old.id, old.text); END""",
    """CREATE TRIGGER portal_searchtext_changed AFTER UPDATE ON portal_searchtext BEGIN
    INSERT INTO portal_searchtext_words(portal_searchtext_words, rowid, text)
    VALUES ('delete', old.id, old.text);
    INSERT INTO portal_searchtext_words(rowid, text) VALUES (new.id, new.text); END""",
)
ON_POSTGRESQL = ("CREATE INDEX search_text_trigrams ON portal_searchtext USING gin (text gin_trgm_ops)",)


def add(apps, schema_editor):
    for statement in ON_SQLITE if schema_editor.connection.vendor == "sqlite" else ON_POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # the triggers and the other index go with their table
        schema_editor.execute("DROP TABLE portal_searchtext_words")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0006_plainer_words"),
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
