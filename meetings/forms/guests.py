"""The small forms of the guests page: a guest added, a substitute named."""

from typing import Any

from django import forms
from django.utils import timezone

from meetings.actions.guests import GuestEntry
from meetings.nearness import Nearby
from portal.body_names import match_organizations
from portal.forms.fields import SpeakingForm, TextLine
from portal.forms.picks import PickField
from portal.models import Organization, User
from portal.paste import split_people


class GuestForm(SpeakingForm):
    """A guest: a body, a person with a post, or both."""

    body = PickField(label="Cơ quan", register="co-quan", required=False)
    name = TextLine(label="Họ và tên", required=False, max_length=120)
    capacity = TextLine(label="Chức vụ", required=False, max_length=400)
    keeping_words = "Không phải: ghi như in"

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.is_sure = Nearby(user, [], []).means_body
        body.match = lambda text: match_organizations(
            text, timezone.localdate(), near=lambda: user.writing_bodies
        )
        body.by_code = lambda code: Organization.objects.filter(code=code).first()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        body = data.get("body")
        if body and body.choices:
            self.warnings["body"] = (
                "Có nhiều cơ quan phù hợp, xin chọn một."
                if body.choices[1:]
                else "Có cơ quan tên này ở nơi khác, đúng thì chọn ở dưới."
            )
        elif not body and not data.get("name") and not self.errors:
            self.add_error("name", "Ghi họ tên, hoặc cơ quan được mời.")
        data["name"] = bare_name(data.get("name") or "")
        return data

    def is_valid(self) -> bool:
        """Also that a body which may be meant was chosen, or refused by a tick."""
        return super().is_valid() and not self.doubtful()

    def entry(self) -> GuestEntry:
        """What the action takes; only after :meth:`is_valid`."""
        data = self.cleaned_data
        body = data["body"]
        printed = "" if body.found else body.text
        return GuestEntry(data["name"], data["capacity"], body.found, printed)


class SubstituteForm(forms.Form):
    """Who stands in for a guest."""

    name = TextLine(max_length=120, error_messages={"required": "Ghi họ tên người dự thay."})
    capacity = TextLine(required=False, max_length=400)

    def clean_name(self) -> str:
        """The name without the "đồng chí" before it."""
        return bare_name(self.cleaned_data["name"])


def bare_name(text: str) -> str:
    """A typed name without "đồng chí", "ông", "bà" before it; other words as typed."""
    people = split_people(text)
    return people[0].name if len(people) == 1 and not people[0].capacities else text
