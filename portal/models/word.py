"""The templates an office brings for its own papers in Word."""

from django.db import models
from django.db.models import Q

from portal.models.documents import Attachment
from portal.models.history import Kept
from portal.models.organizations import Organization, Subordination

MOST_LEVELS = 8
"""How far up the line of superiors a template is looked for."""


LABELS: dict[str, str] = {}
"""What each kind of paper is called; filled where the papers are registered."""


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    """Questions about templates."""

    def standing_for(self, paper: str, body: Organization | None) -> "WordTemplate | None":
        """The template of a paper for a body: its own, else the nearest superior's, else the whole site's."""
        found = {one.organization_id: one for one in self.filter(paper=paper).select_related("file")}
        line = {body.pk} if body is not None and set(found) - {None} else set()
        for _ in range(MOST_LEVELS):
            if own := sorted(line & set(found)):
                return found[own[0]]
            if line:
                above = Subordination.objects.filter(organization__in=line)
                line = set(above.values_list("superior_id", flat=True))
        return found.get(None)


class WordTemplate(Kept):
    """A Word file that stands in place of the portal's own for a kind of paper, for one body or for all."""

    paper = models.CharField("loại giấy tờ", max_length=60)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="cơ quan dùng mẫu",
        related_name="word_templates",
        help_text="Cơ quan này và các cơ quan cấp dưới chưa có mẫu riêng. Để trống: mọi cơ quan.",
    )
    file = models.ForeignKey(Attachment, models.PROTECT, verbose_name="tệp mẫu", related_name="templates")
    note = models.TextField("ghi chú", blank=True)

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản Word"
        verbose_name_plural = "mẫu văn bản Word"
        ordering = ["paper", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "organization"],
                name="template_of_body_once",
                violation_error_message="Cơ quan này đã có mẫu riêng cho loại giấy tờ ấy.",
            ),
            models.UniqueConstraint(
                fields=["paper"],
                condition=Q(organization__isnull=True),
                name="template_for_all_once",
                violation_error_message="Đã có mẫu chung cho loại giấy tờ ấy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{LABELS.get(self.paper, self.paper)}: {self.organization or 'mọi cơ quan'}"
