"""Pages of a list, from whichever end they are found."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from portal.lists import KeyPaginator, RowPaginator
from portal.models import Document

ORDERS = {
    "newest, unknown last": [F("dated_first").desc(nulls_last=True), "-pk"],
    "oldest, unknown last": [F("dated_first").asc(nulls_last=True), "pk"],
    "by name": ["sort_key", "pk"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 20, 47, 60])
@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_together_are_the_list(count: int, order: str) -> None:
    days = [date(2020, 1, 1) + timedelta(days=n % 7) if n % 5 else None for n in range(count)]
    known = [{"dated_first": day, "dated_last": day, "dated_precision": "day"} if day else {} for day in days]
    Document.objects.bulk_create(Document(title=f"Văn bản {n % 3}", **dated) for n, dated in enumerate(known))
    found = Document.objects.order_by(*ORDERS[order])
    paginator, rows = KeyPaginator(found, 10), RowPaginator(found, 10)
    pages = [paginator.page(number) for number in paginator.page_range]
    assert [key for page in pages for key in page] == list(found.values_list("pk", flat=True))
    assert [[row.pk for row in rows.page(number)] for number in rows.page_range] == [
        list(one) for one in pages
    ]
