"""The words in which a mark on a field is said."""

MISSING = {"unknown": "không rõ", "none": "không có"}
"""What stands for a value that nobody knows, or that the paper does not have."""


def missing_words(marks: dict, name: str, value: str = "") -> str:
    """A value, or the words that say it is unknown or absent."""
    return MISSING.get(marks.get(name, {}).get("missing", ""), value)
