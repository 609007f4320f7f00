"""The form on which a review is frozen: as of which day its figures stand."""

from typing import Any

from django.utils import timezone

from portal.dates import Period
from portal.forms.fields import DayText, SpeakingForm
from portal.templatetags.say import vdate


class FreezeForm(SpeakingForm):
    """As of which day; the last of the time reviewed, or today while that lasts."""

    as_of = DayText(
        label="Chốt số liệu tính đến ngày",
        required=True,
        error_messages={"required": "Ghi ngày mà số liệu tính đến."},
    )

    def __init__(self, *args: Any, period: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["as_of"].initial = vdate(min(period.last or today, today))
