"""Persons that came with a paper and have no post wait to be looked at; approved papers keep offering them."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def wait(apps, schema_editor):
    rows = {
        name: apps.get_model(app, name).objects.filter(person=OuterRef("pk"))
        for app, name in (("portal", "Position"), ("portal", "Signature"), ("meetings", "Participation"))
    }
    people = apps.get_model("portal", "Person").objects.filter(~Exists(rows["Position"]))
    people.filter(Exists(rows["Signature"]) | Exists(rows["Participation"])).update(looked_at=False)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_plainer_word_for_papers"),
        ("portal", "0020_persons_looked_at"),
    ]
    operations = [migrations.RunPython(wait, migrations.RunPython.noop)]
