"""A draft filed as the wrong kind becomes a record of another: its code, paper, journal and state carry on."""

from collections.abc import Callable

from django.db.models import ProtectedError

from portal.actions.records import REFUSED_WHILE, NotNow, lock
from portal.history import acting, bulk_delete
from portal.models import Paper, SearchText, State, User, Verb

CARRIED = (
    "code", "document", "keeper", "state", "state_since", "written_by", "version", "note", "marks", "is_sample",
)  # fmt: skip


def refile(
    former: Paper, model: type[Paper], write: Callable[[Paper], Paper], *, by: User, expected: int
) -> Paper:
    """File a draft never approved as another kind.

    ``write`` puts into the new record what its form says, by the action of its kind, or refuses with
    :class:`NotNow`: then nothing is changed.
    """
    record = model(**{name: getattr(former, name) for name in CARRIED})
    way = f"{former._meta.verbose_name} thành {model._meta.verbose_name}"
    with acting(Verb.REFILE, record, by=by, body=former.keeper, reason=way):
        current = lock(former, expected=expected)
        if current.approved_at is not None:
            raise NotNow("Văn bản đã duyệt thì không đổi loại được.")
        if current.state == State.WAITING:
            raise NotNow(REFUSED_WHILE[State.WAITING])
        try:
            bulk_delete([current])
        except ProtectedError as error:
            raise NotNow("Văn bản khác đang nối với văn bản này: không đổi loại được.") from error
        SearchText.objects.filter(document=record.document).delete()
        record.save()
        return write(record)
