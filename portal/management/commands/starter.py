"""``manage.py starter``: load the starter set; running it again adds only what is missing."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import starter

WORDS = {
    "levels": "cấp",
    "sectors": "khối",
    "kinds": "loại cơ quan",
    "types": "loại văn bản",
    "tags": "nhãn nội dung",
    "groups": "nhóm cơ quan",
    "units": "đơn vị hành chính",
    "unit_successions": "quan hệ kế thừa địa bàn",
    "bodies": "cơ quan",
    "successions": "quan hệ kế thừa",
    "subordinations": "quan hệ cấp trên",
    "documents": "văn bản",
    "meeting_kinds": "loại hội nghị",
    "meeting_roles": "vai trò tại hội nghị",
}


class Command(BaseCommand):
    """Loads the starter set."""

    help = "Nạp danh mục ban đầu: các cấp, khối, loại cơ quan, loại văn bản, nhãn, cơ quan và văn bản Trung ương."

    def handle(self, *args: Any, **options: Any) -> None:
        added = starter.load()
        if not added:
            self.stdout.write("Danh mục ban đầu đã có đủ, không thay đổi gì.")
            return
        said = ", ".join(f"{count} {WORDS.get(kind, kind)}" for kind, count in added.items())
        self.stdout.write(f"Đã nạp danh mục ban đầu: {said}.")
