"""Who sees which part of a published programme: the table in the README, held to the pages."""

import io
from pathlib import Path

import openpyxl

from portal.actions.documents import FileEntry, PartnerEntry
from portal.dates import parse_date
from programs.actions import ItemEntry
from programs.models import Program
from tests.cast import Cast, make_file, make_program

README = Path(__file__).parents[2] / "README.md"
READERS = {
    "khách": None,
    "cơ quan khác": "binh",
    "bên phối hợp": "phuc",
    "cấp trên": "thu",
    "đầu mối": "mai",
    "cán bộ cơ quan giữ": "lan",
}
PARTS = {
    "tên gọi, số, ngày, các bên": "PHAN-TEN-GOI",
    "nội dung cho mọi người": "PHAN-NOI-DUNG-CHUNG",
    "nội dung cho các bên và cấp trên": "PHAN-NOI-DUNG-CAC-BEN",
    "nội dung của cơ quan soạn": "PHAN-NOI-DUNG-TRONG",
    "tệp cho mọi người": "phan-tep-chung.pdf",
    "tệp cho các bên và cấp trên": "phan-tep-cac-ben.pdf",
    "tệp của cơ quan soạn": "phan-tep-trong.pdf",
    "bộ phận đầu mối": "PHAN-DAU-MOI",
    "ý kiến trước khi ký": "PHAN-Y-KIEN",
    "ghi chú nội bộ": "PHAN-GHI-CHU",
    "nhật ký thay đổi": "Nguyễn Thị Lan",
}
AUDIENCES = {"CHUNG": "public", "CAC-BEN": "parties", "TRONG": "body"}


def marked_program(cast: Cast) -> Program:
    """A published programme whose every part carries a word of its own."""
    files = []
    for word, audience in AUDIENCES.items():
        one = make_file(cast, audience)
        one.name = f"phan-tep-{word.lower()}.pdf"
        one.save()
        files.append(FileEntry(one, audience=audience))
    return make_program(
        cast,
        "published",
        title="PHAN-TEN-GOI",
        partners=[PartnerEntry(1, cast.ours, focal_room="PHAN-DAU-MOI"), PartnerEntry(2, cast.partner)],
        items=[ItemEntry(f"PHAN-NOI-DUNG-{word}", audience=audience) for word, audience in AUDIENCES.items()],
        files=files,
        consented=parse_date("1/3/2022"),
        texts={"consent_by": "PHAN-Y-KIEN", "note": "PHAN-GHI-CHU"},
    )


def seen_by_all(cast: Cast) -> dict[str, list[str]]:
    """For each part, "có" or "–" in the order of the readers."""
    program = marked_program(cast)
    pages = []
    for name in READERS.values():
        url = f"/lam-viec/chuong-trinh/{program.code}/" if name else f"/chuong-trinh/{program.slug}/"
        page = cast.client(name).get(url).text
        masthead = page.index("<main")
        pages.append(page[masthead:])
    return {part: ["có" if word in page else "–" for page in pages] for part, word in PARTS.items()}


def table_in_readme() -> dict[str, list[str]]:
    """The rows of the README's table of parts and audiences."""
    lines = README.read_text(encoding="utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("| phần |"))
    rows = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        part, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows[part] = cells
    return rows


def test_the_readmes_table_is_what_each_reader_sees(cast: Cast) -> None:
    assert seen_by_all(cast) == table_in_readme()


def cells_of(workbook: bytes) -> str:
    """Every cell of a workbook as text."""
    sheets = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True).worksheets
    return "\n".join(
        str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_a_part_kept_inside_is_nowhere_a_visitor_can_look(cast: Cast) -> None:
    marked_program(cast)
    inside = [
        word
        for word in PARTS.values()
        if word.startswith("PHAN-") and word not in {"PHAN-TEN-GOI", "PHAN-NOI-DUNG-CHUNG"}
    ]
    visitor = cast.client(None)
    places = ["/", "/chuong-trinh/", "/don-vi/", "/van-ban/", "/ke-hoach/", "/chuong-trinh/excel/"]
    places += [f"{path}?q={word}" for path in ("/chuong-trinh/", "/tim-kiem/") for word in inside]
    found = {}
    for place in places:
        answer = visitor.get(place)
        text = cells_of(b"".join(answer)) if answer.streaming else answer.text.split("<main", 1)[-1]
        hits = [word for word in inside if word in text and f"q={word}" not in place]
        if hits:
            found[place] = hits
    assert found == {}
