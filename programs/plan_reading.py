"""A plan or an amendment as one reader may read it: which parts, in which order, in which words."""

from django.utils.functional import cached_property

from portal.access import readable_audiences
from portal.changes import capital
from portal.models import Audience
from portal.reading import PaperReading
from portal.wording import joined, short_period, side_names
from programs.comparison import Pair, lineage_pairs
from programs.items_reading import ItemsReading
from programs.listing import page_of, plan_page_of
from programs.models import Amendment, Plan, Program, Target
from programs.reading import MOST_KIN, Companion, Kin, reviews_of
from programs.target_reading import TargetLine, name_bodies, readable_targets, target_lines
from programs.wording import short_day


class CompanionReading(PaperReading):
    """What the pages of plans and amendments share."""

    record: Plan | Amendment
    program_term = "Thuộc chương trình"
    """How the programme is called among the facts."""

    @property
    def sentence(self) -> str:
        """What it is, in one sentence."""
        issuers = joined(side_names(self.partners))
        said = f"{capital(self.type_words)} của {issuers}" if issuers else capital(self.type_words)
        return f"{', '.join([said, *self._standing()])}."

    def _standing(self) -> list[str]:
        """What the sentence says beside what it is and whose."""
        return []

    @cached_property
    def program(self) -> Kin | None:
        """The programme it stands under, when the reader may read that too."""
        if self.record.program_id is None:
            return None
        found = Program.objects.visible_to(self.reader).filter(pk=self.record.program_id)
        program = found.select_related("document__type").first()
        return Kin(program, page_of(program, self.reader)) if program else None


class AmendmentReading(CompanionReading):
    """An amendment's page for one reader."""

    record: Amendment
    program_term = "Sửa đổi chương trình"


class PlanReading(ItemsReading, CompanionReading):
    """A plan's page for one reader."""

    record: Plan

    def _standing(self) -> list[str]:
        period, ended = self.record.period, self.record.terminated_on
        said = [period.sentence()] if period.first else []
        if self.is_terminated:
            said.append(f"chấm dứt từ ngày {short_day(ended)}")
        return said

    @property
    def is_terminated(self) -> bool:
        """Whether it was ended by today."""
        return self.record.is_terminated(self.today)

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """The running text before the tasks: heading, place on the page, words."""
        return self._texts(("purposes", "Mục đích, yêu cầu", "muc-dich"))

    @property
    def later_texts(self) -> list[tuple[str, str, str]]:
        """The running text after them. What was written as running text alone is the plan itself."""
        other = "Nội dung khác" if self.items or self.record.purposes else "Nội dung"
        how = ("implementation", "Tổ chức thực hiện", "to-chuc")
        return self._texts(("content", other, "noi-dung"), how)

    def _texts(self, *wanted: tuple[str, str, str]) -> list[tuple[str, str, str]]:
        found = [
            (heading, place, getattr(self.record, name) or self.missing(name))
            for name, heading, place in wanted
        ]
        return [one for one in found if one[2]]

    @cached_property
    def targets(self) -> list[Target]:
        """Its targets that this reader may read."""
        return readable_targets(self.record, self.audiences)

    @cached_property
    def target_lines(self) -> list[TargetLine]:
        """The same as they stand; bodies are named to its own, parties and superiors."""
        named = Audience.PARTIES in self.audiences
        lines = target_lines(self.targets, names_bodies=named, today=self.today)
        name_bodies(lines)
        return lines

    @cached_property
    def _kin(self) -> list[Companion]:
        own = self.record
        # Link by link: with an "or" between them SQLite walks the whole list.
        later = Plan.objects.filter(predecessor=own).order_by().values("pk")
        below = Plan.objects.filter(parent=own).order_by().values("pk")
        before = [pk for pk in (own.predecessor_id, own.parent_id) if pk]
        kin = later.union(below, Plan.objects.filter(pk__in=before).order_by().values("pk"))
        found = Plan.objects.visible_to(self.reader).filter(pk__in=kin).select_related("document")
        return [Companion(one, plan_page_of(one, self.reader)) for one in found[:MOST_KIN]]

    @cached_property
    def reviews(self) -> list[Companion]:
        """The reviews of it that the reader may read."""
        return reviews_of(self.reader, plan=self.record)

    @property
    def parent(self) -> Companion | None:
        """The plan of another body that it carries out."""
        return next((one for one in self._kin if one.record.pk == self.record.parent_id), None)

    @property
    def predecessor(self) -> Companion | None:
        """The plan it continues."""
        return next((one for one in self._kin if one.record.pk == self.record.predecessor_id), None)

    @property
    def successors(self) -> list[Companion]:
        """The plans that continue it."""
        return [one for one in self._kin if one.record.predecessor_id == self.record.pk]

    @property
    def followers(self) -> list[Companion]:
        """The plans of other bodies that carry it out."""
        return [one for one in self._kin if one.record.parent_id == self.record.pk]

    @property
    def period(self) -> str:
        """Its period, in few words."""
        return short_period(self.record.period)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Its tasks beside those of the plan before: kept, changed, added, dropped."""
        if self.predecessor is None:
            return []
        before = readable_audiences(self.reader, self.predecessor.record)
        pairs = lineage_pairs(self.record, self.audiences, before)
        return pairs if any(pair.before for pair in pairs) else []
