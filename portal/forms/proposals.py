"""What a pasted number line and a title propose for the fields that are still empty."""

from typing import Any

from django.http import QueryDict

from portal.body_names import BodyNames
from portal.dates import PartialDate, PeriodKind
from portal.forms.head import HeadForm
from portal.forms.paper_rows import GUESSED, guess_words
from portal.forms.papers import PaperForm
from portal.marks import key_of
from portal.models import Organization, UnitSuccession, User
from portal.models.territories import alive_on
from portal.paste import is_body


def propose_from(head: HeadForm, data: QueryDict, user: User) -> dict[str, Any]:
    """Values for empty fields, what each line was understood to say, and the parties meant."""
    head.is_valid()
    parties, is_guess = parties_meant(head, user)
    printed = parties_printed(head) if not parties else ()
    echoes = {name: words for name, words in head.echoes.items() if data.get(name)}
    return {
        "fields": {name: value for name, value in fields_read(head).items() if value and not data.get(name)},
        "echoes": echoes,
        "parties": [
            {"name": body.label, "code": body.code}
            | ({"asked": guess_words(body), "key": key_of(guess_words(body))} if is_guess else {})
            for body in parties
        ]
        or [{"name": name, "code": ""} for name in printed],
    }


def fields_read(head: HeadForm) -> dict[str, str]:
    """What the fields of a head are understood to say, as one types it."""
    cleaned = head.cleaned_data
    fields = {
        "number": cleaned.get("number") or "",
        "title": cleaned.get("title") or "",
        "dated": cleaned["dated"].typed if cleaned.get("dated") else "",
        "type": cleaned["type"].key if cleaned.get("type") else "",
        "period": "",
        **{name: cleaned.get(name) or "" for name in head.also_read},
    }
    period = cleaned.get("period")
    if period and period.kind != PeriodKind.UNKNOWN:
        fields["period"] = period.typed
    return fields


def show_proposed(form: PaperForm) -> None:
    """Write what was read for empty fields into them, marked, for the page that is drawn from the form."""
    head, data = form.head, form.data
    for name, value in fields_read(head).items():
        if value and name in head.fields and not data.get(name):
            data[name] = value
            head.proposed_now.add(name)
    before = data.get("proposed", "").split()
    data["proposed"] = " ".join(before + sorted(head.proposed_now.difference(before)))


OF_ROWS = {
    "partners": ("name",),
    "items": ("about", "text", "time"),
    "figures": ("text", "amount"),
    **dict.fromkeys(("limitations", "causes", "lessons", "proposals"), ("text",)),
}


def mark_proposed(form: PaperForm) -> None:
    """Mark what a new paper's page was opened with and nobody has looked at yet."""
    head, names = form.head, form.data.get("proposed", "").split()
    head.proposed_now.update(name for name in names if name in head.fields)
    for prefix in OF_ROWS.keys() & set(names) & form.rows.keys():
        for row in form.rows[prefix].filled:
            row.proposed_now.update(
                name for name in OF_ROWS[prefix] if name in row.fields and row[name].value()
            )


def rows_meant(head: HeadForm, user: User) -> tuple[list[dict[str, str]], str]:
    """The rows of the sides that the number line means, and why; a guess says so by itself at each row."""
    parties, is_guess = parties_meant(head, user)
    rows = [
        {"side": str(side), "name": body.label, "name-ma": body.code}
        | ({f"name{GUESSED}": body.code} if is_guess else {})
        for side, body in enumerate(parties, start=1)
    ]
    rows = rows or [{"side": str(side), "name": name} for side, name in enumerate(parties_printed(head), 1)]
    return rows, "" if is_guess else FROM_LINE


def parties_printed(head: HeadForm) -> tuple[str, ...]:
    """The bodies a line names, as printed, where these are bodies; they stand before any guess."""
    names = head.line.parties if getattr(head, "line", None) else ()
    return names if len(names) > 1 and all(map(is_body, names)) else ()


def parties_meant(head: HeadForm, user: User) -> tuple[list[Organization], bool]:
    """The bodies that the number line means, and whether they are a guess by its abbreviations."""
    cleaned = head.cleaned_data
    line = getattr(head, "line", None)
    on = cleaned["dated"].placed if cleaned.get("dated") else None
    agencies = line.symbol.agencies if line and line.symbol else ()
    named = parties_named(line.parties if line else (), on, user)
    if named or parties_printed(head):
        return named, False
    return parties_abbreviated(agencies, on, user, head.fewest_parties), True


FROM_LINE = "Các bên lấy theo dòng số đã dán. Xin kiểm tra."


def parties_named(names: tuple[str, ...], on: PartialDate | None, user: User) -> list[Organization]:
    """The bodies a line names in words, when each side means exactly one."""
    meant = BodyNames(names, near=lambda: user.writing_bodies)
    sides = [meant.of_side(name, on) or meant.called(name, on) for name in names]
    if len(sides) >= 2 and all(len(side) == 1 for side in sides):
        return [side[0] for side in sides]
    return []


def parties_abbreviated(
    agencies: tuple[str, ...], on: PartialDate | None, user: User, fewest: int
) -> list[Organization]:
    """The bodies that the abbreviations in a number may mean within the territory the person works in, on that day.

    A guess, said to be one; made only when each side means exactly one body.
    """
    homes = home_units(user)
    found = [bodies_called(agency, homes, on) for agency in agencies]
    if len(found) >= fewest and all(len(bodies) == 1 for bodies in found):
        return [bodies[0] for bodies in found]
    return []


def home_units(user: User) -> set[int]:
    """The territories a person works in, and those they grew out of."""
    here = {held.organization.territory_id for held in user.current_memberships} - {None}
    before = UnitSuccession.objects.filter(successor__in=here).values_list("predecessor_id", flat=True)
    return here | set(before)


def bodies_called(abbreviation: str, homes: set[int], on: PartialDate | None) -> list[Organization]:
    """Bodies of these territories that carry an abbreviation in numbers, living on a day."""
    found = Organization.objects.filter(territory__in=homes, abbreviation__iexact=abbreviation)
    return list(found.filter(alive_on(on))[:2] if on else found[:2])


__all__ = ["home_units", "mark_proposed", "propose_from", "rows_meant", "show_proposed"]
