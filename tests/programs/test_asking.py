"""What is asked once before a paper is handed in: names that mean no body, said to be right as printed."""

import re
from typing import Any

import pytest

from portal.actions.copies import as_data
from portal.actions.documents import PartnerEntry
from portal.models import State, WorkingCopy
from programs.forms.programs import next_term_data, raw_data
from programs.models import Program
from tests.cast import Cast, make_program
from tests.programs.test_entry import ENTER, complete, rows

GROUP = "các đoàn thể phường"
MIXED = "UBND phường Ngọc Hà phường Ba Đình"
ASKED = re.compile(r'name="da-hoi" value="([^"]*)"')


def sides(second: str) -> dict[str, str]:
    """Two sides, the second as typed."""
    first = {"side": "1", "name": "Ban Dân vận Đảng ủy phường Ba Đình"}
    return rows("partners", first, {"side": "2", "name": second})


def asks(name: str) -> str:
    """What is asked about a name."""
    return f"“{name}” chưa khớp cơ quan nào trong danh mục."


def test_a_name_that_means_no_body_is_asked_about_before_it_is_handed_in(cast: Cast) -> None:
    clerk, posted = cast.client("lan"), complete(**sides(GROUP))
    page = clerk.post(ENTER, posted | {"lam": "submit"})
    assert (page.status_code, ASKED.findall(page.text)) == (422, [asks(GROUP)])
    assert Program.objects.count() == 0
    # What was confirmed is what was asked: a name altered since is asked about again.
    page = clerk.post(ENTER, posted | sides(MIXED) | {"lam": "xac-nhan", "da-hoi": asks(GROUP)})
    assert ASKED.findall(page.text) == [asks(MIXED)]
    clerk.post(ENTER, posted | {"lam": "xac-nhan", "da-hoi": asks(GROUP)})
    program = Program.objects.get()
    assert (program.state, program.document.marks) == (
        State.WAITING,
        {"partners": {"as_printed": [GROUP]}},
    )


def test_a_chosen_body_typed_into_without_scripts_is_no_longer_chosen(cast: Cast) -> None:
    posted = complete(**sides(MIXED), **{"partners-1-name-ma": cast.partner.code})
    page = cast.client("lan").post(ENTER, posted | {"lam": "submit"})
    assert ASKED.findall(page.text) == [asks(MIXED)]


def test_a_name_confirmed_once_is_not_asked_about_again(cast: Cast) -> None:
    clerk, tick = cast.client("lan"), {"partners-1-name-giu-nguyen": asks(GROUP)}
    saved = clerk.post(ENTER, complete(**sides(GROUP), **tick))
    program = Program.objects.get()
    page = clerk.get(saved.url).text
    assert f'value="{asks(GROUP)}" checked' in page
    clerk.post(f"/lam-viec/chuong-trinh/{program.code}/trinh/", {"phien-ban": "1"})
    program.refresh_from_db()
    assert program.state == State.WAITING
    assert next_term_data(program)["partners-1-name-giu-nguyen"] == asks(GROUP)


def test_handing_in_from_the_page_of_a_record_asks_on_its_form(cast: Cast) -> None:
    clerk = cast.client("lan")
    program = make_program(cast, partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, None, GROUP)])
    answer = clerk.post(f"/lam-viec/chuong-trinh/{program.code}/trinh/", {"phien-ban": "1"}, follow=True)
    assert answer.redirect_chain == [(f"/lam-viec/chuong-trinh/{program.code}/sua/", 302)]
    assert f"{asks(GROUP)} Xin xem lại rồi bấm “Trình lãnh đạo”." in answer.text
    program.refresh_from_db()
    assert program.state == State.DRAFTING


def approved_with_group(cast: Cast) -> Program:
    """An approved programme that prints a group; it came by a loader, so nobody was asked."""
    parties = [PartnerEntry(1, cast.ours), PartnerEntry(2, None, GROUP)]
    return make_program(cast, "approved", partners=parties)


@pytest.mark.parametrize(("name", "asked"), [(GROUP, []), (MIXED, [asks(MIXED)])])
def test_what_was_approved_as_printed_is_not_asked_about_in_an_edit(
    cast: Cast, name: str, asked: list[str]
) -> None:
    program = approved_with_group(cast)
    typed: dict[str, Any] = as_data(raw_data(program)) | {"partners-1-name": [name], "lam": ["submit"]}
    typed |= {"phien-ban": ["0"], "dua-tren": [str(program.version)]}
    page = cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", typed)
    assert ASKED.findall(page.text) == asked
    assert WorkingCopy.objects.filter(state=State.WAITING).exists() == (not asked)


def test_the_approver_reads_which_names_mean_no_body(cast: Cast) -> None:
    parties = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner), PartnerEntry(3, None, GROUP)]
    waiting = make_program(cast, "waiting", partners=parties)
    page = cast.client("hung").get(f"/lam-viec/chuong-trinh/{waiting.code}/xem-xet/").text
    told = re.search(r"Ghi như in, chưa khớp cơ quan nào trong danh mục</p><p>([^<]*)</p>", page)
    assert told and told[1] == GROUP
    plain = make_program(cast, "waiting")
    assert "chưa khớp cơ quan nào" not in cast.client("hung").get(
        f"/lam-viec/chuong-trinh/{plain.code}/xem-xet/"
    ).text  # fmt: skip
