"""A review as an official report: results, what is said of them, and behind the signatures the tables.

A long report has annexes: its results by item once more as a table to leaf through, and its figures there instead
of in the text.
"""

from collections.abc import Iterator

from portal.templatetags.say import vdate
from portal.word.letterhead import Annex, Line, Part, paragraphs
from programs.models import ReviewText
from programs.review_reading import ReviewReading
from programs.review_telling import Told, figure_line, target_line, task_told
from programs.word.agreement import Agreement

Texts = ReviewText.Part
JUDGED = (Texts.LIMITATION, Texts.CAUSE, Texts.LESSON)
"""What stands under the judgement of the whole."""
UNTOLD = "chưa ghi kết quả"
FEWEST_IN_AN_ANNEX = 9


class Report(Agreement):
    """How a review stands on paper."""

    reading: ReviewReading
    sent_for = "để biết"

    def _told(self) -> Iterator[Part]:
        yield from self._titled(
            [
                ("Kết quả thực hiện", list(self._results())),
                ("Đánh giá chung", list(self._judged())),
                ("Phương hướng, nhiệm vụ", list(self._numbered(Texts.DIRECTION))),
                ("Kiến nghị, đề xuất", list(self._numbered(Texts.PROPOSAL))),
            ]
        )

    def _results(self) -> Iterator[Line]:
        for number, row in enumerate(self.reading.results, 1):
            first, *rest = paragraphs(row["about"] or row["text"])
            yield Line(f"{number}{self._mark} {first.text}", strong=bool(row["about"]))
            yield from rest
            if row["about"]:
                yield from paragraphs(row["text"]) or self._waiting()
        yield from self._figures()
        if self.reading.targets:
            yield Line("Chỉ tiêu:", strong=True)
            yield from (Line(f"- {row['text']}: {target_line(row)}.") for row in self.reading.targets)
        if self.reading.tasks:
            yield Line("Nhiệm vụ chưa hoàn thành:", strong=True)
            yield from (Line(f"- {task_told(row)}.") for row in self.reading.tasks)

    def _figures(self) -> Iterator[Line]:
        """Each on a line; where they are many, the annex that holds them."""
        if not (figures := self.reading.figures):
            return
        as_of = self.record.figures_as_of if self.reading.is_frozen else None
        said = f"Số liệu tính đến ngày {vdate(as_of)}" if as_of else "Số liệu"
        if len(figures) < FEWEST_IN_AN_ANNEX:
            yield Line(f"{said}:", strong=True)
            yield from (Line(f"- {row['counts']}: {figure_line(row)}.") for row in figures)
        else:
            yield Line(f"{said}: xem {self._annex_of_figures}.")

    @property
    def _annex_of_figures(self) -> str:
        """What the annex with the figures is called; it is the last."""
        return "Phụ lục II" if len(self._annexes()) > 1 else "Phụ lục"

    def _judged(self) -> Iterator[Line]:
        yield from paragraphs(self.reading.told["content"])
        for heading, part in (("Hạn chế", JUDGED[0]), ("Nguyên nhân", JUDGED[1]), ("Bài học", JUDGED[2])):
            if lines := list(self._numbered(part)):
                yield Line(f"{heading}:", strong=True)
                yield from lines

    def _numbered(self, part: str) -> Iterator[Line]:
        for number, row in enumerate(self.reading.told["texts"].get(part, ()), 1):
            first, *rest = paragraphs(row["text"])
            yield Line(f"{number}{self._mark} {first.text}")
            yield from rest

    def _annexes(self) -> list[Annex]:
        """The results by item and the figures, where there are so many that a table is easier to read."""
        reviewed = [row for row in self.reading.results if row["about"]]
        tables = [
            Annex("Kết quả theo từng nội dung", ("Nội dung", "Kết quả"), [_result(row) for row in reviewed]),
            Annex("Số liệu", ("Số liệu về", "Giá trị"), [_figure(row) for row in self.reading.figures]),
        ]
        return [one for one in tables if len(one.lines) >= FEWEST_IN_AN_ANNEX]


def _result(row: Told) -> tuple[str, str]:
    return row["about"], row["text"] or UNTOLD


def _figure(row: Told) -> tuple[str, str]:
    before = f". Kỳ trước: {row['before']}" if row["before"] else ""
    return row["counts"], figure_line(row) + before
