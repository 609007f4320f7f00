"""Words that address many bodies at once ("UBND các phường"): which kind of body in which territory they mean.

A proposal, to be looked at: whom a rule reaches is shown before anything is sent.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.filters import find_units
from portal.homes import Home
from portal.models import AdministrativeUnit, BodyGroup, Organization, OrganizationKind
from portal.text import clean, fold

_PLACE = r"(?:thành phố|tp\.?|tỉnh|quận|huyện|thị xã|phường|xã|thị trấn|đặc khu)"
_MANY = re.compile(
    r"\b(?:các|mọi|những|từng|mỗi|toàn thể)\s"
    r"|\b(?:phường|xã|thị trấn|đặc khu|quận|huyện|thị xã)"
    r"(?=\s*(?:$|[,;.()])|\s+(?:thuộc|trực thuộc|trong|trên|ở|tại|của|và)\s)",
    re.IGNORECASE,
)
"""A word of number, or a kind of place that no name follows: "UBND phường thuộc thành phố Hà Nội"."""
_WHERE = re.compile(
    rf"\b(?:thuộc|trong|trên|ở|tại|của)\s+(?:địa bàn\s+)?{_PLACE}(?P<name>\s+[^,;.()]+)?", re.IGNORECASE
)

_ASKED = re.compile(r"(?:đề nghị|yêu cầu|giao|chỉ đạo)\s+", re.IGNORECASE)
_NAME = rf"\s+[{''.join(filter(str.isupper, map(chr, range(0x1EFA))))}\d]\w*"
"""A word of a place's name: it begins with a capital, or is a number."""
_KINDS = rf"{_PLACE}\b(?!{_NAME})(?:(?:,|\s+và)\s+{_PLACE}\b(?!{_NAME}))*"
"""Kinds of places that no name follows."""
_LYING = rf"\s+(?:thuộc|trực thuộc|trong|trên|ở|tại|của)\s+(?:địa bàn\s+)?{_PLACE}\b(?:{_NAME})*"
_AT_ONCE = re.compile(
    rf"(?:(?:của|ở|tại)\s+)?(?:(?:[Cc]ác|[Mm]ọi|[Nn]hững|[Tt]ừng|[Mm]ỗi)\s+{_KINDS}(?:{_LYING})?|{_KINDS}{_LYING})"
)
"""Kinds of places with a word of number, or the place they lie in with its name, as far as its capitals go."""


@dataclass(frozen=True)
class Rule:
    """A kind of body, and the territory where the words say one that the follower stands above."""

    kind: OrganizationKind
    territory: AdministrativeUnit | None


def names_many(text: str) -> bool:
    """Whether words address bodies of a kind rather than one by its name."""
    return bool(_MANY.search(clean(text)))


def subject_of(text: str) -> str:
    """The first words of a saying where many bodies are what it asks: "Ban Dân vận các phường" of "… báo cáo hằng năm"."""
    words = clean(text)
    asked = _ASKED.match(words)
    words = words[asked.end() :] if asked else words
    names = OrganizationKind.objects.values_list("name", "abbreviation")
    openings = sorted({fold(name) for pair in names for name in pair if name}, key=len, reverse=True)
    said = f"{fold(words)} "
    length = next((len(name.split()) for name in openings if said.startswith(f"{name} ")), 0)
    kind, rest = words.split()[:length], " ".join(words.split()[length:])
    found = _AT_ONCE.match(rest)
    return " ".join([*kind, found[0]]) if found else ""


def rule_meant(text: str, kinds: Collection[str], follower: Organization, on: date) -> Rule | None:
    """The rule that words mean, of kinds that live below the follower; None where they name no kind, or several."""
    if not (kinds and names_many(text)):
        return None
    territory = territory_meant(text, follower)
    meant = kinds_named(text, kinds) or kinds_grouped(text, territory or follower.territory, on)
    return Rule(meant[0], territory) if len(meant) == 1 and meant[0].key in kinds else None


def kinds_grouped(text: str, place: AdministrativeUnit | None, on: date) -> list[OrganizationKind]:
    """The kinds of the group that the words name, where bodies of it lived in the territory on a day."""
    group = BodyGroup.objects.prefetch_related("parts__kind").meant_by(text)
    if group is None or place is None or not group.within(place, on).exists():
        return []
    return list({part.kind for part in group.parts.all()})


def kinds_named(text: str, kinds: Collection[str]) -> list[OrganizationKind]:
    """The kinds whose names or abbreviations stand in the words; a name within a longer one is not that kind's."""
    said, short = f" {fold(text)} ", set(re.findall(r"\w+", text))
    found = []
    known = sorted(OrganizationKind.objects.filter(key__in=kinds), key=lambda one: -len(one.name))
    for kind in known:
        name = f" {fold(kind.name)} "
        if name in said or (kind.abbreviation and kind.abbreviation in short):
            said = said.replace(name, " | ")
            found.append(kind)
    return found


def territory_meant(text: str, follower: Organization) -> AdministrativeUnit | None:
    """The territory that the words name within the follower's, or the follower's own where they name none."""
    home, said = follower.territory, _WHERE.search(clean(text))
    if home is None or said is None or not said["name"]:
        return home
    words = re.sub(r"^\S+\s+(?:địa bàn\s+)?", "", said[0])
    inside = [one for one in find_units(words, Home([follower.pk])) if one.lies_in(home)]
    return inside[0] if len(inside) == 1 else None
