"""The letter that urges those who have not handed in: whom it is for, how far the round has come, until when."""

from django.utils import timezone

from portal.dates import PartialDate
from portal.templatetags.say import vdate
from portal.text import slugify
from portal.word.letterhead import (
    DOTS,
    SHORT_DOTS,
    Layout,
    Line,
    OfficialPaper,
    Part,
    issuers,
    layout_of,
    place_and_date,
    place_of,
    printed_number,
    reminder,
    signing_place,
    symbol_to_come,
)
from portal.word.papers import official_key
from portal.word.rendering import render
from programs.models import Program
from programs.round_reading import Board

KEY = "reminder"
KEPT = {Layout.PARTY: "Lưu", Layout.STATE: "Lưu: VT"}


def reminder_file(board: Board, program: Program | None) -> tuple[str, bytes]:
    """The letter as a Word file: its name and its bytes; ``program`` as far as who asks for it reads that."""
    keeper = board.round.keeper
    layout = layout_of(keeper)
    title = f"Đôn đốc nộp báo cáo: {board.round.title}"
    name = slugify(f"cong-van don doc {board.round.title}", max_length=80)
    return f"{name}.docx", render(
        official_key(KEY, layout), letter(board, layout, program).words(), body=keeper, title=title
    )


def letter(board: Board, layout: Layout, program: Program | None) -> OfficialPaper:
    """The whole letter; number and day are filled in when it is sent."""
    current, keeper = board.round, board.round.keeper
    superior, bodies = issuers(layout, [str(keeper)])
    return OfficialPaper(
        layout,
        bodies,
        printed_number(layout, symbol_of_letter(layout, keeper.abbreviation)),
        place_and_date(place_of(keeper), PartialDate.unknown()),
        about=f"V/v nộp báo cáo: {current.title}",
        to="Kính gửi: Các cơ quan, đơn vị có tên dưới đây",
        superior=superior,
        reminder=reminder(sample=current.is_sample),
        parts=[Part("", [Line(text) for text in told(board, program)])],
        signing=[signing_place(layout, str(keeper), None)],
        recipients=["Như trên", KEPT[layout]],
    )


def symbol_of_letter(layout: Layout, agency: str) -> str:
    """The symbol a letter waits for: the State's names no type, but the room that wrote it."""
    if layout == Layout.PARTY or not agency:
        return symbol_to_come(layout, "CV", [agency])
    return f"{DOTS}/{agency}-{SHORT_DOTS}"


def told(board: Board, program: Program | None) -> list[str]:
    """What it says, paragraph by paragraph."""
    current, missing = board.round, board.missing
    about = f" {program}" if program else ""
    said = [f"{current.keeper} đã đề nghị các cơ quan, đơn vị nộp báo cáo{f' về{about}' if about else ''}: "
            f"{current.title}; hạn nộp ngày {vdate(current.due_on)}."]  # fmt: skip
    said.append(
        f"Đến ngày {vdate(timezone.localdate())}, đã có {board.share} cơ quan, đơn vị nộp."
        + (f" Còn {len(missing)} cơ quan, đơn vị chưa nộp: {'; '.join(missing)}." if missing else "")
    )
    if missing:
        late = current.due_on < board.today
        until = "khẩn trương nộp báo cáo" if late else f"nộp báo cáo chậm nhất ngày {vdate(current.due_on)}"
        said.append(f"Đề nghị các cơ quan, đơn vị nêu trên {until}. Trân trọng.")
    return said
