"""Finding what typed words mean in the registers: bodies, persons, documents.

Words are compared folded, with the usual abbreviations spelt out, so "UBND Q. Ba Đình" is
"Ủy ban nhân dân quận Ba Đình". Bodies living on the paper's date come first.
"""

import re
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Q, Value, When

from portal.models import Document, Organization, OrganizationName, Person
from portal.models.territories import alive_on
from portal.symbols import Style, Symbol, read_symbol
from portal.text import clean, fold

SPELT_OUT = {
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
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "tw": "trung uong",
    "q": "quan",
    "p": "phuong",
    "h": "huyen",
}


def spelt(folded: str) -> str:
    """A folded name with its abbreviations spelt out."""
    return " ".join(SPELT_OUT.get(word, word) for word in folded.split())


def variants(text: str) -> set[str]:
    """The folded forms under which a typed name may stand in the register."""
    folded = fold(re.sub(r"\(đến [\d/]+\)$", "", clean(text)))
    return {folded, spelt(folded)} - {""}


def match_organizations(text: str, on: date | None = None) -> list[Organization]:
    """The bodies a typed name means exactly, those living on the paper's date alone when there are any."""
    wanted = variants(text)
    if not wanted:
        return []
    other = OrganizationName.objects.filter(folded__in=wanted).values("organization_id")
    found = list(Organization.objects.filter(Q(folded__in=wanted) | Q(pk__in=other))[:20])
    living = [body for body in found if on and body.is_alive(on)]
    return living or found


def match_side(text: str, on: date | None = None) -> list[Organization]:
    """The bodies that sign together under one printed name: "HĐND - UBND quận Ba Đình".

    Every part must mean exactly one body; otherwise nothing is matched.
    """
    parts = [part for part in re.split(r"\s+[-–—]\s+|\s*,\s*", clean(text)) if part]
    if not 2 <= len(parts) <= 6:
        return []
    place = " ".join(parts[-1].split()[1:])
    bodies = []
    for part in parts:
        whole = part if len(part.split()) > 1 and part is parts[-1] else f"{part} {place}".strip()
        found = match_organizations(part, on) or match_organizations(whole, on)
        if len(found) != 1:
            return []
        bodies += found
    return bodies


def suggest_organizations(text: str, on: date | None, near: Organization | None = None) -> list[Organization]:
    """At most eight bodies whose names hold every typed word; living and near ones first."""
    folded = fold(text)
    query = Organization.objects.matching(folded)
    if not query.exists():
        query = Organization.objects.matching(spelt(folded))
    living = Case(When(alive_on(on), then=Value(0)), default=Value(1)) if on else Value(0)
    home = Value(1)
    if near and near.territory_id:
        home = Case(When(territory=near.territory_id, then=Value(0)), default=Value(1))
    start = Case(When(folded__startswith=folded, then=Value(0)), default=Value(1))
    ranks = {"living": living, "home": home, "start": start}
    ranked = query.annotate(**{name: _integer(rank) for name, rank in ranks.items()})
    return list(ranked.order_by("living", "home", "start", "sort_key")[:8])


def _integer(rank: Case | Value) -> Case | Value:
    rank.output_field = IntegerField()
    return rank


def match_people(text: str) -> list[Person]:
    """Persons of exactly this name."""
    folded = fold(text)
    return list(Person.objects.filter(folded=folded)[:6]) if folded else []


def suggest_people(text: str) -> list[Person]:
    """At most eight persons whose names hold every typed word."""
    query = Person.objects.all()
    for word in fold(text).split()[:6]:
        query = query.filter(folded__contains=word)
    return list(query.prefetch_related("positions")[:8])


def match_documents(printed: str) -> list[Document]:
    """Documents carrying the number printed in a line, or bearing exactly this title."""
    symbol = read_symbol(printed)
    if isinstance(symbol, Symbol):
        return list(Document.objects.filter(number_key=symbol.key)[:6])
    folded = fold(printed)
    return list(Document.objects.filter(folded=folded)[:6]) if folded else []


def suggest_documents(text: str) -> list[Document]:
    """At most eight documents whose number or title holds every typed word."""
    query = Document.objects.all()
    for word in fold(text).split()[:8]:
        query = query.filter(folded__contains=word)
    return list(query.select_related("type")[:8])


def same_number(
    symbol: Symbol, bodies: list[Organization], day: date | None, *, except_id: int | None = None
) -> Document | None:
    """Another paper of one of these bodies with this number in the same year or term.

    State numbers restart every year; Party numbers run through a term of five years. Where the year
    or the body of either paper is unknown, nothing is said.
    """
    if day is None or not bodies or not symbol.key:
        return None
    years = timedelta(days=0 if symbol.style == Style.STATE else 5 * 366)
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    found = Document.objects.filter(
        number_key=symbol.key,
        partners__organization__in=bodies,
        dated_first__gte=first - years,
        dated_first__lte=last + years,
    ).exclude(pk=except_id)
    return found.first()
