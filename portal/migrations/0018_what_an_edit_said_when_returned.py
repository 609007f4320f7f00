"""An edit returned keeps what it said then, so that handing it in unchanged is asked about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0017_orders_of_the_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="workingcopy",
            name="returned",
            field=models.JSONField(default=dict),
        ),
    ]
