"""Which plans are for a time is found in an index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0032_years_confirmed_by_year"),
        ("programs", "0020_year_of_signing_known"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(
                fields=["period_last", "period_first", "terminated_on", "state", "document"],
                name="plan_for_a_time",
            ),
        ),
    ]
