"""What every installation begins with here: the kinds of conferences, the roles of who takes part."""

from collections import Counter

from meetings.models import MeetingKind, MeetingRole
from portal.starter import Row, add_keyed

KINDS = {
    "ky-ket": "ký kết",
    "so-ket": "sơ kết",
    "tong-ket": "tổng kết",
    "trien-khai": "triển khai",
    "phat-dong": "phát động",
    "tuyen-duong": "tuyên dương",
    "trao-doi": "trao đổi kinh nghiệm",
    "giao-ban": "giao ban",
}
ROLES = {
    "chu-tri": "chủ trì",
    "ky": "ký",
    "phat-bieu": "phát biểu",
    "tham-luan": "tham luận",
    "trinh-bay": "trình bày",
    "chung-kien": "chứng kiến",
    "thu-ky": "thư ký",
    "du": "dự",
}


def load() -> Counter[str]:
    """Add the missing kinds and roles; returns how many of each."""
    added: Counter[str] = Counter()
    for kind, model, names in (("meeting_kinds", MeetingKind, KINDS), ("meeting_roles", MeetingRole, ROLES)):
        for place, (key, name) in enumerate(names.items(), start=1):
            row: Row = {"key": key}
            added[kind] += add_keyed(model, row, name=name, position=place)
    return +added
