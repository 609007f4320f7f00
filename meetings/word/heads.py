"""What stands over and under any paper of a conference: the layout of its leading organiser, its bodies, its marks."""

from dataclasses import dataclass
from typing import Any

from meetings.reading import MeetingReading
from portal.dates import PartialDate
from portal.models import Organization, State
from portal.word.letterhead import (
    WORDS,
    Layout,
    OfficialPaper,
    issuers,
    layout_of,
    place_and_date,
    place_of,
    printed_number,
    reminder,
    symbol_to_come,
)
from portal.word.papers import official_samples
from portal.word.phrases import under_type
from portal.wording import side_names

KEPT = {Layout.PARTY: "Lưu", Layout.STATE: "Lưu: VT"}
TEXT = {"can_cu", "mo_dau", "cac_phan"}
"""The words of a paper's text; a sheet with a text of its own has others."""
HEAD_WORDS = {name: words for name, words in WORDS.items() if name not in TEXT}


@dataclass
class Head:
    """Who issues the papers of a conference; ``alone`` is the leading organiser without the others."""

    reading: MeetingReading
    alone: bool = False

    def __post_init__(self) -> None:
        partners = self.reading.partners
        first = partners[0] if partners else None
        self.partners = [one for one in partners if one.side == first.side] if self.alone else partners
        self.lead: Organization = (first.organization if first else None) or self.reading.record.keeper
        self.names = side_names(self.partners) or [str(self.lead)]
        self.layout = layout_of(self.lead)

    def paper(
        self, kind: str, code: str, *, dated: PartialDate, number: str = "", **parts: Any
    ) -> OfficialPaper:
        """A paper of this conference; ``code`` is the abbreviation in the number that is still to come."""
        superior, bodies = issuers(self.layout, self.names)
        agencies = [one.organization.abbreviation if one.organization else "" for one in self.partners]
        record = self.reading.record
        told = {
            "superior": superior,
            "bodies": bodies,
            "number": printed_number(self.layout, number or symbol_to_come(self.layout, code, agencies)),
            "place_and_date": place_and_date(place_of(self.lead), dated),
            "type": kind,
            "summary": under_type(self.layout, self.reading.document.title),
            "reminder": reminder(sample=record.is_sample, unapproved=record.state != State.APPROVED),
        }
        return OfficialPaper(self.layout, **told | parts)


def head_words(words: dict[str, Any]) -> dict[str, Any]:
    """The words of head, title and foot alone."""
    return {name: said for name, said in words.items() if name not in TEXT}


def sample_heads(layout: Layout) -> list[dict[str, Any]]:
    """Heads and feet to try a template on: of two bodies, of three, of a bare draft."""
    return [head_words(one) for one in official_samples(layout)]
