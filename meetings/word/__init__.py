"""The papers of conferences in Word: invitations, the list of guests, the minutes, the pack."""

from pathlib import Path

from meetings.word import guest_list, invitation, minutes, pack
from portal.word.letterhead import Layout
from portal.word.papers import LAYOUT_LABELS, Sheet, WordPaper, official_key, register, register_official

HERE = Path(__file__).parent

register_official(minutes.KEY, "Biên bản hội nghị")
for layout in Layout:
    for paper, label in ((invitation, "Giấy mời"), (guest_list, "Danh sách khách mời")):
        register(
            WordPaper(
                key=official_key(paper.KEY, layout),
                label=f"{label} ({LAYOUT_LABELS[layout]})",
                sheet=Sheet(
                    HERE / f"{paper.KEY.replace('-', '_')}_{layout}.docx",
                    lambda draw=paper.draw, layout=layout: draw(layout),
                ),
                words=paper.WORDS,
                samples=lambda samples=paper.samples, layout=layout: samples(layout),
            )
        )
register(
    WordPaper(
        key=pack.KEY,
        label="Tập tài liệu hội nghị",
        sheet=Sheet(HERE / "pack.docx", pack.draw),
        words=pack.WORDS,
        samples=pack.samples,
    )
)
