"""State bodies number their coordination programmes "05/CTPH-…": the type takes that abbreviation where it has none."""

from django.db import migrations
from django.utils import timezone

COLUMNS = ("key", "name", "state_abbreviation", "party_abbreviation", "family", "position")


def abbreviate(apps, schema_editor):
    versions = apps.get_model("portal", "HistoricalDocumentType").objects
    types = apps.get_model("portal", "DocumentType").objects
    for one in types.filter(key="chuong-trinh-phoi-hop", state_abbreviation=""):
        if types.filter(state_abbreviation__iexact="CTPH").exists():
            return
        one.state_abbreviation = "CTPH"
        one.save()
        kept = {name: getattr(one, name) for name in COLUMNS}
        versions.create(id=one.pk, history_date=timezone.now(), history_type="~", **kept)


class Migration(migrations.Migration):
    dependencies = [("portal", "0027_outbox_of_letters")]
    operations = [migrations.RunPython(abbreviate, migrations.RunPython.noop)]
