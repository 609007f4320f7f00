"""The demonstration of this app: programmes and plans, then the reviews of them."""

from programs.demo import papers, reviews

PARTS = (papers, reviews)


def load() -> None:
    """Load what is missing; running it again changes nothing."""
    for part in PARTS:
        part.load()
