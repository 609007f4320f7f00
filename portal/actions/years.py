"""What is done about a body's year: from when its registers are kept, its confirmation, a request for it, its closing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from portal.actions.records import NotNow
from portal.actions.rows import set_changed
from portal.history import acting, bulk_create, bulk_delete, finish
from portal.models import (
    AdministrativeUnit,
    Organization,
    RegisterStart,
    User,
    Verb,
    YearConfirmation,
    YearEdition,
    YearRequest,
)

PUBLIC = "public"
"""In what an edition keeps: what visitors are told."""


def keep_registers(body: Organization, starts: Mapping[str, int | None], *, by: User) -> None:
    """Set from which year each register of a body holds all there is; None where none does."""
    with acting(Verb.EDIT, body, by=by, body=body):
        Organization.objects.select_for_update().get(
            pk=body.pk
        )  # a register has one first year, whoever writes
        held = {one.register: one for one in body.register_starts.all()}
        wanted = {register: year for register, year in starts.items() if year is not None}
        bulk_delete([one for register, one in held.items() if register in starts and register not in wanted])
        set_changed((held[key], {"from_year": year}) for key, year in wanted.items() if key in held)
        new = [(key, year) for key, year in wanted.items() if key not in held]
        bulk_create([RegisterStart(organization=body, register=key, from_year=year) for key, year in new])


def confirm_year(body: Organization, year: int, *, by: User | None, note: str = "") -> YearConfirmation:
    """Say that what the portal holds of a body's year is right."""
    said = YearConfirmation(organization=body, year=year, confirmed_by=by, note=note)
    with acting(Verb.CONFIRM, said, by=by, body=body) as act:
        Organization.objects.select_for_update().get(pk=body.pk)  # two presses at once are one word
        if not body.register_starts.filter(from_year__lte=year).exists():
            raise NotNow(
                f"Chưa ghi sổ nào đầy đủ từ năm {year} trở về trước. Ghi năm bắt đầu của sổ rồi xác nhận."
            )
        if YearConfirmation.objects.filter(organization=body, year=year).exists():
            raise NotNow(f"Số liệu năm {year} đã được xác nhận.")
        said.save()
        finish(act, said)
    return said


def take_back_year(said: YearConfirmation, *, by: User, reason: str) -> None:
    """Take a confirmation back: the year counts as not known until it is confirmed again."""
    with acting(Verb.TAKE_BACK, said, by=by, body=said.organization, reason=reason):
        if not YearConfirmation.objects.select_for_update().filter(pk=said.pk).exists():
            raise NotNow("Xác nhận này đã được rút.")
        said.delete()


def ask_year(body: Organization, year: int, *, due_on: date, by: User) -> YearRequest:
    """Ask the bodies below to confirm a year until a day."""
    if due_on < timezone.localdate():
        raise NotNow("Ngày này đã qua.")
    asked = YearRequest(organization=body, year=year, due_on=due_on, asked_by=by)
    with acting(Verb.ASK_YEAR, asked, by=by, body=body) as act:
        asked.save()
        finish(act, asked)
    return asked


def close_year(
    body: Organization,
    year: int,
    *,
    content: Mapping[str, Any],
    by: User | None,
    territory: AdministrativeUnit | None = None,
    is_sample: bool = False,
) -> YearEdition:
    """Keep what the page of a year says, as its next edition; the earlier ones stay."""
    edition = YearEdition(
        organization=body, territory=territory, year=year, content=content, closed_by=by, is_sample=is_sample
    )
    with acting(Verb.CLOSE_YEAR, edition, by=by, body=body) as act:
        Organization.objects.select_for_update().get(pk=body.pk)  # two presses at once have two numbers
        edition.number = next_number(body, year, territory)
        edition.save()
        finish(act, edition)
    return edition


def publish_edition(edition: YearEdition, *, by: User) -> None:
    """Let visitors read an edition, as it was kept for them."""
    with acting(Verb.PUBLISH, edition, by=by, body=edition.organization):
        current = YearEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if current.published_at:
            raise NotNow("Bản chốt này đã công khai.")
        if PUBLIC not in current.content:
            raise NotNow("Bản này chốt khi cổng chưa giữ phần cho mọi người. Xin chốt lại rồi công khai.")
        current.published_at = timezone.now()
        current.save(update_fields=["published_at"])


def withdraw_edition(edition: YearEdition, *, by: User, reason: str) -> None:
    """Take an edition off the public pages; it stays as it is for those inside."""
    with acting(Verb.WITHDRAW, edition, by=by, body=edition.organization, reason=reason):
        current = YearEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if not current.published_at:
            raise NotNow("Bản chốt này không công khai.")
        if not reason.strip():
            raise NotNow("Ghi lý do gỡ.")
        current.published_at = None
        current.save(update_fields=["published_at"])


def next_number(body: Organization, year: int, territory: AdministrativeUnit | None = None) -> int:
    """The number the next edition of a year will have."""
    return YearEdition.objects.filter(organization=body, year=year, territory=territory).count() + 1
