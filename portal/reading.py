"""A paper as one reader may read it: what the pages of every kind of record share.

Every part is asked for once and only when the page draws it; what the reader may not see is not asked for.
"""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import cached_property

from portal import sections
from portal.access import readable_audiences
from portal.marks import missing_words
from portal.models import (
    Answering,
    Audience,
    Citation,
    Document,
    Organization,
    Paper,
    Partner,
    Reach,
    Signature,
    SourceUse,
    User,
)
from portal.registers import body_address, document_pages
from portal.text import fold
from portal.wording import FileLine, dated_words, joined, short_date, side_names, type_of

Reader = User | AnonymousUser


@dataclass
class Party:
    """A body or group on a side, and its page."""

    name: str
    url: str


@dataclass
class Side:
    """A side of a paper: its bodies, who signed for it, what it answers for."""

    number: int
    name: str
    partners: list[Partner]
    reader: Reader
    signatures: list[Signature] = field(default_factory=list)

    @property
    def parties(self) -> list[Party]:
        """The bodies and groups of this side."""
        return [
            Party(one.organization.label, body_address(one.organization, self.reader))
            if one.organization
            else Party(one.printed, "")
            for one in self.partners
        ]

    @property
    def printed(self) -> str:
        """The name the paper prints for the side, where the register's names say otherwise."""
        registered = " - ".join(str(one.organization or one.printed) for one in self.partners)
        return "" if fold(self.name) == fold(registered) else self.name

    @property
    def duties(self) -> list[Partner]:
        """The bodies of this side whose responsibilities are written down."""
        return [partner for partner in self.partners if partner.responsibilities]


class PaperReading:
    """What any paper's page shows to one reader."""

    def __init__(self, record: Paper, reader: Reader) -> None:
        self.record, self.reader = record, reader
        self.document: Document = record.document
        self.inside = reader.is_authenticated
        self.today = timezone.localdate()

    @cached_property
    def audiences(self) -> frozenset[Audience]:
        """The audiences whose parts this reader reads."""
        return readable_audiences(self.reader, self.record)

    @property
    def reads_all(self) -> bool:
        """Whether the reader belongs to the body that writes the record."""
        return Audience.BODY in self.audiences

    @property
    def reads_as_party(self) -> bool:
        """Whether the reader is of a party, of a superior, or of the keeping body."""
        return Audience.PARTIES in self.audiences

    @cached_property
    def partners(self) -> list[Partner]:
        """The bodies and groups on the sides, in order."""
        return list(self.document.partners.select_related("organization__kind", "organization__sector"))

    @cached_property
    def sides(self) -> list[Side]:
        """The sides with their signatures; a side without one has an empty list."""
        numbers = sorted({partner.side for partner in self.partners})
        by_side = {
            number: [partner for partner in self.partners if partner.side == number] for number in numbers
        }
        found = [
            Side(number, side_names(partners)[0], partners, self.reader)
            for number, partners in by_side.items()
        ]
        for side in found:
            side.signatures = [one for one in self.signatures if one.side == side.number]
        return found

    @cached_property
    def signatures(self) -> list[Signature]:
        """Who signed, side by side."""
        return list(self.document.signatures.select_related("person"))

    @property
    def has_duties(self) -> bool:
        """Whether the responsibilities of any side are written down."""
        return any(partner.responsibilities for partner in self.partners)

    @cached_property
    def focal_rooms(self) -> list[Partner]:
        """The bodies whose focal room is known."""
        return [partner for partner in self.partners if partner.focal_room]

    @cached_property
    def answering(self) -> list[tuple[Organization, Answering]]:
        """For each signing body that has ended, who answers for it today; told to those who sign in."""
        bodies = [partner.organization for partner in self.partners if partner.organization]
        ended = [body for body in bodies if not body.is_alive(self.today)]
        return list(Reach.objects.answering(ended, self.today).items()) if ended and self.inside else []

    @cached_property
    def bases(self) -> list[tuple[Citation, str]]:
        """The papers it rests on as printed, each with the page of the record it is, where there is one to open."""
        found = self.cited_bases()
        pages = document_pages({one.cited_id for one in found if one.cited_id}, self.reader)
        return [(one, pages.get(one.cited_id, "")) for one in found]

    def cited_bases(self) -> list[Citation]:
        """What it says it rests on, as printed."""
        return list(self.document.citations.filter(role=Citation.Role.BASIS).select_related("cited"))

    @cached_property
    def sources(self) -> list[SourceUse]:
        """Where the facts come from."""
        return list(self.document.source_uses.select_related("source"))

    @cached_property
    def files(self) -> list[FileLine]:
        """The files this reader may open."""
        found = self.document.attachments.filter(audience__in=self.audiences)
        return [FileLine(one) for one in found]

    @property
    def listed_files(self) -> list[FileLine]:
        """Those of them that stand in the list of files."""
        return self.files

    @cached_property
    def panels(self) -> list[sections.Hits]:
        """What other apps tell beside this paper: the conferences at which it was signed, reviewed."""
        return sections.beside(self.document, self.reader)

    def missing(self, name: str) -> str:
        """The words for a field said to be unknown or absent; nothing when it is simply empty."""
        return missing_words(self.record.marks, name)

    @property
    def missing_items(self) -> str:
        """Why no commitments are listed."""
        return self.missing("items")

    @property
    def missing_signatures(self) -> str:
        """Why no signatures are listed."""
        return self.missing("signatures")

    @property
    def missing_bases(self) -> str:
        """Why no bases are listed."""
        return self.missing("bases")

    @property
    def missing_number(self) -> str:
        """Why there is no number."""
        return self.missing("number")

    @property
    def dated_words(self) -> str:
        """The signing date in words, or what is known about it."""
        return dated_words(self.document)

    @property
    def dated_inferred(self) -> str:
        """What part of the date was inferred from."""
        return str(self.document.marks.get("dated", {}).get("inferred") or "")

    @property
    def type_words(self) -> str:
        """The type of the paper in words."""
        return type_of(self.document) or self.record._meta.verbose_name

    def citation(self, address: str, portal: str) -> str:
        """A ready text to cite the record with."""
        document = self.document
        number = f" số {document.number}" if document.number else ""
        named = fold(document.title).startswith(fold(self.type_words)) and not number
        kind = "" if named else f"{self.type_words}{number}: "
        said = [joined(side_names(self.partners)), f"{kind}{document.title}"]
        inferred = " (suy ra)" if self.dated_inferred else ""
        said.append(f"ký {short_date(document.dated)}{inferred}" if document.dated.known else "")
        return f"{', '.join(part for part in said if part)}. {portal}, {address}"
