"""Which pages are measured, for which person, and the bar each is held to."""

from math import ceil

from django.contrib.admin import site
from django.test import RequestFactory
from django.urls import reverse

from portal.lists import PER_PAGE
from portal.models import User
from programs.models import Program
from tests.bench.measured import CLEANER
from tests.bench.meeting_pages import meeting_pages
from tests.bench.page import ANCHORED, Page
from tests.bench.task_pages import task_pages

PEOPLE = (
    "unit", "clerk", "approver", "delegate", "neighbour", "partner", "superior", "national", "government", "inspector",
    "administrator",
)  # fmt: skip
FILTERS = {
    "year and life": "nam=2023&hieu-luc=in_force",
    "territory": "dia-ban=tỉnh Ninh Bình",
    "common word": "q=dân vận",
    "rare words": "q=ninh bình tôn giáo",
    "a signatory": "q=trần văn khánh",
    "sector and type": "khoi=armed&loai=quy-che-phoi-hop",
    "ending soon": "sap-het-han=on&chua-ke-tiep=on",
    "body": "don-vi=ubnd tỉnh ninh bình",
    "by parties": "xep=cac-ben",
}
FAMILY = 1
"""The programme that is the same at every size."""
SEARCHES = {
    "search": "dân vận ninh bình",
    "search, common word": "dân vận",
    "search, a name": "trần văn khánh",
}
NAMES = {"a common name": "nguyễn", "a whole name": "trần văn khánh"}


def pages() -> list[Page]:
    """Every measured page of the filled database."""
    listed = reverse("programs:program_list")
    found = [Page("public list", listed, bar=ANCHORED), Page("plain list", "/plain/", bar="")]
    found += [Page(f"public list, {name}", f"{listed}?{query}") for name, query in FILTERS.items()]
    found += _deep("public list", listed, "", Program.objects.published().count())
    found += [
        Page(name, path)
        for name, path in (
            ("home", reverse("portal:home")),
            *((name, f"{reverse('portal:search')}?q={words}") for name, words in SEARCHES.items()),
        )
    ]
    found.append(Page("bodies", reverse("portal:body_list"), bar=ANCHORED))
    found.append(Page("papers", reverse("portal:document_list"), bar=ANCHORED))
    one = Program.objects.get(pk=FAMILY)
    found.append(Page("public record", reverse("programs:program_page", args=[one.slug]), bar=ANCHORED))
    return [*found, *_staff_pages(), *meeting_pages(), *task_pages(), *_clean_up_pages()]


def _deep(name: str, address: str, person: str, count: int) -> list[Page]:
    last = max(count // PER_PAGE, 1)
    join = "&" if "?" in address else "?"
    return [
        Page(f"{name}, middle page", f"{address}{join}trang={max(last // 2, 1)}", person),
        Page(f"{name}, last page", f"{address}{join}trang={last}", person),
    ]


def _staff_pages() -> list[Page]:
    listed, found = reverse("programs:staff_list"), []
    for person in PEOPLE:
        found.append(Page("desk", reverse("portal:desk"), person))
        found.append(Page("staff list", listed, person))
        seen = Program.objects.visible_to(User.objects.get(username=person))
        found += [Page(f"staff list, {name}", f"{listed}?{query}", person) for name, query in FILTERS.items()]
        found += _deep("staff list", listed, person, seen.count())
    for person in ("clerk", "superior", "national", "inspector", "administrator"):
        asked = f"{reverse('portal:staff_search')}?q="
        found += [Page(f"staff {name}", f"{asked}{words}", person) for name, words in SEARCHES.items()]
        found += [
            Page(f"staff {name}", reverse(f"portal:staff_{kind}_list"), person)
            for name, kind in (("bodies", "body"), ("papers", "document"))
        ]
        for words, text in NAMES.items():
            named = f"{reverse('portal:suggest', args=['nguoi'])}?q={text}"
            found.append(Page(f"people suggested, {words}", named, person))
        address = reverse("programs:program_record", args=[Program.objects.get(pk=FAMILY).code])
        found.append(Page("staff record", address, person, ANCHORED))
    return found


def _clean_up_pages() -> list[Page]:
    listed = reverse("admin:programs_program_changelist")
    cleaned = site.get_model_admin(Program)
    found = []
    for person in ("administrator", CLEANER):
        asked = RequestFactory().get(listed)
        asked.user = User.objects.get(username=person)
        last = max(ceil(cleaned.get_queryset(asked).count() / cleaned.list_per_page), 1)
        found += [
            Page(f"clean-up {name}", address, person)
            for name, address in (
                ("list", listed),
                ("list, search", f"{listed}?q=ninh binh"),
                ("list, last page", f"{listed}?p={last}"),
                ("bodies", reverse("admin:portal_organization_changelist")),
                ("papers", reverse("admin:portal_document_changelist")),
            )
        ]
    return found
