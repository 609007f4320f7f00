"""A body whose end is known only as a stretch of time says so in words beside its last possible day."""

from django.db import migrations, models


def words():
    return models.CharField(
        blank=True,
        help_text="Ví dụ: nửa đầu năm 2025. Mọi trang ghi như vậy thay cho ngày; "
        "ô ngày kết thúc khi đó là ngày muộn nhất có thể.",
        max_length=60,
        verbose_name="kết thúc, khi chưa rõ ngày",
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0010_verbs_of_tasks")]
    operations = [
        migrations.AddField(model_name="historicalorganization", name="ended_printed", field=words()),
        migrations.AddField(model_name="organization", name="ended_printed", field=words()),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_printed", ""), ("ended_on__isnull", False), _connector="OR"),
                name="organization_end_has_a_day",
                violation_error_message="Ghi cả ngày muộn nhất có thể vào ô ngày kết thúc.",
            ),
        ),
    ]
