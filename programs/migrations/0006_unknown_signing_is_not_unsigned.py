"""Of a paper being written that nothing is said of, it is not known whether it was signed."""

from django.db import migrations, models


def is_signed():
    return models.BooleanField(editable=False, null=True, verbose_name="đã ký")


def fill(apps, schema_editor):
    programs = apps.get_model("programs", "Program").objects
    unsaid = programs.filter(document__signing="unknown", is_signed=False)
    programs.filter(pk__in=unsaid.values("pk")).update(is_signed=None)


class Migration(migrations.Migration):
    dependencies = [("programs", "0005_kept_through_a_change_of_kind")]
    operations = [
        migrations.AlterField(model_name="historicalprogram", name="is_signed", field=is_signed()),
        migrations.AlterField(model_name="program", name="is_signed", field=is_signed()),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
