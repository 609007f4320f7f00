"""The plain view the public list is compared with: the same rows by the same queries in one flat template."""

from django.urls import include, path

from programs.views.public import ProgramList


class PlainList(ProgramList):
    """The public list without the house: no components, no filter form, no frame."""

    template_name = "bench/plain.html"


urlpatterns = [path("plain/", PlainList.as_view()), path("", include("portal.urls"))]
