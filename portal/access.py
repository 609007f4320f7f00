"""Who may do what: roles, what each grants, and the sentence of a refusal.

Seeing and doing are apart. ``visible_to(user)`` on each queryset narrows what is seen, and what is
invisible is a 404; :func:`can` decides what may be done with what is seen, and a refusal is a
sentence the 403 page shows. The site is closed by default; public views say so one by one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.history import acting
from portal.models import (
    Act,
    Attachment,
    Audience,
    Consultation,
    Kept,
    Membership,
    Opinion,
    Organization,
    Partner,
    Reach,
    Record,
    Role,
    State,
    Succession,
    User,
    Verb,
)
from portal.models.records import inspected, reached, run

VISITOR = AnonymousUser()
"""Whoever reads the public pages: a signed-in person sees there what everybody sees."""


class Doing(StrEnum):
    """What a person may want to do within a body."""

    WRITE = "write"
    APPROVE = "approve"
    DELEGATE = "delegate"
    ADMINISTER = "administer"
    ANSWER = "answer"


GRANTS = {
    Doing.WRITE: {Role.CLERK, Role.APPROVER},
    Doing.APPROVE: {Role.APPROVER},
    Doing.DELEGATE: {Role.APPROVER},
    Doing.ADMINISTER: {Role.ADMINISTRATOR},
    Doing.ANSWER: {Role.UNIT, Role.CLERK, Role.APPROVER},
}

REFUSALS = {
    Doing.WRITE: "Chỉ cán bộ và lãnh đạo của {body} được nhập và sửa văn bản này.",
    Doing.APPROVE: "Chỉ lãnh đạo của {body}, hoặc người được ủy quyền còn hạn, được duyệt và công khai.",
    Doing.DELEGATE: "Chỉ lãnh đạo duyệt của {body} được ủy quyền; người được ủy quyền không ủy quyền lại.",
    Doing.ADMINISTER: "Chỉ quản trị của {body} được làm việc này.",
    Doing.ANSWER: "Chỉ đầu mối, cán bộ và lãnh đạo của {body} được trả lời việc này.",
}


@dataclass(frozen=True)
class Answer:
    """Yes, or no with the sentence that says why."""

    allowed: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def can(user: User | AnonymousUser, doing: Doing, *, within: Organization) -> Answer:
    """Whether ``user`` may do this within a body, or in a body that it succeeds."""
    if user.is_authenticated:
        if user.is_superuser and doing is Doing.ADMINISTER:
            return Answer(True)
        if stand_for([held.organization_id for held in grants(user, doing)], within.pk):
            return Answer(True)
    return Answer(False, REFUSALS[doing].format(body=within))


def grants(user: User, doing: Doing) -> list[Membership]:
    """The roles held today that allow this; who holds the approving right for another approves, and nothing more."""
    own = doing is not Doing.APPROVE
    held = [one for one in user.current_memberships if one.role in GRANTS[doing]]
    return [one for one in held if not (own and one.delegated_by_id)]


def in_hand(user: User) -> frozenset[tuple[Doing, int]]:
    """What this person does with the records of which bodies: their own, and those that pass into these, today or later."""
    acting = (Doing.WRITE, Doing.APPROVE, Doing.ANSWER)
    held = {(doing, own.organization_id) for doing in acting for own in grants(user, doing)}
    found = held
    while found:
        links = Succession.objects.filter(successor__in={body for _, body in found})
        passed = set(links.values_list("successor_id", "predecessor_id"))
        found = {(doing, old) for doing, body in found for new, old in passed if new == body} - held
        held |= found
    return frozenset(held)


def gains(user: User, *, over: Iterable[int], into: Iterable[int]) -> bool:
    """Whether records of the bodies ``over``, passing to the bodies ``into``, come into this person's own hands.

    The rule over reach: who keeps the data of several bodies clean decides nothing by which they themselves
    come to write, approve or answer for one more; the administrator of the site decides that.
    """
    if user.is_superuser:
        return False
    over, held = set(over), in_hand(user)
    own = {(doing, body) for doing, body in held if body in set(into)}
    return any((doing, body) not in held for doing, _ in own for body in over)


def stand_for(bodies: list[int], body: int) -> bool:
    """Whether one of ``bodies`` is this body, or succeeds it."""
    return body in bodies or bool(bodies and Reach.objects.running(bodies).filter(body=body).exists())


def answering_body(user: User, body: Organization) -> Organization | None:
    """The body a person answers for where ``body`` was asked: itself, or the one that succeeded it."""
    held = (one.organization for one in grants(user, Doing.ANSWER))
    return next((one for one in held if stand_for([one.pk], body.pk)), None)


def require(user: User | AnonymousUser, doing: Doing, *, within: Organization) -> None:
    """Raise the 403 that explains itself unless ``user`` may do this."""
    if not (answer := can(user, doing, within=within)):
        raise PermissionDenied(answer.sentence)


def acting_body(user: User, doing: Doing = Doing.WRITE) -> Organization | None:
    """The body a person acts for when starting something: the first where the role allows it."""
    return next((held.organization for held in grants(user, doing)), None)


def readable_audiences(user: User | AnonymousUser, record: Record) -> frozenset[Audience]:
    """Which parts of a record this person reads, by the audience each part was given.

    The drafting body reads all of them at any time; parties, superiors and inspectors what is for
    them once the record is approved; everybody else the public parts of a public record, even a
    signed-in person of a body that has nothing to do with it.
    """
    if user.is_authenticated:
        if user.is_superuser or runs(user, record.keeper_id):
            return frozenset(Audience)
        if record.state == State.APPROVED and _is_reached(user, record):
            return frozenset({Audience.PARTIES, Audience.PUBLIC})
    return frozenset({Audience.PUBLIC}) if record.is_public() else frozenset()


def readable_among(user: User | AnonymousUser, papers: QuerySet) -> dict[int, frozenset[Audience]]:
    """The same of many papers, all of which this person reads, in two questions; by primary key."""
    found = defaultdict(lambda: frozenset({Audience.PUBLIC}))
    if user.is_authenticated:
        keys = papers.order_by().values_list("pk", flat=True)
        found |= dict.fromkeys(keys.filter(reached(user)), frozenset({Audience.PARTIES, Audience.PUBLIC}))
        own = keys if user.is_superuser else keys.filter(run(user))
        found |= dict.fromkeys(own, frozenset(Audience))
    return found


def was_sent(user: User | AnonymousUser, attachment: Attachment) -> bool:
    """Whether a file was sent for opinion to or by this person's body, or answers what their body asked or was asked."""
    if not user.is_authenticated:
        return False
    asked, kept = Consultation.objects.asked_of(user), Consultation.objects.kept_by(user)
    if asked.holding(attachment.code).exists() or kept.holding(attachment.code).exists():
        return True
    answered = Opinion.objects.filter(file=attachment)
    own = Q(consultation__in=asked, body__in=Reach.objects.running(user.reading_bodies))
    return answered.filter(own | Q(consultation__in=kept)).exists()


def runs(user: User, keeper: int) -> bool:
    """Whether the body ``keeper`` is one that this person writes for, or was succeeded by one."""
    return stand_for(user.writing_bodies, keeper)


def leave_trace(user: User | AnonymousUser, read: Kept, what: str = "") -> None:
    """Note in the journal that an inspector read a record, or took a list of a body; others leave no trace.

    What the visit does not give (a public page, a paper of the person's own body) is read as anybody
    does; the same thing read again on the same day is told once.
    """
    visits = user.inspections if user.is_authenticated else []
    if not isinstance(read, Organization):
        visits = [one for one in visits if type(read).objects.given(one).filter(pk=read.pk).exists()]
    if not visits:
        return
    today = Act.objects.about(read).filter(verb=Verb.READ, person=user, reason=what)
    if not today.filter(at__date=timezone.localdate()).exists():
        with acting(Verb.READ, read, by=user, body=visits[0].organization, reason=what):
            pass


def _is_reached(user: User, record: Record) -> bool:
    """Whether the person's bodies are parties or superiors of a record, or were given it to inspect."""
    document = getattr(record, "document_id", None)
    parties = Partner.objects.filter(document=document, organization__isnull=False).values("organization_id")
    about = Q(body=record.keeper_id) | Q(body__in=parties)
    if (bodies := user.reading_bodies) and Reach.objects.filter(about, reader__in=bodies).exists():
        return True
    return bool(user.inspections) and type(record).objects.filter(inspected(user), pk=record.pk).exists()
