"""A review as one reader may read it: told anew, or as it was frozen, with what changed since."""

from dataclasses import replace
from typing import Any

from django.utils.functional import cached_property

from portal.access import readable_audiences
from portal.changes import capital
from portal.models import Audience, Citation, Partner, Signature
from portal.reading import Reader
from portal.templatetags.say import vdate
from portal.wording import FileLine, joined, short_period, side_names
from programs.listing import plan_page_of
from programs.models import Plan, Review, ReviewText
from programs.plan_reading import CompanionReading
from programs.reading import Companion
from programs.review_head import Head, bases_then, head_told, partners_then, review_then, signatures_then
from programs.review_telling import (
    HEADINGS,
    Since,
    Told,
    changed_since,
    files_told,
    readable_part,
    tasks_told,
    told_of,
)

LATER = "thêm sau khi chốt số liệu"
PLACES = {
    ReviewText.Part.LIMITATION: "han-che",
    ReviewText.Part.CAUSE: "nguyen-nhan",
    ReviewText.Part.LESSON: "bai-hoc",
    ReviewText.Part.DIRECTION: "phuong-huong",
    ReviewText.Part.PROPOSAL: "kien-nghi",
}


class ReviewReading(CompanionReading):
    """A review's page for one reader: as it is, or whole as it was frozen."""

    record: Review
    program_term = "Về chương trình"

    def __init__(self, record: Review, reader: Reader) -> None:
        self.living = record
        self.head: Head | None = (record.frozen or {}).get("head")
        """Its head as frozen; None while it follows the record, as where only what it says was kept."""
        super().__init__(review_then(record, self.head) if self.head else record, reader)

    @cached_property
    def audiences(self) -> frozenset[Audience]:
        return readable_audiences(self.reader, self.living)

    @cached_property
    def partners(self) -> list[Partner]:
        return partners_then(self.head) if self.head else super().partners

    @cached_property
    def signatures(self) -> list[Signature]:
        return signatures_then(self.head) if self.head else super().signatures

    def cited_bases(self) -> list[Citation]:
        return bases_then(self.head) if self.head else super().cited_bases()

    @cached_property
    def files(self) -> list[FileLine]:
        """The files this reader may open; of a frozen review those added since say so."""
        found = super().files
        if (kept := self.living.frozen.get("files") if self.is_frozen else None) is None:
            return found
        codes = {row["code"] for row in kept}
        return [one if one.attachment.code in codes else replace(one, note=LATER) for one in found]

    @property
    def body_words(self) -> str:
        """The body it is of, as called then."""
        return self.head["body"] if self.head else (self.record.body.label if self.record.body else "")

    @property
    def territory_words(self) -> str:
        """The territory it is of, as called then."""
        return self.head["territory"] if self.head else str(self.record.territory or "")

    def _standing(self) -> list[str]:
        record = self.record
        about = f"về {record.theme}" if record.theme else ""
        period = record.period.sentence() if record.period.first else ""
        where = f"trên địa bàn {self.territory_words}" if self.territory_words else ""
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
        return told_of(self.living, self.record.figures_as_of or self.today)

    @property
    def whole(self) -> Told:
        """Everything it says, as frozen or as it is, whoever may read it."""
        return self.living.frozen if self.is_frozen else self._now

    @cached_property
    def told(self) -> Told:
        """What this reader may read of it, as frozen or as it is."""
        return readable_part(self.whole, self.audiences)

    @property
    def kept_otherwise(self) -> list[tuple[str, str]]:
        """What of its head is kept in other words than the record says now: what it is called, the words kept."""
        now = head_told(self.living)["words"] if self.head else {}
        return (
            [(one, words) for one, words in self.head["words"].items() if words != now[one]]
            if self.head
            else []
        )

    @cached_property
    def changes(self) -> list[Since]:
        """What reads otherwise now than when it was frozen, as far as this reader reads it."""
        if not self.is_frozen:
            return []
        now = self._now | {"files": files_told(self.living)}
        return changed_since(self.told, readable_part(now, self.audiences))

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

    @cached_property
    def tasks(self) -> list[Told]:
        """The tasks about what it reviews that are not done: as kept when it was frozen, else as this reader reads them now."""
        if self.is_frozen:
            return [row for row in self.living.frozen.get("tasks", ()) if row["audience"] in self.audiences]
        return tasks_told(self.living, self.reader, self.today) if self.inside else []

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
