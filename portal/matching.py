"""Finding what typed words mean in the registers: names as registers spell them, persons, documents.

Words are compared folded, with the usual abbreviations spelt out, so "UBND Q. Ba Đình" is
"Ủy ban nhân dân quận Ba Đình". What names of bodies mean is :mod:`portal.body_names`.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber

from portal.dates import PartialDate
from portal.models import (
    Audience,
    Document,
    DocumentType,
    Organization,
    PaperQuerySet,
    Person,
    Reach,
    User,
)
from portal.models.carrying import carrying_models
from portal.models.records import paper_models
from portal.registers import people_for
from portal.symbols import Style, Symbol
from portal.text import clean, fold

MOST_LOOKED_AT = 100
"""How many documents are looked at for those that a person may see."""

OFFICES = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "bdv": "ban dan van",
    "btg": "ban tuyen giao",
    "btgdv": "ban tuyen giao va dan van",
    "ubmttq": "uy ban mat tran to quoc viet nam",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "bcsd": "ban can su dang",
    "bcd": "ban chi dao",
}
PLACES = {
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "tw": "trung uong",
    "q": "quan",
    "p": "phuong",
    "h": "huyen",
}


SPELT_OUT = OFFICES | PLACES


def spelt(folded: str, words: dict[str, str] = SPELT_OUT) -> str:
    """A folded name with its abbreviations spelt out."""
    return " ".join(words.get(word, word) for word in folded.split())


def shortened(folded: str) -> str:
    """A folded name with its offices abbreviated, as registers often write them: "ubnd phuong ba dinh"."""
    padded = f" {folded} "
    for short, long in sorted(OFFICES.items(), key=lambda one: -len(one[1])):
        padded = padded.replace(f" {long} ", f" {short} ")
    return padded.strip()


def variants(text: str) -> set[str]:
    """The folded forms under which a typed name may stand in the register."""
    folded = fold(re.sub(r"\(đến [^()]+\)$", "", clean(text)))
    placed = spelt(folded, PLACES)
    return {folded, spelt(folded), placed, shortened(placed)} - {""}


def spellings(folded: str) -> list[str]:
    """The forms in which registers may write folded words: as typed, spelt out, with offices abbreviated."""
    return list(dict.fromkeys([folded, spelt(folded), shortened(spelt(folded, PLACES))]))


MOST_ASKED = 200
"""The most persons of a typed name of whom it is asked whether a reader may choose them."""


def with_words(found: QuerySet, folded: str, column: str, *, most: int = 8) -> QuerySet:
    """Rows whose folded ``column`` holds every word of an already folded text, of its first ``most`` words."""
    for word in folded.split()[:most]:
        found = found.filter(**{f"{column}__contains": word})
    return found


def people_called(names: Iterable[str], reader: User) -> dict[str, list[Person]]:
    """Persons of exactly these names that a person may choose, by the folded name."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people_for(reader).filter(folded__in={fold(name) for name in names} - {""}):
        found[person.folded].append(person)
    return found


def suggest_people(text: str, reader: User) -> list[Person]:
    """At most eight persons a person may choose whose names hold every typed word."""
    called = with_words(Person.objects.all(), fold(text), "folded", most=6).values_list("pk", flat=True)
    # Only these are asked about: asked of every name so called, the papers that name them would be read whole.
    query = people_for(reader).filter(pk__in=list(called[:MOST_ASKED]))
    return list(query.prefetch_related("positions")[:8])


def papers_of(keys: Iterable[int]) -> Iterator[PaperQuerySet]:
    """The records that these documents belong to, one query for each kind of paper."""
    for model in paper_models():
        yield model.objects.filter(document__in=keys)


def of_records(keys: Iterable[int]) -> set[int]:
    """Which of these documents belong to a record, whatever its state."""
    return {key for papers in papers_of(keys) for key in papers.values_list("document_id", flat=True)}


def readable(documents: Iterable[Document], reader: User) -> list[Document]:
    """Those of the shared register, and those of records this person may see.

    A paper that a basis or a conference added to the register is seen where it is carried, until it was looked at.
    """
    documents = list(documents)
    keys = [one.pk for one in documents]
    seen = {
        key
        for papers in papers_of(keys)
        for key in papers.visible_to(reader).values_list("document_id", flat=True)
    }
    hidden = of_records(keys) - seen
    hidden |= of_others([one for one in documents if one.pk not in seen], reader)
    return [one for one in documents if one.pk not in hidden]


def of_others(documents: Iterable[Document], reader: User) -> set[int]:
    """Those that a paper of another body added to the register, until they were looked at."""
    inside = {one.pk for one in documents if not one.looked_at and one.audience == Audience.BODY}
    return inside - met_at_home(inside, reader)


def met_at_home(keys: Collection[int], reader: User) -> set[int]:
    """Which of these documents are cited by records of the bodies a person writes for, or lie on their tables."""
    if not keys or reader.is_superuser:
        return set(keys)
    home = Reach.objects.running(reader.writing_bodies)
    met: set[int] = set()
    for rows in carrying_models():
        papers = (f"{rows.carrier}__{model._meta.model_name}" for model in paper_models())
        kept_at_home = reduce(or_, (Q(**{f"{paper}__keeper__in": home}) for paper in papers))
        found = rows.objects.filter(kept_at_home, **{f"{rows.carried}__in": keys})
        met.update(found.order_by().values_list(f"{rows.carried}_id", flat=True))
    return met


def may_be(document: Document, dated: PartialDate | None) -> bool:
    """Whether a printed date can be this document's: numbers recur, every year and in every body."""
    if dated is None or dated.first is None or document.dated_first is None:
        return True
    return dated.first <= document.dated_last and document.dated_first <= dated.last


def numbered(keys: Iterable[str]) -> list[Document]:
    """The documents of these numbers, of each at most :data:`MOST_LOOKED_AT`, the first added first."""
    place = Window(RowNumber(), partition_by="number_key", order_by="pk")
    found = Document.objects.filter(number_key__in=set(keys) - {""}).annotate(place=place)
    return list(found.filter(place__lte=MOST_LOOKED_AT).order_by("pk"))


def readable_by_number(keys: Iterable[str], reader: User) -> dict[str, list[Document]]:
    """Documents a person may see, by their number."""
    found: dict[str, list[Document]] = defaultdict(list)
    for one in readable(numbered(keys), reader):
        found[one.number_key].append(one)
    return found


def type_said(words: str, types: Iterable[DocumentType]) -> DocumentType | None:
    """The type that a paper's first words say, the longest that fits: "Giao ước thi đua …" is a Giao ước."""
    opening = f"{fold(words)} "
    names = ((name, one) for one in types for name in (fold(one.name), fold(one.name).removeprefix("ban ")))
    fits = [(len(name), one) for name, one in names if opening.startswith(f"{name} ")]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def suggest_documents(text: str, reader: User) -> list[Document]:
    """At most eight documents a person may see whose number or title holds every typed word."""
    query = with_words(Document.objects.all(), fold(text), "folded")
    return readable(query.select_related("type")[:MOST_LOOKED_AT], reader)[:8]


def same_number(
    symbol: Symbol,
    bodies: list[Organization],
    day: date | None,
    reader: User,
    *,
    term: str = "",
    except_id: int | None = None,
) -> Document | None:
    """Another paper of one of these bodies with this number in the same year or term, as far as a person may see.

    Two terms that are written are compared; else their days tell. Where neither does for one of the two papers,
    or its body is unknown, nothing is said.
    """
    if not bodies or not symbol.key:
        return None
    at_once = Q(term=term) if term else Q(pk__in=[])
    if day is not None:
        first, last = years_of_series(symbol.style, day.year)
        in_days = Q(dated_first__gte=date(first, 1, 1), dated_first__lte=date(last, 12, 31))
        at_once |= in_days & Q(term="") if term else in_days
    found = Document.objects.filter(at_once, number_key=symbol.key, partners__organization__in=bodies)
    return next(iter(readable(found.exclude(pk=except_id).distinct()[:MOST_LOOKED_AT], reader)), None)


def years_of_series(style: str, year: int) -> tuple[int, int]:
    """The first and last year in which a number of this year may be given but once.

    State numbers restart every year. Party numbers run through a term of the committee, from its congress in 2015,
    2020, 2025 … to the next; of such a year, in which the day of the congress is not known here, it may be either term.
    """
    if style == Style.STATE:
        return year, year
    begun = year - year % 5
    return (begun - 5 if begun == year else begun), begun + 5
