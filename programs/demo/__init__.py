"""The demonstration of this app: programmes and plans, the rounds of reporting, then the reviews of them."""

from programs.demo import papers, reviews, rounds

PARTS = (papers, rounds, reviews)


def load() -> None:
    """Load what is missing; running it again changes nothing."""
    for part in PARTS:
        part.load()
