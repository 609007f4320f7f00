"""The gallery of components: the samples its page shows. Nothing here is stored, and no other page uses it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from portal.marks import key_of

TEST_LINE = "Ủy ban Mặt trận Tổ quốc Việt Nam phường Nguyễn Trung Trực – ẨM THỰC, ẮC QUY, khuỷu, thuở, ngưỡng"
SHARES = [
    ("g-1", "6/14 = 42,9 %", "Chỉ tiêu 40–50 %: đạt", "40–50 %", Decimal("42.9"), 40, 50),
    ("g-2", "3/14 = 21,4 %", "Chỉ tiêu 40–50 %: cần thêm 3 cơ quan", "40–50 %", Decimal("21.4"), 40, 50),
    ("g-3", "13/14 = 92,9 %", "Chỉ tiêu 100 %: cần thêm 1 cơ quan", "100 %", Decimal("92.9"), 100, None),
    ("g-4", "118/100 = 118 %", "Chỉ tiêu ít nhất 90 %: vượt", "90 %", Decimal(118), 90, None),
    ("g-5", "0/14 = 0 %", "Chỉ tiêu 40–50 %: cần thêm 6 cơ quan", "40–50 %", Decimal(0), 40, 50),
    ("g-6", "chưa có số liệu", "Chỉ tiêu 40–50 %: chưa có số liệu", "40–50 %", None, 40, 50),
]
SAMPLE_ITEMS = 260
SAMPLE_PAGE_SIZE = 20


class SampleForm(forms.Form):
    """One field of every kind the portal uses."""

    number = forms.CharField(
        label="Số, ký hiệu", required=False, help_text="Ghi như trên văn bản, ví dụ: 07-CTrPH/BDVQU-UBND"
    )
    title = forms.CharField(label="Tên chương trình", widget=forms.Textarea(attrs={"rows": 2}))
    period = forms.CharField(
        label="Giai đoạn", help_text="Ví dụ: 2022 – 2026", widget=forms.TextInput(attrs={"size": 16})
    )
    signed = forms.CharField(
        label="Ngày ký",
        help_text="Ví dụ: 5/11/2021 hoặc tháng 12/2020",
        widget=forms.TextInput(attrs={"size": 16}),
    )
    kind = forms.ChoiceField(
        label="Loại",
        choices=[("ctph", "Chương trình phối hợp"), ("qc", "Quy chế phối hợp"), ("kh", "Kế hoạch phối hợp")],
    )
    audience = forms.ChoiceField(
        label="Ai được xem",
        choices=[
            ("body", "Cơ quan soạn"),
            ("parties", "Các bên và cấp trên, khi đã duyệt"),
            ("public", "Mọi người, khi đã công khai"),
        ],
        widget=forms.RadioSelect,
    )
    fields_of_work = forms.MultipleChoiceField(
        label="Lĩnh vực", required=False, choices=[("kt", "Kinh tế"), ("vh", "Văn hóa – xã hội"), ("qp", "Quốc phòng – an ninh")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    paper = forms.FileField(
        label="Tệp văn bản", required=False, help_text="PDF, Word, Excel hoặc ảnh, không quá 50 MB"
    )
    yearly = forms.BooleanField(
        label="Sơ kết hằng năm", required=False, help_text="Nhắc trước ngày 15/11 mỗi năm"
    )

    def clean_period(self) -> str:
        """Refuse a period that ends before it begins, to show how an error looks."""
        period = str(self.cleaned_data["period"])
        first, _, last = period.partition("–")
        if last.strip() and last.strip() < first.strip():
            raise forms.ValidationError(f"Năm kết thúc ({last.strip()}) trước năm bắt đầu ({first.strip()}).")
        return period


def gallery_context() -> dict[str, Any]:
    """Everything the gallery template draws: an empty form, a form to be put right, a page of a long list."""
    typed = {
        "number": "07-CTrPH/BDVQU-UBND",
        "title": "",
        "period": "2022 – 2020",
        "signed": "14/4/2022",
        "kind": "ctph",
    }
    filled = SampleForm({f"filled-{name}": text for name, text in typed.items()}, prefix="filled")
    filled.is_valid()
    _annotate(filled)
    return {
        "empty_form": SampleForm(prefix="empty"),
        "filled_form": filled,
        "page": Paginator(range(SAMPLE_ITEMS), SAMPLE_PAGE_SIZE).page(6),
        "test_line": TEST_LINE,
        "shares": SHARES,
    }


def _annotate(form: SampleForm) -> None:
    """Put on bound fields what a real form would have found out about them."""
    number: Any = form["number"]
    number.echo = "Số 07 · Chương trình phối hợp · Ban Dân vận Quận ủy, Ủy ban nhân dân"
    signed: Any = form["signed"]
    signed.warning = "Ngày ký sau ngày bắt đầu của giai đoạn."
    signed.warning_name, signed.warning_key = "filled-signed-keep", key_of(signed.warning)
    signed.echo = "thứ Năm, 14/4/2022"
