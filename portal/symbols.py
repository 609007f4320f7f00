"""Document numbers (số, ký hiệu): read as printed, compared in one form, found in a line of text.

Owns the grammar of the numbers of Party, State, Front and joint papers. What a type or an agency code means is
data elsewhere; the few codes named here only decide where one part ends and the next begins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from portal.text import clean

__all__ = ["Style", "Symbol", "Unread", "cited_symbol", "find_symbol", "read_symbol"]

LONGEST_SYMBOL = 150
LONGEST_LINE = 20_000
"""How much of a pasted text is searched for a number."""


class Style(models.TextChoices):
    """Whose way of numbering a document number follows."""

    STATE = "state", "văn bản Nhà nước"
    PARTY = "party", "văn bản của Đảng"
    JOINT = "joint", "văn bản liên tịch"
    FRONT = "front", "văn bản Mặt trận, đoàn thể"
    LETTER = "letter", "công văn không ghi tên loại"
    UNKNOWN = "unknown", "chưa rõ thể thức"


@dataclass(frozen=True)
class Symbol:
    """A document number taken apart; ``key`` is equal for two spellings of one number."""

    printed: str
    number: int | None
    number_suffix: str
    year: int | None
    type_code: str
    agencies: tuple[str, ...]
    style: str
    tidy: str
    note: str = ""

    @property
    def key(self) -> str:
        """The form in which numbers are compared: capitals, no marks but Đ, no spaces, no leading zeros.

        Empty where the paper has no number yet: such papers are never the same by their symbol.
        """
        return _key(self.tidy) if self.number is not None else ""

    def __str__(self) -> str:
        return self.tidy


@dataclass(frozen=True)
class Unread:
    """A printed number that follows no known form, kept as printed, with the reason said."""

    printed: str
    reason: str

    @property
    def key(self) -> str:
        """The form in which numbers are compared."""
        return _key(_tidied(self.printed))

    def __str__(self) -> str:
        return self.printed


# Type codes in their usual letters. Only needed to tell a type from an agency ("34/KH-UBND" from "42/TTg-TH") and
# to mend the case ("Ctr"); their meanings are data.
_TYPES = [
    "BB",
    "BC",
    "BCTĐ",
    "BGN",
    "BS",
    "BTT",
    "CĐ",
    "CL",
    "CT",
    "CTHĐ",
    "CTPH",
    "CTr",
    "CTrHĐ",
    "CTrPH",
    "CV",
    "DA",
    "DAĐT",
    "ĐA",
    "ĐL",
    "GGT",
    "GM",
    "GNP",
    "GUQ",
    "HD",
    "HĐ",
    "HDLN",
    "HDLT",
    "HDPH",
    "KH",
    "KHLN",
    "KHLT",
    "KHPH",
    "KL",
    "L",
    "LKG",
    "NQ",
    "NQLT",
    "PA",
    "PB",
    "PC",
    "PG",
    "QC",
    "QCPH",
    "QĐ",
    "QĐi",
    "QĐLT",
    "QĐNS",
    "QH",
    "QyĐ",
    "SL",
    "SY",
    "TB",
    "TBKL",
    "TC",
    "TrS",
    "TT",
    "TTLT",
    "TTPH",
    "TTr",
    "TTrLT",
]
_TYPE_BY_CAPITALS = {code.upper(): code for code in _TYPES}

# A joint paper shows it by its type, or by a second signing body.
_JOINT_TYPE = re.compile(r"(?:PH|LT|LN|LS)$")
_OFTEN_JOINT = {"CTR", "QC", "KH", "GUQ", "BGN", "BTT", "HD"}
_BODY = re.compile(
    r"UB|HĐND|MTTQ|BDV|BTG|BCS|BCH|BTC|BTV|BNC|CA\b|CAT|TU\b|HU\b|QU\b|ĐU|LĐLĐ|HND|HPN|HLHPN|HCCB|ĐTN|TĐTN|S[A-ZĐ]|B[A-ZĐ]|CP"
)
_OFFICE = re.compile(r"VP|TH$|NC$|KT$|VX$|TK")
_FRONT = re.compile(
    r"MTTQ|UB(?:TU|TƯ)?MT|MTTW|LĐLĐ|TLĐ|CĐ\w|HND|HLHPN|HPN|ĐCT|HCCB|CCB|ĐTN|TĐTN|TWĐTN|TWTN|HCTĐ|BTT\b"
)
_PARTY_BODY = re.compile(r"TW|TU|HU|QU|ĐU|CB|BDV|BTG|BTC|BNC|UBKT|BCS|VPTW|VPTU|ĐH")
_STATE_BODY = re.compile(r"UBND|UB$|HĐND|CP$|TTG|QH|BNV|S[A-ZĐ]|P[A-ZĐ]|VP")

_SO = re.compile(r"^(?:s[ốồô]\s*(?:hiệu|ký hiệu)?\s*[:.]?\s*)+(?=[\d.…_/\-A-ZĐ])", re.IGNORECASE)
_DASHES = re.compile(r" ?[\u2010-\u2015\u2212-] ?")
_SLASHES = re.compile(r" ?/ ?")
_NO_NUMBER = re.compile(r"^[.…_ ]*(?=[-/])")
_NOTE = re.compile(r" ?\(([^()]{1,30})\)$")

_NUMBER = r"(?P<n>\d{1,6})(?P<s>[A-Za-z]{0,2})"
_CODE = r"(?P<t>[^\W\d_]{1,10})"
_REST = r"(?P<a>[^\W\d_][\w&., -]{0,99})"
_FORMS: dict[str, re.Pattern[str]] = {
    "dated assembly": re.compile(rf"{_NUMBER}/(?P<y>\d{{4}})/(?P<a>(?:UBTV)?QH\d{{1,2}})", re.IGNORECASE),
    "dated slash": re.compile(rf"{_NUMBER}/(?P<y>\d{{4}})/?{_CODE}/{_REST}"),
    "dated dash": re.compile(rf"{_NUMBER}/(?P<y>\d{{4}})/?{_CODE}-{_REST}"),
    "dash slash": re.compile(rf"{_NUMBER}-{_CODE}/{_REST}"),
    "slash slash": re.compile(rf"{_NUMBER}/{_CODE}/{_REST}"),
    "slash dash": re.compile(rf"{_NUMBER}/{_CODE}-{_REST}"),
    "dash dash": re.compile(rf"{_NUMBER}-{_CODE}-{_REST}"),
    "no number, slash": re.compile(rf"-?{_CODE}/{_REST}"),
    "no number, dash": re.compile(rf"/{_CODE}-{_REST}"),
}


def _tidied(printed: str) -> str:
    """One line with plain dashes, tight separators, and without "Số" and end marks."""
    text = clean(printed[: 2 * LONGEST_SYMBOL])
    text = _SLASHES.sub("/", _DASHES.sub("-", text)).strip(" .,;:")
    text = _SO.sub("", text)
    return _NO_NUMBER.sub("", text)


def _key(tidy: str) -> str:
    bare = unicodedata.normalize("NFD", tidy.upper().replace(" ", ""))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"^0+(?=\d)", "", bare)


def read_symbol(printed: str) -> Symbol | Unread:
    """Take a printed document number apart, or say why it is kept as printed."""
    shown = clean(printed[: LONGEST_SYMBOL + 1])
    if not shown:
        return Unread("", "Chưa có số, ký hiệu.")
    if len(shown) > LONGEST_SYMBOL:
        return Unread(shown[:LONGEST_SYMBOL], "Dài hơn một số, ký hiệu thông thường; giữ nguyên như bản in.")
    text = _tidied(shown)
    note = _NOTE.search(text)
    text = text[: note.start()] if note else text
    for name, form in _FORMS.items():
        found = form.fullmatch(text)
        if found:
            return _symbol(shown, name, found, note[1] if note else "")
    return Unread(shown, _why_unread(text))


def _why_unread(text: str) -> str:
    if re.fullmatch(rf"{_CODE}-\d{{1,6}}.*", text):
        return "Số đứng sau tên loại, khác thể thức thông thường; giữ nguyên như bản in."
    if re.fullmatch(r"\d{1,6}", text):
        return "Chỉ có số, chưa có ký hiệu; giữ nguyên như bản in."
    return "Không theo thể thức số, ký hiệu đã biết; giữ nguyên như bản in."


def _symbol(shown: str, form: str, found: re.Match[str], note: str) -> Symbol:
    """Build the symbol of a form that matched."""
    parts = found.groupdict()
    code = parts.get("t") or ""
    code = _TYPE_BY_CAPITALS.get(code.upper(), code)
    agencies = tuple(part.strip() for part in parts["a"].split("-") if part.strip(" .,"))
    if form == "slash dash" and code.upper() not in _TYPE_BY_CAPITALS:
        agencies, code = (code, *agencies), ""
    number, suffix = parts.get("n"), parts.get("s") or ""
    year = int(parts["y"]) if parts.get("y") else None
    return Symbol(
        printed=shown,
        number=int(number) if number else None,
        number_suffix=suffix,
        year=year,
        type_code=code,
        agencies=agencies,
        style=_style(form, code.upper(), tuple(a.upper() for a in agencies)),
        tidy=_tidy_form(form, f"{int(number):02d}{suffix}" if number else "", year, code, agencies),
        note=note,
    )


def _tidy_form(form: str, number: str, year: int | None, code: str, agencies: tuple[str, ...]) -> str:
    """Put the parts together again with plain separators."""
    bodies = "-".join(agencies)
    if form == "slash dash" and not code:
        return f"{number}/{bodies}"
    dated = f"{number}/{year}" if year else number or "…"
    shapes = {
        "dated assembly": f"{dated}/{bodies}",
        "dated slash": f"{dated}/{code}/{bodies}",
        "slash slash": f"{dated}/{code}/{bodies}",
        "dash slash": f"{dated}-{code}/{bodies}",
        "dash dash": f"{dated}-{code}-{bodies}",
        "no number, slash": f"{dated}-{code}/{bodies}",
    }
    return shapes.get(form, f"{dated}/{code}-{bodies}")


def _style(form: str, code: str, agencies: tuple[str, ...]) -> str:
    """Decide whose way of numbering this is; ``code`` and ``agencies`` in capitals."""
    if not code:
        return Style.STATE if form == "dated assembly" else Style.LETTER
    if _is_joint(form, code, agencies):
        return Style.JOINT
    if form == "dash slash":
        return Style.PARTY
    if form == "no number, slash":
        return Style.PARTY if code in _TYPE_BY_CAPITALS else Style.UNKNOWN
    if form in ("dash dash", "slash slash"):
        return Style.UNKNOWN
    return Style.FRONT if _FRONT.match(agencies[0]) else Style.STATE


def _is_joint(form: str, code: str, agencies: tuple[str, ...]) -> bool:
    if len(agencies) < 2 or _OFFICE.match(agencies[-1]):
        return False
    if _JOINT_TYPE.search(code):
        return True
    if agencies[0] in ("CĐ", "ĐH") or (_FRONT.match(agencies[0]) and agencies[1] == "BTT"):
        return False
    return code in _OFTEN_JOINT and all(_BODY.match(agency) for agency in agencies[:2])


# --- in running text -------------------------------------------------------------------------------------------

_GAP = "[ \t\u00a0]{0,3}"
_SEP = rf"{_GAP}[\u2010-\u2015\u2212/-]{_GAP}"
_MARK = "\u0300-\u036f"
_WORD = rf"[A-ZĐÐƯ][\w{_MARK}]*(?:[&.][A-ZĐÐƯ][\w{_MARK}]*)*"
_CANDIDATE = re.compile(
    rf"(?<![\w/.,–-])(?P<so>[Ss]ố{_GAP}:?{_GAP})?\d{{1,6}}[A-Za-z]?"
    rf"(?:{_SEP}(?:19|20)\d\d(?:{_SEP})?|{_SEP}){_WORD}(?:{_SEP}{_WORD}){{0,6}}"
    r"(?:(?<=BCSĐ) UBND)?(?:(?<=-BCSĐ UBND) (?:tỉnh|thành phố|quận|huyện))?"
)
_BLANK_NUMBER = re.compile(rf"(?P<so>[Ss]ố{_GAP}:?{_GAP})[.…_ ]{{0,40}}{_SEP}{_WORD}(?:{_SEP}{_WORD}){{1,6}}")
_CITING = re.compile(
    r"\b(?:căn cứ|thực hiện|thi hành|theo|kèm theo|xét|triển khai|quán triệt|trên cơ sở|tổng kết|sơ kết|thay thế|sửa đổi|"
    r"bổ sung|bãi bỏ|tiếp tục|trích)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[;!?]|\.(?=\s|$)|\n[ \t\u00a0]*\n|\n(?=[ \t\u00a0]*(?:[A-ZĐ]|Ủ|Ư|Ố|[-+•*]))")


def _candidates(text: str) -> Iterator[tuple[Symbol, re.Match[str], int]]:
    """Yield every number in a text, its match, and where the number itself starts."""
    at = 0
    while found := _CANDIDATE.search(text, at):
        at = found.end()
        start = found.end("so") if found["so"] else found.start()
        symbol = read_symbol(found[0][start - found.start() :])
        if isinstance(symbol, Symbol) and _plausible(symbol, bool(found["so"]), found[0]):
            yield symbol, found, start


def _plausible(symbol: Symbol, announced: bool, printed: str) -> bool:
    """Whether a match in running text is a number and not "24/1 - UBND" or "1-Ban/Sở"."""
    if announced:
        return True
    known = symbol.type_code.upper() in _TYPE_BY_CAPITALS
    capitals = all(sum(c.isupper() for c in agency) >= 2 for agency in symbol.agencies[:1])
    return capitals and (known or symbol.year is not None or not re.search(r"\s", printed))


def _cited(text: str, start: int) -> bool:
    """Whether the number at ``start`` stands after "Căn cứ", "Thực hiện", "theo" in its sentence."""
    before = text[max(0, start - 400) : start]
    sentence = _SENTENCE_END.split(before)[-1]
    return bool(_CITING.search(unicodedata.normalize("NFC", sentence)))


def find_symbol(text: str) -> tuple[Symbol, int, int] | None:
    """Find a paper's own number in pasted text: the number, its start and its end; never a cited one."""
    text = text[:LONGEST_LINE]
    for symbol, found, start in _candidates(text):
        if not _cited(text, found.start()):
            return symbol, start, found.end()
    return _unfilled_symbol(text)


def _unfilled_symbol(text: str) -> tuple[Symbol, int, int] | None:
    """Find the symbol of a paper whose number is still to be written in ("Số …-KH/TU")."""
    found = _BLANK_NUMBER.search(text)
    if not found or _cited(text, found.start()):
        return None
    start = found.end("so")
    read = read_symbol(text[start : found.end()])
    return (read, start, found.end()) if isinstance(read, Symbol) else None


def cited_symbol(text: str) -> tuple[Symbol, int, int] | None:
    """Find the first number of a text whoever's it is: for lines that cite ("Căn cứ …")."""
    for symbol, found, start in _candidates(text[:LONGEST_LINE]):
        return symbol, start, found.end()
    return None
