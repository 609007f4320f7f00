"""Vietnamese text: cleaning what is typed or pasted, matching it, sorting it, and making slugs.

Owns every rule about single strings that is not about dates (``portal.dates``), document numbers
(``portal.symbols``) or pasted blocks (``portal.paste``). Nothing here reads settings or the database.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "SORT_KEY_BYTES",
    "clean",
    "clean_block",
    "fold",
    "person_sort_key",
    "person_sort_name",
    "slugify",
    "sort_key",
    "sort_name_key",
]

SORT_KEY_BYTES = 400
"""Longest sort key, in bytes: what a binary column and its index must hold."""

_SORTED_CHARACTERS = 600
"""Characters of a text that can influence its sort key."""

# Eth and the African D look exactly like the Vietnamese letter and stand for it on old pages.
_LOOKALIKES = {0x00D0: "Đ", 0x00F0: "đ", 0x0189: "Đ"}

# Unseen characters: controls that are no white space, soft hyphen, zero-width and direction marks, tags, lone
# surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]+"
)
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WHITE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def _composed(text: str) -> str:
    """Unseen characters out, NFC, and the Vietnamese letter for its lookalikes."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_LOOKALIKES)


def clean(text: str) -> str:
    """Return ``text`` as one tidy line: NFC, single plain spaces, nothing unseen."""
    return _WHITE.sub(" ", _composed(text)).strip()


def clean_block(text: str) -> str:
    """Return ``text`` tidied line by line, with at most one empty line in a row."""
    lines: list[str] = []
    for raw in _LINE_END.sub("\n", _composed(text)).split("\n"):
        line = _WHITE.sub(" ", raw).strip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


def fold(text: str) -> str:
    """Return ``text`` for matching: lower case, no marks, đ as d, words parted by one space.

    Old and new tone placement (hoà, hòa) come out the same, because the tones are gone.
    """
    lowered = unicodedata.normalize("NFKD", clean(text)).lower().replace("đ", "d").replace("ð", "d")
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.category(c).startswith("M")
    )
    return _NOT_WORD.sub(" ", bare).strip()


# --- sorting ---------------------------------------------------------------------------------------------------

_END_OF_LEVEL = 0x01
_COMMON = 0x02  # the weight of "no tone" and of "lower case": left off at the end of a level
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKS_BEFORE_LETTERS = " _-–—,;:!?.'‘’\"“”«»()[]{}§@*/\\&#%‰†•`^°©®→+±÷×<=>¬|~−¤$£¥€"
_NUMBER = 0xE0
_OTHER = 0xF0

_PRIMARY = {c: bytes([0x03 + i]) for i, c in enumerate(_MARKS_BEFORE_LETTERS)}
_PRIMARY |= {c: bytes([0x50 + i]) for i, c in enumerate(_LETTERS)}

# Marks that make another letter of the alphabet, and the letter they make.
_LETTER_MARKS = {("a", "\u0306"): "ă", ("u", "\u031b"): "ư", ("o", "\u031b"): "ơ"}
_LETTER_MARKS |= {(base, "\u0302"): made for base, made in zip("aeo", "âêô", strict=True)}

# Tones in dictionary order: none, huyền, hỏi, ngã, sắc, nặng; any other mark after them.
_TONES = {mark: _COMMON + 1 + i for i, mark in enumerate("\u0300\u0309\u0303\u0301\u0323")}
_OTHER_MARK = _COMMON + 9


def _levels(text: str) -> tuple[bytes, bytes, bytes]:
    """Return the three ranks of ``text``: letters and numbers, tones, case."""
    primary, tones, cases = bytearray(), bytearray(), bytearray()
    chars = unicodedata.normalize("NFKD", clean(text[:_SORTED_CHARACTERS]))
    at = 0
    while at < len(chars):
        if chars[at].isdecimal():
            end = at
            while end < len(chars) and chars[end].isdecimal() and end - at < 200:
                end += 1
            primary += _number_weight(chars[at:end])
            at = end
            continue
        end = at + 1
        while end < len(chars) and unicodedata.combining(chars[end]):
            end += 1
        letter, tone = _letter_and_tone(chars[at].lower(), chars[at + 1 : end])
        primary += _PRIMARY.get(letter) or bytes([_OTHER]) + letter.encode()
        tones += tone
        cases.append(_COMMON + chars[at].isupper())
        at = end
    common = bytes([_COMMON])
    return bytes(primary), bytes(tones).rstrip(common), bytes(cases).rstrip(common)


def _number_weight(digits: str) -> bytes:
    """Return a weight that orders numbers by value: how many figures, then the figures."""
    figures = "".join(str(unicodedata.decimal(c)) for c in digits).lstrip("0") or "0"
    return bytes([_NUMBER, len(figures)]) + figures.encode()


def _letter_and_tone(base: str, marks: str) -> tuple[str, bytes]:
    """Return the letter of the alphabet and the weight of the tones it carries."""
    weights = bytearray()
    for mark in marks:
        made = _LETTER_MARKS.get((base, mark))
        if made:
            base = made
        else:
            weights.append(_TONES.get(mark, _OTHER_MARK))
    return base, bytes(weights) or bytes([_COMMON])


def sort_key(text: str) -> bytes:
    """Return bytes whose plain order is the Vietnamese dictionary order.

    First rank: letters of the Vietnamese alphabet, then numbers by value (both after spaces and punctuation);
    second rank: tones; last rank: case, small letters first. Equal to PostgreSQL's ``vi-u-kn-kr-latn-digit``.
    """
    end = bytes([_END_OF_LEVEL])
    return end.join(_levels(text))[:SORT_KEY_BYTES].rstrip(end)


# --- people ----------------------------------------------------------------------------------------------------

_NAME_NOTE = re.compile(r"\s*(\([^()]*\))\s*$")


def person_sort_name(name: str) -> str:
    """Return the name with the given name in front: "Ngô Thị Thanh Hằng" gives "Hằng Ngô Thị Thanh"."""
    name = clean(name)
    note = _NAME_NOTE.search(name)
    if note and note.start():
        return f"{person_sort_name(name[: note.start()])} {note[1]}"
    head, _, given = name.rpartition(" ")
    return f"{given} {head}".strip()


def sort_name_key(sort_name: str) -> bytes:
    """Return the key of a sort name: word by word, so that every Anh stands before every Ánh."""
    words, cases = bytearray(), bytearray()
    for word in clean(sort_name[:_SORTED_CHARACTERS]).split(" "):
        primary, tones, case = _levels(word)
        words += primary + bytes([_END_OF_LEVEL]) + tones + b"\x00"
        cases += case + b"\x00"
    return bytes(words + b"\x00" + cases)[:SORT_KEY_BYTES]


def person_sort_key(name: str) -> bytes:
    """Return the key that sorts people by given name, then family name, then middle names."""
    return sort_name_key(person_sort_name(name))


# --- slugs -----------------------------------------------------------------------------------------------------


def slugify(text: str, max_length: int = 120) -> str:
    """Return the ASCII words of ``text`` joined by hyphens, cut at a word; may be empty."""
    ascii_text = fold(text[: 20 * max(max_length, 0) + 200]).encode("ascii", "ignore").decode()
    slug = "-".join(ascii_text.split())
    if len(slug) <= max_length:
        return slug
    cut = slug[: max_length + 1].rpartition("-")[0]
    return cut or slug[:max_length]
