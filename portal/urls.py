"""Addresses: the public pages, signing in, what is under /lam-viec/, and the clean-up."""

from django.contrib import admin
from django.urls import include, path

from portal.views import (
    account,
    bodies,
    confirming,
    consultations,
    delegations,
    desk,
    documents,
    files,
    gallery,
    public,
    search,
    suggesting,
    typed,
    years,
)

public_urls = [
    path("", public.home, name="home"),
    path("tim-kiem/", search.search, name="search"),
    path("don-vi/", bodies.BodyList.as_view(), name="body_list"),
    path("don-vi/excel/", bodies.BodyExcel.as_view(), name="body_excel"),
    path("don-vi/<slug:slug>/", bodies.body_page, name="body_page"),
    path("van-ban/", documents.DocumentList.as_view(), name="document_list"),
    path("van-ban/excel/", documents.DocumentExcel.as_view(), name="document_excel"),
    path("van-ban/<slug:code>/", documents.document_page, name="document_page"),
    path("tong-hop/", years.YearIndex.as_view(), name="year_index"),
    path("tong-hop/<int:year>/", years.YearPage.as_view(), name="year_page"),
    path("tong-hop/<int:year>/excel/", years.YearExcel.as_view(), name="year_excel"),
    path("tong-hop/<int:year>/chi-tieu/", years.YearTargets.as_view(), name="year_targets"),
    path("tong-hop/<int:year>/so-lieu/", years.YearFigures.as_view(), name="year_figures"),
    path("tong-hop/<int:year>/so-lieu/<slug:key>/", years.YearList.as_view(), name="year_list"),
    path(
        "tong-hop/<int:year>/so-lieu/<slug:key>/excel/", years.YearListExcel.as_view(), name="year_list_excel"
    ),
    path("gioi-thieu/", public.about, name="about"),
    path("lien-he/", public.contact, name="contact"),
    path("tro-giup/", public.help, name="help"),
    path("quyen-rieng-tu/", public.privacy, name="privacy"),
    path("healthz", public.healthz, name="healthz"),
    path("o-lai/", public.rest, name="rest"),
    path("tep/<slug:code>/<str:name>", files.serve_file, name="serve_file"),
]

account_urls = [
    path("dang-nhap/", account.sign_in, name="sign_in"),
    path("dang-xuat/", account.sign_out, name="sign_out"),
]

staff_urls = [
    path("lam-viec/", desk.desk, name="desk"),
    path("lam-viec/tim-kiem/", search.staff_search, name="staff_search"),
    path("lam-viec/don-vi/", bodies.StaffBodyList.as_view(), name="staff_body_list"),
    path("lam-viec/don-vi/excel/", bodies.StaffBodyExcel.as_view(), name="staff_body_excel"),
    path("lam-viec/don-vi/<slug:code>/", bodies.staff_body_page, name="staff_body_page"),
    path("lam-viec/van-ban/", documents.StaffDocumentList.as_view(), name="staff_document_list"),
    path("lam-viec/van-ban/excel/", documents.StaffDocumentExcel.as_view(), name="staff_document_excel"),
    path("lam-viec/van-ban/<slug:code>/", documents.staff_document_page, name="staff_document_page"),
    path("lam-viec/nhap/", desk.enter, name="enter"),
    path("lam-viec/goi-y/<slug:register>/", suggesting.suggest, name="suggest"),
    path("lam-viec/luu-tam/", typed.autosave, name="autosave"),
    path("lam-viec/luu-tam/<slug:kind>/<slug:code>/bo/", typed.drop_autosave, name="drop_autosave"),
    path("lam-viec/tep/", files.upload_file, name="upload_file"),
    path("lam-viec/y-kien/<slug:code>/", consultations.consultation, name="consultation"),
    path("lam-viec/y-kien/<slug:code>/ket-thuc/", consultations.end_consultation, name="end_consultation"),
    path("lam-viec/uy-quyen/", delegations.delegations, name="delegations"),
    path("lam-viec/uy-quyen/<int:pk>/ket-thuc/", delegations.end_delegation, name="end_delegation"),
    path("lam-viec/mau-giao-dien/", gallery.gallery, name="gallery"),
]

at = "lam-viec/tong-hop/<int:year>/"
year_urls = [
    path("lam-viec/tong-hop/", years.StaffYearIndex.as_view(), name="staff_year_index"),
    path(at, years.StaffYearPage.as_view(), name="staff_year_page"),
    path(f"{at}excel/", years.StaffYearExcel.as_view(), name="staff_year_excel"),
    path(f"{at}chi-tieu/", years.StaffYearTargets.as_view(), name="staff_year_targets"),
    path(f"{at}co-quan/", years.StaffYearCoverage.as_view(), name="staff_year_coverage"),
    path(f"{at}so-lieu/", years.StaffYearFigures.as_view(), name="staff_year_figures"),
    path(f"{at}so-lieu/<slug:key>/", years.StaffYearList.as_view(), name="staff_year_list"),
    path(f"{at}so-lieu/<slug:key>/excel/", years.StaffYearListExcel.as_view(), name="staff_year_list_excel"),
    path(f"{at}chot/", years.close_the_year, name="staff_year_close"),
    path(f"{at}cong-khai/", years.publish_the_year, name="staff_year_publish"),
    path(f"{at}go/", years.withdraw_the_year, name="staff_year_withdraw"),
    path(f"{at}de-nghi/", years.ask_the_year, name="staff_year_ask"),
    path("lam-viec/xac-nhan/<int:year>/", confirming.confirm_page, name="confirm_year"),
    path("lam-viec/xac-nhan/<int:year>/so/", confirming.keep_year_registers, name="keep_year_registers"),
    path("lam-viec/xac-nhan/<int:year>/dung/", confirming.confirm_the_year, name="confirm_the_year"),
    path("lam-viec/xac-nhan/<int:year>/rut/", confirming.take_back_the_year, name="take_back_the_year"),
]

portal_urls = ([*public_urls, *account_urls, *staff_urls, *year_urls], "portal")

urlpatterns = [
    path("", include(portal_urls)),
    path("", include("programs.urls")),
    path("", include("meetings.urls")),
    path("admin/", admin.site.urls),
]
