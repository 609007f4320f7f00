"""What is marked about a field: the words that say it, and the key of a doubt that its writer answered."""

from hashlib import blake2s

from portal.text import clean

MISSING = {"unknown": "không rõ", "none": "không có"}
"""What stands for a value that nobody knows, or that the paper does not have."""


def missing_words(marks: dict, name: str, value: str = "") -> str:
    """A value, or the words that say it is unknown or absent."""
    return MISSING.get(marks.get(name, {}).get("missing", ""), value)


def key_of(words: str) -> str:
    """A short key of some words, the same in every process, from which nobody reads them."""
    return blake2s(clean(words).encode(), digest_size=5).hexdigest()
