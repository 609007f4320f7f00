"""The starter set: what every installation begins with, and how such data files are loaded.

Levels, sectors, kinds of bodies, types of papers, tags, the central bodies and the central papers that
programmes rest on stand in ``portal/data/starter.json``. Loading adds what is missing and never changes
what is there, so that an office's own corrections last; each record is recognised by a code made from its key.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import module_has_submodule

from portal.actions.documents import set_number
from portal.actions.registers import free_slug, rebuild_reach
from portal.actions.showing import show
from portal.columns import CODE_ALPHABET
from portal.dates import parse_date
from portal.history import acting, finish
from portal.models import (
    AdministrativeUnit,
    Audience,
    BodyGroup,
    BodyGroupPart,
    Citation,
    Document,
    DocumentType,
    Kept,
    Level,
    Organization,
    OrganizationKind,
    OrganizationName,
    Partner,
    Sector,
    Subordination,
    Succession,
    Tag,
    UnitSuccession,
    Verb,
)

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]


def fixed_code(model: type[models.Model], key: str) -> str:
    """The public code of a loaded record: the same at every loading, made from its key."""
    digest = hashlib.sha256(f"{model._meta.label_lower}:{key}".encode()).digest()
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:10])


def read_data(path: Path) -> dict[str, list[Row]]:
    """The rows of a data file, by kind."""
    return json.loads(path.read_text(encoding="utf-8"))


def find(model: type[models.Model], key: str | None) -> Any:
    """The record loaded under a key, None for no key; a key that was never loaded is an error."""
    if key is None:
        return None
    if model in KEYED:
        return model._default_manager.get(key=key)
    return model._default_manager.get(code=fixed_code(model, key))


def is_loaded(model: type[models.Model], key: str) -> bool:
    """Whether the record of a key is there already."""
    return model._default_manager.filter(code=fixed_code(model, key)).exists()


@transaction.atomic
def load() -> Counter[str]:
    """Load the starter set, then what each app offers in its ``starter.py``; returns how many rows were added."""
    added = load_rows(read_data(DATA / "starter.json"))
    for config in apps.get_app_configs():
        if config.name != "portal" and module_has_submodule(config.module, "starter"):
            added += import_module(f"{config.name}.starter").load()
    if added:
        rebuild_reach()
    return added


def load_rows(data: dict[str, list[Row]]) -> Counter[str]:
    """Add the missing rows of every kind this module knows, in the order they need each other."""
    added: Counter[str] = Counter()
    for kind, add in LOADERS.items():
        for place, row in enumerate(data.get(kind, ()), start=1):
            added[kind] += add(row, place)
    return +added


def put(record: Kept, *rest: Kept) -> bool:
    """Save a record with the rows that belong to it, as one act; returns True, for counting."""
    with acting(Verb.LOAD, record) as act:
        for row in (record, *rest):
            row.save()
        finish(act, record)
    return True


# --- small registers, recognised by their key


def add_level(row: Row, place: int) -> bool:
    """Add a level."""
    return add_keyed(Level, row, name=row["name"], rank=row["rank"], ended_on=_day(row, "ended_on"))


def add_sector(row: Row, place: int) -> bool:
    """Add a sector."""
    return add_keyed(Sector, row, name=row["name"], position=place)


def add_kind(row: Row, place: int) -> bool:
    """Add a kind of body."""
    sector, short = Sector.objects.get(key=row["sector"]), row.get("abbreviation", "")
    return add_keyed(
        OrganizationKind, row, name=row["name"], abbreviation=short, sector=sector, position=place
    )


def add_type(row: Row, place: int) -> bool:
    """Add a type of paper."""
    short = {"state_abbreviation": row.get("state", ""), "party_abbreviation": row.get("party", "")}
    return add_keyed(DocumentType, row, name=row["name"], family=row["family"], position=place, **short)


def add_tag(row: Row, place: int) -> bool:
    """Add a tag."""
    return add_keyed(Tag, row, name=row["name"], position=place)


def add_group(row: Row, place: int) -> bool:
    """Add a group of bodies with the kinds it is made of."""
    if BodyGroup.objects.filter(key=row["key"]).exists():
        return False
    group = BodyGroup(key=row["key"], name=row["name"], words="\n".join(row["words"]), position=place)
    parts = (
        BodyGroupPart(
            group=group, kind=find(OrganizationKind, kind), level=find(Level, next(iter(level), None))
        )
        for kind, *level in row["parts"]
    )
    return put(group, *parts)


def add_keyed(model: type[Kept], row: Row, **values: Any) -> bool:
    """Add a row of a small register recognised by its key; False when it is there."""
    if model._default_manager.filter(key=row["key"]).exists():
        return False
    return put(model(key=row["key"], **values))


# --- territories and bodies


def add_unit(row: Row, place: int) -> bool:
    """Add a territory below its parent."""
    if is_loaded(AdministrativeUnit, row["key"]):
        return False
    unit = AdministrativeUnit(
        code=fixed_code(AdministrativeUnit, row["key"]),
        name=row["name"],
        level=find(Level, row["level"]),
        parent=find(AdministrativeUnit, row.get("parent")),
        note=row.get("note", ""),
        **_dates(row),
    )
    unit.path = unit.own_path()
    return put(unit)


def add_unit_succession(row: Row, place: int) -> bool:
    """Link a territory to one that came after it."""
    ends = {
        "predecessor": find(AdministrativeUnit, row["from"]),
        "successor": find(AdministrativeUnit, row["to"]),
    }
    if UnitSuccession.objects.filter(**ends).exists():
        return False
    link = UnitSuccession(**ends, in_part=row.get("in_part", False), note=row.get("note", ""))
    link.effective_on = _day(row, "effective_on")
    return _put_link(link, ends["predecessor"])


def add_body(row: Row, place: int) -> bool:
    """Add a body with its other names."""
    key = row["key"]
    if is_loaded(Organization, key):
        return False
    body = Organization(
        code=fixed_code(Organization, key),
        name=row["name"],
        abbreviation=row.get("abbreviation", ""),
        slug=free_slug(key.replace("-", " ")),
        kind=find(OrganizationKind, row.get("kind")),
        sector=find(Sector, row.get("sector")),
        level=find(Level, row.get("level")),
        territory=find(AdministrativeUnit, row.get("territory")),
        note=row.get("note", ""),
        is_sample=row.get("is_sample", False),
        ended_printed=row.get("ended_printed", ""),
        **_dates(row),
    )
    names = [OrganizationName(organization=body, name=name) for name in row.get("other_names", ())]
    return put(body, *names)


def add_succession(row: Row, place: int) -> bool:
    """Record that a body passed into another, or simply ended."""
    ends = {"predecessor": find(Organization, row["from"]), "successor": find(Organization, row.get("to"))}
    if Succession.objects.filter(**ends).exists():
        return False
    link = Succession(**ends, kind=row["kind"], note=row.get("note", ""))
    link.effective_on = _day(row, "effective_on")
    return _put_link(link, ends["predecessor"])


def add_subordination(row: Row, place: int) -> bool:
    """Record a body's direct superior."""
    ends = {"organization": find(Organization, row["body"]), "superior": find(Organization, row["superior"])}
    if Subordination.objects.filter(**ends).exists():
        return False
    return _put_link(Subordination(**ends), ends["organization"])


def _put_link(link: Kept, owner: Kept) -> bool:
    with acting(Verb.LOAD, owner):
        link.save()
    return True


def _dates(row: Row) -> Row:
    return {name: _day(row, name) for name in ("started_on", "ended_on")}


def _day(row: Row, name: str) -> date | None:
    return date.fromisoformat(row[name]) if name in row else None


# --- papers


def add_document(row: Row, place: int) -> bool:
    """Add a central paper with its issuers and what it replaces; one with the same number stays."""
    key = row.get("number") or row["title"]
    document = Document(
        code=fixed_code(Document, key),
        type=find(DocumentType, row["type"]),
        title=row["title"],
        signing=Document.Signing.SIGNED,
        term=row.get("term", ""),
        audience=Audience.PUBLIC,
        note=row.get("note", ""),
    )
    document.dated = parse_date(row.get("dated", ""))
    set_number(document, row.get("number", ""))
    same = Document.objects.filter(number_key=document.number_key).exclude(number_key="")
    if is_loaded(Document, key) or same.exists():
        return False
    issuers = [
        Partner(document=document, side=side, position=1, organization=find(Organization, issuer))
        for side, issuer in enumerate(row.get("issuers", ()), start=1)
    ]
    put(document, *issuers, *_replaced(document, row.get("replaces", ())))
    show([document.pk])
    return True


def _replaced(document: Document, rows: Iterable[Row]) -> list[Citation]:
    return [
        Citation(
            citing=document,
            cited=Document.objects.filter(code=fixed_code(Document, row["number"])).first(),
            role=Citation.Role.REPLACES,
            position=place,
            printed=row["printed"],
        )
        for place, row in enumerate(rows, start=1)
    ]


KEYED = {Level, Sector, OrganizationKind, DocumentType, Tag}
LOADERS: dict[str, Callable[[Row, int], bool]] = {
    "levels": add_level,
    "sectors": add_sector,
    "kinds": add_kind,
    "types": add_type,
    "tags": add_tag,
    "groups": add_group,
    "units": add_unit,
    "unit_successions": add_unit_succession,
    "bodies": add_body,
    "successions": add_succession,
    "subordinations": add_subordination,
    "documents": add_document,
}
