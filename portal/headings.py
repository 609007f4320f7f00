"""Headings printed in capitals, or begun with a small letter, as a sentence writes them: a proposal a person looks at."""

import re
from collections.abc import Iterable

from portal.text import clean, fold

__all__ = ["as_sentence"]

_ALWAYS = (
    "Đảng", "Nhà nước", "Nhân dân", "Chính phủ", "Quốc hội", "Mặt trận Tổ quốc", "Việt Nam", "Hồ Chí Minh",
    "Dân vận khéo",
)  # fmt: skip
_SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]{0,3})[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?\Z")
_ROMAN = re.compile(r"(?=[XVI]{3})X{0,3}(?:IX|IV|V?I{0,3})\Z")


def as_sentence(title: str, names: Iterable[str] = ()) -> str:
    """A title as a sentence writes it; ``names`` are proper names known here, which keep their capitals.

    Of a title in capitals what is no Vietnamese syllable (UBND, 07-KH/TU, XIII) stays; other names it cannot know.
    """
    text = clean(title)
    if text.isupper() and " " in text:
        text = " ".join(_lowered(word) for word in text.split())
        for name in sorted({*_ALWAYS, *map(clean, names)} - {""}, key=len):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def _lowered(word: str) -> str:
    letters = word.strip("“”\"'(),.;:…")
    is_syllable = all(_SYLLABLE.match(fold(part)) for part in re.split(r"[-–]", letters) if part)
    return word.lower() if letters.isalpha() and is_syllable and not _ROMAN.match(letters) else word
