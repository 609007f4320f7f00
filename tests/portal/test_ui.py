"""Components and filters: what they draw, what they refuse, and the gallery that shows them all."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.utils import timezone

from portal.dates import PartialDate
from portal.gallery import gallery_context
from portal.templatetags import say, ui


def draw(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request)


@pytest.mark.parametrize("kind", ui.CHIPS)
def test_a_chip_says_its_state_in_a_word_and_a_shape_that_exists(kind, settings):
    drawn = draw("{% chip kind %}", kind=kind)
    shape = re.search(r"icons\.svg#([\w-]+)", drawn)[1]
    assert ui.CHIPS[kind].words in drawn
    assert f'<symbol id="{shape}"' in (settings.BASE_DIR / "static" / "icons.svg").read_text()


def test_a_chip_takes_other_words():
    assert "chờ ý kiến" in draw('{% chip "waiting" label="chờ ý kiến" %}')


@pytest.mark.parametrize(
    "wrong",
    [
        "{% section %}x{% endsection %}",
        '{% section "a" identity="b" %}x{% endsection %}',
        "{% fact %}x{% endfact %}",
        '{% notice "info" %}x',
        '{% count_bar 1 "a" %}x{% endcountbar %}',
        "{% chip %}",
    ],
)
def test_a_missing_or_misspelt_argument_stops_the_template(wrong):
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string(wrong)


@pytest.mark.parametrize(
    "wrong", ['{% chip "in_forse" %}', '{% notice "red" %}x{% endnotice %}', '{% button "a" kind="big" %}']
)
def test_an_unknown_word_is_refused_with_the_known_ones(wrong):
    with pytest.raises(TemplateSyntaxError, match="is none of"):
        draw(wrong)


@pytest.mark.parametrize(
    "source",
    [
        "{% page_head text lede=text %}{{ text }}{% endpage_head %}",
        '{% section text id="a" %}{{ text }}{% endsection %}',
        "{% facts %}{% fact text %}{{ text }}{% endfact %}{% endfacts %}",
        '{% notice "warn" title=text %}{{ text }}{% endnotice %}',
        "{% empty_state text url=text label=text %}",
        "{% button text name=text value=text %}",
        "{% side_by_side text before=text after=text %}{% pair 'changed' before=text after=text %}{% endside_by_side %}",
        "{% journal %}{% journal_entry text text %}{{ text }}{% endjournal_entry %}{% endjournal %}",
        "{% table text %}<tr><td>{{ text }}</td></tr>{% endtable %}",
        "{% trail %}{% crumb text text %}{% endtrail %}",
        "{% form_part text id='a' hint=text %}{{ text }}{% endform_part %}",
        "{% count_bar text text %}{{ text }}{% endcount_bar %}",
        "{% chip 'public' label=text %}",
        "{{ text|keep_number }}{{ text|nbsp }}{{ text|vdate }}{{ text|vnumber }}{{ text|ago }}",
    ],
)
def test_what_people_wrote_is_never_markup(source):
    drawn = draw(source, text='"><script>alert(1)</script>')
    assert "<script" not in drawn
    assert "&lt;" in drawn


def test_nothing_is_drawn_around_nothing():
    assert draw("{% facts %}{% fact 'Số' %}{{ missing }}{% endfact %}{% endfacts %}").strip() == ""
    assert "page-actions" not in draw("{% page_head 'Tên' %}{% endpage_head %}")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (1045, "1.045"),
        (1234567, "1.234.567"),
        (-1045, "-1.045"),
        (22.5, "22,5"),
        (Decimal("1045.50"), "1.045,5"),
        (10.0, "10"),
        (None, ""),
        ("trên 100", "trên 100"),
    ],
)
def test_numbers_are_said_the_vietnamese_way(value, said):
    assert say.vnumber(value) == said


def test_a_share_keeps_its_digits():
    assert say.vnumber(42.857, 1) == "42,9"
    assert say.vnumber(Decimal("40"), 1) == "40,0"


def test_days_and_moments():
    hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    assert say.vdate(date(2022, 4, 14)) == "14/4/2022"
    assert say.vdatelong(date(2022, 4, 14)) == "thứ Năm, 14/4/2022"
    assert say.vdatelong(date(2022, 11, 20)) == "Chủ nhật, 20/11/2022"
    assert say.vdatetime(datetime(2026, 11, 22, 7, 5, tzinfo=hanoi)) == "7:05, 22/11/2026"
    assert say.vdate(datetime(2026, 11, 21, 18, 0, tzinfo=ZoneInfo("UTC"))) == "22/11/2026"
    assert say.vdate(None) == say.vdatelong(None) == say.ago(None) == ""


def test_a_date_that_knows_how_exact_it_is_says_itself():
    assert say.vdate(PartialDate.month(2020, 12)) == "tháng 12/2020"
    assert say.vdatelong(PartialDate.day(date(2022, 4, 14))) == "thứ Năm, 14/4/2022"


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "3 ngày trước"), (-1, "hôm qua"), (0, "hôm nay"), (1, "ngày mai"), (40, "còn 40 ngày")],
)
def test_how_far_a_day_is(days, said):
    assert say.ago(timezone.localdate() + timedelta(days=days)) == said


def test_long_ago_is_a_date():
    assert re.fullmatch(r"\d+/\d+/\d{4}", say.ago(timezone.localdate() - timedelta(days=90)))


def test_a_number_breaks_only_after_its_slash():
    assert say.keep_number("07-CTrPH/BDVQU-UBND") == (
        '<span class="nb">07-CTrPH/</span><wbr><span class="nb">BDVQU-UBND</span>'
    )
    assert say.keep_number("34/KH") == "34/<wbr>KH"
    assert say.keep_number(None) == ""


def _links(rf, address, page):
    drawn = draw("{% pagination page %}", rf.get(address), page=page)
    return drawn, re.findall(r'<a [^>]*href="([^"]*)"', drawn)


def test_pages_keep_what_was_asked_for(rf):
    drawn, links = _links(rf, "/?tt=1&tt=2&trang=2&q=ba+%C4%91%C3%ACnh", Paginator(range(60), 20).page(2))
    assert all("tt=1&amp;tt=2" in link and "q=ba" in link for link in links)
    assert links[0] == links[1] == "?tt=1&amp;tt=2&amp;q=ba+%C4%91%C3%ACnh"
    assert drawn.count('aria-current="page"') == 1


def test_pages_stay_few_and_far_ends_are_not_offered(rf):
    _, links = _links(rf, "/?trang=6", Paginator(range(260), 20).page(6))
    assert links == ["?trang=5", "?", "?trang=5", "?trang=6", "?trang=7", "?trang=13", "?trang=7"]
    _, far = _links(rf, "/?trang=2500", Paginator(range(100_000), 20).page(2500))
    assert len(far) <= 9
    assert not [link for link in far if "trang=5000" in link]


def test_one_page_needs_no_links(rf):
    assert _links(rf, "/", Paginator(range(3), 20).page(1))[0].strip() == ""


class OneOfEach(forms.Form):
    """A field to fill, one to leave, one to choose, one to tick."""

    name = forms.CharField(label="Tên", help_text="Ghi như trên giấy")
    note = forms.CharField(label="Ghi chú", required=False)
    side = forms.ChoiceField(label="Bên", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý", required=False)


def test_a_field_names_itself_and_says_what_is_optional():
    drawn = str(OneOfEach())
    assert '<label for="id_name">Tên</label>' in drawn
    assert drawn.count("(không bắt buộc)") == 1
    assert 'aria-describedby="id_name_helptext"' in drawn
    assert '<div class="hint" id="id_name_helptext">Ghi như trên giấy</div>' in drawn
    assert "<legend>Bên</legend>" in drawn


def test_an_error_stands_at_the_field_and_keeps_what_was_typed():
    form = OneOfEach({"note": "vẫn còn", "side": "z"})
    drawn = str(form)
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert '<div class="error" id="id_name_error">' in drawn
    assert 'value="vẫn còn"' in drawn


def test_a_warning_can_be_kept_and_an_echo_says_what_was_understood():
    form = OneOfEach({"name": "x", "side": "a"})
    form["name"].warning, form["name"].warning_name, form["name"].warning_key = (
        "Tên đã có.",
        "keep-name",
        "3f",
    )
    form["name"].echo = "Tên: x"
    drawn = str(form)
    assert "Tên đã có." in drawn
    assert 'name="keep-name" value="3f"' in drawn
    assert '<div class="echo" aria-live="polite" id="id_name_echo">Tên: x</div>' in drawn


def test_the_summary_links_every_place_to_put_right():
    form = OneOfEach({})
    form.add_error(None, "Hai bên trùng nhau.")
    drawn = draw('{% include "forms/error_summary.html" %}', form=form)
    assert "Cần sửa 3 chỗ" in drawn
    assert 'href="#id_name"' in drawn
    assert 'href="#id_side_0"' in drawn
    assert "Hai bên trùng nhau." in drawn
    assert (
        draw('{% include "forms/error_summary.html" %}', form=OneOfEach({"name": "x", "side": "a"})).strip()
        == ""
    )


def test_the_summary_counts_the_rows_of_formsets_too():
    rows = forms.formset_factory(OneOfEach)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}, initial=[{"name": "x"}]
    )
    drawn = draw(
        '{% include "forms/error_summary.html" %}', form=OneOfEach({"name": "x", "side": "a"}), others=[rows]
    )
    assert 'href="#id_form-0-name"' in drawn


def test_the_gallery_draws_every_component(settings):
    source = (settings.BASE_DIR / "templates" / "portal" / "staff" / "gallery.html").read_text()
    used = set(re.findall(r"\{% (\w+)", source))
    inner = {"error_summary", "csrf_token", "enter_rests"}  # drawn by its include; in forms
    assert set(ui.register.tags) - used - inner == set()
    assert [kind for kind in ui.CHIPS if f'chip "{kind}"' not in source] == []


def test_the_gallery_forms_show_every_state():
    context = gallery_context()
    assert not context["filled_form"].is_valid()
    drawn = str(context["filled_form"])
    assert "2022 – 2020" in drawn
    assert "Vẫn đúng, giữ nguyên" in drawn


def test_a_share_is_drawn_to_scale_against_its_band_and_stops_at_a_hundred():
    drawn = draw(
        '{% range_bar "a" "118 %" "vượt" "40–50 %" value low high %}', value=Decimal(118), low=40, high=50
    )
    assert 'class="range-band" x="120.0" y="6" width="30.0"' in drawn
    assert 'class="range-value" y="11" width="300.0"' in drawn
    assert "range-notch" in drawn


def test_where_nothing_is_known_the_drawing_says_so_and_shows_no_bar():
    drawn = draw('{% range_bar "a" "chưa có số liệu" "" value=value low=low %}', value=None, low=Decimal(90))
    assert "chưa có số liệu</text>" in drawn
    assert "range-value" not in drawn


def test_years_joint_bodies_and_places_stay_on_one_line() -> None:
    said = say.together("HĐND - UBND quận Ba Đình <b>, quận đã ký 2021-2026, xã 10")
    kept = '<span class="nb">{}</span>'.format
    assert said == (
        f"{kept('HĐND - UBND')} {kept('quận Ba Đình')} &lt;b&gt;, quận đã ký {kept('2021-2026')}, {kept('xã 10')}"
    )
