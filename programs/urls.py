"""Addresses of programmes, plans, amendments, reviews, rounds: the public ones, the staff's under /lam-viec/, signed links."""

from django.urls import path

from portal.verb_urls import verb_urls
from programs.forms.plans import PlanHeadForm
from programs.forms.reviews import ReviewHeadForm
from programs.views import (
    answers,
    duties,
    ending,
    entry,
    public,
    receipts,
    review_entry,
    rounds,
    staff,
    targets,
    word,
)
from programs.views.doors import by_account, by_link

app_name = "programs"

public_urls = [
    path("chuong-trinh/", public.ProgramList.as_view(), name="program_list"),
    path("chuong-trinh/excel/", public.program_excel, name="program_excel"),
    path("chuong-trinh/<slug:slug>/", public.ProgramPage.as_view(), name="program_page"),
    path("chuong-trinh/<slug:program>/<slug:slug>/", public.AmendmentPage.as_view(), name="amendment_page"),
    path("ke-hoach/", public.PlanList.as_view(), name="plan_list"),
    path("ke-hoach/excel/", public.plan_excel, name="plan_excel"),
    path("ke-hoach/<slug:slug>/", public.PlanPage.as_view(), name="plan_page"),
    path("so-ket-tong-ket/", public.ReviewList.as_view(), name="review_list"),
    path("so-ket-tong-ket/excel/", public.review_excel, name="review_excel"),
    path("so-ket-tong-ket/<slug:slug>/", public.ReviewPage.as_view(), name="review_page"),
]

reading_urls = [
    path("lam-viec/chuong-trinh/", staff.StaffList.as_view(), name="staff_list"),
    path("lam-viec/chuong-trinh/excel/", staff.staff_excel, name="staff_excel"),
    path("lam-viec/chuong-trinh/<slug:code>/", staff.ProgramRecord.as_view(), name="program_record"),
    path("lam-viec/ke-hoach/", staff.StaffPlanList.as_view(), name="staff_plan_list"),
    path("lam-viec/ke-hoach/excel/", staff.staff_plan_excel, name="staff_plan_excel"),
    path("lam-viec/ke-hoach/<slug:code>/bao-cao-chi-tieu/", targets.report_targets, name="report_targets"),
    path("lam-viec/ke-hoach/<slug:code>/chi-tieu/excel/", targets.target_excel, name="target_excel"),
    path(
        "lam-viec/ke-hoach/<slug:code>/chi-tieu/<slug:target>/", targets.target_record, name="target_record"
    ),
    path(
        "lam-viec/ke-hoach/<slug:code>/chi-tieu/<slug:target>/nhap/",
        targets.report_for_bodies,
        name="report_for_bodies",
    ),
    path(
        "lam-viec/ke-hoach/<slug:code>/chi-tieu/<slug:target>/neu-so/",
        targets.state_target,
        name="state_target",
    ),
    path("lam-viec/ke-hoach/<slug:code>/", staff.PlanRecord.as_view(), name="plan_record"),
    path("lam-viec/sua-doi/<slug:code>/", staff.AmendmentRecord.as_view(), name="amendment_record"),
    path("lam-viec/so-ket-tong-ket/", staff.StaffReviewList.as_view(), name="staff_review_list"),
    path("lam-viec/so-ket-tong-ket/excel/", staff.staff_review_excel, name="staff_review_excel"),
    path("lam-viec/so-ket-tong-ket/<slug:code>/", staff.ReviewRecord.as_view(), name="review_record"),
    path("lam-viec/don-vi/<slug:code>/chuong-trinh/", staff.body_sheet, name="body_sheet"),
    path("lam-viec/don-vi/<slug:code>/chuong-trinh/word/", word.word_body_sheet, name="word_body_sheet"),
]

FOLDERS = {
    "program": "chuong-trinh",
    "plan": "ke-hoach",
    "amendment": "sua-doi",
    "review": "so-ket-tong-ket",
}

verb_paths = [
    one
    for kind, folder in FOLDERS.items()
    for one in (
        *verb_urls(kind, folder, is_consulted_on=True),
        path(f"lam-viec/{folder}/<slug:code>/word/", word.word_record, {"kind": kind}, name=f"word_{kind}"),
    )
]

staff_urls = [
    path("lam-viec/chuong-trinh/nhap/", entry.ProgramEntry.as_view(), name="enter_program"),
    path("lam-viec/chuong-trinh/doc-dong/", entry.propose, name="propose"),
    path("lam-viec/chuong-trinh/<slug:code>/sua/", entry.ProgramEntry.as_view(), name="edit_program"),
    path("lam-viec/chuong-trinh/<slug:code>/giai-doan-moi/", entry.new_term, name="new_term"),
    path(
        "lam-viec/chuong-trinh/<slug:code>/cham-dut/",
        ending.terminate_record,
        {"kind": "program"},
        name="terminate_program",
    ),
    path("lam-viec/ke-hoach/nhap/", entry.PlanEntry.as_view(), name="enter_plan"),
    path("lam-viec/ke-hoach/doc-dong/", entry.propose, {"head_class": PlanHeadForm}, name="propose_plan"),
    path(
        "lam-viec/ke-hoach/<slug:code>/cham-dut/",
        ending.terminate_record,
        {"kind": "plan"},
        name="terminate_plan",
    ),
    path("lam-viec/ke-hoach/<slug:code>/sua/", entry.PlanEntry.as_view(), name="edit_plan"),
    path("lam-viec/sua-doi/nhap/", entry.AmendmentEntry.as_view(), name="enter_amendment"),
    path("lam-viec/sua-doi/<slug:code>/sua/", entry.AmendmentEntry.as_view(), name="edit_amendment"),
    path("lam-viec/so-ket-tong-ket/nhap/", review_entry.ReviewEntry.as_view(), name="enter_review"),
    path(
        "lam-viec/so-ket-tong-ket/doc-dong/",
        entry.propose,
        {"head_class": ReviewHeadForm},
        name="propose_review",
    ),
    path("lam-viec/so-ket-tong-ket/<slug:code>/sua/", review_entry.ReviewEntry.as_view(), name="edit_review"),
    path("lam-viec/so-ket-tong-ket/<slug:code>/chot/", review_entry.freeze_review, name="freeze_review"),
]

PART_PAGES = [
    ("part", "", answers.part, False),
    ("part_keep", "giu/", answers.part_keep, False),
    ("part_upload", "tep/", answers.part_upload, False),
    ("part_file", "tep/<slug:file>/", answers.part_file, False),
    ("part_check", "xem-lai/", answers.part_check, False),
    ("part_receipt", "bien-nhan/<slug:sent>/", receipts.part_receipt, True),
    ("part_picture", "bien-nhan/<slug:sent>/anh/", receipts.part_picture, True),
    ("part_word", "bien-nhan/<slug:sent>/word/", receipts.part_word, True),
]
"""The pages of what a body hands in: name, the end of the address, page, whether it only reads what was sent."""

link_urls = [
    path("phan-nop/<str:token>/chi-tieu/", by_link(targets.part_targets), name="link_targets"),
    path("phan-nop/<str:token>/chi-tieu/<slug:file>/", by_link(targets.part_evidence), name="link_evidence"),
]
"""Through the link alone: by account the targets of a plan are reported on a page of their own."""

part_urls = [
    one
    for name, end, page, reads in PART_PAGES
    for one in (
        path(
            f"lam-viec/dot/<slug:round_code>/phan/<slug:code>/{end}",
            by_account(page, reads=reads),
            name=name,
        ),
        path(
            f"phan-nop/<str:token>/{end}",
            by_link(page, reads=reads or name == "part_file"),  # the files of a receipt outlive its round
            name=name.replace("part", "link", 1),
        ),
    )
]

round_urls = [
    path("lam-viec/dot/", rounds.RoundList.as_view(), name="round_list"),
    path("lam-viec/dot/excel/", rounds.RoundFile.as_view(), name="round_excel"),
    path("lam-viec/dot/nhap/", rounds.enter_round, name="enter_round"),
    path("lam-viec/dot/<slug:code>/", rounds.BoardList.as_view(), name="round_board"),
    path("lam-viec/dot/<slug:code>/excel/", rounds.BoardFile.as_view(), name="board_excel"),
    path("lam-viec/dot/<slug:code>/cong-van/", rounds.round_letter, name="round_letter"),
    path("lam-viec/dot/<slug:code>/sua/", rounds.edit_round, name="edit_round"),
    path("lam-viec/dot/<slug:code>/mo/", rounds.open_round, name="open_round"),
    path("lam-viec/dot/<slug:code>/dong/", rounds.close_round, name="close_round"),
    path("lam-viec/dot/<slug:code>/mo-lai/", rounds.reopen_round, name="reopen_round"),
    path("lam-viec/dot/<slug:code>/bo/", rounds.drop_round, name="drop_round"),
    path("lam-viec/dot/<slug:code>/lien-ket/", rounds.give_links, name="give_links"),
    path("lam-viec/dot/<slug:code>/nhan/", rounds.accept_duties, name="accept_duties"),
    path("lam-viec/dot/phan/<slug:code>/", duties.duty_record, name="duty_record"),
    path("lam-viec/dot/phan/<slug:code>/nhan/", duties.accept_duty, name="accept_duty"),
    path("lam-viec/dot/phan/<slug:code>/tra-lai/", duties.return_duty, name="return_duty"),
    path("lam-viec/dot/phan/<slug:code>/mien/", duties.waive_duty, name="waive_duty"),
    path("lam-viec/dot/phan/<slug:code>/bo-mien/", duties.unwaive_duty, name="unwaive_duty"),
    path("lam-viec/dot/phan/<slug:code>/lien-ket/", duties.give_link, name="give_link"),
    path("lam-viec/dot/phan/<slug:code>/thu-hoi/", duties.withdraw_link, name="withdraw_link"),
]

urlpatterns = [*link_urls, *part_urls, *round_urls, *public_urls, *staff_urls, *verb_paths, *reading_urls]
