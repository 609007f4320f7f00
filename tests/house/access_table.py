"""The access table: every address × every kind of person, and what each is answered.

A row is an address, how it is asked, the record it is tried on, and the answers in the order of
:data:`PEOPLE`. Programmes ``draft``, ``waiting``, ``approved`` and ``published`` are kept by our
body and signed with its partner; so are the plans, amendments and reviews of the same names. For a visitor
302 is the way to the sign-in page, for who starts a paper the address of that one, and 401 a form that travels through it.
422 is the form again with what is missing. An address without a row for reading, or for sending, refuses it to everybody;
``test_access.py`` holds that, and the rule of the clean-up under ``/admin/``.
"""

PEOPLE = (
    "visitor",
    "mai",  # unit of our body
    "lan",  # clerk of our body
    "binh",  # a neighbour body's clerk
    "phuc",  # the partner's clerk
    "thu",  # a clerk of the superior body
    "hung",  # approver of our body
    "dung",  # holds the approver's delegation for some days
    "kien",  # inspects our body's years 2019 to 2022
    "quy",  # administrator of the site
    "oanh",  # administrator of our body
)
LINKED = "unit link"
"""Who holds a unit's link and opened it: to them every row answers as to a visitor, who may hold it too."""

#                  visitor unit clerk neighbour partner superior approver delegate inspector admin oanh
ANYONE = "             200  200   200       200     200      200      200      200       200   200   200"
STAYS = "              204  204   204       204     204      204      204      204       204   204   204"
NOBODY = "             404  404   404       404     404      404      404      404       404   404   404"
SIGNED_IN = "          302  200   200       200     200      200      200      200       200   200   200"
WRITERS = "            302  403   200       200     200      200      200      403       403   403   403"
START = "              302  403   302       302     302      302      302      403       403   403   403"
OWN_DRAFT = "          302  404   200       404     404      404      200      200       404   200   200"
WITHIN_REACH = "       302  200   200       404     200      200      200      200       200   200   200"
FOLLOW_TASK = "        401  403   302       404     403      403      302      403       403   403   403"
EDIT_DRAFT = "         302  404   200       404     404      404      200      403       404   403   403"
EDIT_APPROVED = "      302  403   200       404     403      403      200      403       403   403   403"
DECIDE = "             302  404   403       404     404      404      200      200       404   403   403"
DECIDE_APPROVED = "    302  403   403       404     403      403      200      200       403   403   403"
DECIDE_PUBLISHED = "   302  403   403       403     403      403      200      200       403   403   403"
DO_WRITE = "           401  404   302       404     404      404      302      403       404   403   403"
SEND_DRAFT = "         401  404   422       404     404      404      422      403       404   403   403"
SEND_APPROVED = "      401  403   422       404     403      403      422      403       403   403   403"
SEND_DECIDED = "       401  403   403       404     403      403      422      422       403   403   403"
SEND_PUBLISHED = "     401  403   403       403     403      403      422      422       403   403   403"
DO_START = "           401  403   302       302     302      302      302      403       403   403   403"
DO_DECIDE = "          401  404   403       404     404      404      302      302       404   403   403"
READ_BOARD = "         302  200   200       404     404      200      200      200       404   200   200"
READ_DUTY = "          302  200   200       404     200      200      200      200       404   200   200"
DO_KEEP_ROUND = "      401  403   302       404     404      403      302      403       404   403   403"
DO_KEEP_DUTY = "       401  403   302       404     403      403      302      403       404   403   403"
CONFIRM = "            401  403   403       403     403      403      302      403       403   403   403"
DO_PUBLISH = "         401  403   403       404     403      403      302      302       403   403   403"

READ_SENT = "          302  200   200       404     200      200      200      200       404   200   200"
HANDS_IN = "           302  403   403       404     200      403      403      403       404   403   403"

PAGES = {
    ("portal:home", "get", ""): ANYONE,
    ("portal:search", "get", ""): ANYONE,
    ("portal:body_list", "get", ""): ANYONE,
    ("portal:body_excel", "get", ""): ANYONE,
    ("portal:body_page", "get", "ours"): ANYONE,
    ("portal:body_page", "get", "neighbour"): NOBODY,
    ("portal:document_list", "get", ""): ANYONE,
    ("portal:document_excel", "get", ""): ANYONE,
    ("portal:document_page", "get", "public paper"): ANYONE,
    ("portal:document_page", "get", "cited in public"): ANYONE,
    ("portal:document_page", "get", "cited in a draft"): NOBODY,
    ("portal:document_page", "get", "published paper"): ANYONE,
    ("portal:document_page", "get", "approved paper"): NOBODY,
    ("portal:staff_search", "get", ""): SIGNED_IN,
    ("portal:staff_body_list", "get", ""): SIGNED_IN,
    ("portal:staff_body_excel", "get", ""): SIGNED_IN,
    ("portal:staff_body_page", "get", "neighbour"): SIGNED_IN,
    ("portal:staff_document_list", "get", ""): SIGNED_IN,
    ("portal:staff_document_excel", "get", ""): SIGNED_IN,
    ("portal:staff_document_page", "get", "public paper"): SIGNED_IN,
    ("portal:staff_document_page", "get", "cited in public"): SIGNED_IN,
    ("portal:staff_document_page", "get", "cited in a draft"): OWN_DRAFT,
    ("portal:staff_document_page", "get", "draft paper"): OWN_DRAFT,
    ("portal:staff_document_page", "get", "approved paper"): WITHIN_REACH,
    ("portal:year_index", "get", ""): ANYONE,
    ("portal:staff_year_index", "get", ""): SIGNED_IN,
    ("portal:staff_year_coverage", "get", "2022"): SIGNED_IN,
    ("portal:staff_year_close", "post", "2022"): """
                       401  403   403       403     403      403      302      302       403   403   403""",
    # Of a year nobody closed: who may close it finds no edition.
    ("portal:staff_year_publish", "post", "2022"): """
                       401  403   403       403     403      403      404      404       403   403   403""",
    ("portal:staff_year_withdraw", "post", "2022"): """
                       401  403   403       403     403      403      404      404       403   403   403""",
    ("portal:staff_year_ask", "post", "2022"): DO_START,
    ("portal:confirm_year", "get", "2022"): WRITERS,
    ("portal:keep_year_registers", "post", "2022"): DO_START,
    ("portal:confirm_the_year", "post", "2022"): CONFIRM,
    ("portal:take_back_the_year", "post", "2022"): CONFIRM,
    ("portal:about", "get", ""): ANYONE,
    ("portal:contact", "get", ""): ANYONE,
    ("portal:help", "get", ""): ANYONE,
    ("portal:privacy", "get", ""): ANYONE,
    ("portal:healthz", "get", ""): ANYONE,
    ("portal:rest", "post", ""): STAYS,
    ("portal:sign_in", "get", ""): """
                       200  302   302       302     302      302      302      302       302   302   302""",
    ("portal:sign_in", "post", ""): ANYONE,
    ("portal:sign_out", "post", ""): """
                       302  302   302       302     302      302      302      302       302   302   302""",
    ("portal:serve_file", "get", "public file"): ANYONE,
    ("portal:serve_file", "get", "parties file"): """
                       404  200   200       404     200      200      200      200       200   200   200""",
    ("portal:serve_file", "get", "inside file"): """
                       404  404   200       404     404      404      200      200       404   200   200""",
    ("portal:serve_file", "get", "staged file"): """
                       404  404   200       404     404      404      404      404       404   200   404""",
    ("portal:desk", "get", ""): SIGNED_IN,
    ("portal:enter", "get", ""): WRITERS,
    ("portal:suggest", "get", "co-quan"): SIGNED_IN,
    ("portal:suggest", "get", "chuong-trinh"): SIGNED_IN,
    ("portal:autosave", "post", ""): """
                       401  403   200       200     200      200      200      403       403   403   403""",
    ("portal:drop_autosave", "get", "autosave"): """
                       302  404   200       404     404      404      404      404       404   404   404""",
    ("portal:drop_autosave", "post", "autosave"): """
                       401  404   302       404     404      404      404      404       404   404   404""",
    ("portal:upload_file", "post", ""): """
                       401  403   400       400     400      400      400      403       403   403   403""",
    ("portal:gallery", "get", ""): SIGNED_IN,
    ("portal:consultation", "get", "consultation"): """
                       302  404   200       404     200      404      200      200       404   200   200""",
    ("portal:consultation", "post", "consultation"): """
                       401  404   404       404     302      404      404      404       404   404   404""",
    ("portal:end_consultation", "post", "consultation"): """
                       401  404   302       404     404      404      302      403       404   403   403""",
    ("portal:delegations", "get", ""): """
                       302  403   403       403     403      403      200      403       403   403   403""",
    ("portal:delegations", "post", ""): """
                       401  403   403       403     403      403      422      403       403   403   403""",
    ("portal:end_delegation", "post", "delegation"): """
                       401  403   403       403     403      403      302      403       403   403   403""",
    ("programs:program_list", "get", ""): ANYONE,
    ("programs:program_excel", "get", ""): ANYONE,
    ("programs:program_page", "get", "published"): ANYONE,
    ("programs:amendment_page", "get", "published"): ANYONE,
    ("programs:plan_list", "get", ""): ANYONE,
    ("programs:plan_excel", "get", ""): ANYONE,
    ("programs:plan_page", "get", "published"): ANYONE,
    ("programs:review_list", "get", ""): ANYONE,
    ("programs:review_excel", "get", ""): ANYONE,
    ("programs:review_page", "get", "published"): ANYONE,
    ("meetings:meeting_list", "get", ""): ANYONE,
    ("meetings:meeting_page", "get", "published"): ANYONE,
    ("meetings:meeting_calendar", "get", "coming"): ANYONE,
    ("meetings:calendar_of_meeting", "get", "coming"): SIGNED_IN,
    ("meetings:staff_meeting_list", "get", ""): SIGNED_IN,
    ("meetings:task_list", "get", ""): SIGNED_IN,
    ("meetings:task_excel", "get", ""): SIGNED_IN,
    # A task our body follows and its partner has to answer: "task" waits for the answer, "answered" for a look.
    ("meetings:task_record", "get", "task"): WITHIN_REACH,
    ("meetings:task_whole", "get", "task"): WITHIN_REACH,
    ("meetings:task_record", "post", "task"): """
                       401  403   403       404     302      403      403      403       403   403   403""",
    ("meetings:task_accept", "post", "answered"): FOLLOW_TASK,
    ("meetings:task_return", "post", "answered"): FOLLOW_TASK,
    ("meetings:task_stop", "post", "task"): FOLLOW_TASK,
    ("meetings:task_assign", "get", "saying of a draft"): EDIT_DRAFT,
    ("meetings:task_assign", "get", "saying"): EDIT_APPROVED,
    ("meetings:task_assign", "post", "saying"): SEND_APPROVED,
    ("meetings:guests_of_meeting", "get", "draft"): OWN_DRAFT,
    ("meetings:guests_of_meeting", "get", "published"): WITHIN_REACH,
    ("meetings:guests_of_meeting", "post", "draft"): SEND_DRAFT,
    ("meetings:mark_guest_of_meeting", "post", "draft"): DO_WRITE,
    ("meetings:invitations_of_meeting", "get", "draft"): """
                       302  404   302       404     404      404      302      403       404   403   403""",
    ("meetings:mark_guest_of_meeting", "post", "published"): """
                       401  403   302       404     403      403      302      403       403   403   403""",
    ("meetings:staff_meeting_excel", "get", ""): SIGNED_IN,
    ("meetings:meeting_month", "get", ""): SIGNED_IN,
    ("meetings:meeting_excel", "get", ""): ANYONE,
    ("programs:staff_list", "get", ""): SIGNED_IN,
    ("programs:staff_excel", "get", ""): SIGNED_IN,
    ("programs:staff_plan_list", "get", ""): SIGNED_IN,
    ("programs:staff_plan_excel", "get", ""): SIGNED_IN,
    ("programs:staff_review_list", "get", ""): SIGNED_IN,
    ("programs:staff_review_excel", "get", ""): SIGNED_IN,
    ("programs:freeze_review", "get", "approved"): DECIDE_APPROVED,
    ("programs:freeze_review", "post", "approved"): """
                       401  403   403       404     403      403      422      422      403   403   403""",
    ("programs:propose_review", "post", ""): """
                       401  200   200       200     200      200      200      200       200   200   200""",
    ("programs:body_sheet", "get", "ours"): SIGNED_IN,
    ("programs:word_body_sheet", "get", "ours"): SIGNED_IN,
    ("programs:new_term", "get", "approved"): """
                       302  403   302       404     403      403      302      403       403   403   403""",
    # A target of an approved plan of ours that our own body reports.
    ("programs:target_record", "get", "target"): WITHIN_REACH,
    ("programs:target_excel", "get", "target"): WITHIN_REACH,
    ("programs:report_targets", "get", "target"): """
                       302  200   200       404     404      404      200      404       404   404   404""",
    ("programs:report_targets", "post", "target"): """
                       401  422   422       404     404      404      422      404       404   404   404""",
    ("programs:report_for_bodies", "get", "target"): EDIT_APPROVED,
    ("programs:report_for_bodies", "post", "target"): SEND_APPROVED,
    ("programs:state_target", "get", "target"): EDIT_APPROVED,
    ("programs:state_target", "post", "target"): SEND_APPROVED,
    ("programs:terminate_program", "get", "approved"): DECIDE_APPROVED,
    ("programs:terminate_program", "post", "approved"): SEND_DECIDED,
    ("programs:terminate_plan", "get", "approved"): DECIDE_APPROVED,
    ("programs:terminate_plan", "post", "approved"): SEND_DECIDED,
    ("portal:suggest", "get", "ke-hoach"): SIGNED_IN,
    ("programs:propose", "post", ""): """
                       401  200   200       200     200      200      200      200       200   200   200""",
    ("programs:propose_plan", "post", ""): """
                       401  200   200       200     200      200      200      200       200   200   200""",
}

# What our body asked its partner for: "part" is being written, "sent part" was handed in; both have a link.
PAGES |= {
    ("programs:part", "get", "part"): HANDS_IN,
    ("programs:part", "post", "part"): """
                       401  403   403       404     422      403      403      403       404   403   403""",
    ("programs:part_keep", "post", "part"): """
                       401  403   403       404     409      403      403      403       404   403   403""",
    ("programs:part_upload", "post", "part"): """
                       401  403   403       404     400      403      403      403       404   403   403""",
    ("programs:part_file", "get", "part"): HANDS_IN,
    ("programs:part_check", "get", "part"): HANDS_IN,
    ("programs:part_check", "post", "part"): """
                       401  403   403       404     422      403      403      403       404   403   403""",
    ("programs:link", "get", "part"): ANYONE,
    ("programs:link", "post", "part"): """
                       422  422   422       422     422      422      422      422       422   422   422""",
    ("programs:link_keep", "post", "part"): """
                       409  409   409       409     409      409      409      409       409   409   409""",
    ("programs:link_upload", "post", "part"): """
                       400  400   400       400     400      400      400      400       400   400   400""",
    ("programs:link_file", "get", "part"): ANYONE,
    ("programs:link_check", "get", "part"): ANYONE,
    ("programs:link_check", "post", "part"): """
                       422  422   422       422     422      422      422      422       422   422   422""",
    ("programs:link_targets", "get", "part"): NOBODY,  # its round is about no plan
    ("programs:link_targets", "post", "part"): NOBODY,
    ("programs:link_evidence", "get", "part"): NOBODY,
    ("programs:link", "get", "part that ended"): """
                       410  410   410       410     410      410      410      410       410   410   410""",
    ("programs:link", "get", "no part"): NOBODY,
}
for name in ("receipt", "picture", "word"):
    PAGES |= {
        (f"programs:part_{name}", "get", "sent part"): READ_SENT,
        (f"programs:link_{name}", "get", "sent part"): ANYONE,
    }
# Rounds of our body: "round" is open and asks the partner and the neighbour; "duty" and "handed in" are the partner's.
PAGES |= {
    ("programs:round_list", "get", ""): SIGNED_IN,
    ("programs:round_excel", "get", ""): SIGNED_IN,
    ("programs:enter_round", "get", ""): WRITERS,
    ("programs:enter_round", "post", ""): """
                       401  403   422       422     422      422      422      403       403   403   403""",
    ("programs:round_board", "get", "round"): READ_BOARD,
    ("programs:round_board", "get", "prepared round"): OWN_DRAFT,
    ("programs:board_excel", "get", "round"): READ_BOARD,
    ("programs:round_letter", "get", "round"): READ_BOARD,
    ("programs:edit_round", "get", "prepared round"): EDIT_DRAFT,
    ("programs:edit_round", "post", "prepared round"): SEND_DRAFT,
    ("programs:open_round", "post", "prepared round"): DO_WRITE,
    ("programs:drop_round", "post", "prepared round"): DO_WRITE,
    ("programs:close_round", "post", "round"): DO_KEEP_ROUND,
    ("programs:reopen_round", "post", "round"): DO_KEEP_ROUND,
    ("programs:give_links", "post", "round"): DO_KEEP_ROUND,
    ("programs:accept_duties", "post", "answered round"): DO_KEEP_ROUND,
    ("programs:duty_record", "get", "duty"): READ_DUTY,
    ("programs:duty_record", "get", "handed in"): READ_DUTY,
    ("programs:accept_duty", "post", "handed in"): DO_KEEP_DUTY,
    ("programs:return_duty", "post", "handed in"): DO_KEEP_DUTY,
    ("programs:waive_duty", "post", "duty"): DO_KEEP_DUTY,
    ("programs:unwaive_duty", "post", "duty"): DO_KEEP_DUTY,
    ("programs:give_link", "post", "duty"): DO_KEEP_DUTY,
    ("programs:withdraw_link", "post", "duty"): DO_KEEP_DUTY,
}
for name in ("page", "figures", "targets", "excel", "list", "list_excel"):
    PAGES |= {
        (f"portal:year_{name}", "get", "2022"): ANYONE,
        (f"portal:staff_year_{name}", "get", "2022"): SIGNED_IN,
    }

for name in ("word_guests", "minutes", "pack", "word_pack"):
    PAGES |= {
        (f"meetings:{name}_of_meeting", "get", "draft"): OWN_DRAFT,
        (f"meetings:{name}_of_meeting", "get", "published"): WITHIN_REACH,
    }

KINDS = {
    "program": "programs",
    "plan": "programs",
    "amendment": "programs",
    "review": "programs",
    "meeting": "meetings",
}
for kind, app in KINDS.items():
    PAGES |= {
        (f"{app}:{kind}_record", "get", "draft"): OWN_DRAFT,
        (f"{app}:{kind}_record", "get", "approved"): WITHIN_REACH,
        (f"{app}:{kind}_record", "get", "published"): SIGNED_IN,
        (f"{app}:enter_{kind}", "get", ""): START,
        (f"{app}:enter_{kind}", "post", ""): DO_START,
        (f"{app}:edit_{kind}", "get", "draft"): EDIT_DRAFT,
        (f"{app}:edit_{kind}", "post", "draft"): DO_WRITE,
        (f"{app}:edit_{kind}", "get", "approved"): EDIT_APPROVED,
        (f"{app}:edit_{kind}", "post", "approved"): SEND_APPROVED,
        (f"{app}:review_{kind}", "get", "waiting"): DECIDE,
        (f"{app}:paper_{kind}", "get", "waiting"): EDIT_DRAFT,
        (f"{app}:paper_{kind}", "post", "waiting"): SEND_DRAFT,
        (f"{app}:withdraw_{kind}", "get", "published"): DECIDE_PUBLISHED,
        (f"{app}:withdraw_{kind}", "post", "published"): SEND_PUBLISHED,
        (f"{app}:call_off_{kind}", "get", "approved"): DECIDE_APPROVED,
        (f"{app}:drop_{kind}", "get", "draft"): EDIT_DRAFT,
        (f"{app}:submit_{kind}", "post", "draft"): DO_WRITE,
        (f"{app}:recall_{kind}", "post", "waiting"): DO_WRITE,
        (f"{app}:drop_{kind}", "post", "draft"): DO_WRITE,
        (f"{app}:return_{kind}", "post", "waiting"): DO_DECIDE,
        (f"{app}:approve_{kind}", "post", "waiting"): DO_DECIDE,
        (f"{app}:publish_{kind}", "post", "approved"): DO_PUBLISH,
        (f"{app}:call_off_{kind}", "post", "approved"): DO_PUBLISH,
    }
    if app == "programs":
        PAGES |= {
            (f"programs:word_{kind}", "get", "draft"): OWN_DRAFT,
            (f"programs:word_{kind}", "get", "approved"): WITHIN_REACH,
            (f"programs:word_{kind}", "get", "published"): SIGNED_IN,
            (f"programs:consult_{kind}", "get", "draft"): EDIT_DRAFT,
            (f"programs:consult_{kind}", "post", "draft"): SEND_DRAFT,
        }


def answers(row: str) -> dict[str, int]:
    """A row of the table by person."""
    told = dict(zip(PEOPLE, (int(code) for code in row.split()), strict=True))
    return told | {LINKED: told["visitor"]}
