"""The registers and records of the ground, one concept a module."""

from portal.models.audiences import Audience
from portal.models.circles import Circle, CircleReader
from portal.models.consultations import AskedBody, Consultation, Opinion
from portal.models.documents import (
    Attachment,
    Authority,
    Citation,
    Document,
    DocumentType,
    Partner,
    Signature,
    Source,
    SourceUse,
)
from portal.models.figures import Figure, FigurePart, Nature
from portal.models.groups import BodyGroup, BodyGroupPart
from portal.models.history import Act, HistoryRow, Kept, Verb
from portal.models.mergers import Merger
from portal.models.organizations import (
    Answering,
    Organization,
    OrganizationKind,
    OrganizationName,
    Reach,
    Sector,
    Subordination,
    Succession,
    SuccessionKind,
    heirs_of,
)
from portal.models.outbox import OutgoingLetter
from portal.models.people import Person, Position
from portal.models.records import Paper, PaperQuerySet, Record, RecordQuerySet, State, WorkingCopy, record_of
from portal.models.search_texts import SearchText, Sought
from portal.models.tags import Tag
from portal.models.territories import AdministrativeUnit, Level, UnitSuccession
from portal.models.users import Membership, Role, User
from portal.models.word import WordTemplate
from portal.models.years import Register, RegisterStart, YearConfirmation, YearEdition, YearRequest

__all__ = [
    "Act", "AdministrativeUnit", "Answering", "AskedBody", "Attachment", "Audience", "Authority", "BodyGroup", "BodyGroupPart", "Circle",
    "CircleReader", "Citation", "Consultation", "Document", "DocumentType", "Figure", "FigurePart",
    "HistoryRow", "Kept", "Level", "Membership", "Merger", "Nature", "Opinion", "Organization", "OrganizationKind", "OrganizationName", "OutgoingLetter",
    "Paper", "PaperQuerySet", "Partner", "Person", "Position", "Reach", "Record", "RecordQuerySet", "Register", "RegisterStart", "Role", "SearchText", "Sector", "Signature",
    "Sought", "Source", "SourceUse", "State", "Subordination", "Succession", "SuccessionKind", "Tag", "UnitSuccession",
    "User", "Verb", "WordTemplate", "WorkingCopy", "YearConfirmation", "YearEdition", "YearRequest",
    "heirs_of", "record_of",
]  # fmt: skip
