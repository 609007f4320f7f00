"""Files that were refused: a paper says that they are missing until its writer attaches another or lets them go.

A page carries one sentence for each; across a save they wait in the session.
"""

from django.http import HttpRequest

MISSING = "tep-thieu"
MOST, LONGEST, MOST_PAPERS = 10, 300, 20


def missing_files(request: HttpRequest, code: str) -> list[str]:
    """What a page of a paper says of files that did not arrive: as posted, else as its last save left it."""
    if request.method == "POST":
        told = [words.replace("\0", "")[:LONGEST] for words in request.POST.getlist(MISSING)]
        return list(dict.fromkeys(told))[:MOST]
    return request.session.get(MISSING, {}).get(code, [])


def keep_missing(request: HttpRequest, code: str, sentences: list[str]) -> None:
    """Remember what is still missing of a saved paper; nothing missing is nothing remembered."""
    before = request.session.get(MISSING, {})
    now = {paper: told for paper, told in before.items() if paper != code}
    if sentences:
        now = dict([*now.items(), (code, sentences)][-MOST_PAPERS:])
    if now != before:
        request.session[MISSING] = now
