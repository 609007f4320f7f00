"""Figures of papers; a report is a paper of the family of reviews; the verb of freezing them."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.columns
import portal.models.history


def reports_review(apps, schema_editor):
    types = apps.get_model("portal", "DocumentType").objects
    types.filter(key="bao-cao", family="other").update(family="review")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0023_answers_not_yet_sent"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="verb",
            field=models.CharField(
                choices=[
                    ("create", "tạo"),
                    ("edit", "sửa"),
                    ("refile", "đổi loại văn bản"),
                    ("submit", "trình lãnh đạo"),
                    ("recall", "rút lại để sửa"),
                    ("return", "trả lại"),
                    ("approve", "duyệt"),
                    ("publish", "công khai"),
                    ("withdraw", "gỡ khỏi trang công khai"),
                    ("call_off", "hủy hẹn công khai"),
                    ("correct", "chỉnh sửa dữ liệu"),
                    ("load", "nạp dữ liệu"),
                    ("end", "ghi nhận kết thúc"),
                    ("delete", "xóa bản đang soạn"),
                    ("read", "xem"),
                    ("paper", "ghi nhận duyệt trên giấy"),
                    ("consult", "gửi lấy ý kiến"),
                    ("answer", "cho ý kiến"),
                    ("close", "kết thúc lấy ý kiến"),
                    ("delegate", "ủy quyền duyệt"),
                    ("revoke", "kết thúc ủy quyền"),
                    ("merge", "gộp bản nhập trùng"),
                    ("restore", "hoàn tác"),
                    ("assign", "giao theo dõi"),
                    ("reply", "trả lời nhiệm vụ"),
                    ("ask_more", "đề nghị bổ sung"),
                    ("accept", "ghi nhận hoàn thành"),
                    ("stop", "thôi theo dõi"),
                    ("pass_on", "chuyển cơ quan thực hiện"),
                    ("freeze", "chốt số liệu"),
                ],
                max_length=10,
                verbose_name="việc",
            ),
        ),
        migrations.AlterField(
            model_name="documenttype",
            name="family",
            field=models.CharField(
                choices=[
                    ("program", "chương trình phối hợp và các loại tương tự"),
                    ("plan", "kế hoạch"),
                    ("amendment", "sửa đổi, bổ sung"),
                    ("review", "sơ kết, tổng kết"),
                    ("other", "văn bản khác"),
                ],
                default="other",
                max_length=9,
                verbose_name="nhóm",
            ),
        ),
        migrations.AlterField(
            model_name="historicaldocumenttype",
            name="family",
            field=models.CharField(
                choices=[
                    ("program", "chương trình phối hợp và các loại tương tự"),
                    ("plan", "kế hoạch"),
                    ("amendment", "sửa đổi, bổ sung"),
                    ("review", "sơ kết, tổng kết"),
                    ("other", "văn bản khác"),
                ],
                default="other",
                max_length=9,
                verbose_name="nhóm",
            ),
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", portal.columns.CodeField(unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("counts", models.CharField(max_length=300, verbose_name="số liệu về")),
                ("counts_key", portal.columns.FoldedField(source=("counts",))),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="giá trị"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="đơn vị tính")),
                (
                    "approximator",
                    models.CharField(
                        blank=True,
                        help_text="Như in: trên, hơn, gần, khoảng.",
                        max_length=30,
                        verbose_name="mức gần đúng",
                    ),
                ),
                (
                    "of_value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="trên tổng số"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "chưa rõ"),
                            ("stock", "hiện có, tại một thời điểm"),
                            ("flow", "phát sinh trong kỳ"),
                        ],
                        max_length=5,
                        verbose_name="tính chất",
                    ),
                ),
                (
                    "change",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="tăng, giảm"
                    ),
                ),
                (
                    "change_unit",
                    models.CharField(
                        blank=True,
                        help_text="Để trống: như đơn vị tính.",
                        max_length=60,
                        verbose_name="đơn vị của mức tăng, giảm",
                    ),
                ),
                ("change_against", models.CharField(blank=True, max_length=120, verbose_name="so với")),
                (
                    "quoted_from",
                    models.CharField(
                        blank=True,
                        help_text="Để trống: số liệu của chính văn bản này.",
                        max_length=300,
                        verbose_name="trích từ",
                    ),
                ),
                ("is_computed", models.BooleanField(default=False, verbose_name="cổng tính")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("body", "cơ quan soạn"),
                            ("parties", "các bên và cấp trên"),
                            ("public", "mọi người"),
                        ],
                        default="public",
                        max_length=7,
                        verbose_name="ai được xem",
                    ),
                ),
                ("marks", models.JSONField(blank=True, default=dict, verbose_name="dấu ghi")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "đủ ngày, tháng, năm"),
                            ("month", "chỉ có tháng, năm"),
                            ("year", "chỉ có năm"),
                            ("day_month", "chỉ có ngày, tháng"),
                            ("unknown", "chưa rõ"),
                        ],
                        default="unknown",
                        max_length=9,
                        verbose_name="tính đến: độ chính xác",
                    ),
                ),
                ("as_of_first", models.DateField(blank=True, null=True, verbose_name="tính đến: ngày đầu")),
                ("as_of_last", models.DateField(blank=True, null=True, verbose_name="tính đến: ngày cuối")),
                ("as_of_text", models.CharField(blank=True, max_length=120, verbose_name="tính đến: như in")),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("years", "theo năm"),
                            ("days", "theo ngày"),
                            ("open", "từ một thời điểm trở đi"),
                            ("none", "không thời hạn"),
                            ("unknown", "chưa rõ thời hạn"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="thời hạn",
                    ),
                ),
                ("period_first", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("period_last", models.DateField(blank=True, null=True, verbose_name="đến ngày")),
                ("period_text", models.CharField(blank=True, max_length=200, verbose_name="thời hạn như in")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="portal.document",
                        verbose_name="văn bản",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.organization",
                        verbose_name="của cơ quan",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.administrativeunit",
                        verbose_name="của địa bàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu",
                "verbose_name_plural": "số liệu",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FigurePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("name", models.CharField(max_length=200, verbose_name="phần")),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="giá trị")),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="portal.figure",
                        verbose_name="số liệu",
                    ),
                ),
            ],
            options={
                "verbose_name": "phần của số liệu",
                "verbose_name_plural": "phần của số liệu",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFigure",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("code", portal.columns.CodeField(db_index=True, unique=False)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("counts", models.CharField(max_length=300, verbose_name="số liệu về")),
                ("counts_key", portal.columns.FoldedField(source=("counts",))),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="giá trị"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="đơn vị tính")),
                (
                    "approximator",
                    models.CharField(
                        blank=True,
                        help_text="Như in: trên, hơn, gần, khoảng.",
                        max_length=30,
                        verbose_name="mức gần đúng",
                    ),
                ),
                (
                    "of_value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="trên tổng số"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "chưa rõ"),
                            ("stock", "hiện có, tại một thời điểm"),
                            ("flow", "phát sinh trong kỳ"),
                        ],
                        max_length=5,
                        verbose_name="tính chất",
                    ),
                ),
                (
                    "change",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="tăng, giảm"
                    ),
                ),
                (
                    "change_unit",
                    models.CharField(
                        blank=True,
                        help_text="Để trống: như đơn vị tính.",
                        max_length=60,
                        verbose_name="đơn vị của mức tăng, giảm",
                    ),
                ),
                ("change_against", models.CharField(blank=True, max_length=120, verbose_name="so với")),
                (
                    "quoted_from",
                    models.CharField(
                        blank=True,
                        help_text="Để trống: số liệu của chính văn bản này.",
                        max_length=300,
                        verbose_name="trích từ",
                    ),
                ),
                ("is_computed", models.BooleanField(default=False, verbose_name="cổng tính")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("body", "cơ quan soạn"),
                            ("parties", "các bên và cấp trên"),
                            ("public", "mọi người"),
                        ],
                        default="public",
                        max_length=7,
                        verbose_name="ai được xem",
                    ),
                ),
                ("marks", models.JSONField(blank=True, default=dict, verbose_name="dấu ghi")),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "đủ ngày, tháng, năm"),
                            ("month", "chỉ có tháng, năm"),
                            ("year", "chỉ có năm"),
                            ("day_month", "chỉ có ngày, tháng"),
                            ("unknown", "chưa rõ"),
                        ],
                        default="unknown",
                        max_length=9,
                        verbose_name="tính đến: độ chính xác",
                    ),
                ),
                ("as_of_first", models.DateField(blank=True, null=True, verbose_name="tính đến: ngày đầu")),
                ("as_of_last", models.DateField(blank=True, null=True, verbose_name="tính đến: ngày cuối")),
                ("as_of_text", models.CharField(blank=True, max_length=120, verbose_name="tính đến: như in")),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("years", "theo năm"),
                            ("days", "theo ngày"),
                            ("open", "từ một thời điểm trở đi"),
                            ("none", "không thời hạn"),
                            ("unknown", "chưa rõ thời hạn"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="thời hạn",
                    ),
                ),
                ("period_first", models.DateField(blank=True, null=True, verbose_name="từ ngày")),
                ("period_last", models.DateField(blank=True, null=True, verbose_name="đến ngày")),
                ("period_text", models.CharField(blank=True, max_length=200, verbose_name="thời hạn như in")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        default=portal.models.history.open_act_id,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.act",
                        verbose_name="việc",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.document",
                        verbose_name="văn bản",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                        verbose_name="của cơ quan",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.administrativeunit",
                        verbose_name="của địa bàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical số liệu",
                "verbose_name_plural": "historical số liệu",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFigurePart",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("name", models.CharField(max_length=200, verbose_name="phần")),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="giá trị")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        default=portal.models.history.open_act_id,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.act",
                        verbose_name="việc",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.figure",
                        verbose_name="số liệu",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical phần của số liệu",
                "verbose_name_plural": "historical phần của số liệu",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", False), ("change__isnull", False), _connector="OR"),
                name="figure_says_a_number",
                violation_error_message="Ghi giá trị hoặc mức tăng, giảm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("as_of_precision__in", ["day", "month", "year"]),
                        ("as_of_first__isnull", False),
                        ("as_of_last__gte", models.F("as_of_first")),
                    ),
                    models.Q(
                        models.Q(("as_of_precision__in", ["day", "month", "year"]), _negated=True),
                        ("as_of_first__isnull", True),
                        ("as_of_last__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="figure_as_of_matches_precision",
                violation_error_message="Ngày và độ chính xác không khớp nhau.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_last__isnull", True),
                    ("period_first__isnull", True),
                    ("period_last__gte", models.F("period_first")),
                    _connector="OR",
                ),
                name="figure_period_in_order",
                violation_error_message="Thời hạn kết thúc trước khi bắt đầu.",
            ),
        ),
        migrations.RunPython(reports_review, migrations.RunPython.noop),
    ]
