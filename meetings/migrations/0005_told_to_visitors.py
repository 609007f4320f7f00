"""From when visitors are told of the papers and bodies already there; from here on their actions keep it."""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery

SHOWN = (("programs", "Program"), ("programs", "Plan"), ("meetings", "Meeting"))
INSIDE = (("programs", "Amendment"), ("meetings", "Answer"))


def tell(apps, schema_editor):
    document = apps.get_model("portal", "Document").objects
    for kind in SHOWN:
        papers = apps.get_model(*kind).objects.filter(
            state="approved", withdrawn_at__isnull=True, published_from__isnull=False
        )
        own = papers.filter(document=OuterRef("pk")).values("published_from")[:1]
        document.filter(pk__in=papers.values("document")).update(shown_from=Subquery(own))
    named = apps.get_model("portal", "Partner").objects.filter(organization=OuterRef("pk"))
    bodies = apps.get_model("portal", "Organization").objects
    bodies.update(shown_from=first(named.order_by().values("organization"), "document"))
    alone = document.all()
    for kind in SHOWN + INSIDE:
        alone = alone.exclude(pk__in=apps.get_model(*kind).objects.values("document"))
    resting = apps.get_model("portal", "Citation").objects.filter(cited=OuterRef("pk"), role="basis")
    alone.update(shown_from=first(resting.order_by().values("cited"), "citing"))
    alone.filter(audience="public").update(shown_from=datetime(1900, 1, 1, tzinfo=UTC))
    alone.filter(shown_from__isnull=False).update(shown_alone=True)


def first(rows, paper):
    return Subquery(rows.annotate(first=Min(f"{paper}__shown_from")).values("first"))


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_presenter_as_printed"),
        ("portal", "0013_told_to_visitors"),
        ("programs", "0005_kept_through_a_change_of_kind"),
    ]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
