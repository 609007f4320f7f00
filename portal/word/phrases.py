"""Titles and lines as official papers print them: under the type, inside a sentence, with the stop that ends them."""

from portal.changes import capital
from portal.word.letterhead import Layout


def without_type(title: str, type_words: str) -> str:
    """The summary under the type: the title without the type it opens with."""
    if title.lower().startswith(f"{type_words.lower()} "):
        return title[len(type_words) :].strip()
    return title


def under_type(layout: Layout, summary: str) -> str:
    """What a paper is about, as it stands under its type: Party papers begin it in lower case, names apart."""
    return capital(summary) if layout == Layout.STATE else in_a_sentence(summary)


def in_a_sentence(title: str) -> str:
    """A title as a sentence goes on with it: in lower case, unless it begins with a name."""
    words = title.split()
    named = len(words) > 1 and (words[0].isupper() or words[1][:1].isupper())
    return title if named else title[:1].lower() + title[1:]


def stopped(line: str) -> str:
    """A line of its own with the full stop that ends it."""
    return line if line.endswith((".", "!", "?", "…", ":")) else f"{line.rstrip(' ;,')}."
