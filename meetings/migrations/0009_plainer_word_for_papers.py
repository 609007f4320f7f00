"""What an administrator reads of a refused record names it a paper; the tables stay as they are."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0008_saying_by_a_paper"),
        ("portal", "0014_word_pairs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="answer",
            name="answer_published_is_approved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_from__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="answer_published_is_approved",
                violation_error_message="Chỉ công khai văn bản đã duyệt.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="answer",
            name="answer_approved_says_when",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    ("approved_at__isnull", False),
                    _connector="OR",
                ),
                name="answer_approved_says_when",
                violation_error_message="Văn bản đã duyệt phải có ngày duyệt.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="answer",
            name="answer_published_has_address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_from__isnull", True), ("slug__isnull", False), _connector="OR"
                ),
                name="answer_published_has_address",
                violation_error_message="Văn bản công khai phải có địa chỉ.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_published_is_approved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_from__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="meeting_published_is_approved",
                violation_error_message="Chỉ công khai văn bản đã duyệt.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_approved_says_when",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    ("approved_at__isnull", False),
                    _connector="OR",
                ),
                name="meeting_approved_says_when",
                violation_error_message="Văn bản đã duyệt phải có ngày duyệt.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_published_has_address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_from__isnull", True), ("slug__isnull", False), _connector="OR"
                ),
                name="meeting_published_has_address",
                violation_error_message="Văn bản công khai phải có địa chỉ.",
            ),
        ),
    ]
