"""Who confirmed a year is found by the year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0031_public_closed_years"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="yearconfirmation",
            index=models.Index(fields=["year", "organization"], name="confirmed_in_year"),
        ),
    ]
