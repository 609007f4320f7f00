"""Keeping search texts: what each audience may find a paper by, refreshed in the act that changed a part."""

from collections.abc import Callable, Iterable, Mapping

from portal.batches import batches
from portal.models import Audience, Paper, SearchText
from portal.text import fold

LAYERS = (Audience.PUBLIC, Audience.PARTIES, Audience.BODY)
"""Who reads more and more of a paper."""

Parts = Mapping[str, Iterable[str]]


def layered(parts: Parts) -> dict[str, str]:
    """One folded text for each audience that reads more than the one before it."""
    texts, read = {}, ""
    for audience in LAYERS:
        if more := " ".join(filter(None, (fold(part) for part in parts.get(audience, ())))):
            texts[str(audience)] = read = f"{read} {more}".strip()
    return texts


def refresh_found_by(
    model: type[Paper],
    keys: Iterable[int],
    names_of: Callable[[list], dict[int, str]],
    parts_of: Callable[[list, dict[int, str]], Mapping[int, Parts]],
) -> int:
    """Write what these papers are found by, their names and the words of their parts; returns how many names changed.

    Recomputable, so without a version of its own.
    """
    count = 0
    for batch in batches(dict.fromkeys(keys)):
        papers = list(model.objects.filter(pk__in=batch).select_related("document"))
        names = names_of(papers)
        changed = [one for one in papers if one.search_text != names[one.pk]]
        for one in changed:
            one.search_text = names[one.pk]
        model.objects.bulk_update(changed, ["search_text"])
        write_search_texts(parts_of(papers, names))
        count += len(changed)
    return count


def write_search_texts(papers: Mapping[int, Parts]) -> None:
    """Write the search texts of these documents where they differ."""
    wanted = {
        (document, audience): text
        for document, parts in papers.items()
        for audience, text in layered(parts).items()
    }
    has = {(one.document_id, one.audience): one for one in SearchText.objects.filter(document__in=papers)}
    if gone := [one.pk for key, one in has.items() if key not in wanted]:
        SearchText.objects.filter(pk__in=gone).delete()
    changed = [one for key, one in has.items() if key in wanted and one.text != wanted[key]]
    for one in changed:
        one.text = wanted[one.document_id, one.audience]
    SearchText.objects.bulk_update(changed, ["text"], batch_size=200)
    new = [
        SearchText(document_id=d, audience=a, text=text)
        for (d, a), text in wanted.items()
        if (d, a) not in has
    ]
    SearchText.objects.bulk_create(new, batch_size=200)
