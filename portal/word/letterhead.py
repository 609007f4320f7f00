"""What stands on any official paper, in the words of its layout: head, number, place and date, signatures, recipients.

State papers follow Nghị định 30/2020/NĐ-CP, Party papers Hướng dẫn 36-HD/VPTW. An app describes its paper
as an :class:`OfficialPaper`; :meth:`OfficialPaper.words` are the words its template fills in, and
:data:`WORDS` what each of them means to the office that draws a template of its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.dates import PartialDate, Precision
from portal.models import Act, Authority, Document, Organization, Paper, Signature, Verb

DOTS = "………"
SHORT_DOTS = "……"
PARTY_SECTOR = "dang"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class Layout(StrEnum):
    """Whose layout a paper follows."""

    STATE = "state"
    PARTY = "party"


WORDS = {
    "loi_nhac": "dòng nhắc ở đầu mọi trang: bản trình diễn, dữ liệu mẫu, chưa duyệt",
    "co_quan_tren": "tên cơ quan cấp trên, chữ hoa; có thể trống",
    "co_quan": "các dòng tên cơ quan ban hành, chữ hoa",
    "so": "số, ký hiệu: Số 07-CTrPH/BDVQU-UBND hoặc Số: 34/KH-UBND",
    "du_thao": "DỰ THẢO và ngày của bản dự thảo; trống khi đã ký",
    "noi_ngay": "địa danh, ngày, tháng, năm",
    "loai": "tên loại văn bản, chữ hoa",
    "trich_yeu": "trích yếu, tên gọi",
    "ve_viec": "của công văn: “V/v …” dưới số, ký hiệu; khi đó loai và trich_yeu trống",
    "kinh_gui": "của công văn: gửi ai",
    "can_cu": "các dòng căn cứ",
    "mo_dau": "câu mở đầu",
    "cac_phan": "các phần: mỗi phần có tieu_de và doan; mỗi đoạn có chu, muc (là đề mục), giua (đề mục chương, ở giữa), cuoi (là đoạn cuối)",
    "hang_ky": "các hàng chữ ký khi có từ hai bên: mỗi hàng có trai và phai, hoặc giua; mỗi chỗ ký có quyen_han, nguoi_ky",
    "ky_cuoi": "chỗ ký cạnh nơi nhận khi chỉ một cơ quan ban hành: quyen_han, nguoi_ky",
    "noi_nhan": "các dòng nơi nhận",
    "phu_luc": "các phụ lục, mỗi phụ lục một trang mới: ten, tieu_de, cot (tên hai cột) và dong; mỗi dòng có tt, trai, phai",
}
"""The words a template of a paper may use, and what each is."""


@dataclass(frozen=True)
class Line:
    """A paragraph of the text; a strong one heads what follows it, a centred one heads a chapter."""

    text: str
    strong: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Part:
    """A numbered part of the text: its title without the number, its paragraphs."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Annex:
    """A table behind the signatures: what it tells, its two heads, its lines."""

    title: str
    heads: tuple[str, str]
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class SigningPlace:
    """Where somebody signs: the lines above (authority, body, post), and who."""

    standing: list[str]
    name: str = ""

    def words(self) -> dict[str, Any]:
        """As a template says it."""
        return {"quyen_han": self.standing, "nguoi_ky": self.name}


@dataclass(frozen=True)
class OfficialPaper:
    """A paper as it goes out; ``signing`` begins with the leading body.

    A letter (công văn) has no type and summary, but what it is ``about`` and ``to`` whom it goes.
    """

    layout: Layout
    bodies: list[str]
    number: str
    place_and_date: str
    type: str = ""
    summary: str = ""
    about: str = ""
    to: str = ""
    superior: str = ""
    reminder: str = ""
    draft: str = ""
    bases: list[str] = field(default_factory=list)
    opening: str = ""
    parts: list[Part] = field(default_factory=list)
    signing: list[SigningPlace] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)

    def words(self) -> dict[str, Any]:
        """The words of the template: plain texts, lists and dicts, never a record."""
        joint = len(self.signing) > 1
        return {
            "loi_nhac": self.reminder,
            "co_quan_tren": unbroken(self.superior).upper(),
            "co_quan": [unbroken(name).upper() for name in dashed(self.bodies)],
            "so": self.number,
            "du_thao": self.draft,
            "noi_ngay": self.place_and_date,
            "loai": self.type.upper(),
            "trich_yeu": self.summary,
            "ve_viec": self.about,
            "kinh_gui": self.to,
            "can_cu": list(punctuated(self.bases)),
            "mo_dau": self.opening,
            "cac_phan": self._text(),
            "hang_ky": signing_rows(self.signing) if joint else [],
            "ky_cuoi": self.signing[0].words() if len(self.signing) == 1 else None,
            "noi_nhan": list(punctuated([f"- {name}" for name in self.recipients])),
            "phu_luc": self._annexes(),
        }

    def _text(self) -> list[dict[str, Any]]:
        """The parts with their numbers; the last paragraph is told apart, for it stays with the signatures."""
        parts = [
            {
                "tieu_de": heading,
                "doan": [
                    {"chu": one.text, "muc": one.strong, "giua": one.centred, "cuoi": False} for one in lines
                ],
            }
            for heading, lines in self._numbered_parts()
        ]
        if parts and parts[-1]["doan"]:
            last = parts[-1]["doan"][-1]
            last["cuoi"] = True
            if self.layout == Layout.STATE and not last["chu"].endswith(DOTS):
                last["chu"] = f"{last['chu'].rstrip(' ./;')}./."
        return parts

    def _annexes(self) -> list[dict[str, Any]]:
        """One stands alone; several are numbered."""
        several = len(self.annexes) > 1
        return [
            {
                "ten": f"PHỤ LỤC {ROMAN[place]}" if several else "PHỤ LỤC",
                "tieu_de": one.title,
                "cot": list(one.heads),
                "dong": [
                    {"tt": str(number), "trai": left, "phai": right}
                    for number, (left, right) in enumerate(one.lines, 1)
                ],
            }
            for place, one in enumerate(self.annexes)
        ]

    def _numbered_parts(self) -> Iterable[tuple[str, list[Line]]]:
        mark = "-" if self.layout == Layout.PARTY else "."
        number = 0
        for part in self.parts:
            number += bool(part.title)
            yield f"{ROMAN[number - 1]}{mark} {part.title.upper()}" if part.title else "", part.lines


# --- the head


def layout_of(body: Organization | None) -> Layout:
    """The layout of papers led by a body: the Party's for bodies of the Party, the State's for all others."""
    in_party = body is not None and body.sector_id is not None and body.sector.key == PARTY_SECTOR
    return Layout.PARTY if in_party else Layout.STATE


_SHORT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
          "MTTQ": "Mặt trận Tổ quốc"}  # fmt: skip
_SHORT_WORD = re.compile(rf"\b({'|'.join(_SHORT)})\b")


def spelled(name: str) -> str:
    """A body's name as a head prints it: without short forms."""
    return _SHORT_WORD.sub(lambda found: _SHORT[found[1]], name)


_COMMITTEE = re.compile(r"^(?P<board>.+?) (?P<committee>(?:Tỉnh|Thành|Quận|Huyện|Thị|Đảng) [uủ][ỷy]\b.*)$")


def under_committee(name: str) -> tuple[str, str]:
    """The committee a Party board belongs to, and the board: ("Quận ủy Ba Đình", "Ban Dân vận").

    A name that does not say it stands whole.
    """
    found = _COMMITTEE.match(name)
    return (found["committee"], found["board"]) if found else ("", name)


def dashed(names: list[str]) -> list[str]:
    """The names of bodies that issue together, one a line, joined as papers join them."""
    return [f"{name}\u00a0-" for name in names[:-1]] + names[-1:]


_PLACE_WORD = re.compile(
    r"\b(?:[Tt]ỉnh|[Tt]hành phố|TP\.|[Qq]uận|[Hh]uyện|[Tt]hị xã|[Tt]hị trấn|[Pp]hường|[Xx]ã|[Đđ]ặc khu"
    r"|(?:[Tt]ỉnh|[Tt]hành|[Qq]uận|[Hh]uyện|[Tt]hị|[Đđ]ảng) [uủ][ỷy](?! ban))(?=\s)"
)


def unbroken(name: str) -> str:
    """A body's name that breaks, where it must, before its place: "Ủy ban nhân dân / quận Ba Đình"."""
    starts = [found.start() for found in _PLACE_WORD.finditer(name) if found.start()]
    return name[: starts[-1]] + name[starts[-1] :].replace(" ", "\u00a0") if starts else name


def printed_number(layout: Layout, number: str) -> str:
    """The number line: no colon on Party papers; dots where there is none yet."""
    return f"{'Số' if layout == Layout.PARTY else 'Số:'} {number or DOTS}"


def symbol_to_come(layout: Layout, type_code: str, agencies: list[str]) -> str:
    """The symbol of a paper that waits for its number, where type and bodies have abbreviations."""
    if not type_code or not agencies or not all(agencies):
        return ""
    if layout == Layout.PARTY:
        return f"{DOTS}-{type_code}/{'-'.join(agencies)}"
    joint = len(agencies) > 1
    return f"{DOTS}/{type_code}{'/' if joint else '-'}{'-'.join(agencies)}"


_UNIT = re.compile(
    r"^(?:thành phố|tỉnh|quận|huyện|thị xã|thị trấn|phường|xã|đặc khu)\s+(?=\D)", re.IGNORECASE
)


def place_of(body: Organization | None) -> str:
    """The place a paper of a body names: its territory's own name ("Ba Đình"; "Phường 1" keeps its word)."""
    territory = body.territory if body is not None and body.territory_id else None
    return _UNIT.sub("", territory.name).split(",")[0] if territory else DOTS


def place_and_date(place: str, dated: PartialDate) -> str:
    """The place and date line: two digits for days under ten, January and February; dots for what is unknown."""
    day = month = year = SHORT_DOTS
    if both := dated.day_and_month:
        day, month = f"{both[0]:02}", f"{both[1]:02}" if both[1] < 3 else str(both[1])
    if dated.first is not None and dated.precision != Precision.UNKNOWN:
        year = str(dated.first.year)
        if dated.precision == Precision.MONTH:
            month = f"{dated.first.month:02}" if dated.first.month < 3 else str(dated.first.month)
    return f"{place}, ngày {day} tháng {month} năm {year}"


def reminder(*, sample: bool = False, unapproved: bool = False) -> str:
    """What every page of the paper must say about itself."""
    said = [
        "BẢN TRÌNH DIỄN" if settings.DEMO else "",
        "DỮ LIỆU MẪU" if sample else "",
        "CHƯA ĐƯỢC DUYỆT TRÊN CỔNG" if unapproved else "",
    ]
    return " · ".join(filter(None, said))


def draft_mark(on: date) -> str:
    """The mark of a draft, with its day."""
    return f"DỰ THẢO ngày {on.day}/{on.month}/{on.year}"


# --- the text


def paragraphs(text: str) -> list[Line]:
    """The paragraphs of a text as entered."""
    return [Line(line.strip()) for line in text.splitlines() if line.strip()]


def punctuated(lines: Iterable[str]) -> Iterable[str]:
    """Lines of an enumeration: a semicolon after each, a full stop after the last."""
    bare = [line.rstrip(" ;.,") for line in lines]
    return (f"{line}{';' if place < len(bare) else '.'}" for place, line in enumerate(bare, 1))


_OPENS_BASIS = re.compile(r"(?:căn cứ|thực hiện|theo|xét|tiếp tục)\b", re.IGNORECASE)


def basis(printed: str) -> str:
    """One base of the paper: "Căn cứ …" unless it is printed with such a word."""
    return printed if _OPENS_BASIS.match(printed) else f"Căn cứ {printed}"


# --- the foot


_OF_PARTY = {Authority.BEHALF, Authority.FOR, Authority.ORDER}
"""What the Party's papers write with a stroke: T/M, K/T, T/L."""


def post_of(capacity: str, body: str) -> str:
    """The post alone, for under the name of its body: "Chủ tịch" of "Chủ tịch UBND phường"; another body's stays."""
    words, whole = spelled(capacity).split(), spelled(body).lower()
    for place in range(1, len(words) - 1):
        if f"{whole} ".startswith(f"{' '.join(words[place:]).lower()} "):
            heads_board = words[place - 1].lower() == "trưởng" and words[place].lower() == "ban"
            return " ".join(words[: place + heads_board])
    return capacity


def authority_mark(layout: Layout, authority: str) -> str:
    """The authority as papers print it before what follows: "TM. ", the Party's "T/M "; nothing where none is known."""
    if layout == Layout.PARTY and authority in _OF_PARTY:
        return f"{'/'.join(authority)} "
    return f"{authority}. " if authority else ""


def signing_place(layout: Layout, body: str, signature: Signature | None) -> SigningPlace:
    """Where a side signs: its name and, as far as known, under which authority, in which post, and who."""
    if signature is None:
        return SigningPlace([spelled(unbroken(body)).upper()])
    authority, capacity = signature.authority, post_of(signature.capacity, body)
    says = authority_mark(layout, authority)
    if authority == Authority.FOR and capacity.lower().startswith("phó "):
        standing = [body, f"{says}{capacity[4:]}", capacity]
    elif authority in {Authority.FOR, Authority.ACTING}:
        standing = [body, f"{says}{capacity}"]
    else:
        standing = [f"{says}{spelled(body)}", capacity]
    name = str(signature.person) if signature.person else ""
    return SigningPlace([spelled(unbroken(line)).upper() for line in standing if line], name)


def signing_rows(places: list[SigningPlace]) -> list[dict[str, Any]]:
    """The signatures two a row, the leading body on the right; one left over stands in the middle."""
    rows = []
    for first in range(0, len(places), 2):
        lead, *other = [place.words() for place in places[first : first + 2]]
        two = {"trai": other[0], "giua": None, "phai": lead} if other else None
        rows.append(two or {"trai": None, "giua": lead, "phai": None})
    return rows


def issuers(layout: Layout, names: list[str]) -> tuple[str, list[str]]:
    """The committee above and the issuing bodies; bodies that issue together stand alone."""
    names = [spelled(name) for name in names]
    if len(names) > 1 or layout != Layout.PARTY:
        return "", names
    superior, board = under_committee(names[0])
    return superior, [board]


def is_draft(record: Paper) -> bool:
    """Whether the paper is still a draft: said so, or never approved and nothing says it was signed."""
    signing = record.document.signing
    return signing == Document.Signing.DRAFT or (
        record.approved_at is None and signing != Document.Signing.SIGNED
    )


def last_written(record: Paper) -> date:
    """The day something was last done to the record."""
    act = Act.objects.about(record).exclude(verb=Verb.READ).first()
    return timezone.localtime(act.at if act else record.state_since).date()
