"""A draft sent for opinion: who was asked reads what was sent and answers, until it closes; nobody else sees a trace."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.actions.copies import save_copy
from portal.actions.documents import FileEntry, PartnerEntry
from portal.actions.records import NotNow, drop_draft
from portal.dates import parse_date
from portal.files import forget_stale
from portal.models import Act, Attachment, Consultation, Opinion, Verb
from programs import actions
from programs.actions import ItemEntry
from programs.forms.programs import raw_data
from programs.models import Program
from tests.cast import Cast, in_days, join, make_entry, make_file, make_program, make_user

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def draft(cast: Cast, settings: Any) -> Program:
    """A draft of our body with a part and a file for every audience, and words of its own."""
    folder = settings.MEDIA_ROOT / "00" / "00"
    folder.mkdir(parents=True)
    (folder / ("0" * 64)).write_bytes(b"%PDF")
    files = []
    for audience in ("public", "parties", "body"):
        one = make_file(cast, audience)
        one.name = f"tep-{audience}.pdf"
        one.save()
        files.append(FileEntry(one, audience=audience))
    return make_program(
        cast, "drafting", title="DU-THAO-TEN",
        partners=[PartnerEntry(1, cast.ours, focal_room="TRONG-DAU-MOI"), PartnerEntry(2, cast.partner)],
        items=[ItemEntry("CHUNG-NOI-DUNG"), ItemEntry("CAC-BEN-NOI-DUNG", audience="parties"),
               ItemEntry("TRONG-NOI-DUNG", audience="body")],
        files=files, note="TRONG-GHI-CHU",
        texts={"note": "TRONG-GHI-CHU", "purposes": "CHUNG-MUC-DICH", "consent_by": "TRONG-Y-KIEN"},
        consented=parse_date("1/3/2022"),
    )  # fmt: skip


def send(cast: Cast, record: Program, version: int | None = None, **changed: Any) -> Consultation | None:
    """Lan sends what is being written to the partner for three days; None when it was refused."""
    day = in_days(3)
    data = {
        "phien-ban": version or record.version,
        "parties": [cast.partner.code],
        "closes_on": f"{day:%d/%m/%Y}",
        "note": "Xin ý kiến về mục 2.",
    } | changed
    before = Consultation.objects.count()
    cast.client("lan").post(reverse("programs:consult_program", args=[record.code]), data)
    return Consultation.objects.first() if Consultation.objects.count() > before else None


def page(sent: Consultation) -> str:
    return reverse("portal:consultation", args=[sent.code])


def answer(cast: Cast, sent: Consultation, who: str = "phuc", **data: Any) -> int:
    return cast.client(who).post(page(sent), data).status_code


def main_of(cast: Cast, who: str | None, url: str) -> str:
    """What stands in the page itself."""
    return cast.client(who).get(url).text.split("<main", 1)[-1]


def test_who_was_asked_reads_what_parties_may_and_never_what_is_inside(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft)
    text = main_of(cast, "phuc", page(sent))
    wanted = (
        "DU-THAO-TEN",
        "CHUNG-NOI-DUNG",
        "CAC-BEN-NOI-DUNG",
        "CHUNG-MUC-DICH",
        "tep-public",
        "tep-parties",
    )
    assert [word for word in wanted if word not in text] == []
    assert "Xin ý kiến về mục 2." in text
    assert [word for word in ("TRONG-", "tep-body", "Nguyễn Thị Lan") if word in text] == []
    files = {
        one.name: reverse("portal:serve_file", args=[one.code, one.name]) for one in Attachment.objects.all()
    }
    opened = {name: cast.client("phuc").get(url) for name, url in files.items()}
    kept = [b"".join(one) for one in opened.values() if one.streaming]
    assert {name: one.status_code for name, one in opened.items()} == {
        "tep-public.pdf": 200,
        "tep-parties.pdf": 200,
        "tep-body.pdf": 404,
    }
    assert kept == [b"%PDF"] * 2


def test_nothing_leaks_to_lists_search_excel_or_others(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft)
    places = ["/lam-viec/chuong-trinh/", "/lam-viec/chuong-trinh/?q=du-thao-ten", "/tim-kiem/?q=du-thao-ten"]
    places += ["/lam-viec/goi-y/van-ban/?q=DU-THAO", "/lam-viec/goi-y/chuong-trinh/?q=DU-THAO"]
    places += [reverse("portal:body_page", args=[cast.ours.slug])]
    for place in places:
        assert "DU-THAO-TEN" not in main_of(cast, "phuc", place).replace("“DU-THAO-TEN”", ""), place
    excel = b"".join(cast.client("phuc").get("/lam-viec/chuong-trinh/excel/"))
    assert Program.objects.visible_to(cast.phuc).count() == 0
    assert excel
    record = reverse("programs:program_record", args=[draft.code])
    for person in ("phuc", "binh", "mai", "thu", "kien"):
        assert cast.client(person).get(record).status_code == 404
    readers = {name: cast.client(name).get(page(sent)).status_code for name in ("binh", "mai", "thu", "kien")}
    assert set(readers.values()) == {404}
    file = reverse("portal:serve_file", args=[sent.files[0], "x.pdf"])
    assert [cast.client(name).get(file).status_code for name in (None, "binh", "thu", "kien")] == [404] * 4


def test_what_was_sent_stays_as_it_was(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft)
    entry = make_entry(cast, title="SAU-KHI-GUI", items=["SAU-KHI-GUI"])
    actions.save_program(draft, entry, by=cast.lan, expected=draft.version)
    text = main_of(cast, "phuc", page(sent))
    assert "CHUNG-NOI-DUNG" in text
    assert "SAU-KHI-GUI" not in text
    assert send(cast, draft) is None  # the version that was opened is no longer the one that would be sent


def test_the_keeper_sees_who_answered_what_when_in_order(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft)
    cast.people["dau_moi"] = make_user("dau_moi", "Lý Thị Hoa")
    join(cast.dau_moi, cast.partner, "unit")
    assert answer(cast, sent) == 422
    assert answer(cast, sent, text="Sửa mục 2.", file=SimpleUploadedFile("gop-y.pdf", PDF)) == 302
    assert answer(cast, sent, "dau_moi", agrees="on") == 302
    record = reverse("programs:program_record", args=[draft.code])
    for place in (record, page(sent)):
        text = main_of(cast, "hung", place)
        first, second = (text.index(f"{who}, UBND phường Ba Đình") for who in ("Đỗ Văn Phúc", "Lý Thị Hoa"))
        assert text.index("Đồng ý với dự thảo") > second if place == record else first < second
        assert "Sửa mục 2." in text
    file = Opinion.objects.get(agrees=False).file
    url = reverse("portal:serve_file", args=[file.code, file.name])
    answers = [cast.client(name).get(url) for name in ("lan", "phuc", "binh", "thu")]
    assert [b"".join(one) == PDF for one in answers if one.streaming] == [True, True]
    assert [one.status_code for one in answers] == [200, 200, 404, 404]
    told = Act.objects.filter(record_code=draft.code, verb__in=[Verb.CONSULT, Verb.ANSWER]).order_by("pk")
    assert [(act.get_verb_display(), act.person) for act in told] == [
        ("gửi lấy ý kiến", cast.lan), ("cho ý kiến", cast.phuc), ("cho ý kiến", cast.dau_moi),
    ]  # fmt: skip
    assert "Sửa mục 2." not in main_of(cast, "phuc", page(sent)).split("Ý kiến của cơ quan")[1]


def test_one_body_does_not_read_what_another_answered(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft, **{"other_1": str(cast.neighbour), "other_1-ma": cast.neighbour.code})
    assert [one.body for one in sent.asked.all()] == [cast.partner, cast.neighbour]
    answer(cast, sent, text="Riêng của phường")
    assert "Riêng của phường" not in main_of(cast, "binh", page(sent))
    assert "Riêng của phường" in main_of(cast, "phuc", page(sent))


@pytest.mark.parametrize("how", ["its day passed", "its keeper ended it"])
def test_when_it_is_over_reading_stops_and_answers_stay(cast: Cast, draft: Program, how: str) -> None:
    sent = send(cast, draft)
    answer(cast, sent, agrees="on")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert cast.client("phuc").get(page(sent)).status_code == 200
    days = 4 if how == "its day passed" else 0
    if not days:
        end = reverse("portal:end_consultation", args=[sent.code])
        assert [cast.client(name).post(end).status_code for name in ("phuc", "lan")] == [404, 302]
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        file = reverse("portal:serve_file", args=[sent.files[0], "x.pdf"])
        assert [cast.client("phuc").get(url).status_code for url in (page(sent), file)] == [404, 404]
        assert answer(cast, sent, text="Muộn") == 404
        assert "Đồng ý với dự thảo" in main_of(cast, "lan", page(sent))
        assert page(sent) not in main_of(cast, "phuc", "/lam-viec/")
    assert Opinion.objects.count() == 1


def test_it_is_on_the_desks_of_both_until_answered(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft)
    day = in_days(3)
    asked = main_of(cast, "phuc", "/lam-viec/")
    assert f"<b>Cho ý kiến:</b> {sent.title}" in asked
    assert f"hạn {day.day}/{day.month}/{day.year}" in asked
    assert "0/1 cơ quan đã cho ý kiến" in main_of(cast, "lan", "/lam-viec/")
    assert [page(sent) in main_of(cast, name, "/lam-viec/") for name in ("binh", "thu", "kien", "mai")] == [
        False
    ] * 4
    answer(cast, sent, agrees="on")
    assert page(sent) not in main_of(cast, "phuc", "/lam-viec/")
    assert "1/1 cơ quan đã cho ý kiến" in main_of(cast, "lan", "/lam-viec/")


def test_who_belongs_to_two_of_those_asked_chooses_for_which_they_answer(cast: Cast, draft: Program) -> None:
    join(cast.phuc, cast.neighbour, "clerk")
    sent = send(cast, draft, **{"other_1": str(cast.neighbour), "other_1-ma": cast.neighbour.code})

    def chosen() -> tuple[str, bool]:
        page_ = main_of(cast, "phuc", page(sent))
        picked = re.search(r'<option value="(\w+)" selected', page_)[1]
        return picked, page(sent) in main_of(cast, "phuc", "/lam-viec/")

    assert chosen() == (cast.partner.code, True)
    assert answer(cast, sent, agrees="on", body="") == 422
    assert answer(cast, sent, agrees="on", body=cast.ours.code) == 422
    assert answer(cast, sent, text="Thay mặt phường", body=cast.partner.code) == 302
    assert chosen() == (cast.neighbour.code, True)
    assert answer(cast, sent, agrees="on", body=cast.neighbour.code) == 302
    assert chosen() == (cast.partner.code, False)
    assert list(Opinion.objects.values_list("body", "agrees")) == [
        (cast.partner.pk, False),
        (cast.neighbour.pk, True),
    ]
    assert "Thay mặt phường" not in main_of(cast, "binh", page(sent))


def test_what_was_sent_stays_with_who_sent_it_when_taken_off_the_draft(cast: Cast, draft: Program) -> None:
    """Its files too: after the end as before, whoever of the body opens them."""
    sent = send(cast, draft)
    actions.save_program(draft, make_entry(cast, files=[]), by=cast.lan, expected=draft.version)
    file = Attachment.objects.get(code=sent.files[0])
    assert file.document is None
    url = reverse("portal:serve_file", args=[file.code, file.name])
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        forget_stale(timezone.now() + timedelta(days=9))
        assert url in main_of(cast, "hung", page(sent))
        opened = {name: cast.client(name).get(url) for name in ("hung", "phuc", "binh", "thu", "kien")}
        assert b"".join(opened["hung"]) == b"%PDF"
        assert [name for name, one in opened.items() if one.status_code == 404] == [
            "phuc",
            "binh",
            "thu",
            "kien",
        ]


def test_the_open_edit_of_an_approved_paper_is_sent_and_not_the_paper(cast: Cast) -> None:
    program = make_program(cast, "published")
    assert send(cast, program) is None
    data = raw_data(program)
    data["title"] = "BAN-SUA-TEN"
    copy = save_copy("program", program, data, by=cast.lan, expected=0, based_on=program.version)
    sent = send(cast, program, copy.number)
    assert "BAN-SUA-TEN" in main_of(cast, "phuc", page(sent))
    program.refresh_from_db()
    assert program.document.title != "BAN-SUA-TEN"
    assert not Act.objects.filter(verb=Verb.APPROVE, reason="bản sửa").exists()


@pytest.mark.parametrize(
    "wrong",
    [{"parties": []}, {"closes_on": ""}, {"closes_on": "1/1/2020"}, {"closes_on": "2027"},
     {"other_1": "Ban không có trong danh mục"}, {"phien-ban": "9"}],
    ids=["nobody", "no day", "a day gone", "a year", "an unknown body", "another version"],
)  # fmt: skip
def test_nothing_is_sent_without_a_body_and_a_day(cast: Cast, draft: Program, wrong: dict) -> None:
    assert send(cast, draft, **wrong) is None


def test_a_draft_others_answered_is_not_dropped_and_its_files_are_kept(cast: Cast, draft: Program) -> None:
    sent = send(cast, draft)
    answer(cast, sent, text="Góp ý", file=SimpleUploadedFile("gop-y.pdf", PDF))
    with pytest.raises(NotNow, match="đã gửi lấy ý kiến"):
        drop_draft(draft, by=cast.lan)
    assert forget_stale(timezone.now() + timedelta(days=9)) == 0
    assert Opinion.objects.get().file is not None


def test_a_send_pressed_twice_asks_once_and_other_words_are_sent_anew(cast: Cast, draft: Program) -> None:
    assert [bool(send(cast, draft)) for _ in range(2)] == [True, False]
    assert Act.objects.filter(verb=Verb.CONSULT).count() == 1
    actions.save_program(draft, make_entry(cast, title="Tên khác"), by=cast.lan, expected=draft.version)
    draft.refresh_from_db()
    assert send(cast, draft).content["title"] == "Tên khác"
