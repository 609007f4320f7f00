"""What one person typed is never written as another's who signs in meanwhile in the same browser."""

import re

from django.contrib.sessions.models import Session
from django.test import Client

from portal.models import WorkingCopy
from portal.whose import WHOSE
from programs.models import Program
from tests.cast import PASSWORD, Cast, make_program

ENTER = "/lam-viec/chuong-trinh/nhap/"


def typed_on(client: Client, address: str, **typed: str) -> dict[str, str]:
    """What a page's form posts after somebody typed in it."""
    page = client.get(address, follow=True).text.rpartition('id="to-khai"')[2]
    names = (WHOSE, "ma", "phien-ban", "dua-tren", "luc-mo")
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in names}
    return hidden | {"lam": "save"} | typed


def signs_in(client: Client, page: str, person: str) -> object:
    """Press the sign-in page's button as somebody, with what the page carries."""
    carried = dict(re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL))
    target = re.search(r'name="next" value="([^"]*)"', page)[1]
    answer = {"username": person, "password": PASSWORD, "next": target}
    return client.post("/dang-nhap/", carried | answer)


def test_who_else_signs_in_does_not_get_what_was_typed_and_it_waits_for_its_writer(cast: Cast) -> None:
    clerk = cast.client("lan")
    typed = typed_on(clerk, ENTER, title="Phối hợp của Lan")
    Session.objects.all().delete()
    answer = signs_in(clerk, clerk.post(ENTER, typed).text, "binh")
    assert answer.status_code == 403 and "Nội dung của người khác" in answer.text
    assert "Phối hợp của Lan" not in answer.text
    assert Program.objects.count() == 0
    kept = WorkingCopy.objects.get()
    assert (kept.owner, kept.record_code, kept.data["title"]) == (cast.lan, typed["ma"], ["Phối hợp của Lan"])
    assert WHOSE not in kept.data


def test_who_typed_it_signs_in_and_it_is_saved(cast: Cast) -> None:
    clerk = cast.client("lan")
    typed = typed_on(clerk, ENTER, title="Phối hợp của Lan")
    Session.objects.all().delete()
    assert signs_in(clerk, clerk.post(ENTER, typed).text, "lan").status_code == 302
    assert (Program.objects.get().written_by, Program.objects.get().keeper) == (cast.lan, cast.ours)


def test_a_page_left_open_while_another_signed_in_writes_nothing_as_theirs(cast: Cast) -> None:
    draft = make_program(cast, "drafting")
    there = f"/lam-viec/chuong-trinh/{draft.code}/sua/"
    typed = typed_on(cast.client("lan"), there, title="Sửa của Lan")
    hung = cast.client("hung")
    assert hung.post(there, typed).status_code == 403
    kept = {"loai": "program", **typed}
    assert hung.post("/lam-viec/luu-tam/", kept, headers={"X-Requested-With": "fetch"}).status_code == 403
    draft.refresh_from_db()
    assert draft.version == 1
    assert [(copy.owner, copy.data["title"]) for copy in WorkingCopy.objects.all()] == [
        (cast.lan, ["Sửa của Lan"])
    ]


def test_what_no_desk_keeps_is_carried_on_until_its_writer_signs_in(cast: Cast) -> None:
    draft = make_program(cast, "waiting")
    verb = f"/lam-viec/chuong-trinh/{draft.code}/rut-lai/"
    signed = typed_on(cast.client("lan"), ENTER)[WHOSE]
    neighbour = cast.client("binh")
    page = neighbour.post(verb, {WHOSE: signed}).text
    assert "Đăng nhập bằng tài khoản đã nhập" in page
    draft.refresh_from_db()
    assert draft.state == "waiting"


def test_a_form_that_names_nobody_is_sent_by_one_more_press(cast: Cast) -> None:
    clerk = cast.client("lan")
    Session.objects.all().delete()
    answer = signs_in(clerk, clerk.post(ENTER, {"title": "Không rõ của ai"}).text, "binh")
    assert answer.status_code == 403 and "không ghi ai đã nhập" in answer.text
    assert "Không rõ của ai" in answer.text
    assert (Program.objects.count(), WorkingCopy.objects.count()) == (0, 0)
