"""The small forms of the guests page: a guest added, a substitute named."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from meetings.actions.guests import GuestEntry, is_same_guest
from meetings.models import Meeting
from meetings.nearness import Nearby
from meetings.paste import read_group
from portal.body_names import match_organizations
from portal.forms.fields import SpeakingForm, TextLine
from portal.forms.picks import PickField, coded
from portal.models import Organization, User
from portal.paste import split_people

ALREADY = {
    "body": "Cơ quan này đã có trong danh sách khách mời.",
    "name": "Người này đã có trong danh sách khách mời.",
    "group": "Nhóm này đã có trong danh sách khách mời.",
}


class GuestForm(SpeakingForm):
    """A guest: a body, a person with a post, or both; or a group with its count."""

    body = PickField(label="Cơ quan", register="co-quan", required=False)
    name = TextLine(
        label="Họ và tên", required=False, max_length=120,
        help_text="Hoặc một nhóm: hơn 40 đại biểu các tổ dân phố.",
    )  # fmt: skip
    capacity = TextLine(label="Chức vụ", required=False, max_length=400)
    keeping_words = "Không phải: ghi như in"

    def __init__(self, *args: Any, user: User, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        body = self.fields["body"]
        body.is_sure = Nearby(user, [], []).means_body
        body.match = lambda text: match_organizations(
            text, timezone.localdate(), near=lambda: user.writing_bodies
        )
        body.by_code = coded(Organization.objects)

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
        self.group = read_group(data.get("name") or "")
        data["name"] = "" if self.group else bare_name(data.get("name") or "")
        guest = None if self.errors else self.entry()
        if guest and any(is_same_guest(guest, one) for one in self.there()):
            field = "name" if self.group or data["name"] else "body"
            self.add_error(field, ALREADY["group" if self.group else field])
        return data

    def there(self) -> QuerySet:
        """Who is asked already."""
        return self.meeting.participations.select_related("organization")

    def is_valid(self) -> bool:
        """Also that a body which may be meant was chosen, or refused by a tick."""
        return super().is_valid() and not self.doubtful()

    def entry(self) -> GuestEntry:
        """What the action takes; only after :meth:`is_valid`."""
        data = self.cleaned_data
        body = data["body"]
        found, printed = (body.found, "" if body.found else body.text) if body else (None, "")
        entry = GuestEntry(data["name"], data["capacity"], found, printed)
        if self.group:
            entry.group, entry.count = self.group.group, self.group.count
            entry.approximator = self.group.approximator
        return entry


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
