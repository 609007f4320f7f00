"""Files: known by content, refused in a sentence, kept once, opened by audience, forgotten when unused."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal import file_kinds, files
from portal.access import VISITOR
from portal.actions import records
from portal.file_kinds import NotTaken, sniff
from portal.files import clean_name, keep, storage_path
from portal.models import Act, Attachment, Audience, Document, Verb, WorkingCopy
from tests.cast import Cast, make_program, make_user

# --- real files, small


def picture(form: str, size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (158, 27, 30)).save(out, form, **more)
    return out.getvalue()


@cache
def pdf(pages: int = 1) -> bytes:
    out = io.BytesIO()
    sheets = [Image.new("RGB", (20, 30), (place, 0, 0)) for place in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def types(main: str = WORD, part: str = "/word/document.xml") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{main}"/></Types>'
    )


def docx(*lines: str, part: str = "word/document.xml", **more: bytes | str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines or ("Chương trình",))
    written = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": types(part=f"/{part}"), part: written, **more})


def xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "Chỉ tiêu")
    return out.getvalue()


def xlsx_by_another() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def upload(content: bytes, name: str = "tep.pdf", stated: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=stated)


# --- what a file is


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), "pdf"),
        (b"\xef\xbb\xbf\r\n" + pdf() + b"\r\n\x00\x00", "pdf"),
        (docx(), "docx"),
        (docx(part="word/document2.xml"), "docx"),
        (xlsx(), "xlsx"),
        (xlsx_by_another(), "xlsx"),
        (picture("JPEG"), "jpeg"),
        (picture("JPEG", progressive=True), "jpeg"),
        (picture("PNG"), "png"),
        (picture("PNG") + b"<script>alert(1)</script>", "png"),  # handed out as a picture, never as a page
    ],
)
@pytest.mark.parametrize("name", ["a.pdf", "a.exe", "a", "a.html"])
def test_a_file_is_what_its_content_is(content, kind, name):
    assert sniff(upload(content, name, "text/html")).key == kind


def _png_header(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def _jpeg_header(width: int, height: int) -> bytes:
    real = bytearray(picture("JPEG"))
    at = real.index(b"\xff\xc0") + 5
    real[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(real)


def _lying(content: bytes, size: int) -> bytes:
    """A package whose table says a part unpacks to another size than it does."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


def _locked(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + b"\x01\x00" + content[at + 10 :]


BILLION = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "nothing": (b"", file_kinds.EMPTY),
    "text": (b"xin chao", file_kinds.OTHER),
    "a program": (b"MZ\x90\x00" + b"\x00" * 2000, file_kinds.OTHER),
    "a program that reads as a PDF": (b"MZ\x90\x00" + pdf(), file_kinds.OTHER),
    "a page": (b"<!doctype html><script>alert(1)</script>", file_kinds.OTHER),
    "a page that reads as a PDF": (b"<script>alert(1)</script>" + pdf(), file_kinds.OTHER),
    "a picture in letters": (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        file_kinds.OTHER,
    ),
    "a moving picture": (picture("GIF"), file_kinds.OTHER),
    "half a PDF": (b"%PDF-1.7\n" + b"0" * 5000, "hỏng"),
    "a PDF with a package behind it": (pdf() + package({"a": b"x" * 9000, "b": bytes(9000)}) * 40, "hỏng"),
    "half a JPEG": (picture("JPEG", (900, 900))[:3000], "hỏng"),
    "a JPEG of three bytes": (b"\xff\xd8\xff", "hỏng"),
    "half a PNG": (picture("PNG", (900, 900))[:-40], "hỏng"),
    "a PNG of 101 megapixels": (_png_header(10_001, 10_100), "100 triệu"),
    "a PNG of 4 gigapixels": (_png_header(65_000, 65_000), "100 triệu"),
    "a JPEG of 4 gigapixels": (_jpeg_header(65_000, 65_000), "100 triệu"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
    "a plain package": (package({"a.txt": "x"}), file_kinds.OTHER),
    "half a package": (docx()[:-30], "hỏng"),
    "an empty package": (b"PK\x05\x06" + bytes(18), file_kinds.OTHER),
    "the head of a package": (b"PK\x03\x04" + bytes(40), "hỏng"),
    "a presentation": (
        package({"[Content_Types].xml": types("x/y"), "ppt/presentation.xml": ""}),
        file_kinds.OTHER,
    ),
    "a promise of a part": (package({"[Content_Types].xml": types()}), file_kinds.OTHER),
    "macros": (docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    "macros elsewhere": (docx(**{"customXml/VBAPROJECT.BIN": b"x"}), "macro"),
    "macros by name": (
        package({"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml")}),
        "macro",
    ),
    "a program inside": (docx(**{"word/embeddings/cai-dat.exe": b"MZ"}), "macro"),
    "a bomb": (_lying(docx(), 401 * 1024 * 1024), "quá mức"),
    "a bomb of names": (
        package({f"{n}": b"" for n in range(5_001)} | {"[Content_Types].xml": types()}),
        "quá mức",
    ),
    "a bomb that says it is small": (_lying(docx(), 7), "hỏng"),
    "a list of parts that is a bomb": (
        package({"[Content_Types].xml": types() + " " * 2_000_000, "word/document.xml": "<a/>"}),
        "quá mức",
    ),
    "a table of contents too long": (
        docx()[:-22] + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 9, 9, 99_000_000, 0, 0),
        "quá mức",
    ),
    "a locked package": (_locked(docx()), file_kinds.OTHER),
    "entities in the list": (
        package(
            {
                "[Content_Types].xml": types().replace("<Types", BILLION + "<Types"),
                "word/document.xml": "<a/>",
            }
        ),
        file_kinds.OTHER,
    ),
    "entities in the text": (
        package({"[Content_Types].xml": types(), "word/document.xml": f"{BILLION}<t>&b;</t>"}),
        file_kinds.OTHER,
    ),
    "a list that is no list": (package({"[Content_Types].xml": "<a", "word/document.xml": "<a/>"}), "hỏng"),
    "a text that is no text": (package({"[Content_Types].xml": types(), "word/document.xml": "<a"}), "hỏng"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_everything_else_is_refused_in_a_sentence(case):
    content, sentence = HOSTILE[case]
    with pytest.raises(NotTaken) as refused:
        sniff(upload(content))
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".") and "Error" not in str(refused.value)


def test_a_name_written_twice_in_a_package_is_refused():
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("word/document.xml", "<other/>")
    with pytest.raises(NotTaken):
        sniff(upload(out.getvalue()))


@given(st.sampled_from([pdf(2), docx(), xlsx(), picture("PNG"), picture("JPEG")]), st.data())
def test_damaged_files_are_taken_or_refused_and_nothing_else_happens(content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(damaged)))
    for candidate in (bytes(damaged), bytes(damaged[:cut])):
        with suppress(NotTaken):
            assert sniff(ContentFile(candidate)).key in file_kinds.KINDS


@pytest.mark.parametrize("pages", [1, 2, 12])
def test_pages_of_a_pdf_are_counted_when_it_says_so(pages):
    content = pdf(pages)
    assert file_kinds.page_count(ContentFile(content), file_kinds.PDF, len(content)) == pages


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 no tree %%EOF",
        b"%PDF-1.7 <</Type/Pages/Count 3>> <</Type/Pages/Count 4>> %%EOF",  # written on later: which one?
        b"%PDF-1.7 <</Type/Pages/Resources<</A 1>>/Count 3>> <</Type/Pages/Count 2>> %%EOF",
        b"%PDF-1.7 <</Type/Pages/Count 0>> %%EOF",
    ],
)
def test_pages_are_not_guessed(content):
    assert file_kinds.page_count(ContentFile(content), file_kinds.PDF, len(content)) is None


# --- secrecy


@pytest.mark.parametrize(
    "name",
    [
        "MẬT.pdf",
        "KH 12 (MẬT).docx",
        "MẬT_ke-hoach.pdf",
        "Kế hoạch tối mật 2022.pdf",
        "BC-TUYỆT MẬT.pdf",
        "Kế hoạch MẬT.pdf",
    ],
)
def test_a_name_with_a_degree_of_secrecy_is_refused(cast, name):
    with pytest.raises(NotTaken, match="độ mật"):
        keep(upload(pdf(), name), by=cast.lan)


@pytest.mark.parametrize(
    "name",
    [
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC.pdf",
        "KẾ HOẠCH BẢO MẬT.pdf",
        "gặp mặt thân mật.pdf",
        "MẬT ĐỘ DÂN SỐ.pdf",
        "MẶT TRẬN.pdf",
        "mat-tran.pdf",
    ],
)
def test_an_ordinary_name_is_not(cast, name):
    assert keep(upload(pdf(), name), by=cast.lan).name == name


@pytest.mark.parametrize("stamp", ["MẬT", " TỐI  MẬT ", "TUYỆT MẬT", "[MẬT]"])
def test_a_stamped_word_file_is_refused(stamp):
    for content in (
        docx("ĐẢNG ỦY PHƯỜNG", stamp, "Kế hoạch"),
        docx("Kế hoạch", **{"word/header1.xml": f"<w:hdr {W}><w:p><w:t>{stamp}</w:t></w:p></w:hdr>"}),
        docx(f"Số 1</w:t><w:br/><w:t>{stamp}</w:t><w:br/><w:t>Kế hoạch"),
    ):
        with pytest.raises(NotTaken, match="độ mật"):
            sniff(upload(content))


@pytest.mark.parametrize("line", ["Luật Bảo vệ bí mật nhà nước", "Mật", "Độ MẬT: không", "MẬT ĐỘ"])
def test_a_line_that_only_speaks_of_secrecy_is_not_a_stamp(line):
    assert sniff(upload(docx(line))).key == "docx"


def test_a_stamp_far_inside_a_long_text_is_not_looked_for():
    assert sniff(upload(docx(*[f"Dòng {n}" for n in range(200)], "MẬT"))).key == "docx"


# --- names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Báo cáo quý I.PDF", "Báo cáo quý I.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Lan\\Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("bao-cao\u202efdp.exe", "bao-caofdp.exe.pdf"),
        ("a\x00b\r\nc\t.pdf", "ab c.pdf"),
        ("<script>.pdf", "script.pdf"),
        ('a"; filename="x.exe', "a ; filename= x.exe.pdf"),
        ("", "tep.pdf"),
        ("...", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("\u200b\u200b.pdf", "tep.pdf"),
        ("Kế hoạch.docx", "Kế hoạch.docx.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_its_kind(given, kept):
    assert clean_name(given, file_kinds.PDF) == kept


def test_both_endings_of_a_picture_stay():
    assert clean_name("a.JPG", file_kinds.JPEG) == "a.jpg"
    assert clean_name("a.jpeg", file_kinds.JPEG) == "a.jpeg"


@given(st.text(max_size=300), st.sampled_from(list(file_kinds.KINDS.values())))
def test_any_name_can_be_kept(given, kind):
    name = clean_name(given, kind)
    assert 5 <= len(name) <= 200 and name.endswith(kind.suffixes)
    assert not set(name) & set('/\\<>:"|?*\n\r\0') and name == name.strip()
    assert clean_name(name, kind) == name
    name.encode()


# --- keeping


def test_a_file_is_kept_by_its_content_for_the_drafting_body_alone(cast):
    content = pdf(3)
    kept = keep(upload(content, "Bản ký.pdf"), by=cast.lan, body=cast.ours)
    kept.refresh_from_db()
    sha256 = hashlib.sha256(content).hexdigest()
    assert (kept.sha256, kept.size, kept.kind, kept.pages) == (sha256, len(content), "pdf", 3)
    assert kept.document is None and kept.audience == Audience.BODY and kept.uploaded_by == cast.lan
    path = storage_path(sha256)
    assert path == f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    assert stored(kept) == content
    act = Act.objects.get(record_code=kept.code)
    assert (act.verb, act.person, act.body, act.record_name) == (
        Verb.CREATE,
        cast.lan,
        cast.ours,
        "Bản ký.pdf",
    )
    assert kept.history.get().act == act


def test_the_same_bytes_are_written_once_under_every_name(cast):
    first = keep(upload(pdf(), "a.pdf"), by=cast.lan)
    place = Path(default_storage.path(storage_path(first.sha256)))
    stamp = place.stat().st_mtime_ns
    second = keep(upload(pdf(), "b.pdf"), by=cast.hung)
    assert first.sha256 == second.sha256 and place.stat().st_mtime_ns == stamp
    assert [one.name for one in place.parent.iterdir()] == [first.sha256]


def test_a_copy_cut_off_by_a_crash_is_written_anew(cast):
    first = keep(upload(pdf()), by=cast.lan)
    place = Path(default_storage.path(storage_path(first.sha256)))
    place.write_bytes(b"%PDF-")
    keep(upload(pdf()), by=cast.lan)
    assert place.read_bytes() == pdf()


def test_a_file_over_the_limit_is_refused_and_not_kept(cast, settings):
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024
    large = pdf()[:-6] + b"%" + b" " * settings.UPLOAD_LIMIT + b"\n%%EOF\n"
    with pytest.raises(NotTaken, match=r"^Tệp lớn hơn 2 MB\.$"):
        keep(upload(large), by=cast.lan)
    understated = upload(large)
    understated.size = 10
    with pytest.raises(NotTaken, match="2 MB"):
        keep(understated, by=cast.lan)
    assert not Attachment.objects.exists() and not Act.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_a_refused_file_leaves_nothing(cast, settings):
    with pytest.raises(NotTaken):
        keep(upload(b"MZ"), by=cast.lan)
    assert not Attachment.objects.exists() and not Path(settings.MEDIA_ROOT).exists()


# --- sending


def send(client: Client, content: bytes, name: str = "Bản ký.pdf"):
    return client.post(reverse("portal:upload_file"), {"tep": upload(content, name)})


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (pdf(), "Bản ký.pdf", ("pdf", "Bản ký.pdf")),
        (docx(), "ke-hoach.exe", ("docx", "ke-hoach.exe.docx")),
        (xlsx(), "../../so\u202elieu.xlsx", ("xlsx", "solieu.xlsx")),
        (picture("PNG"), "anh.php", ("png", "anh.php.png")),
        (picture("JPEG"), "anh.jpg", ("jpeg", "anh.jpg")),
    ],
)
def test_a_file_is_sent_as_soon_as_it_is_chosen(cast, content, name, kept):
    answer = send(cast.client("lan"), content, name)
    assert answer.status_code == 201
    told = answer.json()
    row = Attachment.objects.get(code=told["code"])
    assert (told["kind"], told["name"]) == kept == (row.kind, row.name)
    assert told["size"] == len(content) == row.size and row.uploaded_by == cast.lan
    assert stored(row) == content


def test_what_is_wrong_with_a_file_is_told(cast):
    answer = send(cast.client("lan"), b"<html>", "giả.pdf")
    assert answer.status_code == 400 and answer.json() == {"error": file_kinds.OTHER}
    nothing = cast.client("lan").post(reverse("portal:upload_file"), {"tep": "x"})
    assert nothing.status_code == 400 and nothing.json() == {"error": "Chưa chọn tệp."}
    assert cast.client("lan").get(reverse("portal:upload_file")).status_code == 405


@pytest.mark.parametrize("size", [3, 12])
def test_of_a_request_too_large_no_more_than_the_limit_is_written(cast, settings, monkeypatch, size):
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024
    written = []
    receive = files.TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        files.TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, data, start: written.append(len(data)) or receive(self, data, start),
    )
    answer = send(cast.client("lan"), pdf() + bytes(size * 1024 * 1024))
    assert answer.status_code == 400 and answer.json() == {"error": "Tệp lớn hơn 2 MB."}
    assert 0 < sum(written) <= settings.UPLOAD_LIMIT + 2 * 65_536
    assert not Attachment.objects.exists()


def test_only_who_writes_for_a_body_may_send(cast):
    for name in ("lan", "hung", "binh"):
        assert send(cast.client(name), pdf()).status_code == 201, name
    for name in ("mai", "kien", "dung"):
        answer = send(cast.client(name), pdf())
        assert answer.status_code == 403 and answer.json()["error"].endswith("."), name
    assert send(cast.client(None), pdf()).status_code in {302, 401}


def test_sending_needs_the_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lan, backend="portal.accounts.UsernameOrEmailBackend")
    assert send(client, pdf()).status_code == 403
    assert not Attachment.objects.exists()


# --- opening


def is_open(client: Client, address: str) -> bool:
    """Whether the file is handed out; anything else must be "not there"."""
    answer = client.get(address)
    answer.getvalue()
    assert answer.status_code in {200, 404}
    return answer.status_code == 200


def stored(kept: Attachment) -> bytes:
    return Path(default_storage.path(storage_path(kept.sha256))).read_bytes()


EVERYBODY = [None, "lan", "hung", "mai", "binh", "phuc", "thu", "kien", "dung", "quy", "old"]
INSIDE = {"lan", "hung", "dung", "quy"}
REACHED = INSIDE | {"mai", "phuc", "thu", "kien"}
READERS = {
    ("drafting", "body"): INSIDE,
    ("drafting", "parties"): INSIDE,
    ("drafting", "public"): INSIDE,
    ("waiting", "public"): INSIDE,
    ("approved", "body"): INSIDE,
    ("approved", "parties"): REACHED,
    ("approved", "public"): REACHED,
    ("published", "body"): INSIDE,
    ("published", "parties"): REACHED,
    ("published", "public"): set(EVERYBODY),
    ("withdrawn", "body"): INSIDE,
    ("withdrawn", "parties"): REACHED,
    ("withdrawn", "public"): REACHED,
}


def attach(
    document: Document, audience: str, content: bytes | None = None, name: str = "Bản ký.pdf"
) -> Attachment:
    kept = keep(upload(content or pdf(), name), by=None)
    kept.document, kept.audience = document, audience
    kept.save()
    return kept


@pytest.fixture
def wide_cast(cast) -> Cast:
    cast.people["old"] = make_user("old", "Người đã chuyển đi")
    return cast


@pytest.mark.parametrize(("state", "audience"), READERS)
def test_a_file_opens_to_its_audience_and_is_not_there_for_others(wide_cast, state, audience):
    program = make_program(wide_cast, state)
    address = files.address(attach(program.document, audience))
    opened = {name for name in EVERYBODY if is_open(wide_cast.client(name), address)}
    assert opened == READERS[state, audience]


def test_a_file_published_later_waits(cast):
    program = make_program(cast, "published")
    address = files.address(attach(program.document, "public"))
    assert is_open(cast.client(None), address)
    program.published_from = timezone.now() + timedelta(hours=1)
    program.save()
    assert not is_open(cast.client(None), address)


def test_not_for_you_reads_like_not_there(cast):
    hidden = attach(make_program(cast, "drafting").document, "public")
    for name in (None, "binh"):
        client = cast.client(name)
        there = client.get(files.address(hidden))
        missing = client.get(f"/tep/{'2' * 10}/{hidden.name}")
        assert there.status_code == missing.status_code == 404
        assert there.content.replace(hidden.code.encode(), b"2" * 10) == missing.content


def test_a_staged_file_opens_to_its_sender(cast):
    address = files.address(keep(upload(pdf()), by=cast.lan))
    opened = {name for name in EVERYBODY[:-1] if is_open(cast.client(name), address)}
    assert opened == {"lan", "quy"}


def test_a_file_in_an_open_edit_opens_to_who_works_on_it(cast):
    program = make_program(cast, "approved")
    staged = keep(upload(pdf()), by=cast.lan)
    WorkingCopy.objects.create(
        purpose="copy", form="program", record_code=program.code, owner=cast.lan, keeper=cast.ours,
        data={"files-0-file": [staged.code]},
    )  # fmt: skip
    opened = {name for name in EVERYBODY[:-1] if is_open(cast.client(name), files.address(staged))}
    assert opened == INSIDE


@pytest.mark.parametrize(
    ("of_paper", "of_file", "readers"),
    [
        ("public", "public", set(EVERYBODY[:-1])),
        ("parties", "public", set(EVERYBODY[:-1]) - {None}),
        ("public", "parties", set(EVERYBODY[:-1]) - {None}),
        ("body", "public", {"quy"}),
        ("public", "body", {"quy"}),
    ],
)
def test_a_file_of_a_paper_in_the_register(cast, of_paper, of_file, readers):
    address = files.address(
        attach(Document.objects.create(title="Quyết định 217", audience=of_paper), of_file)
    )
    assert {name for name in EVERYBODY[:-1] if is_open(cast.client(name), address)} == readers


@pytest.mark.parametrize(
    ("content", "name", "media", "disposition"),
    [
        (pdf(), "Bản ký.pdf", "application/pdf", "inline"),
        (picture("PNG"), "a.png", "image/png", "inline"),
        (picture("JPEG"), "a.jpg", "image/jpeg", "inline"),
        (docx(), "a.docx", file_kinds.DOCX.media_type, "attachment"),
        (xlsx(), "a.xlsx", file_kinds.XLSX.media_type, "attachment"),
    ],
)
def test_a_file_is_handed_out_safely(cast, content, name, media, disposition):
    kept = attach(make_program(cast, "published").document, "public", content, name)
    answer = cast.client(None).get(files.address(kept), headers={"accept-encoding": "gzip"})
    assert answer.getvalue() == content and answer.streaming
    sent = answer.headers
    assert sent["Content-Type"] == media and sent["Content-Disposition"].startswith(disposition)
    assert sent["X-Content-Type-Options"] == "nosniff" and sent["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in sent["Content-Security-Policy"]
    assert ("sandbox" in sent["Content-Security-Policy"]) is (media != "application/pdf")
    assert sent["Content-Length"] == str(len(content)) and "Content-Encoding" not in sent
    assert sent["ETag"] == f'"{kept.sha256}"'
    assert {"public", "no-cache"} == set(sent["Cache-Control"].split(", "))


def test_a_name_in_vietnamese_is_sent_as_the_standard_says(cast):
    kept = attach(make_program(cast, "published").document, "public", name="Chương trình 07.pdf")
    answer = cast.client(None).get(files.address(kept))
    answer.getvalue()
    assert (
        answer.headers["Content-Disposition"]
        == "inline; filename*=utf-8''Ch%C6%B0%C6%A1ng%20tr%C3%ACnh%2007.pdf"
    )


def test_the_name_in_the_address_is_for_people(cast):
    kept = attach(make_program(cast, "published").document, "public")
    answer = cast.client(None).get(reverse("portal:serve_file", args=[kept.code, "ten-khac.exe"]))
    answer.getvalue()
    assert answer.status_code == 200 and "exe" not in answer.headers["Content-Disposition"]


def test_a_file_already_held_is_not_sent_again_but_asked_for_each_time(cast):
    program = make_program(cast, "published")
    kept = attach(program.document, "public")
    held = {"if-none-match": f'"{kept.sha256}"'}
    again = cast.client(None).get(files.address(kept), headers=held)
    assert again.status_code == 304 and not again.content
    inside = cast.client("lan").get(files.address(attach(program.document, "body")))
    inside.getvalue()
    assert {"private", "no-cache"} == set(inside.headers["Cache-Control"].split(", "))
    records.withdraw(program, by=cast.hung, reason="Đăng nhầm.", expected=program.version)
    assert cast.client(None).get(files.address(kept), headers=held).status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_there(cast):
    kept = attach(make_program(cast, "published").document, "public")
    default_storage.delete(storage_path(kept.sha256))
    assert not is_open(cast.client(None), files.address(kept))
    assert cast.client(None).post(files.address(kept)).status_code == 405


def test_opening_asks_little_of_the_database(cast, django_assert_num_queries):
    program = make_program(cast, "published")
    public, inside = attach(program.document, "public"), attach(program.document, "body")
    visitor, clerk = cast.client(None), cast.client("lan")
    with django_assert_num_queries(2):
        assert is_open(visitor, files.address(public))
    with django_assert_num_queries(5):
        assert is_open(clerk, files.address(inside))


def test_the_files_of_a_document_are_decided_on_together(cast, django_assert_num_queries):
    document = make_program(cast, "published").document
    public = [attach(document, "public") for _ in range(3)]
    attach(document, "body")
    with django_assert_num_queries(2):
        assert files.files_of(document, VISITOR) == public


# --- forgetting


def _old(kept: Attachment, days: int = 3) -> Attachment:
    then = timezone.now() - timedelta(days=days)
    Attachment.objects.filter(pk=kept.pk).update(uploaded_at=then)
    Attachment.history.filter(id=kept.pk).update(history_date=then)
    return kept


def _sweep(django_capture_on_commit_callbacks) -> int:
    with django_capture_on_commit_callbacks(execute=True):
        return files.forget_stale(timezone.now() - timedelta(days=2))


def _lies(kept: Attachment) -> bool:
    return default_storage.exists(storage_path(kept.sha256))


def test_a_file_nobody_used_is_forgotten_after_two_days(cast, django_capture_on_commit_callbacks):
    unused, fresh = _old(keep(upload(pdf(1)), by=cast.lan)), keep(upload(pdf(2)), by=cast.lan)
    used = _old(attach(make_program(cast).document, "body", pdf(3)))
    assert _sweep(django_capture_on_commit_callbacks) == 1
    assert set(Attachment.objects.all()) == {fresh, used}
    assert not _lies(unused) and _lies(fresh) and _lies(used)
    assert Act.objects.get(record_code=unused.code, verb=Verb.DELETE).reason


def test_bytes_stay_while_another_row_has_them(cast, django_capture_on_commit_callbacks):
    unused, fresh = _old(keep(upload(pdf()), by=cast.lan)), keep(upload(pdf()), by=cast.hung)
    assert _sweep(django_capture_on_commit_callbacks) == 1
    assert _lies(unused) and list(Attachment.objects.all()) == [fresh]


def test_bytes_of_an_earlier_version_stay(cast, django_capture_on_commit_callbacks):
    taken_off = attach(make_program(cast).document, "body")
    taken_off.document = None
    taken_off.save()
    assert _sweep(django_capture_on_commit_callbacks) == 0
    _old(taken_off)
    assert _sweep(django_capture_on_commit_callbacks) == 1
    assert _lies(taken_off), "the history of the paper still shows it"


@pytest.mark.parametrize("days", [3, 400])
def test_a_file_taken_off_a_paper_today_waits_two_days(cast, django_capture_on_commit_callbacks, days):
    taken_off = _old(attach(make_program(cast).document, "body"), days)
    taken_off.document = None
    taken_off.save()
    assert _sweep(django_capture_on_commit_callbacks) == 0


@pytest.mark.parametrize("purpose", ["copy", "autosave"])
def test_a_file_in_an_unsaved_form_stays(cast, django_capture_on_commit_callbacks, purpose):
    held = _old(keep(upload(pdf()), by=cast.lan))
    data = {"files-0-file": [held.code], "title": [json.dumps("x" * 500)]}
    WorkingCopy.objects.create(purpose=purpose, form="program", owner=cast.lan, keeper=cast.ours, data=data)
    assert _sweep(django_capture_on_commit_callbacks) == 0 and _lies(held)
