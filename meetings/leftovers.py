"""What earlier versions left that today's rules would not write: told by night, mended by people.

Nothing is taken away here: a paper that nothing names may still be wanted, and of somebody said to have signed it may
be the paper that does not tell it.
"""

from django.db.models import PROTECT, SET_NULL, Exists, OuterRef, QuerySet

from meetings.models import MeetingPaper, ParticipationRole, Stage
from meetings.models.participants import SIGNS
from portal.models import Document, Signature
from portal.text import fold

MOST_NAMED = 10
"""How many the report names."""


def forgotten_documents() -> QuerySet:
    """Documents added in passing that no record is made of and no row names any more, and nobody looked at."""
    found = Document.objects.filter(looked_at=False)
    for relation in Document._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) in {PROTECT, SET_NULL} and relation.auto_created:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.filter(~Exists(rows))
    return found.order_by("pk")


def unsigned_signers() -> list[ParticipationRole]:
    """Who is said to have signed at a conference though all papers signed there say by whom, and none by them."""
    papers = MeetingPaper.objects.filter(
        role=MeetingPaper.Role.SIGNED, meeting=OuterRef("participation__meeting")
    )
    untold = papers.filter(~Exists(Signature.objects.filter(document=OuterRef("document"))))
    said = ParticipationRole.objects.filter(role__key=SIGNS, participation__meeting__stage=Stage.HELD)
    said = said.filter(Exists(papers), ~Exists(untold)).order_by("pk")
    rows = list(said.select_related("participation__meeting__document"))
    meetings = {one.participation.meeting_id for one in rows}
    told = Signature.objects.filter(
        document__meeting_papers__meeting__in=meetings,
        document__meeting_papers__role=MeetingPaper.Role.SIGNED,
        person__isnull=False,
    ).values_list("document__meeting_papers__meeting", "person", "person__name")
    known = {(meeting, key) for meeting, person, name in told for key in (person, fold(name))}
    return [
        one
        for one in rows
        if not {
            (one.participation.meeting_id, one.participation.person_id),
            (one.participation.meeting_id, fold(one.participation.name)),
        }
        & known
    ]


def forgotten_words() -> str | None:
    """Those documents, for the report of the night; None where there are none."""
    return _named([str(one) for one in forgotten_documents()])


def unsigned_words() -> str | None:
    """Those persons, for the report of the night; None where there are none."""
    return _named([f"{one.participation.name}, {one.participation.meeting}" for one in unsigned_signers()])


def _named(words: list[str]) -> str | None:
    more = ["…"] if len(words) > MOST_NAMED else []
    return f"{len(words)}: {'; '.join(words[:MOST_NAMED] + more)}" if words else None
