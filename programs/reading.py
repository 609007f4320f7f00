"""A programme as one reader may read it: which parts, in which order, in which words.

Every part is asked for once and only when the page draws it; what the reader may not see is not asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils.functional import cached_property

from portal.access import readable_audiences
from portal.models import (
    Document,
    Organization,
    Partner,
    Subordination,
)
from portal.sections import Reader
from portal.wording import period_name, short_period, signed_words
from programs.comparison import lineage_pairs
from programs.items_reading import ItemsReading
from programs.listing import amendment_page_of, page_of, plan_page_of
from programs.models import Amendment, Life, Plan, Program, Review, known_until
from programs.review_listing import as_called, review_page_of, with_heads
from programs.wording import sentence, type_words

TEXTS = [
    ("purposes", "Mục đích, yêu cầu", "muc-dich"),
    ("methods", "Phương thức phối hợp", "phuong-thuc"),
    ("implementation", "Tổ chức thực hiện", "to-chuc"),
    ("articles", "Chương, điều", "chuong-dieu"),
]
RUNNING = {Life.IN_FORCE, Life.ENDING_SOON, Life.REARRANGED}
MOST_KIN = 100
MOST_BELOW = 5000


@dataclass
class Kin:
    """A programme linked to this one: how it is called and where it is read."""

    program: Program
    url: str

    @property
    def words(self) -> str:
        """Its parties and period."""
        return f"{self.program.parties_label}, {period_name(self.program.period)}"

    @property
    def period(self) -> str:
        """Its period, in years."""
        return short_period(self.program.period)


@dataclass
class Companion:
    """A plan, an amendment or a review beside a programme."""

    record: Plan | Amendment | Review
    url: str

    @property
    def document(self) -> Document:
        """Its paper."""
        return self.record.document

    @property
    def words(self) -> str:
        """Its title, with its number."""
        return getattr(self.record, "label", str(self.record))

    @property
    def period(self) -> str:
        """Its period, in few words; an amendment has none."""
        return "" if isinstance(self.record, Amendment) else short_period(self.record.period)

    @property
    def signed_words(self) -> str:
        """When it was signed, in the words of a list."""
        return signed_words(self.document)


@dataclass
class Below:
    """The bodies directly below the one that leads: which have signed theirs, which have not."""

    signed: list[Organization]
    waiting: list[Organization]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.signed) + len(self.waiting)


class ProgramReading(ItemsReading):
    """A programme's page for one reader."""

    record: Program

    @property
    def sentence(self) -> str:
        """What it is, in one sentence."""
        return sentence(self.record, self.today)

    @property
    def period(self) -> str:
        """Its period, in years."""
        return short_period(self.record.period)

    @property
    def life(self) -> Life:
        """Its life status today."""
        return self.record.life(self.today)

    @property
    def type_words(self) -> str:
        return type_words(self.record)

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """The running text before the sides' duties: heading, place on the page, words."""
        return self._texts(TEXTS[:2])

    @property
    def later_texts(self) -> list[tuple[str, str, str]]:
        """The running text after the sides' duties."""
        return self._texts(TEXTS[2:])

    def _texts(self, wanted: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        found = [
            (heading, place, getattr(self.record, name) or self.missing(name))
            for name, heading, place in wanted
        ]
        return [one for one in found if one[2]]

    @property
    def cadence_words(self) -> str:
        """How often it is to be reviewed, as printed or in the usual words."""
        record = self.record
        usual = record.get_cadence_display() if record.cadence else ""
        if record.cadence_printed and usual:
            return f"{usual} (văn bản ghi: {record.cadence_printed})"
        return record.cadence_printed or usual or self.missing("cadence_printed")

    @property
    def consent_words(self) -> str:
        """Who agreed before signing, when, in which paper."""
        record = self.record
        said = [record.consent_by or self.missing("consent_by"), record.consent_paper]
        said.append(f"ngày {record.consented}" if record.consented.known else "")
        return ", ".join(part for part in said if part)

    @property
    def count_words(self) -> str:
        """A note when the paper states another number of commitments than stand here.

        Nothing is said to a reader who does not see them all: the difference would tell how many stay inside.
        """
        stated = self.record.stated_item_count
        if stated is None or stated == len(self.items) or len(self.every_item) != len(self.items):
            return ""
        return f"Văn bản nêu {stated} nội dung, ghi được {len(self.items)}."

    @cached_property
    def tags(self) -> list[str]:
        """What it is about."""
        return [
            str(link.tag) for link in self.record.tag_links.select_related("tag").order_by("tag__position")
        ]

    @cached_property
    def plans(self) -> list[Companion]:
        """The plans under it that the reader may read."""
        found = Plan.objects.visible_to(self.reader).filter(program=self.record).select_related("document")
        return [Companion(one, plan_page_of(one, self.reader)) for one in found[:MOST_KIN]]

    @property
    def plans_by_year(self) -> list[tuple[str, list[Companion]]]:
        """Those plans under the words of their periods, the newest first."""
        return [(words, list(plans)) for words, plans in groupby(self.plans, lambda one: one.period)]

    @cached_property
    def reviews(self) -> list["Companion"]:
        """The reviews of it that the reader may read."""
        return reviews_of(self.reader, program=self.record)

    @cached_property
    def amendments(self) -> list[Companion]:
        """The papers that change it that the reader may read, oldest first."""
        found = (
            Amendment.objects.visible_to(self.reader).filter(program=self.record).select_related("document")
        )
        return [
            Companion(one, amendment_page_of(one, self.record, self.reader))
            for one in found.order_by("pk")[:MOST_KIN]
        ]

    @cached_property
    def _kin(self) -> list[Program]:
        own = self.record
        # Link by link: with an "or" between them SQLite walks the whole list.
        later = Program.objects.filter(predecessor=own).order_by().values("pk")
        below = Program.objects.filter(follows=own).order_by().values("pk")
        before = [pk for pk in (own.predecessor_id, own.follows_id) if pk]
        kin = later.union(below, Program.objects.filter(pk__in=before).order_by().values("pk"))
        found = Program.objects.visible_to(self.reader).filter(pk__in=kin).select_related("document__type")
        return list(found.order_by("-listed_on", "-pk")[:MOST_KIN])

    def _linked(self, wanted: Iterable[Program]) -> list[Kin]:
        return [Kin(one, page_of(one, self.reader)) for one in wanted]

    @cached_property
    def predecessor(self) -> Kin | None:
        """The programme it continues."""
        found = self._linked(one for one in self._kin if one.pk == self.record.predecessor_id)
        return found[0] if found else None

    @cached_property
    def successors(self) -> list[Kin]:
        """The programmes that continue it."""
        return self._linked(one for one in self._kin if one.predecessor_id == self.record.pk)

    @cached_property
    def follows(self) -> Kin | None:
        """The programme above that it carries out."""
        found = self._linked(one for one in self._kin if one.pk == self.record.follows_id)
        return found[0] if found else None

    @cached_property
    def followers(self) -> list[Kin]:
        """The programmes below that carry it out."""
        return self._linked(one for one in self._kin if one.follows_id == self.record.pk)

    @cached_property
    def pairs(self) -> list[tuple[str, str, str]]:
        """Its commitments beside those of the term before: kept, changed, added, dropped."""
        if self.predecessor is None:
            return []
        before = readable_audiences(self.reader, self.predecessor.program)
        pairs = lineage_pairs(self.record, self.audiences, before)
        return pairs if any(pair.before for pair in pairs) else []

    @cached_property
    def below(self) -> Below | None:
        """The bodies directly below the leading Party body, by whether they have a programme that follows this one."""
        lead = self.lead
        if lead is None:
            return None
        links = Subordination.objects.filter(superior=lead)
        beneath = Organization.objects.filter(pk__in=links.values("organization_id"))
        bodies = list(beneath.filter(self._living_meanwhile())[:MOST_BELOW])
        followers = Program.objects.visible_to(self.reader).approved().filter(follows=self.record)
        partners = Partner.objects.filter(document__in=followers.values("document_id"))
        signed = set(partners.values_list("organization_id", flat=True))
        # The counterparts of the leading body: those of its own kind, and the kinds that did sign.
        kinds = {lead.kind_id, *(one.kind_id for one in bodies if one.pk in signed)}
        wanted = [one for one in bodies if one.kind_id in kinds]
        done, waiting = partition(wanted, signed)
        # Where nothing is recorded, nothing is known: no fraction of zero, and no names of a time gone by.
        told = bool(done) or (self.inside and self.life in RUNNING)
        return Below(done, waiting) if wanted and told else None

    @property
    def lead(self) -> Organization | None:
        """The first Party body among its parties."""
        bodies = [partner.organization for partner in self.partners if partner.organization]
        party = [body for body in bodies if body.kind_id and body.sector and body.sector.key == "dang"]
        return party[0] if party else None

    def _living_meanwhile(self) -> Q:
        first, last = self.record.in_force_from, known_until(self.record)
        living = Q(ended_on__isnull=True) | Q(ended_on__gte=first or self.today)
        return living & (Q(started_on__isnull=True) | Q(started_on__lte=last or self.today))


def reviews_of(reader: Reader, **of: Program | Plan) -> list[Companion]:
    """The reviews of a programme or a plan that the reader may read, the newest first."""
    found = with_heads(Review.objects.visible_to(reader).filter(**of).select_related("document"))
    return [Companion(as_called(one), review_page_of(one, reader)) for one in found[:MOST_KIN]]


def partition(bodies: list[Organization], keys: set[int]) -> tuple[list[Organization], list[Organization]]:
    """Bodies whose keys are among these, and the others."""
    return [one for one in bodies if one.pk in keys], [one for one in bodies if one.pk not in keys]
