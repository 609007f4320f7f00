"""What proves a report of a target: files by account and through the link, opened by who reads the report alone."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.files import forget_stale
from portal.journal import journal_of
from portal.models import AdministrativeUnit, Attachment, Audience, Organization
from programs.actions import rounds
from programs.actions.rounds import RoundEntry
from programs.duty_links import link_of
from programs.models import Duty, Target, TargetEvidence, TargetReport
from tests.cast import Cast
from tests.programs.test_plan_targets import city
from tests.programs.test_plans import words
from tests.programs.test_target_reports import asking, ward

__all__ = ["city", "ward"]
pytestmark = pytest.mark.django_db
NOW = "2022-07-01 09:00 +0700"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


def pdf(name: str = "bien-ban.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 <</Type/Pages/Count 1>> %%EOF " + name.encode())


def posted(one: Target, body: Organization, **fields: Any) -> dict[str, Any]:
    """A report as the page posts it."""
    told = {"numerator": "9", "denominator": "10"} | fields
    return {"as_of": "30/6/2022"} | {f"{one.code}-{body.code}-{name}": value for name, value in told.items()}


def page_of(one: Target) -> str:
    return f"/lam-viec/ke-hoach/{one.plan.code}/bao-cao-chi-tieu/"


def status(cast: Cast, who: str | None, url: str) -> int:
    """How an address answers; a file is read to its end, so that it is closed."""
    answer = cast.client(who).get(url)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def opened_by(cast: Cast, file: Attachment) -> set[str | None]:
    """Who opens a file."""
    url = f"/tep/{file.code}/{file.name}"
    return {who for who in (None, *cast.people) if status(cast, who, url) == 200}


def linked(cast: Cast, one: Target, body: Organization) -> Duty:
    """The body's duty of an open round about the plan, with its link."""
    entry = RoundEntry("Báo cáo quý", date(2022, 7, 20), plan=one.plan, named=[body])
    current = rounds.open_round(rounds.save_round(None, entry, by=cast.lan, keeper=cast.ours), by=cast.lan)
    return rounds.give_link(current.duties.get(), by=cast.lan)


def test_files_prove_a_report_for_who_reads_it_and_nobody_else(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one, nhu = asking(cast, city), cast.client("nhu")
    assert (
        nhu.post(page_of(one), posted(one, ward, evidence="https://phuong.vn/12", files=[pdf()])).status_code
        == 302
    )
    (held,) = TargetEvidence.objects.select_related("file", "report")
    assert (held.report.words, held.file.name) == ("9/10", "bien-ban.pdf")
    assert opened_by(cast, held.file) == {"lan", "hung", "mai", "dung", "phuc", "thu", "kien", "quy", "nhu"}
    Target.objects.update(audience=Audience.BODY)
    assert opened_by(cast, held.file) == {"lan", "hung", "dung", "quy", "nhu"}
    Target.objects.update(audience=Audience.PUBLIC)
    address = f"/lam-viec/ke-hoach/{one.plan.code}/chi-tieu/{one.code}/"
    shown = cast.client("lan").get(address).text
    assert "UBND phường Một : 9/10, tính đến 30/6/2022" in words(shown)
    assert 'href="https://phuong.vn/12"' in shown and f"/tep/{held.file.code}/" in shown
    assert forget_stale(timezone.now() + timezone.timedelta(days=400)) == 0


def test_more_files_come_others_go_and_the_figures_keep_their_day(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one, nhu = asking(cast, city), cast.client("nhu")
    nhu.post(page_of(one), posted(one, ward, files=[pdf(), pdf("anh.pdf")]))
    gone = Attachment.objects.get(name="anh.pdf")
    again = posted(one, ward, files=[pdf("them.pdf")], dropped=[gone.code]) | {"as_of": "1/7/2022"}
    again |= dict(re.findall(r'name="([^"]*-luc-mo)" value="([^"]*)"', nhu.get(page_of(one)).text))
    assert nhu.post(page_of(one), again).status_code == 302
    told = TargetReport.objects.get()
    assert [file.name for file in told.evidence_files] == ["bien-ban.pdf", "them.pdf"]
    assert told.as_of == date(2022, 6, 30)


def test_a_file_refused_is_named_at_its_field_and_nothing_is_kept(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one = asking(cast, city)
    bad = SimpleUploadedFile("virus.pdf", b"MZ not a pdf")
    refused = cast.client("nhu").post(page_of(one), posted(one, ward, files=[pdf(), bad]))
    assert refused.status_code == 422
    assert "Tệp minh chứng" in (said := words(refused.text)) and "virus.pdf" in said
    assert not TargetReport.objects.exists() and not Attachment.objects.exists()


def test_a_unit_tells_targets_and_proves_them_through_its_link(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one = asking(cast, city)
    duty, visitor = linked(cast, one, ward), cast.client(None)
    link = link_of(duty)
    assert f'href="{link}chi-tieu/"' in visitor.get(link).text
    nameless = visitor.post(f"{link}chi-tieu/", posted(one, ward, files=[pdf()]))
    assert (nameless.status_code, "Ghi họ tên người nộp." in nameless.text) == (422, True)
    named = posted(one, ward, files=[pdf()]) | {"sender_name": "Bà Nhu"}
    wrong = visitor.post(f"{link}chi-tieu/", named | {f"{one.code}-{ward.code}-numerator": "11"})
    assert (wrong.status_code, "Kết quả không quá tổng số." in wrong.text) == (422, True)
    named["sender_name"], named[f"{one.code}-{ward.code}-files"] = "Bà Nhu", [pdf()]
    assert visitor.post(f"{link}chi-tieu/", named).status_code == 302
    told = TargetReport.objects.get()
    assert (told.organization, told.words, told.reported_by) == (ward, "9/10", None)
    said = journal_of(one.plan)[0]
    assert (said.verb, "Bà Nhu" in str(said)) == ("báo cáo chỉ tiêu", True)
    (file,) = told.evidence_files
    assert f"{link}chi-tieu/{file.code}/" in visitor.get(f"{link}chi-tieu/").text
    assert status(cast, None, f"{link}chi-tieu/{file.code}/") == 200
    assert None not in opened_by(cast, file)
    rounds.withdraw_link(duty, by=cast.lan)
    ended = [visitor.get(f"{link}chi-tieu/{end}").status_code for end in ("", f"{file.code}/")]
    assert [*ended, visitor.post(f"{link}chi-tieu/", named).status_code] == [410, 410, 410]


def test_a_link_of_another_body_tells_nothing_of_this_one(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one = asking(cast, city)
    cast.client("nhu").post(page_of(one), posted(one, ward, files=[pdf()]))
    file = Attachment.objects.get()
    other = link_of(linked(cast, one, cast.neighbour))
    visitor = cast.client(None)
    assert visitor.get(f"{other}chi-tieu/").status_code == 404
    assert visitor.get(f"{other}chi-tieu/{file.code}/").status_code == 404
    assert "chi-tieu/" not in visitor.get(other).text


def test_after_closing_nothing_is_told_through_the_link(
    cast: Cast, city: AdministrativeUnit, ward: Organization
):
    one = asking(cast, city)
    duty = linked(cast, one, ward)
    rounds.close_round(duty.round, by=cast.lan)
    answer = cast.client(None).post(
        f"{link_of(duty)}chi-tieu/", posted(one, ward) | {"sender_name": "Bà Nhu"}
    )
    assert answer.status_code == 410 and not TargetReport.objects.exists()
