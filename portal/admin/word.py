"""The clean-up page of the office's own Word templates: looked at and tried before one is taken."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.admin.kept import PAPERS, CleaningForm, KeptAdmin
from portal.file_kinds import DOCX, NotTaken, sniff
from portal.files import address, keep
from portal.models import WordTemplate
from portal.word.papers import PAPERS as WORD_PAPERS
from portal.word.rendering import MEDIA_TYPE, TemplateRefused, check

NOT_WORD = "Mẫu phải là tệp Word (.docx)."
HOW = (
    "Tải mẫu của cổng ở dưới về, sửa trong Word (giữ các chỗ {{ }} và {% %}), rồi gửi lên đây. "
    "Xóa mẫu này thì giấy tờ lại theo mẫu của cổng."
)


class WordTemplateForm(CleaningForm):
    """Which paper, for which body, and the file; a file that does not stand the paper's samples is refused."""

    paper = forms.ChoiceField(label="Loại giấy tờ")
    upload = forms.FileField(label="Tệp mẫu (.docx)", required=False, help_text=HOW)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "paper" in self.fields:
            self.fields["paper"].choices = [(one.key, one.label) for one in WORD_PAPERS.values()]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        paper, upload = data.get("paper"), data.get("upload")
        if upload is None and not self.instance.file_id:
            self.add_error("upload", "Chọn tệp mẫu.")
        if paper and (upload is not None or ("paper" in self.changed_data and self.instance.file_id)):
            self._try(paper, upload)
        return data

    def _try(self, paper: str, upload: Any) -> None:
        if upload is None:
            self.add_error("upload", "Đổi loại giấy tờ thì gửi lại tệp mẫu.")
            return
        try:
            if sniff(upload) is not DOCX:
                raise NotTaken(NOT_WORD)
            upload.seek(0)
            check(paper, upload.read())
        except (NotTaken, TemplateRefused) as why:
            self.add_error("upload", str(why))


class PaperFilter(admin.SimpleListFilter):
    """For which paper a template is."""

    title, parameter_name = "loại giấy tờ", "paper"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(one.key, one.label) for one in WORD_PAPERS.values()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(paper=self.value()) if self.value() else queryset


@admin.register(WordTemplate)
class WordTemplateAdmin(KeptAdmin):
    """The office's own templates."""

    form = WordTemplateForm
    group, place = PAPERS, 8
    within = ("organization",)
    plain_columns = ("paper", "note")
    joined = ("organization", "file")
    list_display = ["paper_said", "for_whom", "file_said"]
    list_filter = [PaperFilter, ("organization", admin.EmptyFieldListFilter)]
    fields = ["paper", "organization", "upload", "file_said", "note", "words"]
    readonly_fields = ["file_said", "words"]

    @admin.display(description="loại giấy tờ", ordering="paper")
    def paper_said(self, row: WordTemplate) -> str:
        """The paper in words."""
        known = WORD_PAPERS.get(row.paper)
        return known.label if known else row.paper

    @admin.display(description="dùng cho", ordering="organization")
    def for_whom(self, row: WordTemplate) -> str:
        """The body, or everybody."""
        return str(row.organization or "mọi cơ quan")

    @admin.display(description="tệp đang dùng")
    def file_said(self, row: WordTemplate) -> str | SafeString:
        """The file, to open."""
        if not row.file_id:
            return "chưa có"
        return format_html('<a href="{}">{}</a>', address(row.file), row.file.name)

    @admin.display(description="mẫu của cổng và các từ dùng được")
    def words(self, row: WordTemplate) -> SafeString:
        """For each paper: the portal's own template to start from, and the words a template may use."""
        return format_html_join(
            "",
            '<details><summary>{}</summary><p><a href="{}">Tải mẫu của cổng</a></p>{}</details>',
            (
                (one.label, reverse("admin:word_sheet", args=[one.key]), said(one.words))
                for one in WORD_PAPERS.values()
            ),
        )

    def begin(self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool) -> None:
        super().begin(request, obj, form, change)
        if upload := form.cleaned_data.get("upload"):
            obj.file = keep(upload, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        own = path("mau-cua-cong/<slug:key>/", self.admin_site.admin_view(word_sheet), name="word_sheet")
        return [own, *super().get_urls()]


def said(words: dict[str, str]) -> SafeString:
    """The words of a template, each with what it is."""
    return format_html_join("", "<div><code>{}</code>: {}</div>", words.items())


def word_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The portal's own template of a paper, to start from."""
    if (paper := WORD_PAPERS.get(key)) is None:
        raise Http404
    response = HttpResponse(paper.sheet.path.read_bytes(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="mau-{key}.docx"'
    return response
