"""``manage.py silence_pictures``: position, camera and remarks removed from pictures kept by an older version."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.actions.kept_pictures import kept_pictures, silence
from portal.file_kinds import NotTaken


class Command(BaseCommand):
    """Cleans the kept pictures one by one; stopped and started again it finds those before it clean."""

    help = (
        "Bỏ vị trí, máy ảnh và ghi chú khỏi các ảnh JPEG, PNG đã giữ từ bản cũ của cổng; hình không đổi. "
        "Chạy một lần sau khi lên bản mới; chạy lại không thay đổi gì."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        read = cleaned = 0
        for sha256, kind in kept_pictures():
            read += 1
            try:
                cleaned += silence(sha256, kind)
            except (NotTaken, OSError) as error:
                self.stderr.write(f"Để nguyên ảnh {sha256[:12]}: {error}")
        self.stdout.write(f"Đã xem {read} ảnh, làm sạch {cleaned} ảnh.")
