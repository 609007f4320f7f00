"""The papers of programmes in Word: the agreement, the yearly plan, the amendment, the review, a body's list on one A4."""

from pathlib import Path

from portal.word.papers import Sheet, WordPaper, register, register_official
from programs.word import body_sheet

register_official("program", "Chương trình, quy chế phối hợp")
register_official("plan", "Kế hoạch")
register_official("amendment", "Văn bản sửa đổi, bổ sung")
register_official("receipt", "Giấy biên nhận phần báo cáo")
register_official("reminder", "Công văn đôn đốc nộp báo cáo")
register_official("review", "Báo cáo sơ kết, tổng kết")
register(
    WordPaper(
        key="body-sheet",
        label="Chương trình của một cơ quan trên một trang",
        sheet=Sheet(Path(__file__).with_name("body_sheet.docx"), body_sheet.draw),
        words=body_sheet.WORDS,
        samples=body_sheet.samples,
    )
)
