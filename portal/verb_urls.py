"""The addresses of what is done to any kind of record: handed in, decided on, shown, taken down."""

from django.urls import URLPattern, path

from portal.views import approval, consulting, paper_approval, verbs

VERBS = (
    ("submit", "trinh", verbs.submit_record),
    ("recall", "rut-lai", verbs.recall_record),
    ("drop", "bo", verbs.drop_record),
    ("review", "xem-xet", approval.review_record),
    ("return", "tra-lai", approval.return_record),
    ("approve", "duyet", approval.approve_record),
    ("paper", "duyet-tren-giay", paper_approval.paper_record),
    ("publish", "cong-khai", approval.publish_record),
    ("call_off", "huy-hen", approval.call_off_record),
    ("withdraw", "go", approval.withdraw_record),
)
CONSULT = ("consult", "lay-y-kien", consulting.consult_record)


def verb_urls(kind: str, folder: str, *, is_consulted_on: bool = False) -> list[URLPattern]:
    """The addresses of one kind under its folder, named ``<verb>_<kind>``."""
    every = (*VERBS, CONSULT) if is_consulted_on else VERBS
    return [
        path(f"lam-viec/{folder}/<slug:code>/{ending}/", view, {"kind": kind}, name=f"{verb}_{kind}")
        for verb, ending, view in every
    ]
