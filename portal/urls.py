"""Addresses: the public pages, signing in, what is under /lam-viec/, and the clean-up."""

from django.contrib import admin
from django.urls import include, path

from portal.views import account, delegations, desk, files, public, registers

public_urls = [
    path("", registers.home, name="home"),
    path("tim-kiem/", registers.search, name="search"),
    path("don-vi/", registers.BodyList.as_view(), name="body_list"),
    path("don-vi/<slug:slug>/", registers.body_page, name="body_page"),
    path("van-ban/", registers.DocumentList.as_view(), name="document_list"),
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
    path("lam-viec/nhap/", desk.enter, name="enter"),
    path("lam-viec/goi-y/<slug:register>/", desk.suggest, name="suggest"),
    path("lam-viec/luu-tam/", desk.autosave, name="autosave"),
    path("lam-viec/tep/", files.upload_file, name="upload_file"),
    path("lam-viec/uy-quyen/", delegations.delegations, name="delegations"),
    path("lam-viec/uy-quyen/<int:pk>/ket-thuc/", delegations.end_delegation, name="end_delegation"),
    path("lam-viec/mau-giao-dien/", desk.gallery, name="gallery"),
]

portal_urls = ([*public_urls, *account_urls, *staff_urls], "portal")

urlpatterns = [
    path("", include(portal_urls)),
    path("", include("programs.urls")),
    path("admin/", admin.site.urls),
]
