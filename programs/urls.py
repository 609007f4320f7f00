"""Addresses of programmes, plans and amendments: the public ones, then the staff's under /lam-viec/."""

from django.urls import path

from programs.views import approval, entry

app_name = "programs"

public_urls: list = []

# Entering, handing in, deciding: the same verbs for every kind, named <verb>_<kind>.
verb_urls = [
    path(f"lam-viec/{folder}/<slug:code>/{word}/", view, {"kind": kind}, name=f"{verb}_{kind}")
    for kind, folder in (("program", "chuong-trinh"), ("plan", "ke-hoach"), ("amendment", "sua-doi"))
    for verb, word, view in (
        ("submit", "trinh", entry.submit_record),
        ("recall", "rut-lai", entry.recall_record),
        ("drop", "bo", entry.drop_record),
        ("review", "xem-xet", approval.review_record),
        ("return", "tra-lai", approval.return_record),
        ("approve", "duyet", approval.approve_record),
        ("publish", "cong-khai", approval.publish_record),
        ("withdraw", "go", approval.withdraw_record),
    )
]

staff_urls = [
    path("lam-viec/chuong-trinh/nhap/", entry.ProgramEntry.as_view(), name="enter_program"),
    path("lam-viec/chuong-trinh/doc-dong/", entry.propose, name="propose"),
    path("lam-viec/chuong-trinh/<slug:code>/sua/", entry.ProgramEntry.as_view(), name="edit_program"),
    path("lam-viec/chuong-trinh/<slug:code>/giai-doan-moi/", entry.new_term, name="new_term"),
    path("lam-viec/chuong-trinh/<slug:code>/cham-dut/", approval.terminate_program, name="terminate_program"),
    path("lam-viec/ke-hoach/nhap/", entry.PlanEntry.as_view(), name="enter_plan"),
    path("lam-viec/ke-hoach/<slug:code>/sua/", entry.PlanEntry.as_view(), name="edit_plan"),
    path("lam-viec/sua-doi/nhap/", entry.AmendmentEntry.as_view(), name="enter_amendment"),
    path("lam-viec/sua-doi/<slug:code>/sua/", entry.AmendmentEntry.as_view(), name="edit_amendment"),
]

urlpatterns = [*public_urls, *staff_urls, *verb_urls]
