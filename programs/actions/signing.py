"""Day and signatories of a draft as they were told elsewhere: at the conference where it was signed."""

from collections.abc import Sequence

from portal.actions import records
from portal.actions.circles import place
from portal.actions.documents import SignatureEntry, write_signatures
from portal.dates import PartialDate
from portal.history import apart
from portal.models import Document, User, Verb
from programs.actions.plans import refresh_plans
from programs.actions.programs import kin, refresh
from programs.models import Amendment, Plan, Program


def record_signing(
    record: Program | Plan | Amendment,
    *,
    by: User | None,
    dated: PartialDate | None = None,
    signatures: Sequence[SignatureEntry] = (),
    reason: str = "",
) -> None:
    """Write the day and the signatories given into a draft, as an edit of its own in its journal.

    What is not given stays as it is. Refused while the draft waits for the leader.
    """
    with apart(), records.writing(record, by=by, verb=Verb.EDIT, reason=reason) as current:
        document = current.document
        document.dated = dated or document.dated
        document.signing = Document.Signing.SIGNED
        document.save()
        if signatures:
            write_signatures(document, list(signatures))
        if isinstance(current, Program):
            current.save()
            refresh(kin(current))
        else:
            place([current])
            current.save()
            if isinstance(current, Plan):
                refresh_plans([current.pk])
