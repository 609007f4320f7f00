"""Persons and the posts they held."""

from django.db import models

from portal.columns import CodeField, DerivedMixin, FoldedField
from portal.models.history import Kept
from portal.models.organizations import Organization
from portal.models.territories import ends_after_start
from portal.text import person_sort_key, sort_name_key


class PersonSortKeyField(DerivedMixin, models.BinaryField):
    """Bytes ordering persons by the set sort name, else by the given name of ``source[1]``."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        chosen, name = (str(getattr(model_instance, source) or "") for source in self.source)
        value = sort_name_key(chosen) if chosen else person_sort_key(name)
        setattr(model_instance, self.attname, value)
        return value


class Person(Kept):
    """A person who signs, chairs or speaks. Only name and post are ever shown."""

    code = CodeField()
    name = models.CharField("họ và tên", max_length=120)
    sort_name = models.CharField(
        "xếp theo", max_length=120, blank=True, help_text="Để trống: xếp theo tên (từ cuối)."
    )
    looked_at = models.BooleanField(
        "đã rà soát",
        default=True,
        help_text="Bỏ dấu khi tên được thêm tại chỗ và chưa ai rà soát: đến khi văn bản được duyệt, "
        "chỉ cơ quan soạn được gợi ý tên này.",
    )
    note = models.TextField("ghi chú", blank=True)
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)
    folded = FoldedField(source="name")
    sort_key = PersonSortKeyField(source=("sort_name", "name"))

    class Meta:
        verbose_name = "người"
        verbose_name_plural = "người"
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["sort_key"], name="person_in_order"),
            models.Index(fields=["folded"], name="person_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Position(Kept):
    """A post a person held in a body; dates are optional."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="người", related_name="positions")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name="cơ quan", related_name="positions"
    )
    title = models.CharField("chức vụ", max_length=200)
    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("đến ngày", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ["person", "started_on", "pk"]
        constraints = [ends_after_start("position")]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
