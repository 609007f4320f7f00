"""A programme or plan as one line of a list: when, who, what, counts, lineage, status."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, Value
from django.urls import reverse

from portal.dates import Period
from portal.lists import SAMPLE, in_order, publishing_chip
from portal.models import State, User
from portal.sections import Hit
from portal.wording import short_period, signed_words
from programs.models import Amendment, Life, Plan, Program, Review, ReviewKind
from programs.wording import short_day, time_left

Reader = User | AnonymousUser


def page_of(program: Program, reader: Reader) -> str:
    """The page of a programme on the reader's side of the house."""
    if reader.is_authenticated:
        return reverse("programs:program_record", args=[program.code])
    return reverse("programs:program_page", args=[program.slug])


def plan_page_of(plan: Plan, reader: Reader) -> str:
    """The page of a plan on the reader's side of the house."""
    if reader.is_authenticated:
        return reverse("programs:plan_record", args=[plan.code])
    return reverse("programs:plan_page", args=[plan.slug])


def amendment_page_of(amendment: Amendment, program: Program, reader: Reader) -> str:
    """The page of an amendment on the reader's side of the house: for visitors, under its programme."""
    if reader.is_authenticated:
        return reverse("programs:amendment_record", args=[amendment.code])
    return reverse("programs:amendment_page", args=[program.slug, amendment.slug])


def program_hits(keys: Iterable[int], reader: Reader, today: date) -> list[Hit]:
    """The lines of these programmes, in their order."""
    keys = list(keys)
    rows = in_order(Program.objects.for_rows().told_to(reader).filter(pk__in=keys), keys)
    counts = companions(keys, reader)
    links = lineage(rows, keys, reader)
    return [program_hit(row, reader, today, (*counts[row.pk], *links[row.pk])) for row in rows]


def program_hit(program: Program, reader: Reader, today: date, meta: tuple[str, ...] = ()) -> Hit:
    """One programme as a line."""
    chips: list[str | tuple[str, str]] = [str(program.life(today))]
    if reader.is_authenticated:
        chips.append(publishing_chip(program))
    if program.is_sample:
        chips.append(SAMPLE)
    return Hit(
        title=program.parties_label or "Chưa ghi các bên",
        url=page_of(program, reader),
        line=program.document.title,
        chips=tuple(chips),
        when=short_period(program.period),
        when_line=signed_words(program.document),
        number=program.document.number,
        meta=meta,
        tail=time_left(program, today),
    )


def companions(keys: list[int], reader: Reader) -> dict[int, list[str]]:
    """How many plans, amendments and reviews the reader may see beside each programme, in words; one question."""
    kinds = (
        (Plan, Value("kế hoạch")),
        (Amendment, Value("văn bản sửa đổi")),
        (Review, F("kind")),
    )
    parts = []
    for place, (model, noun) in enumerate(kinds):
        seen = model.objects.visible_to(reader).filter(program__in=keys).order_by()
        named = seen.values("program", noun=noun, place=Value(place))
        parts.append(named.annotate(count=Count("pk")).values_list("program", "place", "noun", "count"))
    words: dict[int, list[str]] = defaultdict(list)
    for key, _, noun, count in sorted(parts[0].union(*parts[1:], all=True)):
        words[key].append(f"{count} {dict(ReviewKind.choices).get(noun, noun)}")
    return words


def lineage(rows: list[Program], keys: list[int], reader: Reader) -> dict[int, list[str]]:
    """What each programme continues and whether one continues it, as far as the reader may see them."""
    before = {row.predecessor_id for row in rows if row.predecessor_id}
    kin = Program.objects.visible_to(reader).filter(Q(pk__in=before) | Q(predecessor__in=keys))
    words: dict[int, list[str]] = defaultdict(list)
    columns = ("pk", "predecessor_id", "state", "period_kind", "period_first", "period_last", "period_text")
    periods = {
        pk: (later_of, state, Period(*period)) for pk, later_of, state, *period in kin.values_list(*columns)
    }
    for row in rows:
        if row.predecessor_id in periods:
            earlier = periods[row.predecessor_id][2]
            words[row.pk].append(
                f"tiếp nối {short_period(earlier) if earlier.first else 'chương trình trước'}"
            )
    continued = {later_of for later_of, state, _ in periods.values() if state == State.APPROVED}
    for key in continued & set(keys):
        words[key].append("có giai đoạn kế tiếp")
    return words


def plan_hits(keys: Iterable[int], reader: Reader, today: date) -> list[Hit]:
    """The lines of these plans, in their order."""
    keys = list(keys)
    found = Plan.objects.filter(pk__in=keys).select_related("document")
    rows = in_order(found.prefetch_related("document__partners__organization"), keys)
    under = {row.program_id for row in rows if row.program_id}
    seen = Program.objects.visible_to(reader).filter(pk__in=under).order_by()
    named = dict(seen.values_list("pk", "parties_label"))
    return [plan_hit(row, reader, today, named.get(row.program_id)) for row in rows]


def plan_hit(plan: Plan, reader: Reader, today: date, under: str | None) -> Hit:
    """One plan as a line; ``under`` names the programme it stands under, only to who may read that."""
    ended = plan.is_terminated(today)
    chips: list[str | tuple[str, str]] = [Life.TERMINATED.value] if ended else []
    if reader.is_authenticated:
        chips.append(publishing_chip(plan))
    if plan.is_sample:
        chips.append(SAMPLE)
    issuers = ", ".join(str(partner) for partner in plan.document.partners.all())
    meta = [issuers] if issuers else []
    if under is not None:
        meta.append(f"thuộc chương trình của {under}")
    return Hit(
        title=plan.document.title,
        url=plan_page_of(plan, reader),
        chips=tuple(chips),
        when=short_period(plan.period),
        when_line=signed_words(plan.document),
        number=plan.document.number,
        meta=tuple(meta),
        tail=f"từ {short_day(plan.terminated_on)}" if ended else "",
    )
