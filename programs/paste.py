"""What pasted text says of plans and programmes: tasks, a list or the table of its annex with who, when and what comes of
it; how often a programme is to be reviewed; which programme it takes the place of.

Pure functions over text. What is read is shown before it is kept.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest

from portal.dates import PartialDate, Period, find_period
from portal.paste import columns_of, split_bases, split_items, table_rows, untabbed
from portal.symbols import Symbol
from portal.text import clean, clean_block

HEADS = {
    "text": ("noi dung", "nhiem vu", "cong viec"),
    "lead": ("chu tri", "don vi thuc hien", "co quan thuc hien"),
    "joint": ("phoi hop",),
    "time": ("thoi gian", "tien do", "thoi han"),
    "product": ("san pham", "ket qua"),
}
"""What the columns of such tables are headed with, folded."""
UNHEADED = {
    2: ("text", "lead"),
    3: ("text", "lead", "time"),
    4: ("text", "lead", "joint", "time"),
    5: ("text", "lead", "joint", "time", "product"),
}
"""The columns of a table without heads, by how many there are."""


def is_headed(text: str) -> bool:
    """Whether a pasted block is a table whose heads say what its columns are."""
    rows = table_rows(untabbed(text)) if "\t" in text else []
    return bool(rows and columns_of(rows[0], HEADS, "text"))


def split_tasks(text: str) -> list[dict[str, str]]:
    """The tasks of a pasted block, by the fields of their rows."""
    text = untabbed(text)
    if "\t" not in text:
        return [{"text": one} for one in split_items(text)]
    rows = [[clean(cell) for cell in row] for row in table_rows(text)]
    columns = columns_of(rows[0], HEADS, "text") if rows else ()
    if columns:
        rows = rows[1:]
    found = []
    for row in rows:
        names = columns or UNHEADED.get(len(row), ("text",))
        cells = list(zip_longest(names, row, fillvalue=""))
        told = {name: cell for name, cell in cells if name and cell}
        text_and_rest = [cell for name, cell in cells if cell and name in {"text", ""}]
        if told or text_and_rest:  # a column nobody knows is not dropped
            found.append(told | {"text": "; ".join(text_and_rest)})
    return found


# --- how often a programme is to be reviewed


OFTEN = {
    "quarterly": r"(?:hằng|hàng|mỗi|từng) quý|quý một lần",
    "half_yearly": r"(?:0?6|sáu) tháng|nửa năm",
    "yearly": r"(?:hằng|hàng|mỗi|từng|cuối|một|1) năm|năm một lần|tổng kết năm",
    "mid_term": r"giữa (?:nhiệm )?kỳ|giữa giai đoạn|giữa nhiệm kỳ",
    "periodic": r"định kỳ",
}
"""The words by which papers say how often, the most often first; "định kỳ" alone says no more."""
_ONE = "|".join(f"(?P<{key}>{words})" for key, words in OFTEN.items())
_OFTEN = re.compile(_ONE, re.IGNORECASE)
_ANY = re.sub(r"\(\?P<\w+>", "(?:", _ONE)
_CHAIN = re.compile(rf"(?:{_ANY})(?:(?:\s*(?:,|và|hoặc)\s*|\s+)(?:{_ANY}))*", re.IGNORECASE)
"""Words that say how often, as they follow each other: "định kỳ 6 tháng, hằng năm"."""
_SENTENCE_END = re.compile(r"(?<=[.;])\s+|\n")
_INTERIM = re.compile(r"\bsơ(?:,| và)? (?:tổng )?kết\b", re.IGNORECASE)
_REVIEWED = re.compile(r"\b(?:tổng kết|kiểm điểm|đánh giá kết quả|đánh giá việc thực hiện)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"điều \d{1,3}[.:]?", re.IGNORECASE)
"""What stands before the name of an article: "Điều 6. Chế độ giao ban, sơ kết" says nothing of how often."""
LONGEST_CADENCE = 200


def read_cadence(text: str) -> tuple[str, str]:
    """How often a paper asks to be reviewed, as one of :data:`OFTEN` where it says so, and the words it says it in.

    What is said of interim reviews goes before what is said of others.
    """
    told = [clean(one) for one in _SENTENCE_END.split(clean_block(text[:LONGEST_READ]))]
    for asked in (_INTERIM, _REVIEWED):
        for at, sentence in enumerate(told):
            found = asked.search(sentence)
            if found and not (at and _ARTICLE.fullmatch(told[at - 1]) and not _OFTEN.search(sentence)):
                before = list(_CHAIN.finditer(sentence, 0, found.start()))
                chain = before[-1] if before else _CHAIN.search(sentence, found.start())
                said = {one.lastgroup for one in _OFTEN.finditer(chain[0])} if chain else set()
                return next((key for key in OFTEN if key in said), ""), _printed(told[at:])
    return "", ""


def _printed(sentences: list[str]) -> str:
    """The first sentence, and those behind its semicolons that speak of reviews too, as far as there is room."""
    words = sentences[0]
    for one in sentences[1:]:
        if not words.endswith(";") or not (_REVIEWED.search(one) or _INTERIM.search(one)):
            break
        words = f"{words} {one}"
    words = re.sub(r"^(?:[-–+*•]|\d{1,2}[.)-])\s*", "", words).strip(" ;.")
    return words if len(words) <= LONGEST_CADENCE else ""


# --- which programme it takes the place of


@dataclass(frozen=True)
class Replaced:
    """A programme that another says it takes the place of: what is printed of it."""

    symbol: Symbol | None
    date: PartialDate | None
    period: Period | None


LONGEST_READ = 40_000
_REPLACES = re.compile(
    r"\b(?:thay thế|thay cho|tiếp nối|kế tục)(?: cho)?\s+(?:toàn bộ\s+)?(?:các?\s+)?"
    r"(?P<paper>(?:chương trình|quy chế|kế hoạch phối hợp|thỏa thuận|thoả thuận|giao ước)\b.{0,300})",
    re.IGNORECASE,
)
_END = re.compile(r"[.;](?:\s|\Z)|\./|(?=, (?:với|và thay|kể từ|có hiệu lực))")


def replaced_paper(text: str) -> Replaced | None:
    """The programme a text says it replaces, or goes on from, by number, day or years."""
    for found in _REPLACES.finditer(clean(text[:LONGEST_READ])):
        words = _END.split(found["paper"], maxsplit=1)[0]
        cited = next(iter(split_bases(words)), None)
        date = cited.date if cited and cited.date and cited.date.first else None
        replaced = Replaced(cited.symbol if cited else None, date, find_period(words))
        if any((replaced.symbol, replaced.date, replaced.period)):
            return replaced
    return None
