"""Saving: the work a save does follows what changed and never how long the paper is."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.actions.copies import as_data
from portal.models import Act, Organization, OrganizationKind, Person, Reach, Verb
from programs.actions import save_program
from programs.forms.programs import ProgramForm, raw_data
from programs.models import ContentItem, ItemBody, Program
from tests.cast import Cast, make_body

ENTER = "/lam-viec/chuong-trinh/nhap/"


def rows(prefix: str, *lines: dict[str, str]) -> dict[str, str]:
    """The posted fields of a row set."""
    posted = {f"{prefix}-TOTAL_FORMS": str(len(lines))}
    for index, line in enumerate(lines):
        posted |= {f"{prefix}-{index}-{name}": value for name, value in line.items()}
    return posted


def paper(sides: int, items: int) -> dict[str, str]:
    """A paper of so many sides, bases and signatures, all of them new, and of so many items."""
    names = [f"Hội quần chúng số {place}" for place in range(sides)]
    for name in names:
        make_body(name)
    bases = [f"Căn cứ Quyết định số {place + 100}/QĐ-TW ngày 3/2/2020" for place in range(sides)]
    people = [f"Nguyễn Văn {'A' * (place + 1)}" for place in range(sides)]
    return {
        "title": "Phối hợp",
        "period": "2022 – 2026",
        **rows("partners", *[{"side": str(place + 1), "name": name} for place, name in enumerate(names)]),
        **rows("signatures", *[{"side": "1", "name": name, "capacity": "Trưởng ban"} for name in people]),
        **rows("bases", *[{"text": text} for text in bases]),
        **rows("items", *[{"text": f"Nội dung {place}", "lead": names[0]} for place in range(items)]),
    }


def counted(run: Any) -> int:
    """How many queries something takes."""
    with CaptureQueriesContext(connection) as queries:
        run()
    return len(queries)


@pytest.mark.parametrize(("sides", "items"), [(2, 3), (30, 50)])
def test_a_save_takes_as_many_queries_however_long_the_paper_is(cast: Cast, sides: int, items: int) -> None:
    posted, client = paper(sides, items), cast.client("lan")
    assert counted(lambda: client.post(ENTER, posted)) == 64
    program = Program.objects.get()
    assert (program.document.partners.count(), program.items.count()) == (sides, items)
    edited = as_data(raw_data(program)) | {"phien-ban": ["1"], "items-1-text": ["Đã sửa"]}
    assert (
        counted(lambda: client.post(f"/lam-viec/chuong-trinh/{program.code}/sua/", edited)) == 68
    )  # two for each kind of paper
    act = Act.objects.get(verb=Verb.EDIT)
    assert list(ContentItem.history.filter(act=act).values_list("text", flat=True)) == ["Đã sửa"]
    assert ItemBody.history.filter(act=act).count() == 0


@pytest.mark.parametrize(("sides", "items"), [(2, 3), (30, 50)])
def test_the_action_alone_writes_one_changed_item_in_few_queries(cast: Cast, sides: int, items: int) -> None:
    cast.client("lan").post(ENTER, paper(sides, items))
    program = Program.objects.get()
    data = raw_data(program)
    data["items-1-text"] = "Đã sửa"
    form = ProgramForm(data, user=cast.lan, record=program)
    assert form.is_valid()
    entry = form.entry()
    assert counted(lambda: save_program(program, entry, by=cast.lan, expected=1)) == 34


@pytest.mark.parametrize("bodies", [2, 20])
def test_bodies_ticked_to_be_added_take_few_queries(cast: Cast, bodies: int) -> None:
    OrganizationKind.objects.create(key="hnd", name="Hội Nông dân", sector=cast.ours.sector)
    names = [f"Hội Nông dân xã số {place}" for place in range(bodies - 1)] + ["Hội Nông dân xã số 0"]
    lines = [
        {"side": "1", "name": str(cast.ours)},
        *[{"side": "2", "name": name, "add": "on"} for name in names],
    ]
    posted = {"title": "Phối hợp", "period": "2022 – 2026", **rows("partners", *lines)}
    client = cast.client("lan")
    assert counted(lambda: client.post(ENTER, posted)) == 57
    found = Organization.objects.filter(looked_at=False)
    assert sorted(found.values_list("name", flat=True)) == sorted(names)
    assert found.values("slug").distinct().count() == bodies
    assert set(found.values_list("kind__key", "sector__key")) == {("hnd", "dang")}
    assert Program.objects.get().document.partners.count() == bodies + 1
    acts = set(Organization.history.filter(id__in=found).values_list("act", "history_type"))
    assert acts == {(Act.objects.get(verb=Verb.CREATE).pk, "+")}
    readers = Reach.objects.filter(body__in=found).values_list("reader", "relation")
    assert set(readers) == {(body.pk, "runs") for body in found}


def test_rows_written_together_are_kept_and_derived_as_rows_written_one_by_one(cast: Cast) -> None:
    cast.client("lan").post(ENTER, paper(3, 3))
    act = Act.objects.get(verb=Verb.CREATE)
    program = Program.objects.get()
    assert set(Person.history.values_list("act", "history_type")) == {(act.pk, "+")}
    assert list(Person.objects.values_list("folded", flat=True)) == [
        "nguyen van a", "nguyen van aa", "nguyen van aaa"
    ]  # fmt: skip
    assert [body.item for body in ItemBody.objects.order_by("item__position")] == list(program.items.all())
    assert list(program.items.values_list("position", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("items", [3, 50])
def test_rows_dropped_together_take_few_queries_and_each_is_kept_in_the_act(cast: Cast, items: int) -> None:
    cast.client("lan").post(ENTER, paper(2, items))
    program = Program.objects.get()
    data = raw_data(program)
    data["items-TOTAL_FORMS"] = "1"
    form = ProgramForm(data, user=cast.lan, record=program)
    assert form.is_valid()
    entry = form.entry()
    # One of them lets go of the tasks of plans that carried out what is dropped.
    assert counted(lambda: save_program(program, entry, by=cast.lan, expected=1)) == 43
    act = Act.objects.get(verb=Verb.EDIT)
    dropped = [f"Nội dung {place}" for place in range(1, items)]
    gone = ContentItem.history.filter(history_type="-", act=act).order_by("id").values_list("text", flat=True)
    assert list(gone) == dropped
    assert ItemBody.history.filter(history_type="-", act=act).count() == len(dropped)
    assert (ContentItem.objects.count(), ItemBody.objects.count()) == (1, 1)
