"""Addresses: the public pages, signing in, what is under /lam-viec/, and the clean-up."""

from django.contrib import admin
from django.urls import include, path

from portal.views import account, bodies, consultations, delegations, desk, documents, files, public, search

public_urls = [
    path("", public.home, name="home"),
    path("tim-kiem/", search.search, name="search"),
    path("don-vi/", bodies.BodyList.as_view(), name="body_list"),
    path("don-vi/excel/", bodies.BodyExcel.as_view(), name="body_excel"),
    path("don-vi/<slug:slug>/", bodies.body_page, name="body_page"),
    path("van-ban/", documents.DocumentList.as_view(), name="document_list"),
    path("van-ban/excel/", documents.DocumentExcel.as_view(), name="document_excel"),
    path("van-ban/<slug:code>/", documents.document_page, name="document_page"),
    path("gioi-thieu/", public.about, name="about"),
    path("lien-he/", public.contact, name="contact"),
    path("tro-giup/", public.help, name="help"),
    path("quyen-rieng-tu/", public.privacy, name="privacy"),
    path("healthz", public.healthz, name="healthz"),
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
    path("lam-viec/goi-y/<slug:register>/", desk.suggest, name="suggest"),
    path("lam-viec/luu-tam/", desk.autosave, name="autosave"),
    path("lam-viec/luu-tam/<slug:kind>/<slug:code>/bo/", desk.drop_autosave, name="drop_autosave"),
    path("lam-viec/tep/", files.upload_file, name="upload_file"),
    path("lam-viec/y-kien/<slug:code>/", consultations.consultation, name="consultation"),
    path("lam-viec/y-kien/<slug:code>/ket-thuc/", consultations.end_consultation, name="end_consultation"),
    path("lam-viec/uy-quyen/", delegations.delegations, name="delegations"),
    path("lam-viec/uy-quyen/<int:pk>/ket-thuc/", delegations.end_delegation, name="end_delegation"),
    path("lam-viec/mau-giao-dien/", desk.gallery, name="gallery"),
]

portal_urls = ([*public_urls, *account_urls, *staff_urls], "portal")

urlpatterns = [
    path("", include(portal_urls)),
    path("", include("programs.urls")),
    path("", include("meetings.urls")),
    path("admin/", admin.site.urls),
]
