"""On PostgreSQL, texts are found by pairs of neighbouring words: single syllables, and their letters, recur in every text.

A word looked for may be the beginning of one, as on SQLite.
"""

from django.db import migrations

# As much of a text as a tsvector takes, and words no longer than one of its entries may be. It costs half a
# millisecond: said so, no plan computes it for row after row instead of reading the index.
PAIRS = """CREATE FUNCTION portal_word_pairs(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 20000 AS $$
    SELECT array_to_tsvector(array_agg(DISTINCT pair)) FROM (
        SELECT left(coalesce(word || ' ' || lead(word) OVER (ORDER BY place), word), 400) AS pair
        FROM unnest(string_to_array(left(words, 200000), ' ')) WITH ORDINALITY AS split(word, place)
        WHERE word <> ''
    ) AS pairs
$$"""
INDEX = "CREATE INDEX search_text_pairs ON portal_searchtext USING gin (portal_word_pairs(text))"
FORMER = "CREATE INDEX search_text_trigrams ON portal_searchtext USING gin (text gin_trgm_ops)"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ("DROP INDEX search_text_trigrams", PAIRS, INDEX):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ("DROP INDEX search_text_pairs", "DROP FUNCTION portal_word_pairs", FORMER):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("portal", "0013_told_to_visitors")]
    operations = [migrations.RunPython(add, drop)]
