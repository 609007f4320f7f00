"""How long it is until a last day, in words."""

from datetime import date, timedelta


def _span_words(days: int) -> str:
    """A span in days up to 90, then in months, then in years."""
    if days <= 90:
        return f"{days} ngày"
    months = round(days * 12 / 365.25)
    return f"{months} tháng" if months < 24 else f"{months // 12} năm"


def days_left_words(last: date, today: date) -> str:
    """Say how far a last day is: "còn 40 ngày", "hết hạn hôm nay", "quá hạn 3 ngày"."""
    left = (last - today) // timedelta(days=1)
    if left == 0:
        return "hết hạn hôm nay"
    return f"còn {_span_words(left)}" if left > 0 else f"quá hạn {_span_words(-left)}"
