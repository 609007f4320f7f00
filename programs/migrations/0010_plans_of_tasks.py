"""Plans cut into tasks, under other plans, continuing last year's, ended before their term."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.models.history


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0021_read_inside_by"),
        ("programs", "0009_years_given_to_inspectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPlanItem",
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
                ("product", models.CharField(blank=True, max_length=500, verbose_name="sản phẩm, kết quả")),
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
            ],
            options={
                "verbose_name": "historical nhiệm vụ",
                "verbose_name_plural": "historical nhiệm vụ",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlanItemBody",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "chủ trì"), ("joint", "phối hợp")],
                        max_length=5,
                        verbose_name="vai trò",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("printed", models.CharField(blank=True, max_length=250, verbose_name="tên như in")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical cơ quan thực hiện",
                "verbose_name_plural": "historical cơ quan thực hiện",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlanItem",
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
                ("product", models.CharField(blank=True, max_length=500, verbose_name="sản phẩm, kết quả")),
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
            ],
            options={
                "verbose_name": "nhiệm vụ",
                "verbose_name_plural": "nhiệm vụ",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanItemBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "chủ trì"), ("joint", "phối hợp")],
                        max_length=5,
                        verbose_name="vai trò",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("printed", models.CharField(blank=True, max_length=250, verbose_name="tên như in")),
            ],
            options={
                "verbose_name": "cơ quan thực hiện",
                "verbose_name_plural": "cơ quan thực hiện",
                "ordering": ["part", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="implementation",
            field=models.TextField(blank=True, verbose_name="tổ chức thực hiện"),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.plan",
                verbose_name="thực hiện kế hoạch",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="predecessor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.plan",
                verbose_name="tiếp nối kế hoạch",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="purposes",
            field=models.TextField(blank=True, verbose_name="mục đích, yêu cầu"),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="terminated_on",
            field=models.DateField(blank=True, null=True, verbose_name="chấm dứt từ ngày"),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="termination_document",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.document",
                verbose_name="văn bản chấm dứt",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="termination_reason",
            field=models.TextField(blank=True, verbose_name="lý do chấm dứt"),
        ),
        migrations.AddField(
            model_name="plan",
            name="implementation",
            field=models.TextField(blank=True, verbose_name="tổ chức thực hiện"),
        ),
        migrations.AddField(
            model_name="plan",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="programs.plan",
                verbose_name="thực hiện kế hoạch",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="predecessor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="programs.plan",
                verbose_name="tiếp nối kế hoạch",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="purposes",
            field=models.TextField(blank=True, verbose_name="mục đích, yêu cầu"),
        ),
        migrations.AddField(
            model_name="plan",
            name="terminated_on",
            field=models.DateField(blank=True, null=True, verbose_name="chấm dứt từ ngày"),
        ),
        migrations.AddField(
            model_name="plan",
            name="termination_document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.document",
                verbose_name="văn bản chấm dứt",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="termination_reason",
            field=models.TextField(blank=True, verbose_name="lý do chấm dứt"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("predecessor", models.F("id")), _negated=True),
                    models.Q(("parent", models.F("id")), _negated=True),
                ),
                name="plan_not_its_own_kin",
                violation_error_message="Một kế hoạch không nối với chính nó.",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitem",
            name="act",
            field=models.ForeignKey(
                default=portal.models.history.open_act_id,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.act",
                verbose_name="việc",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitem",
            name="content_item",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.contentitem",
                verbose_name="thực hiện nội dung phối hợp",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitem",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitem",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.plan",
                verbose_name="kế hoạch",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitembody",
            name="act",
            field=models.ForeignKey(
                default=portal.models.history.open_act_id,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.act",
                verbose_name="việc",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitembody",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitembody",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="portal.organization",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddField(
            model_name="planitem",
            name="content_item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="tasks",
                to="programs.contentitem",
                verbose_name="thực hiện nội dung phối hợp",
            ),
        ),
        migrations.AddField(
            model_name="planitem",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="descendants",
                to="programs.planitem",
                verbose_name="từ nội dung",
            ),
        ),
        migrations.AddField(
            model_name="planitem",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="programs.plan",
                verbose_name="kế hoạch",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitembody",
            name="item",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.planitem",
                verbose_name="nhiệm vụ",
            ),
        ),
        migrations.AddField(
            model_name="historicalplanitem",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programs.planitem",
                verbose_name="từ nội dung",
            ),
        ),
        migrations.AddField(
            model_name="planitembody",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bodies",
                to="programs.planitem",
                verbose_name="nhiệm vụ",
            ),
        ),
        migrations.AddField(
            model_name="planitembody",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.organization",
                verbose_name="cơ quan",
            ),
        ),
        migrations.AddConstraint(
            model_name="planitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_last__isnull", True),
                    ("period_first__isnull", True),
                    ("period_last__gte", models.F("period_first")),
                    _connector="OR",
                ),
                name="plan_item_period_in_order",
                violation_error_message="Thời hạn kết thúc trước khi bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planitembody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organization__isnull", False), models.Q(("printed", ""), _negated=True), _connector="OR"
                ),
                name="plan_item_body_is_named",
                violation_error_message="Ghi tên cơ quan hoặc nhóm như trong văn bản.",
            ),
        ),
    ]
