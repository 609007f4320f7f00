"""The tasks that the portal counts itself are found among all others by an index of their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0012_what_tasks_are_found_by"),
        ("portal", "0034_who_closes_a_territory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["measure"], name="task_counted"),
        ),
    ]
