"""Reviews of programmes, plans and years."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.columns
import portal.models.history


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0024_figures_of_papers"),
        ("programs", "0012_targets_without_a_place_yet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalReview",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("code", portal.columns.CodeField(db_index=True, unique=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "đang soạn"),
                            ("waiting", "chờ duyệt"),
                            ("returned", "trả lại"),
                            ("approved", "đã duyệt"),
                        ],
                        default="drafting",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="từ lúc"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="duyệt lúc")),
                ("published_from", models.DateTimeField(blank=True, null=True, verbose_name="công khai từ")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="gỡ lúc")),
                (
                    "slug",
                    models.SlugField(blank=True, max_length=160, null=True, verbose_name="tên trong địa chỉ"),
                ),
                ("marks", models.JSONField(blank=True, default=dict, verbose_name="dấu ghi")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú nội bộ")),
                ("is_sample", models.BooleanField(default=False, verbose_name="dữ liệu mẫu")),
                (
                    "given_first",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="thuộc các năm từ"
                    ),
                ),
                (
                    "given_last",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="thuộc các năm đến"
                    ),
                ),
                (
                    "set_aside",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="giữ lại khi đổi loại"
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=300, verbose_name="về việc")),
                (
                    "kind",
                    models.CharField(
                        choices=[("interim", "sơ kết"), ("closing", "tổng kết")],
                        default="interim",
                        max_length=7,
                        verbose_name="sơ kết hay tổng kết",
                    ),
                ),
                ("kind_printed", models.CharField(blank=True, max_length=120, verbose_name="gọi như in")),
                (
                    "is_final",
                    models.BooleanField(
                        default=False,
                        help_text="Tổng kết cả chương trình, cả kế hoạch; không phải của một năm giữa giai đoạn.",
                        verbose_name="kết thúc giai đoạn",
                    ),
                ),
                ("content", models.TextField(blank=True, verbose_name="đánh giá chung")),
                (
                    "figures_as_of",
                    models.DateField(blank=True, null=True, verbose_name="số liệu tính đến ngày"),
                ),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="chốt số liệu lúc")),
                (
                    "frozen",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="số liệu đã chốt"
                    ),
                ),
                ("search_text", models.TextField(blank=True, editable=False)),
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
                    "body",
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
                    "circle",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.circle",
                        verbose_name="vòng cơ quan",
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
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="portal.organization",
                        verbose_name="cơ quan giữ",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.plan",
                        verbose_name="về kế hoạch",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.program",
                        verbose_name="về chương trình",
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
                        verbose_name="trên địa bàn",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người soạn",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sơ kết, tổng kết",
                "verbose_name_plural": "historical sơ kết, tổng kết",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", portal.columns.CodeField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "đang soạn"),
                            ("waiting", "chờ duyệt"),
                            ("returned", "trả lại"),
                            ("approved", "đã duyệt"),
                        ],
                        default="drafting",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="từ lúc"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="duyệt lúc")),
                ("published_from", models.DateTimeField(blank=True, null=True, verbose_name="công khai từ")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="gỡ lúc")),
                (
                    "slug",
                    models.SlugField(
                        blank=True, max_length=160, null=True, unique=True, verbose_name="tên trong địa chỉ"
                    ),
                ),
                ("marks", models.JSONField(blank=True, default=dict, verbose_name="dấu ghi")),
                ("note", models.TextField(blank=True, verbose_name="ghi chú nội bộ")),
                ("is_sample", models.BooleanField(default=False, verbose_name="dữ liệu mẫu")),
                (
                    "given_first",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="thuộc các năm từ"
                    ),
                ),
                (
                    "given_last",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="thuộc các năm đến"
                    ),
                ),
                (
                    "set_aside",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="giữ lại khi đổi loại"
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=300, verbose_name="về việc")),
                (
                    "kind",
                    models.CharField(
                        choices=[("interim", "sơ kết"), ("closing", "tổng kết")],
                        default="interim",
                        max_length=7,
                        verbose_name="sơ kết hay tổng kết",
                    ),
                ),
                ("kind_printed", models.CharField(blank=True, max_length=120, verbose_name="gọi như in")),
                (
                    "is_final",
                    models.BooleanField(
                        default=False,
                        help_text="Tổng kết cả chương trình, cả kế hoạch; không phải của một năm giữa giai đoạn.",
                        verbose_name="kết thúc giai đoạn",
                    ),
                ),
                ("content", models.TextField(blank=True, verbose_name="đánh giá chung")),
                (
                    "figures_as_of",
                    models.DateField(blank=True, null=True, verbose_name="số liệu tính đến ngày"),
                ),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="chốt số liệu lúc")),
                (
                    "frozen",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="số liệu đã chốt"
                    ),
                ),
                ("search_text", models.TextField(blank=True, editable=False)),
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
                    "body",
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
                    "circle",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.circle",
                        verbose_name="vòng cơ quan",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s",
                        to="portal.document",
                        verbose_name="văn bản",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.organization",
                        verbose_name="cơ quan giữ",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="programs.plan",
                        verbose_name="về kế hoạch",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="programs.program",
                        verbose_name="về chương trình",
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
                        verbose_name="trên địa bàn",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người soạn",
                    ),
                ),
            ],
            options={
                "verbose_name": "sơ kết, tổng kết",
                "verbose_name_plural": "sơ kết, tổng kết",
                "ordering": ["-period_last", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("text", models.TextField(verbose_name="nội dung")),
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
                ("about", models.TextField(blank=True, verbose_name="nội dung, nhiệm vụ")),
                (
                    "content_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="results",
                        to="programs.contentitem",
                        verbose_name="nội dung phối hợp",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="descendants",
                        to="programs.reviewitem",
                        verbose_name="từ nội dung",
                    ),
                ),
                (
                    "plan_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="results",
                        to="programs.planitem",
                        verbose_name="nhiệm vụ",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="programs.review",
                        verbose_name="sơ kết, tổng kết",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết quả",
                "verbose_name_plural": "kết quả",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalReviewItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("text", models.TextField(verbose_name="nội dung")),
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
                ("about", models.TextField(blank=True, verbose_name="nội dung, nhiệm vụ")),
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
                    "content_item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.contentitem",
                        verbose_name="nội dung phối hợp",
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
                    "plan_item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.planitem",
                        verbose_name="nhiệm vụ",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.review",
                        verbose_name="sơ kết, tổng kết",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.reviewitem",
                        verbose_name="từ nội dung",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical kết quả",
                "verbose_name_plural": "historical kết quả",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReviewText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("text", models.TextField(verbose_name="nội dung")),
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
                    "part",
                    models.CharField(
                        choices=[
                            ("limitation", "hạn chế"),
                            ("cause", "nguyên nhân"),
                            ("lesson", "bài học kinh nghiệm"),
                            ("proposal", "kiến nghị, đề xuất"),
                            ("direction", "phương hướng, nhiệm vụ"),
                        ],
                        max_length=10,
                        verbose_name="phần",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="descendants",
                        to="programs.reviewtext",
                        verbose_name="từ nội dung",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="programs.review",
                        verbose_name="sơ kết, tổng kết",
                    ),
                ),
            ],
            options={
                "verbose_name": "nhận xét",
                "verbose_name_plural": "nhận xét",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalReviewText",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("text", models.TextField(verbose_name="nội dung")),
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
                    "part",
                    models.CharField(
                        choices=[
                            ("limitation", "hạn chế"),
                            ("cause", "nguyên nhân"),
                            ("lesson", "bài học kinh nghiệm"),
                            ("proposal", "kiến nghị, đề xuất"),
                            ("direction", "phương hướng, nhiệm vụ"),
                        ],
                        max_length=10,
                        verbose_name="phần",
                    ),
                ),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.review",
                        verbose_name="sơ kết, tổng kết",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.reviewtext",
                        verbose_name="từ nội dung",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical nhận xét",
                "verbose_name_plural": "historical nhận xét",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["-period_last", "-id"], name="review_newest"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["keeper", "state", "state_since"], name="review_of_keeper"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_from__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="review_published_is_approved",
                violation_error_message="Chỉ công khai văn bản đã duyệt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    ("approved_at__isnull", False),
                    _connector="OR",
                ),
                name="review_approved_says_when",
                violation_error_message="Văn bản đã duyệt phải có ngày duyệt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_from__isnull", True), ("slug__isnull", False), _connector="OR"
                ),
                name="review_published_has_address",
                violation_error_message="Văn bản công khai phải có địa chỉ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_last__isnull", True),
                    ("period_first__isnull", True),
                    ("period_last__gte", models.F("period_first")),
                    _connector="OR",
                ),
                name="review_period_in_order",
                violation_error_message="Thời hạn kết thúc trước khi bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("frozen_at__isnull", True), ("figures_as_of__isnull", False), _connector="OR"
                ),
                name="review_frozen_as_of_a_day",
                violation_error_message="Ghi ngày mà số liệu tính đến.",
            ),
        ),
    ]
