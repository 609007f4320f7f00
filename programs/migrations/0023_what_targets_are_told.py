"""What bodies told of a target is added up from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0022_duties_handed_in")]

    operations = [
        migrations.AddIndex(
            "targetreport",
            models.Index(
                fields=["target", "organization", "as_of", "numerator", "denominator"],
                name="target_report_told",
            ),
        ),
    ]
