"""Tags: what programmes and exemplars are about, as data."""

from django.db import models

from portal.models.history import Kept


class Tag(Kept):
    """A recurring content: dân vận chính quyền, cải cách hành chính, quy chế dân chủ…"""

    key = models.SlugField("mã danh mục", unique=True)
    name = models.CharField("tên", max_length=120)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "nhãn nội dung"
        verbose_name_plural = "nhãn nội dung"
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name
