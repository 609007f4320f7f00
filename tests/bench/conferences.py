"""The conferences the benchmark fills: minutes, people, papers on the table, sayings, tasks and their answers.

Fifty people a conference, ten sayings, every fifth saying a task of several bodies. History is written for every
hundredth conference alone, and one answered assignment in five has its answer: their pages are those of any other,
and a million first versions would only lengthen the filling.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone

from meetings.actions.meetings import derive, search_parts
from meetings.models import (
    AgendaItem,
    Answer,
    Assignment,
    Directive,
    DirectiveAddressee,
    DirectiveSpeaker,
    Meeting,
    MeetingKind,
    MeetingKindLink,
    MeetingPaper,
    MeetingRole,
    MeetingSignature,
    Participation,
    ParticipationRole,
    Presentation,
    Stage,
    Task,
    TaskAddressee,
)
from meetings.models.tasks import NO_DAY
from meetings.starter import load
from portal.actions.circles import batches, circles_of
from portal.actions.search_texts import layered
from portal.models import (
    Act,
    Attachment,
    Audience,
    Document,
    Organization,
    Partner,
    Person,
    SearchText,
    State,
    Verb,
)
from portal.text import fold, slugify
from portal.wording import joined, side_names
from tests.bench.nation import Nation, Place
from tests.bench.papers import DOES, PAIRS, THEMES, WITH
from tests.bench.tables import insert, keep_history, settle

AT_ONCE = 500
OWN = 20_000_000
"""Keys of acts and papers of conferences begin here, far above those of programmes and cited papers."""
ANSWERS = 40_000_000
SMALL, LARGE = 1, 2
"""Two conferences that are the same at every size: of 50 and of 500 people."""
KEPT_EVERY, ANSWERED_EVERY = 100, 5
MADE = (
    Act, Document, Meeting, Partner, Attachment, MeetingKindLink, AgendaItem, MeetingPaper, MeetingSignature,
    Participation, ParticipationRole, Presentation, Directive, DirectiveSpeaker, DirectiveAddressee, Task,
    TaskAddressee, Assignment, Answer, SearchText,
)  # fmt: skip
"""What is written, in this order."""
POSTS = ["Bí thư", "Phó Bí thư", "Chủ tịch", "Phó Chủ tịch", "Trưởng ban", "Phó Trưởng ban", "Chuyên viên"]
WAYS = [State.APPROVED, State.DRAFTING, State.WAITING]
DONE = (Assignment.State.ANSWERED, Assignment.State.ACCEPTED)


def fill_conferences(random: Random, nation: Nation, programmes: int, conferences: int) -> None:
    """Write as many conferences as asked; each signs one programme and reviews another."""
    load()
    writer = Writer(random, nation, programmes)
    for numbers in batches(range(1, conferences + 1), AT_ONCE):
        writer.write(numbers)
    kept = f"base.{{}} %% {KEPT_EVERY} = 1"
    keep_history(Meeting, "base.document_id", where=kept.format("id"))
    for model in (Participation, Directive, MeetingPaper, MeetingKindLink, AgendaItem, Presentation):
        keep_history(model, f"base.meeting_id + {OWN}", where=kept.format("meeting_id"))
    settle(MADE)
    check(conferences)


def check(conferences: int) -> None:
    """What was written is what the portal's own rules would have written."""
    sample = Meeting.objects.filter(pk__in=range(1, conferences + 1, max(conferences // 20, 1)))
    for meeting in sample.select_related("document"):
        before = meeting.organizers_label, meeting.search_text, meeting.listed_on
        derive(meeting)
        assert before == (meeting.organizers_label, meeting.search_text, meeting.listed_on), meeting.pk
        texts = dict(meeting.document.search_texts.values_list("audience", "text"))
        assert texts == layered(search_parts(meeting)), meeting.pk


class Writer:
    """Makes the rows of some conferences at a time and writes them."""

    def __init__(self, random: Random, nation: Nation, programmes: int) -> None:
        self.random, self.nation, self.programmes = random, nation, programmes
        self.numbers: dict[type[Model], Iterator[int]] = defaultdict(lambda: count(1))
        # Rows of other generators were there before.
        for model in (Partner, Attachment, SearchText):
            last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            self.numbers[model] = count(last + 1)
        self.numbers[Document] = count(ANSWERS)  # of answers; the minutes' keys are those of their conference
        self.rows: dict[type[Model], list[dict[str, Any]]] = {}
        self.roles = dict(MeetingRole.objects.values_list("key", "pk"))
        self.names = list(Person.objects.values_list("pk", "name"))
        self.kinds = list(MeetingKind.objects.values_list("pk", flat=True))
        self.today = timezone.localdate()
        self.below: dict[int, list[Place]] = defaultdict(list)
        for place in nation.communes:
            self.below[place.province.id].append(place)

    def write(self, numbers: Iterable[int]) -> None:
        """Write some conferences with everything that hangs on them."""
        self.rows = {model: [] for model in MADE}
        for number in numbers:
            self.conference(number)
        self.place()
        for model in MADE:
            insert(model, self.rows[model])

    def add(self, model: type[Model], **row: Any) -> int:
        """Keep one row to be written; returns its key."""
        row.setdefault("id", None)
        row["id"] = row["id"] or next(self.numbers[model])
        self.rows[model].append(row)
        return row["id"]

    def place(self) -> None:
        """Who reads conferences, assignments and answers, by the rules of the portal."""
        placed = [row for model in (Meeting, Assignment, Answer) for row in self.rows[model]]
        circles = circles_of({row["bodies"] for row in placed})
        for row in placed:
            row["circle_id"] = circles[row.pop("bodies")]
        for row in self.rows[Meeting]:
            row["sides_id"] = row["circle_id"]

    # --- one conference

    def conference(self, number: int) -> None:
        """Everything of one conference."""
        random, fixed = self.random, number in (SMALL, LARGE)
        place = self.nation.provinces[18] if fixed else self.somewhere()
        pair = ("BTGDVTU", "UBND") if fixed else random.choice(PAIRS[place.level])
        bodies = [place.bodies[short] for short in pair]
        coming = not fixed and random.random() < 0.05
        ago = 100 + number if fixed else random.randrange(-90, 0) if coming else random.randrange(5000)
        day = self.today - timedelta(days=ago)
        state = State.APPROVED if fixed else random.choices(WAYS, [85, 10, 5])[0]
        self.parts: dict[str, list[str]] = {one: [] for one in Audience.values}
        self.minutes(number, bodies, place, day, state, coming=coming, public=fixed or random.random() < 0.75)
        speakers = self.people(number, bodies, place, 500 if number == LARGE else 50)
        self.parts[Audience.PUBLIC] += self.rows[Meeting][-1]["summary"], self.rows[Meeting][-1]["closing"]
        self.talks(number, speakers)
        self.sayings(number, bodies, place, day, speakers, out=state == State.APPROVED and not coming)
        for audience, text in layered(self.parts).items():
            self.add(SearchText, document_id=OWN + number, audience=audience, text=text)

    def somewhere(self) -> Place:
        """Where a conference is held: mostly communes, as with programmes."""
        nation = self.nation
        among = [nation.communes, nation.provinces, [nation.centre]]
        return self.random.choice(self.random.choices(among, [75, 22, 3])[0])

    def minutes(
        self,
        number: int,
        bodies: list[Organization],
        place: Place,
        day: date,
        state: str,
        *,
        coming: bool,
        public: bool,
    ) -> None:
        """The head, its document, organisers, kinds, agenda, papers on the table and files."""
        random, paper = self.random, OWN + number
        made = timezone.make_aware(datetime(day.year, day.month, day.day, 9)) + timedelta(days=3)
        made = min(made, timezone.now())
        theme = random.choice(THEMES)
        title = f"Hội nghị {random.choice(('ký kết', 'sơ kết', 'tổng kết'))} chương trình phối hợp về {theme}"
        document = {
            "id": paper, "code": f"h{number:09d}", "title": title, "dated_precision": "day", "dated_first": day,
            "dated_last": day, "signing": "signed",
        }  # fmt: skip
        self.add(Document, **document)
        self.add(
            Act, id=paper, verb=Verb.LOAD, record_kind="meetings.meeting", record_code=f"m{number:09d}", version=1,
            record_name=title, body_id=bodies[0].pk, at=made,
        )  # fmt: skip
        partners = [Partner(side=n, organization=body) for n, body in enumerate(bodies, 1)]
        for n, body in enumerate(bodies, 1):
            self.add(Partner, document_id=paper, side=n, position=1, organization_id=body.pk)
        label, hall = joined(side_names(partners))[:600], f"Hội trường {place.name}"
        words = " ".join(
            [label, title, "", hall, str(Document(**document).dated)] + [one.name for one in bodies]
        )
        summary = f"Hội nghị đánh giá việc {random.choice(DOES)} {theme}, {random.choice(WITH)}."
        closing = f"Hai bên thống nhất {random.choice(DOES)} {random.choice(THEMES)}."
        way: dict[str, Any] = {"approved_at": made} if state == State.APPROVED else {}
        if way and public:
            way |= {"published_from": made, "slug": f"{slugify(title, 100)}-{number}"}
        self.add(
            Meeting, id=number, code=f"m{number:09d}", document_id=paper, keeper_id=bodies[0].pk, state=state,
            state_since=made, stage=Stage.PREPARED if coming else random.choices([Stage.HELD, Stage.CANCELLED], [98, 2])[0],
            starts_at=time(8), ends_at=time(11), place=hall, summary=summary, closing=closing, listed_on=day,
            given_first=day.year, given_last=day.year, organizers_label=label, search_text=" ".join(dict.fromkeys(fold(words).split()))[:2400],
            bodies=frozenset(body.pk for body in bodies), **way,
        )  # fmt: skip
        for kind in random.sample(self.kinds, 2):
            self.add(MeetingKindLink, meeting_id=number, kind_id=kind)
        for position in range(1, 7):
            self.add(
                AgendaItem, meeting_id=number, position=position, text=f"{random.choice(DOES)} {theme}"[:500]
            )
        self.on_table(number)
        for position, audience in enumerate((Audience.PUBLIC, Audience.BODY), 1):
            self.add(
                Attachment, document_id=paper, position=position, name=f"anh-{position}.jpg", kind="jpeg", size=400_000,
                sha256=f"{paper:064x}", uploaded_at=made, audience=audience,
            )  # fmt: skip

    def on_table(self, number: int) -> None:
        """A programme signed here and nowhere else, and another one reviewed."""
        roles, one = MeetingPaper.Role, self.random.randint(1, self.programmes)
        if number <= self.programmes:
            signed = self.add(
                MeetingPaper, meeting_id=number, document_id=number, role=roles.SIGNED, position=1
            )
            for signature in (2 * number - 1, 2 * number):
                self.add(MeetingSignature, paper_id=signed, signature_id=signature)
        self.add(MeetingPaper, meeting_id=number, document_id=one, role=roles.REVIEWED, position=2)

    def people(
        self, number: int, bodies: list[Organization], place: Place, total: int
    ) -> list[tuple[int, str]]:
        """Who was there; the first eight have a part in it, the last is a group. Returns the first eight."""
        random, first = self.random, []
        parts = ["chu-tri", "ky", "ky", "phat-bieu", "phat-bieu", "tham-luan", "tham-luan", "tham-luan"]
        near = list(place.bodies.values())
        for position in range(1, total + 1):
            role = parts[position - 1] if position <= len(parts) else ""
            if position == total:
                row: dict[str, Any] = {"group": "đại biểu các đơn vị", "count": 120, "approximator": "trên"}
            else:
                body = bodies[position % len(bodies)] if role else random.choice(near)
                name = random.choice(self.names)
                row = {"name": name[1], "capacity": f"{random.choice(POSTS)} {body.name}"}
                if random.random() < 0.3:
                    row |= {"person_id": name[0], "organization_id": body.pk}
            key = self.add(Participation, meeting_id=number, position=position, **row)
            said = str(Participation(**row))
            if role:
                self.add(ParticipationRole, participation_id=key, role_id=self.roles[role])
                first.append((key, said))
            self.parts[Audience.PUBLIC if role else Audience.PARTIES].append(said)
        return first

    def talks(self, number: int, speakers: list[tuple[int, str]]) -> None:
        """Three papers read."""
        for position, (key, _) in enumerate(speakers[5:], 1):
            topic = f"Kinh nghiệm {self.random.choice(DOES)} {self.random.choice(THEMES)}"
            self.add(Presentation, meeting_id=number, position=position, participation_id=key, topic=topic)
            self.parts[Audience.PUBLIC].append(topic)

    # --- sayings and tasks

    def sayings(
        self,
        number: int,
        bodies: list[Organization],
        place: Place,
        day: date,
        speakers: list[tuple[int, str]],
        *,
        out: bool,
    ) -> None:
        """Ten sayings, half of them public; every fifth is a task, out once the conference is approved."""
        random = self.random
        for position in range(1, 11):
            audience = Audience.PUBLIC if position % 2 else Audience.PARTIES
            text = f"{random.choice(DOES)} {random.choice(THEMES)}, {random.choice(WITH)}".capitalize()
            key = self.add(Directive, meeting_id=number, position=position, text=text, audience=audience)
            self.parts[audience].append(text)
            self.add(DirectiveSpeaker, directive_id=key, participation_id=random.choice(speakers)[0])
            addressed = self.addressed(place, bodies[0])
            self.add(DirectiveAddressee, directive_id=key, organization_id=addressed[0].pk)
            if position % 5 == 0:
                self.task(key, bodies[0], addressed, day, out=out)

    def addressed(self, place: Place, follower: Organization) -> list[Organization]:
        """Bodies beside the follower in a commune, else bodies of the communes below."""
        if place.level == 3:
            return [body for body in place.bodies.values() if body.pk != follower.pk]
        below = self.below.get(place.id, self.nation.communes)
        return [one.bodies["ĐU"] for one in self.random.sample(below, 5)]

    def task(
        self, directive: int, follower: Organization, addressed: list[Organization], day: date, *, out: bool
    ) -> None:
        """One task with what each body has to do, and some of their answers."""
        random, states = self.random, Assignment.State
        due = random.choices([day + timedelta(days=random.choice((90, 180, 365))), NO_DAY], [9, 1])[0]
        task = self.add(Task, directive_id=directive, follower_id=follower.pk, assigned_on=day, due_on=due)
        recent = due >= self.today - timedelta(days=60)
        for body in addressed:
            self.add(TaskAddressee, task_id=task, organization_id=body.pk)
            if not out:
                continue
            weights = [60, 15, 5, 20, 0] if recent else [4, 4, 1, 89, 2]
            among = [states.OPEN, states.ANSWERED, states.RETURNED, states.ACCEPTED, states.STOPPED]
            state, pair = random.choices(among, weights)[0], frozenset({follower.pk, body.pk})
            key = self.add(
                Assignment, task_id=task, organization_id=body.pk, due_on=due, state=state, bodies=pair,
                state_since=timezone.now(),
            )  # fmt: skip
            if state in DONE and key % ANSWERED_EVERY == 0:
                self.answer(key, follower, body, min(due, self.today))

    def answer(self, assignment: int, follower: Organization, body: Organization, day: date) -> None:
        """What a body answered: a paper of its own."""
        paper = self.add(
            Document, title=f"Kết quả thực hiện: {self.random.choice(THEMES)}", dated_precision="day", dated_first=day,
            dated_last=day, signing="signed",
        )  # fmt: skip
        for side, one in enumerate((body, follower), 1):
            self.add(Partner, document_id=paper, side=side, position=1, organization_id=one.pk)
        self.add(
            Answer, assignment_id=assignment, document_id=paper, keeper_id=body.pk, text="Đã thực hiện, có báo cáo kèm theo.",
            state=State.APPROVED, state_since=timezone.now(), approved_at=timezone.now(),
            given_first=day.year, given_last=day.year, bodies=frozenset({follower.pk, body.pk}),
        )  # fmt: skip
