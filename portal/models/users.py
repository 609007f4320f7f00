"""Accounts and the roles persons have in bodies for a time."""

from datetime import MAXYEAR, date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from portal.columns import CodeField, UncasedField
from portal.models.history import Kept
from portal.models.organizations import Organization, Reach

EARLIEST = 1900
"""No paper of the portal is older."""


class UserManager(BaseUserManager["User"]):
    """Makes accounts; names are compared without case and Unicode-normalised."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """An ordinary account."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        """The site-wide administrator."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of a user name, whatever its case."""
        return self.get(username_key=UncasedField.compute(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person's account. It is disabled, never deleted."""

    code = CodeField()
    username = models.CharField("tên đăng nhập", max_length=80, unique=True)
    username_key = UncasedField(source="username", max_length=160, unique=True)
    email = models.EmailField("thư điện tử", blank=True)
    email_key = UncasedField(source="email", max_length=300, unique=True, null=True)
    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    is_active = models.BooleanField("đang dùng", default=True, help_text="Bỏ dấu để khóa tài khoản.")
    is_staff = models.BooleanField("vào được trang quản trị", default=False)
    date_joined = models.DateTimeField("tạo lúc", default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @cached_property
    def current_memberships(self) -> "list[Membership]":
        """The roles held today, with their bodies; read once a request."""
        if not self.is_active:
            return []
        held = self.memberships.current(timezone.localdate())
        return list(held.select_related("organization", "delegated_by"))

    @cached_property
    def bodies_run(self) -> list[tuple[int, int]]:
        """Each of the person's bodies beside every body it runs, itself among them; read once a request."""
        held = {one.organization_id for one in self.current_memberships}
        run = Reach.objects.filter(runner__in=held).order_by() if held else Reach.objects.none()
        return list(run.values_list("runner_id", "body_id"))

    @property
    def writing_bodies(self) -> list[int]:
        """The bodies whose drafts this person reads and continues."""
        inside = {Role.CLERK, Role.APPROVER, Role.ADMINISTRATOR}
        return [held.organization_id for held in self.current_memberships if held.role in inside]

    @property
    def reading_bodies(self) -> list[int]:
        """The bodies whose reach this person reads with; an inspector reads by visits alone."""
        return [held.organization_id for held in self.current_memberships if held.role != Role.INSPECTOR]

    @property
    def administered_bodies(self) -> list[int]:
        """The bodies whose accounts and data this person keeps clean, with all below them."""
        return [held.organization_id for held in self.current_memberships if held.role == Role.ADMINISTRATOR]

    @property
    def inspections(self) -> "list[Membership]":
        """The inspection visits open today."""
        return [held for held in self.current_memberships if held.role == Role.INSPECTOR]

    def delegation_in(self, body: int) -> "Membership | None":
        """The delegation by which this person approves for a body; None for who approves in their own right."""
        held = [one for one in self.current_memberships if one.role == Role.APPROVER]
        if not any(one.delegated_by_id for one in held):
            return None
        ran = Reach.objects.filter(runner__in=[one.organization_id for one in held], body=body)
        acting = {body, *ran.values_list("runner_id", flat=True)}
        held = [one for one in held if one.organization_id in acting]
        return None if any(one.delegated_by_id is None for one in held) else next(iter(held), None)

    def get_full_name(self) -> str:
        """The name shown on pages."""
        return str(self)

    def get_short_name(self) -> str:
        """The name shown on pages."""
        return str(self)


class Role(models.TextChoices):
    """What a person is in a body. Sentences for people stand in ``portal.access``."""

    UNIT = "unit", "đầu mối của đơn vị"
    CLERK = "clerk", "cán bộ"
    APPROVER = "approver", "lãnh đạo duyệt"
    INSPECTOR = "inspector", "đoàn kiểm tra"
    ADMINISTRATOR = "administrator", "quản trị"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def current(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on ``day``; one that was delegated only as long as its giver holds the same."""
        givers = Membership.objects.filter(
            holding_on(day),
            user=OuterRef("delegated_by"),
            user__is_active=True,
            organization=OuterRef("organization"),
            role=OuterRef("role"),
            delegated_by__isnull=True,
        )
        return self.filter(Q(delegated_by__isnull=True) | Exists(givers), holding_on(day))

    def not_over(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on ``day`` or may later."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), revoked_at__isnull=True)

    def delegated(self, body: Organization) -> "MembershipQuerySet":
        """The approving right of a body as given to others, the latest first."""
        given = self.filter(organization=body, role=Role.APPROVER, delegated_by__isnull=False)
        return given.select_related("user", "delegated_by").order_by("-ended_on", "-pk")


def holding_on(day: date) -> Q:
    """What is true of a role that was neither ended nor taken back by ``day``."""
    begun = Q(started_on__isnull=True) | Q(started_on__lte=day)
    return begun & (Q(ended_on__isnull=True) | Q(ended_on__gte=day)) & Q(revoked_at__isnull=True)


class Membership(Kept):
    """A role of a person in a body, for a time."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="tài khoản", related_name="memberships")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", related_name="memberships"
    )
    role = models.CharField("vai trò", max_length=13, choices=Role.choices)
    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("đến ngày", null=True, blank=True)
    delegated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name="được ủy quyền bởi", related_name="+"
    )
    reason = models.CharField("lý do ủy quyền", max_length=300, blank=True)
    revoked_at = models.DateTimeField("kết thúc trước hạn lúc", null=True, blank=True)
    reads_from = models.PositiveSmallIntegerField("xem từ năm", null=True, blank=True)
    reads_to = models.PositiveSmallIntegerField("xem đến năm", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò trong cơ quan"
        verbose_name_plural = "vai trò trong cơ quan"
        ordering = ["organization", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=models.F("started_on")),
                name="membership_ends_after_start",
                violation_error_message="Ngày kết thúc trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(delegated_by__isnull=True) | Q(ended_on__isnull=False),
                name="delegation_has_an_end",
                violation_error_message="Ủy quyền phải có ngày kết thúc.",
            ),
            models.CheckConstraint(
                condition=~Q(role="inspector") | Q(started_on__isnull=False, ended_on__isnull=False),
                name="inspection_has_two_dates",
                violation_error_message="Đoàn kiểm tra phải có ngày bắt đầu và ngày kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(reads_to__isnull=True)
                | Q(reads_from__isnull=True)
                | Q(reads_to__gte=models.F("reads_from")),
                name="inspection_years_in_order",
                violation_error_message="Năm cuối được xem trước năm đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organization}"

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year that an inspector reads; None where the years are not limited."""
        if self.reads_from or self.reads_to:
            return self.reads_from or EARLIEST, self.reads_to or MAXYEAR
        return None
