"""Indexes in which lists of conferences are found and counted; on PostgreSQL one of the words inside, too."""

from django.db import migrations, models

READ_BY = ["state", "withdrawn_at", "published_from", "keeper", "circle", "dated_year", "document"]
FIELDS = {
    "meeting_searched": ["-listed_on", "-id", "search_text", *READ_BY, "stage"],
    "meeting_listed": ["-listed_on", "-id", *READ_BY, "stage"],
    "meeting_by_organizers": ["sort_key", "-listed_on", "-id"],
}


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX meeting_trigrams ON meetings_meeting USING gin (search_text gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS meeting_trigrams")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_stand_ins_go_with_their_guest"), ("portal", "0002_trigrams")]
    operations = [
        *(
            migrations.AddIndex(model_name="meeting", index=models.Index(fields=fields, name=name))
            for name, fields in FIELDS.items()
        ),
        migrations.RunPython(add, drop),
    ]
