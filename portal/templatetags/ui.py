"""The components every page is built from. Settings make them builtins, so templates load nothing.

Each is a tag whose arguments Django checks when the template is compiled; a word a component does not know
(a chip's kind, a notice's tone) raises ``TemplateSyntaxError`` when drawn. All of them stand in the gallery page.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.changes import capital
from portal.templatetags import say
from portal.whose import named_field

register = template.Library()
register.filters.update(say.register.filters)


class NamingTokenNode(CsrfTokenNode):
    """The token of a form, and whose form it is."""

    def render(self, context: Context) -> str:
        return super().render(context) + named_field(context.get("request"))


@register.tag
def csrf_token(parser: Parser, token: Token) -> NamingTokenNode:
    """Replaces Django's in every template, the administration's too: no form is without its person."""
    return NamingTokenNode()


class Chip(NamedTuple):
    """What a status chip says, in which tone, beside which shape of ``icons.svg``."""

    words: str
    tone: str
    shape: str


class Place(NamedTuple):
    """One thing to put right: the control it is about (none when it is the form's), and the sentence."""

    anchor: str
    words: str


CHIPS = {
    "in_force": Chip("Đang hiệu lực", "leaf", "dot"),
    "ending_soon": Chip("Sắp hết hạn", "turmeric", "quarter"),
    "rearranged": Chip("Cơ quan ký đã sắp xếp lại", "turmeric", "triangle"),
    "expired": Chip("Hết hạn", "grey", "square"),
    "terminated": Chip("Đã chấm dứt", "grey", "square-cross"),
    "unsigned": Chip("Chưa ký", "grey", "ring-dashed"),
    "unknown_signing": Chip("Chưa rõ ngày ký", "grey", "question"),
    "not_started": Chip("Chưa có hiệu lực", "grey", "ring"),
    "unknown_term": Chip("Chưa rõ thời hạn", "grey", "question"),
    "drafting": Chip("Đang soạn", "grey", "pen"),
    "waiting": Chip("Chờ duyệt", "pen", "hourglass"),
    "returned": Chip("Trả lại", "seal", "return"),
    "approved": Chip("Đã duyệt, nội bộ", "leaf-plain", "tick"),
    "public": Chip("Công khai", "leaf", "target"),
    "withdrawn": Chip("Đã gỡ khỏi trang công khai", "grey", "target-off"),
    "overdue": Chip("Quá hạn", "seal", "triangle"),
    "sample": Chip("Dữ liệu mẫu", "turmeric", "hatch"),
    "inferred": Chip("Suy ra, chưa xác nhận", "turmeric", "approx"),
}
NOTICES = {"info": "info", "warn": "triangle", "error": "stop", "done": "tick"}
BUTTONS = {"primary": "button button-primary", "plain": "button", "danger": "button button-danger"}
PAIRS = {"kept": "giữ", "changed": "sửa", "added": "mới", "dropped": "bỏ"}
MOST_PAGES_WITH_A_LAST = 200


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign of ``icons.svg``, silent to readers of the screen: the words stand beside it."""
    return _sign(static("icons.svg"), name)


@register.simple_tag
def chip(kind: str, label: str = "") -> SafeString:
    """A status as shape and word; ``label`` replaces the usual words."""
    address = static("icons.svg")
    return _chip(address, kind, label) if label else _usual_chip(address, kind)


@register.simple_tag
def button(
    label: str,
    name: str = "",
    value: str = "",
    kind: str = "plain",
    formnovalidate: bool = False,
    form: str = "",
) -> SafeString:
    """A submit button; ``name`` and ``value`` tell the view which verb was pressed."""
    extras = {"name": name, "value": value, "form": form}
    attributes = format_html_join("", ' {}="{}"', ((key, text) for key, text in extras.items() if text != ""))
    return format_html(
        '<button type="submit" class="{}"{}{}>{}</button>',
        _known(BUTTONS, kind, "button"),
        attributes,
        " formnovalidate" if formnovalidate else "",
        label,
    )


@register.simple_tag
def enter_rests() -> SafeString:
    """The first button of a form that sends, approves or ends something: Enter in a field presses it, and nothing happens.

    Its address answers 204, on which a browser stays where it is, so what is typed stays too; where scripts run
    nothing is sent at all. Files are named in what is sent, and not sent.
    """
    return format_html(
        '<button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true" data-rests'
        ' formaction="{}" formenctype="application/x-www-form-urlencoded">Chưa gửi</button>',
        reverse("portal:rest"),
    )


@register.simple_tag
def link_button(label: str, url: str, kind: str = "plain") -> SafeString:
    """A link that looks like a button: it opens a page and changes nothing."""
    return format_html('<a class="{}" href="{}">{}</a>', _known(BUTTONS, kind, "button"), url, label)


@register.simple_block_tag
def page_head(content: SafeString, title: str, lede: str = "") -> SafeString:
    """The page's name over the short seal rule, an opening sentence, and on the right what can be done."""
    text = format_html('<p class="lede">{}</p>', lede) if lede else ""
    actions = _filled('<div class="page-actions">{}</div>', content)
    return format_html(
        '<header class="page-head"><div><h1>{}</h1>{}</div>{}</header>', say.together(title), text, actions
    )


@register.simple_block_tag
def section(content: SafeString, title: str, id: str = "") -> SafeString:  # noqa: A002 - the HTML word
    """A part of a page under a ruled heading; ``id`` makes it a place to link to. Untitled: the page is called so."""
    anchor = format_html(' id="{}"', id) if id else ""
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<section class="section"{}>{}{}</section>', anchor, heading, content)


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """The list of facts beside a record."""
    return _filled('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: SafeString, term: str) -> SafeString:
    """One fact, its value as the block; nothing is shown when there is no value."""
    return _filled("<div><dt>{1}</dt><dd>{0}</dd></div>", content, term)


@register.simple_block_tag
def list_row(content: SafeString) -> SafeString:
    """One line of ``<ul class="list">``; inside: ``p.row-when``, ``div`` (h3, p, p.meta), ``p.row-end``."""
    return format_html('<li class="row">{}</li>', content)


@register.simple_block_tag
def notice(content: SafeString, tone: str, title: str = "") -> SafeString:
    """A message between two parts of a page: info, warn, error or done."""
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    sign = icon(_known(NOTICES, tone, "notice"))
    return format_html('<div class="notice notice-{}">{}<div>{}{}</div></div>', tone, sign, heading, content)


@register.simple_tag
def empty_state(sentence: str, url: str = "", label: str = "") -> SafeString:
    """A page or part with nothing in it yet: what belongs here, and the first thing to do."""
    act = link_button(label, url, "primary") if url and label else ""
    return format_html('<div class="empty"><p>{}</p>{}</div>', sentence, act)


@register.simple_block_tag
def count_bar(content: SafeString, total: int | str | None, noun: str) -> SafeString:
    """The ruled bar over a list: how many, and in the block their order and "Tải Excel"."""
    said = "" if total is None else say.vnumber(total)
    return format_html(
        '<div class="count-bar"><h2 class="count"><b>{}</b> {}</h2><div class="count-tools">{}</div></div>',
        said,
        noun,
        content,
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    """Links to the neighbouring pages; every other parameter of the address is kept."""
    return {"request": context.get("request"), "page": page, "numbers": _numbers(page)}


@register.simple_block_tag
def sticky_bar(content: SafeString) -> SafeString:
    """The bar that stays at the foot of a long form: two buttons, and ``p.sticky-note`` on the right."""
    return format_html('<div class="sticky-bar"><div class="sticky-in">{}</div></div>', content)


@register.simple_block_tag
def table(content: SafeString, caption: str, stack: bool = False, quiet: bool = False) -> SafeString:
    """A ruled table. ``stack`` turns rows into labelled blocks on phones (cells carry ``data-label``); ``quiet`` hides the caption."""
    return format_html(
        '<div class="table-wrap" role="region" tabindex="0" aria-label="{0}"><table class="table{1}"><caption{2}>{0}</caption>{3}</table></div>',
        caption,
        " table-stack" if stack else "",
        SafeString(' class="visually-hidden"') if quiet else "",
        content,
    )


@register.simple_block_tag
def journal(content: SafeString) -> SafeString:
    """The list of everything done to a record, newest first."""
    return _filled('<ol class="journal">{}</ol>', content)


@register.simple_block_tag
def journal_entry(content: SafeString, when: str, act: str) -> SafeString:
    """One act: when, who did what, and in the block its reason and ``p.diff`` lines with ``del`` and ``ins``."""
    return format_html(
        '<li><p class="journal-when">{}</p><div><p class="journal-act">{}</p>{}</div></li>',
        when,
        act,
        content,
    )


@register.simple_block_tag
def side_by_side(content: SafeString, caption: str, before: str, after: str) -> SafeString:
    """Two versions beside each other; the block holds ``pair`` lines."""
    head = format_html(
        '<tr><th scope="col">{}</th><th scope="col"><span class="visually-hidden">Thay đổi</span></th><th scope="col">{}</th></tr>',
        before,
        after,
    )
    return format_html(
        '<table class="sides"><caption class="visually-hidden">{}</caption><thead>{}</thead><tbody>{}</tbody></table>',
        caption,
        head,
        content,
    )


@register.simple_tag
def pair(kind: str, before: str = "", after: str = "") -> SafeString:
    """One line of ``side_by_side``: kept, changed, added or dropped."""
    word = _known(PAIRS, kind, "pair")
    return format_html(
        '<tr class="pair pair-{}"><td>{}</td><td class="pair-word"><span>{}</span></td><td>{}</td></tr>',
        kind,
        before,
        word,
        after,
    )


@register.simple_block_tag
def trail(content: SafeString) -> SafeString:
    """Where this page lies; the block holds ``crumb`` steps from the top down, without the page itself."""
    return format_html('<nav class="trail" aria-label="Vị trí trang"><ol>{}</ol></nav>', content)


@register.simple_tag
def crumb(label: str, url: str) -> SafeString:
    """One step of ``trail``."""
    return format_html('<li><a href="{}">{}</a></li>', url, label)


@register.simple_block_tag
def filters(content: SafeString, used: int = 0) -> SafeString:
    """The filters of a list: a column on a wide screen; on a phone behind the link "Lọc (2)", opened without a script."""
    return format_html(
        '<div class="filters"><a class="button filters-open" href="#loc">Lọc{}</a>'
        '<div class="filters-in" id="loc">{}<a class="button filters-close" href="#main">Đóng phần lọc</a></div></div>',
        f" ({used})" if used else "",
        content,
    )


@register.simple_block_tag
def form_part(content: SafeString, title: str, id: str, hint: str = "") -> SafeString:  # noqa: A002 - the HTML word
    """One part of a form: its name on the left, its fields on the right."""
    more = format_html('<p class="hint">{}</p>', hint) if hint else ""
    return format_html(
        '<div class="form-part" role="group" id="{0}" aria-labelledby="{0}-legend">'
        '<div class="form-legend"><h2 id="{0}-legend">{1}</h2>{2}</div><div class="form-fields">{3}</div></div>',
        id,
        title,
        more,
        content,
    )


@register.simple_tag
def error_summary(form: BaseForm, others: Iterable["BaseForm | BaseFormSet[Any]"] = ()) -> list[Place]:
    """Every place to put right on a page of forms, in their order. ``forms/error_summary.html`` shows them."""
    places: list[Place] = []
    for each in (form, *(others or ())):
        if isinstance(each, BaseFormSet):
            places += [Place(f"{each.prefix}-dan", str(words)) for words in each.non_form_errors()]
        for one in each if isinstance(each, BaseFormSet) else [each]:
            places += _places(one)
    return places


def _places(form: BaseForm) -> list[Place]:
    """The places of one form; one of many alike says by ``row_words`` which it is."""
    row = getattr(form, "row_words", "")
    general = [
        Place("", f"{capital(row)}: {words}" if row else str(words)) for words in form.non_field_errors()
    ]
    within = f", {row}" if row else ""
    at_fields = [
        Place(
            f"{field.auto_id}_0" if field.use_fieldset else field.auto_id, f"{field.label}{within}: {words}"
        )
        for field in form
        for words in field.errors
    ]
    return general + at_fields


def _sign(address: str, name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


def _chip(address: str, kind: str, label: str) -> SafeString:
    looks: Chip = _known(CHIPS, kind, "chip")
    shape = _sign(address, looks.shape)
    return format_html('<span class="chip chip-{}">{}{}</span>', looks.tone, shape, label or looks.words)


@lru_cache(maxsize=2 * len(CHIPS))
def _usual_chip(address: str, kind: str) -> SafeString:
    """A list draws the same few chips many times. Chips with words of their own are never kept here."""
    return _chip(address, kind, "")


def _known(words: dict[str, Any], word: str, component: str) -> Any:
    try:
        return words[word]
    except KeyError:
        raise template.TemplateSyntaxError(f"{component}: {word!r} is none of {', '.join(words)}") from None


def _filled(shape: str, content: SafeString, *more: str) -> SafeString:
    return format_html(shape, content, *more) if content.strip() else SafeString("")


def _numbers(page: Page) -> list[int | None]:
    """Page numbers to link, ``None`` where some are left out; the last one only while it is near enough to count."""
    last = page.paginator.num_pages
    shown = {1, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)}
    if last <= MOST_PAGES_WITH_A_LAST:
        shown.add(last)
    numbers: list[int | None] = []
    for number in sorted(shown):
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
