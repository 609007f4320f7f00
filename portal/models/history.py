"""Acts, and the history of every kept row.

An act is one thing one person did to one record: it says who, for which body, when and why, and
holds no field values. Every history row points at the act that was open when it was written, on
whatever path, because the column's default reads it from a context variable.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from portal.columns import DerivedMixin, FollowingMixin

open_act: ContextVar["Act | None"] = ContextVar("open_act", default=None)


def open_act_id() -> int | None:
    """The primary key of the act now open, if any: the default of every history row."""
    act = open_act.get()
    return act.pk if act else None


class Verb(models.TextChoices):
    """What can happen to a record. The label is what the journal says."""

    CREATE = "create", "tạo"
    EDIT = "edit", "sửa"
    REFILE = "refile", "đổi loại văn bản"
    SUBMIT = "submit", "trình lãnh đạo"
    RECALL = "recall", "rút lại để sửa"
    RETURN = "return", "trả lại"
    APPROVE = "approve", "duyệt"
    PUBLISH = "publish", "công khai"
    WITHDRAW = "withdraw", "gỡ khỏi trang công khai"
    CALL_OFF = "call_off", "hủy hẹn công khai"
    CORRECT = "correct", "chỉnh sửa dữ liệu"
    LOAD = "load", "nạp dữ liệu"
    END = "end", "ghi nhận kết thúc"
    DELETE = "delete", "xóa bản đang soạn"
    READ = "read", "xem"
    PAPER = "paper", "ghi nhận duyệt trên giấy"
    CONSULT = "consult", "gửi lấy ý kiến"
    ANSWER = "answer", "cho ý kiến"
    CLOSE = "close", "kết thúc lấy ý kiến"
    DELEGATE = "delegate", "ủy quyền duyệt"
    REVOKE = "revoke", "kết thúc ủy quyền"
    MERGE = "merge", "gộp bản nhập trùng"
    RESTORE = "restore", "hoàn tác"
    ASSIGN = "assign", "giao theo dõi"
    REPLY = "reply", "trả lời nhiệm vụ"
    ASK_MORE = "ask_more", "đề nghị bổ sung"
    ACCEPT = "accept", "ghi nhận hoàn thành"
    STOP = "stop", "thôi theo dõi"
    PASS_ON = "pass_on", "chuyển cơ quan thực hiện"
    CONFIRM = "confirm", "xác nhận số liệu năm"
    TAKE_BACK = "take_back", "rút xác nhận số liệu năm"
    ASK_YEAR = "ask_year", "đề nghị xác nhận số liệu năm"
    CLOSE_YEAR = "close_year", "chốt số liệu năm"
    FREEZE = "freeze", "chốt số liệu"
    OPEN = "open", "mở đợt báo cáo"
    SHUT = "shut", "đóng đợt báo cáo"
    REOPEN = "reopen", "mở lại đợt báo cáo"
    HAND_IN = "hand_in", "nộp báo cáo"
    TAKE = "take", "nhận báo cáo"
    HAND_BACK = "hand_back", "trả lại báo cáo"
    WAIVE = "waive", "miễn nộp báo cáo"
    UNWAIVE = "unwaive", "bỏ miễn nộp báo cáo"
    LINK = "link", "cấp liên kết nộp báo cáo"
    UNLINK = "unlink", "thu hồi liên kết nộp báo cáo"
    TELL = "tell", "báo cáo chỉ tiêu"
    STATE = "state", "nêu số liệu chỉ tiêu"


DECIDING = {Verb.RETURN, Verb.APPROVE, Verb.PUBLISH, Verb.WITHDRAW, Verb.END, Verb.FREEZE}
"""What only an approver does."""


def kinds_of(model: type[models.Model]) -> list[str]:
    """The kinds under which acts name the records of a model; accounts, which are not kept rows, have one."""
    return model.filed_as() if issubclass(model, Kept) else [model._meta.label_lower]


class ActQuerySet(models.QuerySet["Act"]):
    """Questions about acts."""

    def about(self, record: models.Model) -> "ActQuerySet":
        """The acts done to one record, newest first; also while it was filed as another kind."""
        return self.filter(record_kind__in=kinds_of(type(record)), record_code=record.code).order_by(
            "-at", "-pk"
        )


class Act(models.Model):
    """One thing done to one record by one person."""

    verb = models.CharField("việc", max_length=10, choices=Verb.choices)
    record_kind = models.CharField("loại bản ghi", max_length=60)
    record_code = models.CharField("mã bản ghi", max_length=12)
    record_name = models.CharField("tên lúc đó", max_length=500, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="người làm"
    )
    body = models.ForeignKey(
        "portal.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="thay mặt",
        related_name="+",
    )
    delegated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="được ủy quyền của",
        related_name="+",
    )
    at = models.DateTimeField("lúc", default=timezone.now)
    reason = models.TextField("lý do", blank=True)
    version = models.PositiveIntegerField("phiên bản", null=True, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "việc đã làm"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["record_kind", "record_code", "-at"], name="act_of_record"),
            models.Index(fields=["-at"], name="act_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.record_name}"


class HistoryRow(models.Model):
    """What every history row carries beside the values: the act it was written in."""

    act = models.ForeignKey(
        Act, models.PROTECT, null=True, default=open_act_id, related_name="+", verbose_name="việc"
    )

    class Meta:
        abstract = True


last_versions: ContextVar["list[models.Model] | None"] = ContextVar("last_versions", default=None)
"""While rows are deleted in bulk: their last history rows, to be written together."""


class History(HistoricalRecords):
    """The library's records; of rows deleted together the last versions are gathered instead of written one by one."""

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        fields = super().fields_included(model)
        return [field for field in fields if not isinstance(field, FollowingMixin)]

    def post_delete(self, instance: models.Model, using: str | None = None, **kwargs: Any) -> None:
        if (gathered := last_versions.get()) is None:
            super().post_delete(instance, using=using, **kwargs)
            return
        values = {field.attname: getattr(instance, field.attname) for field in self.fields_included(instance)}
        model = type(instance).history.model
        gathered.append(model(history_date=timezone.now(), history_type="-", **values))


class Kept(models.Model):
    """A row whose every version is kept."""

    history = History(bases=[HistoryRow], inherit=True)

    class Meta:
        abstract = True

    @classmethod
    def filed_as(cls) -> list[str]:
        """The kinds of record whose acts may tell of a row of this model."""
        return [cls._meta.label_lower]

    @classmethod
    def derived_from(cls, names: Iterable[str]) -> set[str]:
        """The derived columns whose sources are among ``names`` (field names or columns)."""
        given = set(names)
        return {
            field.name
            for field in cls._meta.concrete_fields
            if isinstance(field, DerivedMixin) and given.intersection(field.source)
        }

    @classmethod
    def following(cls) -> set[str]:
        """The columns that follow other rows."""
        return {field.name for field in cls._meta.concrete_fields if isinstance(field, FollowingMixin)}

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Write the row; derived columns follow their sources even when few fields are named.

        What follows other rows was perhaps written since this row was read: a save leaves it as it stands.
        """
        following = self.following()
        if update_fields is not None:
            update_fields = set(update_fields) | self.derived_from(update_fields)
        elif following and not self._state.adding:
            deferred = self.get_deferred_fields()
            own = {
                one.name
                for one in self._meta.concrete_fields
                if not one.primary_key and one.attname not in deferred
            }
            update_fields = own - following
        super().save(*args, update_fields=update_fields, **kwargs)
