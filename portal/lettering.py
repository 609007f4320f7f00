"""Vietnamese text on a small picture, in the faces of the pages: what a messenger can carry when no page opens.

The faces are published as two files each, one for the letters with Vietnamese marks; a line is drawn in runs.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from portal.text import clean

FACES = {
    "text": "source-sans-3-5.3.1/source-sans-3-{}-400-normal.woff2",
    "strong": "source-sans-3-5.3.1/source-sans-3-{}-600-normal.woff2",
    "title": "source-serif-4-5.3.1/source-serif-4-{}-600-normal.woff2",
}
INK, INK_2, SEAL, LINE, WHITE = "#1D1A16", "#5A5148", "#9E1B1E", "#DED5C6", "#FFFFFF"
WIDTH, MARGIN = 720, 40
COLOURS = 24
_MARKED = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u20ab]"
)
"""The letters that stand in the second file of a face, as the style sheet says."""


@dataclass(frozen=True)
class Words:
    """One paragraph of a picture: its face, size and colour, and the room above it."""

    text: str
    face: str = "text"
    size: int = 26
    colour: str = INK
    above: int = 8
    ruled: bool = False
    """Whether the short red rule of an issuing body stands under it."""


@cache
def _font(face: str, subset: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / "static" / "vendor" / FACES[face].format(subset), size)


def _runs(text: str, face: str, size: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """The stretches of a line, each with the file that holds its letters."""
    for is_marked, letters in groupby(text, lambda one: bool(_MARKED.match(one))):
        yield "".join(letters), _font(face, "vietnamese" if is_marked else "latin", size)


def width_of(text: str, face: str, size: int) -> float:
    """How wide a line is drawn."""
    return sum(font.getlength(run) for run, font in _runs(text, face, size))


def wrapped(text: str, face: str, size: int, width: int) -> Iterator[str]:
    """The lines of a paragraph: broken between syllables, inside a word only where it is wider than the picture."""
    line = ""
    for word in clean(text).split():
        while word and width_of(f"{line} {word}".strip(), face, size) > width:
            if line:
                yield line
                line = ""
                continue
            fits = next(
                n for n in range(len(word), 0, -1) if n == 1 or width_of(word[:n], face, size) <= width
            )
            yield word[:fits]
            word = word[fits:]
        line = f"{line} {word}".strip()
    if line:
        yield line


def drawn(paragraphs: list[Words], *, most: int = 40) -> bytes:
    """The paragraphs as a PNG, below the red bar of the pages; ``most`` lines, and dots for what is cut."""
    room = WIDTH - 2 * MARGIN
    lines = [
        (one, line, place == 0)
        for one in paragraphs
        for place, line in enumerate(wrapped(one.text, one.face, one.size, room))
    ]
    if len(lines) > most:
        one, line, first = lines[most - 1]
        lines = [*lines[: most - 1], (one, f"{line[: max(len(line) - 2, 0)]}…", first)]
    height = 8 + MARGIN + sum(round(one.size * 1.3) + first * one.above for one, _, first in lines)
    height += sum(30 for one in paragraphs if one.ruled) + MARGIN
    image = Image.new("RGB", (WIDTH, height), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 7), fill=SEAL)
    top = 8 + MARGIN
    for place, (one, line, first) in enumerate(lines):
        top += first * one.above
        left = float(MARGIN)
        for run, font in _runs(line, one.face, one.size):
            # By the baseline: the two files of a face do not measure their letters from the same top.
            draw.text((left, top + one.size), run, font=font, fill=one.colour, anchor="ls")
            left += font.getlength(run)
        top += round(one.size * 1.3)
        if one.ruled and (place + 1 == len(lines) or lines[place + 1][0] is not one):
            draw.rectangle((MARGIN, top + 12, MARGIN + 70, top + 15), fill=SEAL)
            top += 30
    return _written(image)


def _written(image: Image.Image) -> bytes:
    """The picture with as few colours as its letters need."""
    raw = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(raw, "PNG", optimize=True)
    return raw.getvalue()
