"""Joining duplicates and ending bodies: what moves, what is refused, and that one act takes it back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.actions.documents import PartnerEntry
from portal.actions.merging import merge
from portal.actions.records import NotNow
from portal.actions.registers import add_organizations, end_body, free_slug, rebuild_reach
from portal.actions.undoing import undo
from portal.models import (
    Act,
    Citation,
    Document,
    Membership,
    Merger,
    Organization,
    OrganizationName,
    Partner,
    Person,
    Position,
    Reach,
    Role,
    SearchText,
    Signature,
    Source,
    SourceUse,
    Subordination,
    Succession,
    User,
    Verb,
)
from programs import actions
from programs.models import Program
from tests.cast import join, make_entry, make_program, make_user
from tests.clean_up import assert_fit, pages_of


@pytest.fixture
def double(cast):
    """The partner entered a second time, with a programme, a clerk, a name and a superior."""
    body = add_organizations(["Ủy ban nhân dân P. Ba Đình"], by=None, note="nhập từ bản giấy")[0]
    Subordination.objects.create(organization=body, superior=cast.superior)
    OrganizationName.objects.create(organization=body, name="UBND P. Ba Đình")
    cast.people["vui"] = make_user("vui")
    join(cast.vui, body, Role.CLERK)
    rebuild_reach()
    return body


def merge_into(cast, kept, gone, **how):
    return merge(kept, gone, by=cast.quy, reason="nhập hai lần", **how)


def everything():
    """What every kept row of the merged models holds, to compare before and after."""
    models = (Organization, OrganizationName, Partner, Subordination, Membership, Succession, Signature, Position,
              Person, Document, Citation, SourceUse)  # fmt: skip
    found = {}
    for model in models:
        columns = [field.attname for field in model._meta.concrete_fields]
        found[model] = sorted(map(repr, model.objects.values_list(*columns)))
    derived = ("parties_label", "search_text", "circle_id", "sides_id", "keeper_id", "document_id")
    found[Program] = sorted(map(repr, Program.objects.values_list(*derived)))
    found[Reach] = sorted(Reach.objects.values_list("reader_id", "body_id", "relation"))
    return found


def reads(user, program):
    return Program.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=program.pk).exists()


# --- bodies


def test_everything_of_a_double_body_moves_and_comes_back(cast, double):
    sides = [PartnerEntry(1, cast.ours), PartnerEntry(2, double)]
    program = make_program(cast, "approved", partners=sides)
    own = actions.save_program(None, make_entry(cast), by=cast.vui, keeper=double)
    before, slug, acts = everything(), double.slug, Act.objects.count()
    assert reads(cast.vui, program) and not reads(cast.phuc, program)

    act = merge_into(cast, cast.partner, double, take=["note"])

    assert Act.objects.count() == acts + 1
    assert (act.verb, act.reason, act.record_code) == (Verb.MERGE, "nhập hai lần", cast.partner.code)
    assert not Organization.objects.filter(slug=slug).exists()
    program.refresh_from_db()
    own.refresh_from_db()
    assert own.keeper == cast.partner
    assert program.parties_label == "Ban Dân vận Đảng ủy phường Ba Đình và UBND phường Ba Đình"
    assert program.circle.bodies == sorted([cast.ours.pk, cast.partner.pk])
    cast.partner.refresh_from_db()
    assert cast.partner.note == "nhập từ bản giấy"
    assert {name.name for name in cast.partner.other_names.all()} == {
        "Ủy ban nhân dân P. Ba Đình", "UBND P. Ba Đình",
    }  # fmt: skip
    assert reads(cast.vui, program) and reads(cast.phuc, program)
    partner = program.document.partners.get(organization=cast.partner)
    assert partner.history.first().act == act

    undo(act, by=cast.quy)

    assert everything() == before
    assert Act.objects.count() == acts + 2
    assert Act.objects.first().verb == Verb.RESTORE
    assert reads(cast.vui, program) and not reads(cast.phuc, program)
    with pytest.raises(NotNow):
        undo(act, by=cast.quy)


def test_the_old_address_leads_on_for_good(cast, double, client):
    make_program(cast, "published", partners=[PartnerEntry(1, cast.ours), PartnerEntry(2, double)])
    old, third = double.slug, add_organizations(["UBND Ba Đình"], by=None)[0]
    act = merge_into(cast, cast.partner, double)
    moved = client.get(reverse("portal:body_page", args=[old]))
    assert (moved.status_code, moved["Location"]) == (
        301,
        reverse("portal:body_page", args=[cast.partner.slug]),
    )
    assert free_slug("Ủy ban nhân dân P. Ba Đình") == f"{old}-2"
    merge_into(cast, third, Organization.objects.get(pk=cast.partner.pk))
    moved = client.get(reverse("portal:body_page", args=[old]))
    assert moved["Location"] == reverse("portal:body_page", args=[third.slug])
    with pytest.raises(NotNow):
        undo(act, by=cast.quy)  # what it moved has moved again
    undo(Act.objects.filter(verb=Verb.MERGE).first(), by=cast.quy)
    undo(act, by=cast.quy)
    assert client.get(reverse("portal:body_page", args=[old])).status_code == 200
    assert not Merger.objects.exists()


def test_both_on_one_side_of_a_paper_become_one(cast, double):
    double_side = [PartnerEntry(1, cast.ours), PartnerEntry(2, cast.partner), PartnerEntry(2, double)]
    program = make_program(cast, partners=double_side)
    Partner.objects.filter(organization=double).update(focal_room="Văn phòng")
    before = everything()
    act = merge_into(cast, cast.partner, double)
    stays = program.document.partners.get(organization=cast.partner)
    assert (program.document.partners.count(), stays.focal_room) == (2, "Văn phòng")
    undo(act, by=cast.quy)
    assert everything() == before


def test_what_shows_two_bodies_is_refused_with_a_sentence(cast, double):
    sides = [PartnerEntry(1, double), PartnerEntry(2, cast.partner)]
    program = make_program(cast, partners=sides)
    before = everything()
    with pytest.raises(NotNow, match="hai bên khác nhau"):
        merge_into(cast, cast.partner, double)
    program.delete()
    program.document.delete()
    for link in (
        lambda: Subordination.objects.create(organization=cast.partner, superior=double),
        lambda: Succession.objects.create(predecessor=double, successor=cast.partner, kind="renamed"),
    ):
        row = link()
        with pytest.raises(NotNow, match="đang nối với nhau"):
            merge_into(cast, cast.partner, double)
        row.delete()
    assert before[Organization] == everything()[Organization]
    assert not Act.objects.filter(verb=Verb.MERGE).exists()


def test_an_act_whose_rows_were_changed_since_is_not_taken_back(cast, double):
    act = merge_into(cast, cast.partner, double)
    member = Membership.objects.get(user=cast.vui)
    member.organization = cast.neighbour
    member.save()
    with pytest.raises(NotNow, match="đã được sửa"):
        undo(act, by=cast.quy)
    assert Merger.objects.exists() and not Organization.objects.filter(pk=double.pk).exists()


# --- persons and papers


def test_persons_with_the_same_post_become_one(cast, rows):
    one, other = Person.objects.create(name="Lê Thị Ánh"), Person.objects.create(name="Le Thi Anh", note="x")
    for person in (one, other):
        Position.objects.create(person=person, organization=cast.ours, title="Trưởng ban")
    Position.objects.create(person=other, organization=cast.ours, title="Phó trưởng ban")
    paper = rows.of(Document)
    for person in (one, other):
        Signature.objects.create(document=paper, person=person, capacity="Trưởng ban")
    before = everything()
    act = merge_into(cast, one, other, take=["name"])
    one.refresh_from_db()
    assert (one.name, one.folded) == ("Le Thi Anh", "le thi anh")
    assert sorted(one.positions.values_list("title", flat=True)) == ["Phó trưởng ban", "Trưởng ban"]
    assert paper.signatures.get().person == one
    undo(act, by=cast.quy)
    assert everything() == before


def test_papers_are_joined_with_what_cites_and_proves_them(cast, rows):
    kept, gone = rows.of(Document), rows.of(Document)
    gone.number = "07-CTr/BDV"
    gone.save()
    source = rows.of(Source)
    for paper in (kept, gone):
        SourceUse.objects.create(document=paper, source=source)
    citing = rows.of(Citation, cited=gone)
    program = make_program(cast, "approved")
    before = everything()
    act = merge_into(cast, kept, gone, take=["number"])
    kept.refresh_from_db()
    citing.refresh_from_db()
    assert (kept.number, kept.number_value, "07 ctr bdv" in kept.folded) == ("07-CTr/BDV", 7, True)
    assert (citing.cited, kept.source_uses.count()) == (kept, 1)
    undo(act, by=cast.quy)
    assert everything() == before
    version, old, gone = program.version, program.document_id, Document.objects.get(code=gone.code)
    act = merge_into(cast, gone, program.document)
    program.refresh_from_db()
    assert (program.document, program.version) == (gone, version + 1)
    with pytest.raises(NotNow, match="kế hoạch… riêng"):
        merge_into(cast, make_program(cast).document, gone)
    undo(act, by=cast.quy)
    program.refresh_from_db()
    assert (program.document.pk, program.document.partners.count()) == (old, 2)


# --- on the pages


def test_two_are_ticked_looked_at_and_joined(cast, double):
    quy = cast.client("quy")
    listed = pages_of(double)["list"]
    picked = {"action": "choose_to_merge", "_selected_action": [cast.partner.pk, double.pk]}
    one = quy.post(listed, picked | {"_selected_action": [double.pk]}, follow=True)
    assert "Chọn đúng hai bản nhập trùng" in one.content.decode()
    page = quy.post(listed, picked, follow=True)
    html = page.content.decode()
    assert_fit(html)
    assert "nhập từ bản giấy" in html and "(để trống)" in html
    address = page.redirect_chain[-1][0]
    choice = {"giu": cast.partner.pk, "lay-name": cast.partner.pk, "lay-abbreviation": cast.partner.pk}
    facts = {name: cast.partner.pk for name in page.context["form"].fields if name.startswith("lay-")}
    refused = quy.post(address, choice | facts)
    assert refused.status_code == 200 and Organization.objects.filter(pk=double.pk).exists()
    assert_fit(refused.content.decode())
    done = quy.post(address, choice | facts | {"lay-note": double.pk, "reason": "nhập hai lần"}, follow=True)
    assert "Đã gộp" in done.content.decode()
    cast.partner.refresh_from_db()
    assert (cast.partner.note, cast.partner.name) == ("nhập từ bản giấy", "UBND phường Ba Đình")
    journal = reverse("admin:portal_act_changelist")
    act = Act.objects.get(verb=Verb.MERGE)
    quy.post(journal, {"action": "undo_chosen", "_selected_action": [act.pk]})
    assert Organization.objects.filter(pk=double.pk).exists()


def test_bodies_end_with_their_heirs_and_rise_again(cast):
    program = make_program(cast, "approved")
    named = program.parties_label
    quy, today = cast.client("quy"), timezone.localdate()
    day = today.replace(year=today.year - 1)
    picked = {"action": "choose_to_end", "_selected_action": [cast.ours.pk, cast.partner.pk]}
    page = quy.post(pages_of(cast.ours)["list"], picked, follow=True)
    assert_fit(page.content.decode())
    address = page.redirect_chain[-1][0]
    data = {"last_day": f"{day.day}/{day.month}/{day.year}", "kind": "merged", "reason": "sắp xếp lại"}
    heirs = {f"ke-thua-{cast.ours.pk}": [cast.neighbour.pk]}
    assert not reads(cast.binh, program)
    done = quy.post(address, data | heirs, follow=True).content.decode()
    assert (
        f"{cast.ours.name}: kết thúc {day.day}/{day.month}/{day.year}; 1 văn bản nay do {cast.neighbour.name} phụ trách."
        in done
    )
    assert "chưa có cơ quan nào phụ trách" in done
    acts = Act.objects.filter(verb=Verb.END)
    assert sorted(act.record_code for act in acts) == sorted([cast.ours.code, cast.partner.code])
    program.refresh_from_db()
    assert (program.parties_label, program.parties_ended_on) == (named, day)
    assert reads(cast.binh, program)
    quy.post(
        reverse("admin:portal_act_changelist"),
        {"action": "undo_chosen", "_selected_action": [act.pk for act in acts]},
    )
    program.refresh_from_db()
    assert (program.parties_ended_on, reads(cast.binh, program)) == (None, False)
    assert not Succession.objects.exists()
    assert Act.objects.filter(verb=Verb.RESTORE).count() == 2


def test_a_living_body_does_not_take_the_words_of_an_end(cast, double):
    double.ended_on, double.ended_printed = timezone.localdate(), "nửa đầu năm 2025"
    double.save()
    merge_into(cast, cast.partner, double, take=["ended_printed"])
    cast.partner.refresh_from_db()
    assert (cast.partner.ended_on, cast.partner.ended_printed) == (None, "")


def test_a_body_that_ends_later_keeps_what_it_runs_until_then(cast):
    quy, today = cast.client("quy"), timezone.localdate()
    make_program(cast, "approved")
    cast.ours.ended_on, cast.ours.ended_printed = today - timedelta(days=1), "đầu năm"
    cast.ours.save()
    address = reverse("admin:portal_organization_end", query={"chon": [cast.ours.pk]})
    data = {"kind": "merged", "reason": "sắp xếp lại", f"ke-thua-{cast.ours.pk}": [cast.neighbour.pk]}
    said = {}
    for day in (today, today - timedelta(days=1)):
        typed = f"{day.day}/{day.month}/{day.year}"
        page = quy.post(address, data | {"last_day": typed}, follow=True).text
        said[day] = re.search(r"1 văn bản ([^.]+)\.", page)[1]
        body = cast.client("lan").get(f"/lam-viec/don-vi/{cast.ours.code}/").text
        ended = "sẽ kết thúc" if day == today else "đã kết thúc"
        assert f"Cơ quan này {ended} hoạt động ngày {typed}." in body
    assert list(said.values()) == [
        "vẫn do cơ quan này phụ trách đến hết ngày đó",
        f"nay do {cast.neighbour.name} phụ trách",
    ]


def test_the_administrator_of_a_body_joins_and_ends_only_inside(cast, double):
    cast.people["oanh"] = make_user("oanh")
    join(cast.oanh, cast.superior, Role.ADMINISTRATOR)
    oanh = cast.client("oanh")
    for page, pair in (("merge", (cast.ours, cast.partner)), ("end", (cast.partner,))):
        address = reverse(f"admin:portal_organization_{page}", query={"chon": [one.pk for one in pair]})
        assert oanh.get(address).status_code == 404
    inside = reverse("admin:portal_organization_merge", query={"chon": [cast.ours.pk, double.pk]})
    assert oanh.get(inside).status_code == 200
    act = end_body(cast.partner, last_day=timezone.localdate(), heirs=[], by=cast.quy)
    oanh.post(reverse("admin:portal_act_changelist"), {"action": "undo_chosen", "_selected_action": [act.pk]})
    assert Organization.objects.get(pk=cast.partner.pk).ended_on is not None


def test_a_record_that_went_meanwhile_is_not_joined_again(cast, double):
    opened = Organization.objects.get(pk=double.pk)
    merge_into(cast, cast.partner, double)
    with pytest.raises(NotNow, match="vừa được gộp"):
        merge_into(cast, cast.neighbour, opened)


def test_bodies_that_end_together_do_not_pass_into_each_other(cast):
    pair = [cast.ours, cast.neighbour]
    address = reverse("admin:portal_organization_end", query={"chon": [one.pk for one in pair]})
    heirs = {f"ke-thua-{one.pk}": [other.pk] for one, other in (pair, reversed(pair))}
    data = {"last_day": "1/2/2026", "kind": "merged", "reason": "sắp xếp lại"}
    answer = cast.client("quy").post(address, data | heirs)
    assert "cũng kết thúc trong lần này" in answer.text
    assert not Succession.objects.exists()


def test_a_paper_left_by_a_deleted_programme_is_joined_with_the_paper_of_another(cast):
    left, program = make_program(cast, title="Bản nhập nhầm"), make_program(cast, items=["Tiếp công dân"])
    paper, old = left.document, program.document
    left.delete()
    act = merge_into(cast, paper, Document.objects.get(pk=old.pk))
    assert ["tiep cong dan" in one.text for one in SearchText.objects.all()] == [True]
    undo(act, by=cast.quy)
    assert "tiep cong dan" in SearchText.objects.get(document=old).text
