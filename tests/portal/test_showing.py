"""What visitors are told of by a column is what the rule says, after every verb, today and when a day ahead comes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.actions import DirectiveEntry, MeetingEntry, TaskEntry, save_meeting
from meetings.actions.meetings import approve_meeting, publish_meeting
from meetings.actions.signing import TablePaperEntry
from meetings.models import Meeting
from portal import sections
from portal.actions import records, showing
from portal.actions.documents import BasisEntry, PaperEntry, PartnerEntry
from portal.actions.merging import merge
from portal.actions.records import NotNow
from portal.actions.undoing import undo
from portal.dates import parse_date
from portal.models import (
    Act,
    Audience,
    Citation,
    Document,
    Organization,
    Paper,
    Partner,
    State,
    User,
    Verb,
    WorkingCopy,
    record_of,
)
from portal.models.records import paper_models
from portal.registers import bodies_for, listed_bodies, listed_documents, readable_records, register_documents
from portal.sections import Reader
from programs import actions
from programs.actions.companions import PlanEntry, publish_companion, save_companion
from programs.models import Amendment, Plan, Program
from tests.cast import Cast, make_body, make_entry, make_program

VISITOR = AnonymousUser()
AHEAD = timedelta(days=10)
STEPS = 40


def documents_for(reader: Reader) -> set[int]:
    """What a reader may read: the documents of records, and those of the register, as the page of each one asks."""
    of_records = {key for found in readable_records(reader) for key in keys_of(found, "document")}
    return of_records | keys_of(register_documents(reader))


def keys_of(found: QuerySet, column: str = "pk") -> set[int]:
    """The keys of these rows."""
    return set(found.values_list(column, flat=True))


def by_the_rule() -> dict[str, set[int]]:
    """What a visitor is told of, asked of every paper."""
    return {
        "documents": documents_for(VISITOR),
        "bodies": keys_of(bodies_for(VISITOR)),
    }


def by_the_column() -> dict[str, set[int]]:
    """What a visitor's lists hold."""
    return {
        "documents": keys_of(listed_documents(VISITOR)),
        "bodies": keys_of(listed_bodies(VISITOR)),
    }


def check(step: str, staff: Iterable[User] = ()) -> None:
    """The lists hold what the rule says, now and once every day ahead has come."""
    assert by_the_column() == by_the_rule(), step
    for reader in staff:
        assert keys_of(listed_documents(reader)) == documents_for(reader), f"{step}, {reader}"
    with time_machine.travel(timezone.now() + 2 * AHEAD):
        assert by_the_column() == by_the_rule(), f"{step}, later"


class Walk:
    """People at work on a few papers of a few bodies, one verb after another."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.random = cast, Random(seed)  # noqa: S311
        self.joined: list[Act] = []
        self.said: list[DirectiveEntry] = []
        for number in range(4):
            make_body(f"Hội {number}")
            Document(title=f"Nghị quyết {number}", number=f"{number}-NQ/TW").save()

    def one(self, rows: Any) -> Any:
        """One row of a queryset."""
        return self.random.choice(list(rows.order_by("pk"))) if rows.exists() else None

    def paper(self) -> PaperEntry:
        """A paper of some bodies resting on some others, of the register and of records."""
        sides = [PartnerEntry(n, self.one(Organization.objects)) for n in (1, 2)]
        bases = [BasisEntry(f"Căn cứ {n}", cited=self.one(Document.objects)) for n in (1, 2)]
        return PaperEntry("Về công tác dân vận", partners=sides, bases=bases, dated=parse_date("1/2/2022"))

    def record(self, **states: Any) -> Paper | None:
        """Some record in a state."""
        found = [one for model in paper_models() for one in model.objects.filter(**states).order_by("pk")]
        return self.random.choice(found) if found else None

    def write(self, record: Paper | None, model: type[Paper], verb: Verb | None = None) -> Paper:
        """Enter or write again a record, by the action of its kind."""
        paper = self.paper()
        known = {"by": self.cast.lan, "verb": verb}
        known |= {"expected": record.version} if record else {"keeper": self.cast.ours}
        if model is Program:
            entry = make_entry(self.cast)
            entry.paper = paper
            return actions.save_program(record, entry, **known)
        if model is Meeting:
            table = [TablePaperEntry("reviewed", self.one(Document.objects))]
            entry = MeetingEntry(paper=paper, papers=table, directives=self.said)
            return save_meeting(record, entry, **known)
        return save_companion(record, PlanEntry(paper, self.one(Program.objects)), model=model, **known)

    # --- the verbs

    def enter(self) -> None:
        """Enter, hand in, approve and publish at once, so that there is enough that is public."""
        record = self.write(None, self.random.choice([Program, Plan, Amendment, Meeting]))
        if self.random.random() < 0.8:
            records.submit(record, by=self.cast.lan)
            self.approve()
            self.publish()

    def edit(self) -> None:
        if record := self.record(state=State.DRAFTING):
            self.write(record, type(record))

    def approve(self) -> None:
        if record := self.record(state=State.WAITING):
            approve = {Program: actions.approve, Meeting: approve_meeting}.get(type(record), records.approve)
            approve(record, by=self.cast.hung, expected=record.version)

    def approve_copy(self) -> None:
        """The body's word is written again by the action that approves a copy."""
        if record := self.record(state=State.APPROVED):
            copy = WorkingCopy.objects.create(
                purpose="copy", form="x", record_code=record.code, owner=self.cast.lan, state=State.WAITING,
                based_on=record.version,
            )  # fmt: skip

            def write(_: dict, **known: Any) -> Paper:
                return self.write(record, type(record), known["verb"])

            records.merge_copy(copy, record, dict, write, by=self.cast.hung, expected=copy.number)

    def publish(self) -> None:
        if record := self.record(state=State.APPROVED):
            publish = {Program: actions.publish, Meeting: publish_meeting}.get(
                type(record), publish_companion
            )
            start = self.random.choice([None, timezone.now() + AHEAD])
            publish(record, by=self.cast.hung, expected=record.version, start=start)

    def call_off(self) -> None:
        if record := self.record(published_from__gt=timezone.now()):
            records.call_off(record, by=self.cast.hung, expected=record.version)

    def withdraw(self) -> None:
        if record := self.record(published_from__lte=timezone.now(), withdrawn_at__isnull=True):
            withdraw = actions.withdraw if isinstance(record, Program) else records.withdraw
            withdraw(record, by=self.cast.hung, reason="Đăng nhầm.", expected=record.version)

    def drop(self) -> None:
        if record := self.record(state=State.DRAFTING):
            records.drop_draft(record, by=self.cast.lan)

    def correct(self) -> None:
        """What the clean-up pages do: a row is saved or deleted, then the sections are told."""
        part = self.one(self.random.choice([Partner, Citation]).objects)
        if part is None:
            return
        if self.random.random() < 0.4:
            gone = type(part)(**{f.attname: getattr(part, f.attname) for f in part._meta.concrete_fields})
            part.delete()
            sections.touched(gone)
        elif isinstance(part, Citation):
            part.cited, part.role = self.one(Document.objects), self.random.choice(Citation.Role.values)
            part.save()
            sections.touched(part)
        else:
            body = self.one(Organization.objects.exclude(partnerships__document=part.document_id))
            part.organization = body or part.organization
            part.save()
            sections.touched(part)

    def open(self) -> None:
        alone = Document.objects.filter(number__endswith="NQ/TW")
        alone = alone.exclude(pk__in=[one.pk for one in alone if record_of(one)])
        if document := self.one(alone):
            document.audience = self.random.choice(Audience.values)
            document.save()
            sections.touched(document)

    def join(self) -> None:
        """Two bodies or two papers turn out to be one."""
        model = self.random.choice([Organization, Document])
        kept, gone = self.one(model.objects), self.one(model.objects)
        self.joined.append(merge(kept, gone, by=self.cast.quy, reason="trùng"))

    def take_back(self) -> None:
        if self.joined:
            undo(self.joined.pop(), by=self.cast.quy)

    def steps(self) -> Iterator[Callable[[], None]]:
        """What may be done next."""
        verbs = [self.edit, self.approve, self.approve_copy, self.publish, self.call_off, self.withdraw]
        verbs += [self.drop, self.correct, self.correct, self.open, self.join, self.take_back]
        for number in range(STEPS):
            yield self.enter if number % 5 == 0 else self.random.choice(verbs)


@pytest.mark.parametrize("seed", range(4))
def test_lists_hold_what_the_rule_says_after_every_verb(cast: Cast, seed: int) -> None:
    walk = Walk(cast, seed)
    done = set()
    for step in walk.steps():
        try:
            step()
        except NotNow:  # the verb does not fit: nothing was written
            continue
        done.add(step.__name__)
        check(step.__name__, staff=[cast.lan, cast.phuc, cast.thu, cast.kien])
    assert len(done) > 6 and showing.show_all() == 0


@pytest.mark.parametrize("model", [Program, Plan, Meeting])
def test_the_circle_of_a_paper_is_made_before_bodies_are_locked(cast: Cast, model: type[Paper]) -> None:
    """Who joins bodies holds the circles and asks for the bodies: who writes a paper must not hold these and ask for those."""
    walk = Walk(cast, 1)
    record = walk.write(None, model)
    records.submit(record, by=cast.lan)
    for step in (walk.approve, walk.publish):
        step()
    record.refresh_from_db()
    parties = [PartnerEntry(1, cast.ours), PartnerEntry(2, make_body("Hội mới"))]
    walk.paper = lambda: PaperEntry("Về công tác dân vận", partners=parties)
    walk.said = [DirectiveEntry("Sớm tổng kết", task=TaskEntry(date(2030, 1, 1), [cast.neighbour]))]
    with CaptureQueriesContext(connection) as asked:
        walk.write(record, model, Verb.APPROVE)
    said = [one["sql"] for one in asked]
    made = [place for place, sql in enumerate(said) if 'INTO "portal_circle"' in sql]
    told = [place for place, sql in enumerate(said) if 'UPDATE "portal_organization"' in sql]
    assert made and told and max(made) < min(told)


def test_a_paper_waits_for_no_record_that_it_rests_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes that record waits for what is read under it: each would wait for the other."""
    program, walk = make_program(cast, "published"), Walk(cast, 1)
    alone = Document.objects.get(number="0-NQ/TW")
    bases = [BasisEntry("Chương trình", cited=program.document), BasisEntry("Nghị quyết", cited=alone)]
    walk.paper = lambda: PaperEntry("Sửa đổi", partners=[PartnerEntry(1, cast.ours)], bases=bases)
    amendment = walk.write(None, Amendment)
    records.submit(amendment, by=cast.lan)
    walk.approve()
    walk.publish()
    locked, write = [], showing._write
    monkeypatch.setattr(
        showing, "_write", lambda model, keys, told: locked.append(set(keys)) or write(model, keys, told)
    )
    showing.show([amendment.document_id])
    assert locked[:2] == [{amendment.document_id}, {alone.pk}]


def test_a_night_repairs_what_was_changed_behind_the_actions(cast: Cast) -> None:
    shown, hidden = make_program(cast, "published"), make_program(cast, "approved", title="Trong nhà")
    Document.objects.filter(pk=hidden.document_id).update(shown_from=timezone.now())
    Document.objects.filter(pk=shown.document_id).update(shown_from=None)
    Organization.objects.filter(pk=cast.partner.pk).update(shown_from=None)
    secret = [make_body(name).pk for name in ("Hội kín một", "Hội kín hai")]
    Organization.objects.filter(pk__in=secret).update(shown_from=timezone.now())
    assert by_the_column() != by_the_rule()
    asked = (
        "/van-ban/",
        "/tim-kiem/?q=trong+nha",
        "/don-vi/",
        "/tim-kiem/?q=kin",
        "/chuong-trinh/?don-vi=kin",
    )
    for address in asked:  # a row is asked by the rule before it is shown
        page = cast.client(None).get(address).text
        assert ("Trong nhà" in page, "Hội kín" in page) == (False, False), address
    assert "Không tìm thấy cơ quan “kin”" in page
    call_command("nightly", verbosity=0)
    assert by_the_column() == by_the_rule()


def test_a_save_from_an_older_reading_leaves_the_moment_as_it_stands(cast: Cast) -> None:
    program = make_program(cast, "approved")
    document, body = program.document, Organization.objects.get(pk=cast.ours.pk)
    actions.publish(program, by=cast.hung, expected=program.version)
    document.save()
    body.save()
    assert by_the_column() == by_the_rule() == {
        "documents": {document.pk}, "bodies": {cast.ours.pk, cast.partner.pk},
    }  # fmt: skip


def test_a_published_amendment_stands_in_the_list_of_those_who_read_it(cast: Cast) -> None:
    program = make_program(cast, "published")
    entry = PlanEntry(PaperEntry("Sửa đổi, bổ sung"), program=program)
    amendment = save_companion(None, entry, model=Amendment, by=cast.lan, keeper=cast.ours)
    records.submit(amendment, by=cast.lan)
    records.approve(amendment, by=cast.hung, expected=amendment.version)
    amendment.refresh_from_db()
    publish_companion(amendment, by=cast.hung, expected=amendment.version)
    for reader in (cast.lan, cast.binh, cast.phuc):
        assert keys_of(listed_documents(reader)) == documents_for(reader) >= {amendment.document_id}
