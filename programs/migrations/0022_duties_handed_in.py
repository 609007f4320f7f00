"""A duty says itself that it is handed in; those there already are told."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef

from portal.columns import FollowingFlagField


def tell(apps, schema_editor):
    duties, submissions = (apps.get_model("programs", name).objects for name in ("Duty", "Submission"))
    standing = submissions.filter(duty=OuterRef("pk"), returned_at__isnull=True)
    duties.filter(Exists(standing)).update(handed_in=True)


class Migration(migrations.Migration):
    dependencies = [("programs", "0021_plans_for_a_time")]

    operations = [
        migrations.AddField("duty", "handed_in", FollowingFlagField(verbose_name="đã nộp")),
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.AddIndex(
            "duty",
            models.Index(
                fields=["round", "organization"],
                condition=models.Q(handed_in=True, waived_on__isnull=True),
                name="duty_handed_in",
            ),
        ),
    ]
