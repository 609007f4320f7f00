"""Persons added in place by a paper wait to be looked at, as bodies and documents do; a whole name is found by index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0019_kept_through_a_reform"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalperson",
            name="looked_at",
            field=models.BooleanField(
                default=True,
                help_text="Bỏ dấu khi tên được thêm tại chỗ và chưa ai rà soát: đến khi văn bản được duyệt, chỉ cơ quan soạn được gợi ý tên này.",
                verbose_name="đã rà soát",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="looked_at",
            field=models.BooleanField(
                default=True,
                help_text="Bỏ dấu khi tên được thêm tại chỗ và chưa ai rà soát: đến khi văn bản được duyệt, chỉ cơ quan soạn được gợi ý tên này.",
                verbose_name="đã rà soát",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["folded"], name="person_named"),
        ),
    ]
