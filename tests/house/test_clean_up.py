"""Every clean-up page of the house: it answers, costs the same at any number of rows, and saves what it shows."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AutocompleteMixin
from django.db import models

from portal.admin.small_registers import SmallRegisterAdmin
from portal.models import Act
from tests.clean_up import assert_fit, correct, costs, expected_status, pages_of

COSTS = {
    "portal.Act": {"list": 4, "change": 3},
    "portal.AdministrativeUnit": {"list": 5, "change": 5, "history": 5},
    "portal.Attachment": {"list": 4, "change": 3, "history": 5},
    "portal.Citation": {"list": 4, "change": 3, "history": 5},
    "portal.Document": {"list": 4, "change": 8, "history": 5},
    "portal.BodyGroup": {"list": 4, "change": 4, "history": 5},
    "portal.BodyGroupPart": {"list": 5, "change": 3, "history": 5},
    "portal.DocumentType": {"list": 4, "change": 3, "history": 5},
    "portal.Figure": {"list": 4, "change": 4, "history": 5},
    "portal.FigurePart": {"list": 4, "change": 3, "history": 5},
    "portal.Level": {"list": 4, "change": 3, "history": 5},
    "portal.Membership": {"list": 4, "change": 3, "history": 5},
    "portal.Organization": {"list": 6, "change": 8, "history": 5},
    "portal.OrganizationKind": {"list": 5, "change": 3, "history": 5},
    "portal.OrganizationName": {"list": 5, "change": 3, "history": 5},
    "portal.OutgoingLetter": {"list": 4, "change": 3},
    "portal.Partner": {"list": 4, "change": 3, "history": 5},
    "portal.Person": {"list": 4, "change": 4, "history": 5},
    "portal.Position": {"list": 4, "change": 3, "history": 5},
    "portal.RegisterStart": {"list": 4, "change": 3, "history": 5},
    "portal.Sector": {"list": 4, "change": 3, "history": 5},
    "portal.Signature": {"list": 4, "change": 3, "history": 5},
    "portal.Source": {"list": 4, "change": 3, "history": 5},
    "portal.SourceUse": {"list": 4, "change": 3, "history": 5},
    "portal.Subordination": {"list": 4, "change": 3, "history": 5},
    "portal.Succession": {"list": 4, "change": 3, "history": 5},
    "portal.Tag": {"list": 4, "change": 3, "history": 5},
    "portal.UnitSuccession": {"list": 4, "change": 3, "history": 5},
    "portal.User": {"list": 4, "change": 4},
    "portal.WordTemplate": {"list": 4, "change": 3, "history": 5},
    "portal.WorkingCopy": {"list": 4, "change": 3},
    "portal.YearConfirmation": {"list": 4, "change": 3, "history": 5},
    "portal.YearEdition": {"list": 4, "change": 3},
    "portal.YearRequest": {"list": 4, "change": 3},
    "programs.Amendment": {"list": 4, "change": 3, "history": 5},
    "programs.ContentItem": {"list": 4, "change": 4, "history": 5},
    "programs.ItemBody": {"list": 4, "change": 3, "history": 5},
    "programs.Plan": {"list": 4, "change": 5, "history": 5},
    "programs.PlanItem": {"list": 4, "change": 4, "history": 5},
    "programs.PlanItemBody": {"list": 4, "change": 3, "history": 5},
    "programs.Program": {"list": 4, "change": 5, "history": 5},
    "programs.ProgramTag": {"list": 5, "change": 3, "history": 5},
    "programs.Review": {"list": 4, "change": 5, "history": 5},
    "programs.ReviewItem": {"list": 4, "change": 3, "history": 5},
    "programs.ReviewText": {"list": 4, "change": 3, "history": 5},
    "programs.Duty": {"list": 4, "change": 3, "history": 5},
    "programs.Round": {"list": 4, "change": 4, "history": 5},
    "programs.Submission": {"list": 4, "change": 3, "history": 5},
    "programs.Target": {"list": 4, "change": 4, "history": 5},
    "programs.TargetBody": {"list": 4, "change": 3, "history": 5},
    "programs.TargetEvidence": {"list": 4, "change": 3, "history": 5},
    "programs.TargetReport": {"list": 4, "change": 4, "history": 5},
    "meetings.AgendaItem": {"list": 4, "change": 3, "history": 5},
    "meetings.Answer": {"list": 4, "change": 3, "history": 5},
    "meetings.Assignment": {"list": 4, "change": 3, "history": 5},
    "meetings.Directive": {"list": 4, "change": 5, "history": 5},
    "meetings.DirectiveAddressee": {"list": 4, "change": 3, "history": 5},
    "meetings.DirectiveSpeaker": {"list": 4, "change": 3, "history": 5},
    "meetings.Meeting": {"list": 5, "change": 8, "history": 5},
    "meetings.MeetingKind": {"list": 4, "change": 3, "history": 5},
    "meetings.MeetingKindLink": {"list": 5, "change": 3, "history": 5},
    "meetings.MeetingPaper": {"list": 4, "change": 4, "history": 5},
    "meetings.MeetingRole": {"list": 4, "change": 3, "history": 5},
    "meetings.MeetingSignature": {"list": 4, "change": 3, "history": 5},
    "meetings.Participation": {"list": 4, "change": 4, "history": 5},
    "meetings.ParticipationRole": {"list": 5, "change": 3, "history": 5},
    "meetings.Presentation": {"list": 4, "change": 3, "history": 5},
    "meetings.Task": {"list": 4, "change": 5, "history": 5},
    "meetings.TaskAddressee": {"list": 4, "change": 3, "history": 5},
}
"""Queries of the list, of a row's page and of its history."""
READ_ONLY = {
    "portal.Act",
    "portal.OutgoingLetter",
    "portal.WorkingCopy",
    "portal.YearEdition",
    "portal.YearRequest",
}


def models_shown():
    """Every model that has a clean-up page, by its label."""
    return {model._meta.label: model for model in admin.site._registry}


def test_every_page_of_the_clean_up_is_measured():
    assert sorted(COSTS) == sorted(models_shown())


@pytest.mark.parametrize("label", COSTS)
def test_every_page_answers(label, rows, quy):
    row = rows.of(models_shown()[label])
    rows.parts(row)
    for name, status in expected_status(row).items():
        answer = quy.get(pages_of(row)[name])
        assert (name, answer.status_code) == (name, status)
        if status == 200:
            assert_fit(answer.content.decode())


@pytest.mark.parametrize("label", COSTS)
def test_rows_cost_no_queries(label, rows, quy):
    assert costs(rows, models_shown()[label], quy) == COSTS[label]


@pytest.mark.parametrize("label", sorted(set(COSTS) - READ_ONLY))
def test_what_is_shown_can_be_saved_as_it_is(label, rows, quy):
    row = rows.of(models_shown()[label])
    rows.parts(row)
    made = Act.objects.count()
    assert correct(quy, row).status_code == 302
    assert Act.objects.count() == made


def test_no_field_of_a_form_lists_a_register_whole(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    looked_at, listed = 0, []
    for model, page in admin.site._registry.items():
        if not page.has_change_permission(request):
            continue
        parts = [part.get_formset(request).form for part in page.get_inline_instances(request)]
        for form in (page.get_form(request), *parts):
            for name, field in form.base_fields.items():
                if isinstance(field, forms.ModelChoiceField):
                    looked_at += 1
                    widget = getattr(field.widget, "widget", field.widget)
                    if not isinstance(widget, AutocompleteMixin):
                        listed.append(f"{model.__name__}: {form._meta.model.__name__}.{name}")
    assert (listed, looked_at > 50) == ([], True)


def test_every_list_has_columns_a_search_and_filters_or_says_why_not():
    lacking = []
    for model, page in admin.site._registry.items():
        has = {
            "columns": tuple(page.list_display) != ("__str__",),
            "search": bool(page.folded_columns + page.plain_columns),
            "filters": bool(page.list_filter or page.unfiltered),
        }
        lacking += [(model._meta.label, what) for what, there in has.items() if not there]
    assert lacking == []


def reads_a_table(model, item):
    """Whether a filter's choices are read from a table that grows: a register of papers, bodies, people; any column."""
    if isinstance(item, tuple):
        return item[1] is not admin.EmptyFieldListFilter
    if not isinstance(item, str):
        return False  # brings its own
    field = get_fields_from_path(model, item)[-1]
    if field.is_relation:
        return not isinstance(admin.site._registry.get(field.related_model), SmallRegisterAdmin)
    return not (field.flatchoices or isinstance(field, models.BooleanField | models.DateField))


def test_no_filter_reads_a_table_for_its_choices():
    filters = [(model, one) for model, page in admin.site._registry.items() for one in page.list_filter]
    assert [(model._meta.label, one) for model, one in filters if reads_a_table(model, one)] == []


@pytest.mark.parametrize("label", COSTS)
def test_every_filter_is_answered(label, rows, quy):
    place = pages_of(rows.of(models_shown()[label]))["list"]
    page = quy.get(place).context["cl"]
    for spec in page.filter_specs:
        *_, last = spec.choices(page)
        answer = quy.get(f"{place}{last['query_string']}")
        assert (spec.title, answer.status_code) == (spec.title, 200)
        assert_fit(answer.content.decode())


def test_words_that_are_nowhere_find_nothing(rows, quy):
    for model in models_shown().values():
        rows.of(model)
        page = quy.get(pages_of(model.objects.first())["list"], {"q": "khongcodau zz"})
        assert (model, list(page.context["cl"].result_list)) == (model, [])


@pytest.mark.parametrize("typed", ["???", "%", "a" * 500, "\x00", "' OR 1=1", "  "])
def test_odd_words_are_answered(typed, rows, quy):
    for model in models_shown().values():
        assert quy.get(pages_of(rows.of(model))["list"], {"q": typed}).status_code in {200, 302}
