"""Handing the approving right of a body to a colleague for a time, and taking it back."""

from datetime import date

from django.utils import timezone

from portal.actions.records import NotNow
from portal.history import acting, finish
from portal.models import Membership, Organization, Role, User, Verb


def delegate(*, by: User, to: User, within: Organization, first: date, last: date, reason: str) -> Membership:
    """Give the approving right of a body to a colleague, from a day to a day."""
    given = Membership(
        user=to, organization=within, role=Role.APPROVER, delegated_by=by,
        started_on=first, ended_on=last, reason=reason,
    )  # fmt: skip
    with acting(Verb.DELEGATE, given, by=by, body=within, reason=reason) as act:
        Organization.objects.select_for_update().get(pk=within.pk)  # two presses at once give one right
        same = Membership.objects.delegated(within).filter(user=to, revoked_at__isnull=True)
        if same.filter(started_on__lte=last, ended_on__gte=first).exists():
            raise NotNow(f"{to} đã được ủy quyền trong thời gian này.")
        given.save()
        finish(act, given)
    return given


def revoke(given: Membership, *, by: User) -> None:
    """Take a delegation back before its last day."""
    with acting(Verb.REVOKE, given, by=by, body=given.organization):
        current = Membership.objects.select_for_update().get(pk=given.pk)
        if current.revoked_at or current.ended_on < timezone.localdate():
            raise NotNow("Việc ủy quyền này đã kết thúc.")
        current.revoked_at = timezone.now()
        current.save(update_fields=["revoked_at"])
