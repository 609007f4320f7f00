"""The receipt of what a unit handed in, with all that was sent, as a paper of the body that asked for it."""

from django.utils import timezone

from portal.dates import PartialDate
from portal.models import Organization
from portal.text import slugify
from portal.word.letterhead import (
    Line,
    OfficialPaper,
    Part,
    SigningPlace,
    issuers,
    layout_of,
    paragraphs,
    place_and_date,
    place_of,
    reminder,
)
from portal.word.papers import official_key
from portal.word.rendering import render
from programs.answer_parts import figure_line
from programs.models import Submission
from programs.models.rounds import PARTS
from programs.receipts import Receipt, receipt_of

KEY = "receipt"


def receipt_file(sent: Submission) -> tuple[str, bytes]:
    """The receipt as a Word file: its name and its bytes."""
    receipt, keeper = receipt_of(sent), sent.duty.round.keeper
    name = slugify(f"bien-nhan {receipt.body} {receipt.code}", max_length=80)
    title = f"Giấy biên nhận {receipt.code}"
    words = paper(receipt, sent, keeper).words()
    return f"{name}.docx", render(official_key(KEY, layout_of(keeper)), words, body=keeper, title=title)


def paper(receipt: Receipt, sent: Submission, keeper: Organization) -> OfficialPaper:
    """The whole paper; nobody signs for the body that asked: the portal took it in."""
    layout = layout_of(keeper)
    superior, bodies = issuers(layout, [keeper.name])
    sent_on = timezone.localtime(receipt.sent_at).date()
    facts = [
        f"Mã biên nhận: {receipt.spaced}",
        f"Nộp lúc: {receipt.when}",
        f"Người nộp: {receipt.by}",
        f"Đã gửi: {'; '.join(receipt.parts)}",
    ]
    return OfficialPaper(
        layout,
        bodies,
        "",
        place_and_date(place_of(keeper), PartialDate.day(sent_on)),
        "Giấy biên nhận",
        receipt.title,
        superior=superior,
        reminder=reminder(sample=receipt.is_sample),
        opening=receipt.sentence,
        parts=[Part("Biên nhận", [Line(one) for one in facts]), *sent_parts(sent)],
        signing=[SigningPlace(["NGƯỜI NỘP"], receipt.sender)],
        recipients=[receipt.body, receipt.keeper],
    )


def sent_parts(sent: Submission) -> list[Part]:
    """What was sent, part by part, its files by name."""
    told = []
    for key, label in PARTS.items():
        held = sent.content.get(key)
        if held and key == "figures":
            told.append(Part(label, [Line(f"- {figure_line(one)}") for one in held]))
        elif held:
            told.append(Part(label, paragraphs(held)))
    files = [Line(f"- {one.name}") for one in sent.document.attachments.all()]
    return [*told, Part("Tệp gửi kèm", files)] if files else told
