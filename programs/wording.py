"""How a programme is called: by its parties and period, and in one sentence."""

from datetime import date

from portal.dates import days_left_words
from programs.models import Life, Program, known_until


def type_words(program: Program) -> str:
    """The type as printed, else as registered, else the plain word."""
    document = program.document
    words = document.type_printed or (document.type.name if document.type else "")
    return words or "Chương trình phối hợp"


def time_left(program: Program, on: date) -> str:
    """The days left ("còn 40 ngày") while in force with an end; the day it ended afterwards."""
    life, until = program.life(on), known_until(program)
    if life in {Life.IN_FORCE, Life.ENDING_SOON, Life.REARRANGED} and until:
        return days_left_words(until, on)
    if life == Life.EXPIRED:
        return f"đến {short_day(until)}"
    if life == Life.TERMINATED:
        return f"từ {short_day(program.terminated_on)}"
    if life == Life.NOT_STARTED:
        return f"từ {short_day(program.in_force_from)}"
    return ""


def sentence(program: Program, on: date) -> str:
    """The sentence that says what it is: type, parties, period, what is left of it."""
    parts = [
        f"{type_words(program)} của {program.parties_label}" if program.parties_label else type_words(program)
    ]
    parts.append(program.period.sentence())
    life = program.life(on)
    if life == Life.EXPIRED:
        parts.append(f"đã hết hạn ngày {short_day(known_until(program))}")
    elif life == Life.TERMINATED:
        parts.append(f"chấm dứt từ ngày {short_day(program.terminated_on)}")
    elif life in {Life.UNSIGNED, Life.UNKNOWN_SIGNING}:
        parts.append(life.label)
    elif life == Life.NOT_STARTED:
        parts.append(f"có hiệu lực từ ngày {short_day(program.in_force_from)}")
    elif left := time_left(program, on):
        parts.append(left)
    return ", ".join(parts) + "."


def short_day(day: date | None) -> str:
    """A day in figures, without leading zeros."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""
