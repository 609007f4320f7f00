"""What is due every night, each step by itself and reported; one line of cron runs it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal import sections
from portal.actions.circles import place_unplaced
from portal.actions.outbox import forget_letters, send_letters
from portal.actions.registers import rebuild_reach
from portal.actions.showing import show_all
from portal.backups import back_up
from portal.files import forget_stale
from portal.models import WorkingCopy

KEEP_UPLOADS = timedelta(days=2)
KEEP_AUTOSAVES = timedelta(days=60)


def forget_old_autosaves() -> int:
    """Drop what was typed and not saved for two months; returns how many."""
    old = timezone.now() - KEEP_AUTOSAVES
    found = WorkingCopy.objects.filter(purpose=WorkingCopy.Purpose.AUTOSAVE, saved_at__lt=old)
    return found.delete()[0]


def steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """Every step: what the operator reads, and what is run."""
    yield "Tính lại tầm xem của các cơ quan", rebuild_reach
    yield "Tính lại vòng các bên của văn bản cũ", place_unplaced
    yield "Tính lại cơ quan, văn bản nào khách được biết", show_all
    yield "Bỏ tệp gửi lên mà không dùng", lambda: forget_stale(timezone.now() - KEEP_UPLOADS)
    yield "Bỏ bản lưu tạm quá 60 ngày", forget_old_autosaves
    yield "Xóa phiên làm việc đã hết", lambda: call_command("clearsessions")
    for section in sections.every():
        yield from section.nightly()
    if settings.BACKUPS:
        yield "Sao lưu", lambda: back_up(Path(settings.BACKUPS), timezone.localdate())
    yield "Gửi thư điện tử đang chờ", send_letters
    yield "Bỏ thư đã gửi quá 90 ngày", forget_letters


def run(report: Callable[[str], object], *, only_failures: bool = False) -> int:
    """Run every step; a step that fails is reported and the rest still run. Returns how many failed."""
    failed = 0
    for words, step in steps():
        try:
            done = step()
        except Exception as error:  # one failing step must not stop the others
            failed += 1
            report(f"{words}: KHÔNG XONG, {type(error).__name__}: {error}")
            continue
        if not only_failures:
            report(f"{words}: xong{f' ({done})' if done is not None else ''}")
    return failed
