"""A review as one reader may read it: told anew, or as it was frozen, with what changed since."""

from typing import Any

from django.utils.functional import cached_property

from portal.changes import capital
from portal.templatetags.say import vdate
from portal.wording import joined, short_period, side_names
from programs.listing import plan_page_of
from programs.models import Plan, Review, ReviewText
from programs.plan_reading import CompanionReading
from programs.reading import Companion
from programs.review_telling import HEADINGS, Since, Told, changed_since, readable_part, told_of

PLACES = {
    ReviewText.Part.LIMITATION: "han-che",
    ReviewText.Part.CAUSE: "nguyen-nhan",
    ReviewText.Part.LESSON: "bai-hoc",
    ReviewText.Part.DIRECTION: "phuong-huong",
    ReviewText.Part.PROPOSAL: "kien-nghi",
}


class ReviewReading(CompanionReading):
    """A review's page for one reader."""

    record: Review
    program_term = "Về chương trình"

    def _standing(self) -> list[str]:
        record = self.record
        about = f"về {record.theme}" if record.theme else ""
        period = record.period.sentence() if record.period.first else ""
        where = f"trên địa bàn {record.territory}" if record.territory_id else ""
        return [part for part in (about, where, period) if part]

    @property
    def sentence(self) -> str:
        issuers = joined(side_names(self.partners))
        called = capital(self.record.kind_words)
        said = f"{called} của {issuers}" if issuers else called
        return f"{', '.join([said, *self._standing()])}."

    @property
    def type_words(self) -> str:
        words = super().type_words
        return words if words != self.record._meta.verbose_name else f"báo cáo {self.record.kind_words}"

    @property
    def period(self) -> str:
        """Its period, in few words."""
        return short_period(self.record.period)

    @property
    def is_frozen(self) -> bool:
        """Whether it reads as it was frozen."""
        return self.record.frozen_at is not None

    @property
    def frozen_words(self) -> str:
        """As of which day its figures stand, and when that was settled."""
        record = self.record
        return (
            f"Số liệu chốt tính đến ngày {vdate(record.figures_as_of)}, chốt ngày {vdate(record.frozen_at)}."
        )

    @cached_property
    def _now(self) -> Told:
        """Everything it says, told anew as of the day it was frozen for, or today."""
        return told_of(self.record, self.record.figures_as_of or self.today)

    @cached_property
    def told(self) -> Told:
        """What this reader may read of it, as frozen or as it is."""
        return readable_part(self.record.frozen if self.is_frozen else self._now, self.audiences)

    @cached_property
    def changes(self) -> list[Since]:
        """What reads otherwise now than when it was frozen, as far as this reader reads it."""
        if not self.is_frozen:
            return []
        return changed_since(self.told, readable_part(self._now, self.audiences))

    @property
    def results(self) -> list[Told]:
        """The results, each with what it is of."""
        return self.told["items"]

    @property
    def figures(self) -> list[Told]:
        """The figures."""
        return self.told["figures"]

    @property
    def has_before(self) -> bool:
        """Whether any figure has one of the period before beside it."""
        return any(row["before"] for row in self.figures)

    @property
    def targets(self) -> list[Told]:
        """The targets of what it reviews, as they stand."""
        return self.told["targets"]

    @property
    def overall(self) -> str:
        """What it says as a whole, or why nothing."""
        return self.told["content"] or self.missing("content")

    @property
    def said(self) -> list[tuple[str, str, list[dict[str, Any]]]]:
        """Limitations, causes, lessons, next steps, proposals: heading, place on the page, lines."""
        texts = self.told["texts"]
        return [(heading, PLACES[part], texts[part]) for part, heading in HEADINGS.items() if texts.get(part)]

    @cached_property
    def plan(self) -> Companion | None:
        """The plan it reviews, when the reader may read that too."""
        if self.record.plan_id is None:
            return None
        plan = Plan.objects.visible_to(self.reader).filter(pk=self.record.plan_id)
        found = plan.select_related("document").first()
        return Companion(found, plan_page_of(found, self.reader)) if found else None
