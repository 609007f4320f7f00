"""The source articles are told in our own words: no sentence of theirs stands in the data or on a page.

``article_runs.txt`` holds nothing to read: in base64, six bytes of the SHA-256 of every run of twelve words of
the five articles. Names are theirs and ours alike: of papers and press pages, of posts, a target as the plan
prints it; without these, bodies and numbers alone make runs of up to eleven words.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN, BYTES = 12, 6
AS_PRINTED = {"title", "printed", "capacity", "publisher", "group", "targets", "quote", "counts"}
DATA = sorted(ROOT.glob("*/data/*.json"))
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path.name != "gallery.html")
"""But the gallery of components, whose sample is the name of a paper."""


def runs(text: str) -> Iterator[bytes]:
    """Every run of words, without case and marks between them, as the file holds it."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    for first in range(len(words) - RUN + 1):
        yield hashlib.sha256(" ".join(words[first : first + RUN]).encode()).digest()[:BYTES]


def texts(told: Any, key: str = "") -> Iterator[str]:
    """The words of a data file that are ours."""
    if isinstance(told, str) and key not in AS_PRINTED:
        yield told
    elif isinstance(told, dict):
        for name, inside in told.items():
            yield from texts(inside, name)
    elif isinstance(told, list):
        for inside in told:
            yield from texts(inside, key)


@pytest.fixture(scope="module")
def articles() -> set[bytes]:
    """The runs of the articles."""
    held = base64.b64decode((Path(__file__).parent / "article_runs.txt").read_bytes())
    return {held[place : place + BYTES] for place in range(0, len(held), BYTES)}


@pytest.mark.parametrize("path", DATA, ids=lambda path: "-".join(path.parts[-3:]))
def test_what_is_loaded_is_told_in_our_own_words(path: Path, articles: set[bytes]) -> None:
    told = texts(json.loads(path.read_text(encoding="utf-8")))
    assert [text for text in told if articles.intersection(runs(text))] == []


def test_no_page_holds_a_sentence_of_an_article(articles: set[bytes]) -> None:
    assert [path.name for path in PAGES if articles.intersection(runs(path.read_text("utf-8")))] == []


def test_a_sentence_of_an_article_would_be_found(articles: set[bytes]) -> None:
    """By a name that the articles and the data share."""
    shared = "tuyên truyền các nhiệm vụ phát triển kinh tế - xã hội và giải quyết các vấn đề bức xúc"
    assert articles.intersection(runs(shared))
