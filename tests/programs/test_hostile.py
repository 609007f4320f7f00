"""Hostile and accidental input on the programme form: a message or a draft, never an error page."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.actions.documents import FileEntry
from portal.forms.papers import PaperForm
from portal.forms.rows import MOST_ROWS
from portal.models import WorkingCopy
from programs.forms.companions import AmendmentForm
from programs.forms.plans import PlanForm
from programs.forms.programs import ProgramForm
from programs.forms.reviews import ReviewForm
from programs.models import Program
from tests.cast import Cast, make_file, make_program

SHARP = st.sampled_from(
    ["", "0", "-1", "\x00", "9" * 400, "không rõ", "5/11", "29/2/2021", "2026-2022", "<script>", "07-CTrPH/BDVQU-UBND",
     "HĐND - UBND phường Ba Đình", "a;B;c", "% _ '\" \\", "Ð", "ê\u0323", "🂡", "{{ x }}", "../../etc"]
)  # fmt: skip
TEXT = st.one_of(SHARP, st.text(max_size=60))
FORMS = [ProgramForm, PlanForm, AmendmentForm, ReviewForm]


def posts_of(form_class: type[PaperForm]) -> st.SearchStrategy[dict[str, str]]:
    """Some of everything a form of this class reads, of two rows of each set."""
    names = [
        *form_class.head_class.base_fields,
        *(f"{name}-ma" for name in form_class.head_class.base_fields),
    ]
    for prefix, rows in form_class.row_classes.items():
        own = [*rows.form.base_fields, "name-ma"]
        names += [f"{prefix}-{index}-{name}" for index in (0, 1) for name in own]
        names += [f"{prefix}-TOTAL_FORMS", f"{prefix}-dan"]
    return st.dictionaries(st.sampled_from(sorted(set(names))), TEXT, max_size=25)


OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def posted(fields: dict[str, str]) -> QueryDict:
    """Fields as a form posts them."""
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


@OFTEN
@given(data=st.data(), complete=st.booleans())
@pytest.mark.parametrize("form_class", FORMS)
def test_any_post_is_understood_or_refused(
    cast: Cast, form_class: type[PaperForm], data: st.DataObject, complete: bool
) -> None:
    form = form_class(posted(data.draw(posts_of(form_class))), user=cast.lan, complete=complete)
    if form.is_valid():
        assert form.entry().paper.title != ""
    else:
        assert form.has_errors() or form.doubtful()


def test_what_a_page_filled_again_and_again_is_no_wall(cast: Cast) -> None:
    form = ProgramForm(posted({"title": "Một", "proposed": "period " * 40}), user=cast.lan)
    assert (form.is_valid(), form.head.errors) == (True, {})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=posts_of(ProgramForm),
    command=st.sampled_from(["save", "submit", "items:split", "partners:up:1", "refile:plan", "x:y:z"]),
)
def test_any_post_answers_with_a_page(cast: Cast, fields: dict, command: str) -> None:
    answer = cast.client("lan").post("/lam-viec/chuong-trinh/nhap/", fields | {"lam": command})
    assert answer.status_code in {200, 302, 422}


def test_a_thousand_rows_are_cut_to_what_a_paper_may_have(cast: Cast) -> None:
    form = ProgramForm(posted({"title": "x", "items-TOTAL_FORMS": "1000000"}), user=cast.lan)
    assert len(form.rows["items"].forms) == MOST_ROWS


def test_another_bodys_file_and_item_are_not_taken(cast: Cast) -> None:
    other = make_program(cast)
    foreign = {
        "items-TOTAL_FORMS": "1",
        "items-0-text": "Của người khác",
        "items-0-item": str(other.items.first().pk),
    }
    cast.client("binh").post("/lam-viec/chuong-trinh/nhap/", {"lam": "save", "title": "Của tôi"} | foreign)
    mine = Program.objects.get(keeper=cast.neighbour)
    assert mine.items.get().pk != other.items.first().pk
    assert other.items.count() == 2


def test_unknown_parameters_and_absurd_pages_do_not_break_lists(cast: Cast) -> None:
    program = make_program(cast, "published")
    lists = ["chuong-trinh/", "don-vi/", "van-ban/", "tim-kiem/", f"chuong-trinh/{program.slug}/"]
    inside = [*lists[:-1], f"chuong-trinh/{program.code}/", f"van-ban/{program.document.code}/"]
    addresses = [
        f"{path}?{query}"
        for path in [f"/{path}" for path in lists] + [f"/lam-viec/{path}" for path in inside]
        for query in ("trang=0", "trang=-5", "trang=99999999999999999999", "trang=a", "nam=99999", "nam=x", "la=1",
                      "khoi=zz", "don-vi=%00", "q=%00", "q=" + "a" * 5000, "hieu-luc=zz", "xep=zz", "tinh-trang=zz",
                      "nhat-ky=zz")
    ]  # fmt: skip
    client = cast.client("lan")
    answers = {address: client.get(address).status_code for address in addresses}
    assert {address: code for address, code in answers.items() if code not in {200, 404}} == {}


def test_unknown_parameters_and_absurd_pages_do_not_break_the_clean_up(cast: Cast) -> None:
    client = cast.client("quy")
    odd = (
        "p=-1",
        "p=99999999999999999999",
        "p=a",
        "o=zz",
        "o=99.-99",
        "q=%00",
        "la=1",
        "pk__in=x",
        "e=1",
        "all=",
    )
    for path in ("organization/", "document/", "user/", "act/"):
        assert client.get(f"/admin/portal/{path}").status_code == 200, path
        answers = {one: client.get(f"/admin/portal/{path}?{one}", follow=True).status_code for one in odd}
        assert {one: code for one, code in answers.items() if code not in {200, 400, 404}} == {}, path


def test_another_bodys_file_cannot_be_moved_onto_ones_own_paper(cast: Cast) -> None:
    theirs = make_file(cast, "public")
    program = make_program(cast, "published", files=[FileEntry(theirs, audience="public")])
    posted = {"lam": "save", "title": "Của tôi", "files-TOTAL_FORMS": "1", "files-0-file": theirs.code}
    answer = cast.client("binh").post("/lam-viec/chuong-trinh/nhap/", posted)
    assert (answer.status_code, "Không tìm thấy tệp này." in answer.text) == (422, True)
    theirs.refresh_from_db()
    assert theirs.document_id == program.document_id


NEW = "/lam-viec/chuong-trinh/nhap/"
LONG = "Ủy ban Mặt trận " * 80
ODD_POSTS = [
    {"lam": "items:drop:²", "items-TOTAL_FORMS": "1"},
    {"lam": "items:drop:0", "items-TOTAL_FORMS": "1", "items-²-text": "x"},
    {"items-TOTAL_FORMS": "1", "items-0-text": "x", "items-0-item": "²"},
    {"items-TOTAL_FORMS": "1", "items-0-text": "x", "items-0-joint": "Á" * 300},
    {
        "bases-TOTAL_FORMS": "1",
        "bases-0-text": f"Căn cứ Nghị quyết số 12-NQ/TW ngày 1/1/2020 của {LONG}"[:990],
    },
    {"number_line": f"Số 07-CTrPH/BDVQU-UBND ngày 14/4/2022 về việc {LONG}", "title": ""},
    {"number_line": f"Chương trình phối hợp {LONG}", "title": ""},
    {"files-TOTAL_FORMS": "1", "files-0-file": "a\x00b"},
    {"unheard\x00of": "a\x00b"},
    {"tags": "a\x00b", "predecessor": "\x00", "predecessor-ma": "\x00"},
]


@pytest.mark.parametrize("odd", ODD_POSTS)
def test_odd_posts_are_kept_or_refused(cast: Cast, odd: dict[str, str]) -> None:
    response = cast.client("lan").post(NEW, {"lam": "save", "title": "Quy chế", **odd})
    assert response.status_code in {200, 302, 422}


@pytest.mark.parametrize("state", ["drafting", "approved"])
@pytest.mark.parametrize("odd", [{"phien-ban": "²"}, {"zzz": "a\x00"}])
def test_odd_saves_are_kept_or_refused(cast: Cast, state: str, odd: dict[str, str]) -> None:
    program = make_program(cast, state)
    posted = {"lam": "save", "title": "Quy chế", "phien-ban": "0", **odd}
    response = cast.client("lan").post(f"/lam-viec/chuong-trinh/{program.code}/sua/", posted)
    assert response.status_code in {302, 422}
    decided = cast.client("hung").post(f"/lam-viec/chuong-trinh/{program.code}/duyet/", {"phien-ban": "²"})
    assert decided.status_code == 409


@pytest.mark.parametrize("word", ["tiep-noi", "tuong-tu", "luu-tam"])
@pytest.mark.parametrize("code", ["%00", "²", "a" * 400])
def test_an_odd_code_in_the_address_names_nothing(cast: Cast, word: str, code: str) -> None:
    page = cast.client("lan").get(f"{NEW}?{word}={code}", follow=True)
    assert page.status_code == (200 if word == "luu-tam" else 404)


def test_typing_with_nul_is_kept_by_itself(cast: Cast) -> None:
    posted = {"loai": "program", "ma": "abcdefgh23", "ti\x00tle": "a\x00b"}
    assert cast.client("lan").post("/lam-viec/luu-tam/", posted).status_code == 200
    assert WorkingCopy.objects.get().data == {"title": ["ab"]}


@pytest.mark.parametrize("code", ["abcdefgh23\n", "abcdefgh2²", "ABCDEFGH23", "0" * 10])
def test_a_page_never_gives_a_record_a_code_no_address_can_hold(cast: Cast, code: str) -> None:
    response = cast.client("lan").post(NEW, {"lam": "save", "title": "Quy chế", "ma": code})
    assert response.status_code == 302
    assert Program.objects.get().code != code
    assert cast.client("hung").get("/lam-viec/").status_code == 200


def test_another_bodys_programme_is_neither_continued_nor_amended(cast: Cast) -> None:
    theirs = make_program(cast, "published")
    link = {"lam": "save", "title": "Của tôi"}
    continued = link | {"predecessor": str(theirs), "predecessor-ma": theirs.code}
    amended = link | {"program": str(theirs), "program-ma": theirs.code}
    neighbour = cast.client("binh")
    assert neighbour.post("/lam-viec/chuong-trinh/nhap/", continued).status_code == 422
    assert neighbour.post("/lam-viec/sua-doi/nhap/", amended).status_code == 422
    assert cast.client("phuc").post("/lam-viec/chuong-trinh/nhap/", continued).status_code == 302


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("number_line", "Căn cứ Luật Đất đai;\n" * 100_000, "Dài quá 50000 ký tự"),
        ("implementation", "Hằng năm sơ kết. " * 120_000, "Dài quá 50000 ký tự"),
        ("items-dan", "1. Tiếp công dân\n" * 301, "Dán quá dài: nhiều nhất 300 dòng"),
        (
            "items-dan",
            "Tiếp công dân và đối thoại với Nhân dân, " * 50_000,
            "Dán quá dài: nhiều nhất 300 dòng",
        ),
    ],
)
def test_what_is_pasted_too_long_is_refused_at_its_field_and_stays_there(
    cast: Cast, name: str, text: str, words: str
) -> None:
    page = cast.client("lan").post(
        "/lam-viec/chuong-trinh/nhap/", {"title": "Dân vận", name: text, "lam": "save"}
    )
    assert (page.status_code, Program.objects.count()) == (422, 0)
    anchor = name if name.endswith("-dan") else f"id_{name}"
    assert f'<a href="#{anchor}">' in page.text
    field = page.text[page.text.index(f'name="{name}"') - 600 :]
    assert "Cần sửa: </span>" + words in field[:600]
    assert text[-40:].strip() in page.text
