"""The sides of an agreement told one below the other: "BÊN A: HỘI NÔNG DÂN …", who speaks for it, in which capacity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.headings import as_sentence
from portal.paste.parties import A_BODY, KEPT_NAMES, as_name
from portal.paste.people import is_full_name, split_people
from portal.paste.printed import without_markers
from portal.paste.signers import POSTS, Signer
from portal.text import fold


@dataclass(frozen=True)
class Side:
    """One side: how the paper calls it ("ben a"), its body as printed, who speaks for it."""

    called: str
    body: str
    speakers: tuple[Signer, ...] = ()


NAME = r"bên\s+(?:[a-d]|[1-4]|thứ (?:nhất|hai|ba|tư)|một|hai|ba)"
_SIDE = re.compile(
    rf"(?:[IVX\d]{{1,4}}\s*[.)–-]\s*)?(?:đại diện\s+(?:cho\s+)?)?(?P<called>{NAME})\s*(?:\([^()]*\)\s*)?[:–-]\s*(?P<body>.*)",
    re.IGNORECASE,
)
_CALLED_SO = re.compile(
    rf"(?P<body>.+?)\s*\(?(?:sau đây )?(?:được )?gọi (?:tắt |chung )?là\s*:?\s*[“\"]?(?P<called>{NAME})\b[”\".;) ]*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    rf"(?:(?:và\s+)?(?:người\s+)?đại diện(?:\s+(?:theo pháp luật|hợp pháp|là|{NAME}))*|do)\s*:?\s*",
    re.IGNORECASE,
)
_POST = re.compile(r"[\s,;–-]*\b(?:chức vụ|chức danh)\s*:?\s*", re.IGNORECASE)
_PERSON = re.compile(r"(?:ông|bà|đồng chí|đ/c|ô\.|b\.)\s*(?:\(bà\)\s*)?:?\s+\S", re.IGNORECASE)
_MANDATE = re.compile(
    r"\s*[(,;]\s*(?:theo\b[^()]*)?(?:giấy|văn bản|quyết định)?\s*ủy quyền\b[^()]*\)?", re.IGNORECASE
)
_DOES_SO = re.compile(r"\s*,?\s*(?:là(?:m)? )?(?:người )?(?:làm )?đại diện\.?\Z", re.IGNORECASE)
_CONTACT = re.compile(
    r"(?:địa chỉ|trụ sở|điện thoại|đt|fax|email|e-mail|mã số thuế|tài khoản|số tài khoản|website)\b",
    re.IGNORECASE,
)


def take_sides(lines: list[str]) -> tuple[tuple[Side, ...], list[str], list[int]]:
    """The sides that some lines tell, two at least; those lines, and the places of all others."""
    sides: list[Side] = []
    others: list[int] = []
    within = False
    for at, words in enumerate(lines):
        side = _side(words)
        if side and side.called not in {one.called for one in sides}:
            sides.append(side)
            within = True
            continue
        if within and sides and not sides[-1].body and words:  # the body on the line below
            within = bool(A_BODY.match(words))
            if not within:
                return (), [], []
            sides[-1] = replace(sides[-1], body=_tidy(words))
            continue
        told = _spoken(words, sides[-1]) if within else None
        if told:
            sides[-1] = told
            continue
        within = within and (not words or bool(_CONTACT.match(without_markers(words))))
        others.append(at)
    if len(sides) < 2 or not all(one.body for one in sides):
        return (), [], []
    return tuple(sides), [line for at, line in enumerate(lines) if at not in set(others)], others


def _side(words: str) -> Side | None:
    found = _SIDE.fullmatch(words) or _CALLED_SO.fullmatch(without_markers(words))
    if not found:
        return None
    body = _tidy(found["body"])
    is_named = A_BODY.match(body) or found["body"].isupper()
    return Side(fold(found["called"]), body) if not body or is_named else None


def _tidy(body: str) -> str:
    """The name of a body as a sentence writes it, without what the paper calls it afterwards."""
    body = re.sub(r"\s*\((?:sau đây|gọi)[^()]*\)?", "", body).strip(" .,;:")
    return as_name(body)


def _spoken(words: str, side: Side) -> Side | None:
    """A side with the person a line names, or with the post of the one named before."""
    words = without_markers(words)
    if side.speakers and (post := _POST.match(words)):
        return replace(
            side, speakers=(*side.speakers[:-1], _with_post(side.speakers[-1], words[post.end() :]))
        )
    opening = _SPEAKS.match(words)
    rest = words[opening.end() :] if opening else words
    if not (opening or _PERSON.match(rest)):
        return None
    mandate = _MANDATE.search(rest)
    rest = _DOES_SO.sub("", _POST.sub(", ", _MANDATE.sub("", rest)))
    named = [one for one in split_people(rest) if is_full_name(one.name, known=not _PERSON.match(rest))]
    speakers = (
        Signer(0, side.body, "TUQ" if mandate else "", ", ".join(one.capacities), one.name) for one in named
    )
    return replace(side, speakers=(*side.speakers, *speakers)) if named else None


def _with_post(one: Signer, words: str) -> Signer:
    post = _MANDATE.sub("", words).strip(" .,;")
    how = "TUQ" if _MANDATE.search(words) else one.authority
    return replace(
        one, capacity=as_sentence(post, (*POSTS, *KEPT_NAMES)) if post.isupper() else post, authority=how
    )


def signed_by_sides(signers: Iterable[Signer], sides: tuple[Side, ...]) -> tuple[Signer, ...]:
    """The signers with the bodies and posts that the sides tell; who speaks for each side where nobody signed below."""
    signed = tuple(signers)
    if not sides:
        return signed
    if not any(one.name for one in signed):
        return tuple(
            replace(speaker, side=at)
            for at, side in enumerate(sides, start=1)
            for speaker in side.speakers[:1]
        )
    bodies = {side.called: side.body for side in sides}
    speaking = {fold(one.name): one for side in sides for one in side.speakers}
    found = []
    for one in signed:
        known = speaking.get(fold(one.name), one)
        body = bodies.get(fold(one.body), one.body) or known.body
        found.append(
            replace(
                one,
                body=body,
                capacity=one.capacity or known.capacity,
                authority=one.authority or known.authority,
            )
        )
    return tuple(found)


def silent(sides: Iterable[Side], signers: Iterable[Signer]) -> list[str]:
    """Who speaks for a side and did not sign."""
    signed = {one.name for one in signers}
    return [one.name for side in sides for one in side.speakers if one.name not in signed]
