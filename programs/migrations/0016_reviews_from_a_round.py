"""A review may be gathered from what was handed in for a round."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0015_targets_told_and_listed"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalreview",
            name="round",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.round",
                verbose_name="tổng hợp từ đợt",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="programs.round",
                verbose_name="tổng hợp từ đợt",
            ),
        ),
    ]
