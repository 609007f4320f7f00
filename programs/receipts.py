"""The receipt of what a unit handed in: its code, when, by whom, what; on a page, as a small picture, as a paper."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.lettering import INK_2, Words, drawn
from portal.templatetags.say import vdatelong
from portal.text import clean
from portal.word.letterhead import reminder
from programs.models import Submission
from programs.models.rounds import PARTS

LABEL, VALUE, PLAIN = (
    {"size": 22, "colour": INK_2, "above": 18},
    {"face": "strong", "size": 28, "above": 0},
    28,
)
LONGEST = 240
"""Characters of one paragraph of the picture."""


@dataclass(frozen=True)
class Receipt:
    """What a receipt says."""

    code: str
    title: str
    body: str
    keeper: str
    sent_at: datetime
    sender: str
    is_by_link: bool
    number: int
    parts: list[str]
    is_sample: bool = False

    @property
    def spaced(self) -> str:
        """The code as it is read aloud: "k7mp 3xw 9qd"."""
        return f"{self.code[:4]} {self.code[4:7]} {self.code[7:]}"

    @property
    def when(self) -> str:
        """The minute it was sent."""
        moment = timezone.localtime(self.sent_at)
        return f"{moment:%H:%M}, {vdatelong(moment)}"

    @property
    def sentence(self) -> str:
        """Who handed in what to whom."""
        again = f" lần {self.number}" if self.number > 1 else ""
        return f"{self.body} đã nộp{again} phần báo cáo “{self.title}” cho {self.keeper}."

    @property
    def by(self) -> str:
        """Who sent it, and how."""
        return f"{self.sender} (qua liên kết của cơ quan)" if self.is_by_link else self.sender


def receipt_of(sent: Submission) -> Receipt:
    """The receipt of a submission."""
    duty = sent.duty
    return Receipt(
        code=sent.code,
        title=duty.round.title,
        body=str(sent.keeper),
        keeper=str(duty.round.keeper),
        sent_at=sent.sent_at or timezone.now(),
        sender=sent.sender,
        is_by_link=sent.written_by_id is None,
        number=sent.number,
        parts=parts_of(sent),
        is_sample=sent.is_sample,
    )


def parts_of(sent: Submission) -> list[str]:
    """What was sent, in a few words a part: "Kết quả thực hiện (152 chữ)", "3 số liệu", "2 tệp"."""
    told = []
    for part, label in PARTS.items():
        held = sent.content.get(part)
        if held and part == "figures":
            told.append(f"{len(held)} số liệu")
        elif held:
            told.append(f"{label} ({len(held.split())} chữ)")
    files = sent.document.attachments.count()
    return [*told, f"{files} tệp"] if files else told


def picture(receipt: Receipt) -> bytes:
    """The receipt as a small PNG to be sent on."""
    facts = [
        ("Mã biên nhận", receipt.spaced, VALUE | {"size": 36}),
        ("Nộp lúc", receipt.when, VALUE),
        ("Người nộp", receipt.by, VALUE),
        ("Đã gửi", "; ".join(receipt.parts), {"size": PLAIN, "above": 0}),
    ]
    marks = reminder(sample=receipt.is_sample)
    paragraphs = [
        Words(cut(receipt.keeper), size=22, colour=INK_2, above=0),
        Words("Giấy biên nhận", "title", 46, above=4, ruled=True),
        Words(cut(receipt.sentence), size=PLAIN, above=0),
    ]
    for label, value, looks in facts:
        paragraphs += [Words(label, **LABEL), Words(cut(value), **looks)]
    return drawn([*paragraphs, *([Words(marks, **LABEL)] if marks else [])])


def cut(text: str) -> str:
    """A paragraph no longer than a small picture holds."""
    tidy = clean(text)
    return tidy if len(tidy) <= LONGEST else f"{tidy[: LONGEST - 1]}…"
