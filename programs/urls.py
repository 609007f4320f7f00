"""Addresses of programmes, plans and amendments: the public ones, then the staff's under /lam-viec/."""


app_name = "programs"

public_urls: list = []

staff_urls: list = []

urlpatterns = [*public_urls, *staff_urls]
