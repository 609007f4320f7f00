"""Links from a paper to a programme or a plan: what typed words mean, and who may make the link."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from portal import access
from portal.dates import PartialDate, Period
from portal.forms.entries import found
from portal.forms.fields import said_to_be_missing
from portal.forms.head import HeadForm
from portal.forms.papers import PaperForm
from portal.forms.picks import PickField, coded
from portal.marks import missing_words
from portal.matching import may_be, with_words
from portal.models import Reach, User
from portal.models.search_texts import MOST_WORDS
from portal.symbols import Symbol
from portal.text import fold
from programs.models import Plan, Program

Linked = Program | Plan
CALLED = {Program: "chương trình", Plan: "kế hoạch"}
REGISTERS = {Program: "chuong-trinh", Plan: "ke-hoach"}
FOREIGN = "Cơ quan mình không giữ và không là một bên của {} này."


def match_papers(model: type[Linked], user: User, text: str, *, most: int = 6) -> list[Linked]:
    """Those visible to a person that carry every word typed, also as the beginning or part of a longer one."""
    folded = fold(text)
    if not folded:
        return []
    # As many of the words typed are sought as a search seeks.
    matching = with_words(model.objects.visible_to(user), folded, "search_text", most=MOST_WORDS)
    return list(matching.select_related("document", "written_by")[:most])


def meant_papers(model: type[Linked], user: User, text: str) -> list[Linked]:
    """Those that carry the words typed as whole words: a link is made to nothing that merely holds their letters."""
    words = set(fold(text).split()[:MOST_WORDS])
    matching = match_papers(model, user, text, most=50)
    return [one for one in matching if words <= set(one.search_text.split())][:6]


def programs_meant(
    symbol: Symbol | None, dated: PartialDate | None, period: Period | None, user: User
) -> list[Program]:
    """The programmes a person may continue or amend that another paper means by number, else by day, else by years.

    One whose own number is another is never meant.
    """
    visible = Program.objects.visible_to(user).select_related("document")
    unnumbered = visible.filter(document__number_key="") if symbol else visible
    asked = []
    if symbol:
        asked.append(visible.filter(document__number_key=symbol.key))
    if dated and dated.first:
        asked.append(unnumbered.filter(document__dated_first=dated.first, document__dated_last=dated.last))
    if period and period.first:
        asked.append(unnumbered.of_period(period))
    for papers in asked:
        fitting = (one for one in papers[:MOST_MEANT] if may_be(one.document, dated))
        if linked := [one for one in fitting if may_link(user, one)]:
            return linked
    return []


MOST_MEANT = 12


def may_read(paper: Linked, user: User) -> bool:
    """Whether a person reads the programme or plan."""
    return type(paper).objects.visible_to(user).filter(pk=paper.pk).exists()


def may_link(user: User, paper: Linked) -> bool:
    """Whether a person's bodies keep a paper or are a party to it: only they continue it, or plan and amend under it."""
    own = Reach.objects.running(user.writing_bodies)
    if access.runs(user, paper.keeper_id):
        return True
    return paper.document.partners.filter(organization__in=own).exists()


def may_plan_under(user: User, paper: Linked) -> bool:
    """Whether a person's bodies start a plan of their own under a paper: a party's, and those below one."""
    if may_link(user, paper):
        return True
    above = paper.document.partners.filter(organization__isnull=False).order_by().values("organization_id")
    return Reach.objects.filter(reader__in=above, body__in=user.writing_bodies).exists()


class LinkField(PickField):
    """One programme or plan that the person may see."""

    def __init__(self, model: type[Linked], **kwargs: Any) -> None:
        super().__init__(register=REGISTERS[model], required=False, max_length=1100, **kwargs)
        self.model = model

    def for_user(self, user: User) -> None:
        """Look only among what this person may see."""
        visible = self.model.objects.visible_to(user).select_related("document")
        self.match = lambda text: meant_papers(self.model, user, text)
        self.by_code = coded(visible)


class LinkingHeadForm(HeadForm):
    """A head with links to programmes or plans: words that mean none of them, or several, are refused."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.links = {name: one for name, one in self.fields.items() if isinstance(one, LinkField)}
        for link in self.links.values():
            link.for_user(user)

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, link in self.links.items():
            pick = cleaned.get(name)
            if pick and pick.found is None and not said_to_be_missing(pick.text):
                self.add_error(name, pick.why_none(CALLED[link.model]))
        return cleaned


def check_link(
    form: PaperForm, name: str, column: str = "", may: Callable[[User, Linked], bool] = may_link
) -> bool:
    """Refuse a new link to a paper that is not the person's to continue, amend or plan under; one that stands is kept."""
    paper = found(form.head.cleaned_data.get(name))
    kept = getattr(form.record, f"{column or name}_id", None)
    if paper is None or paper.pk == kept or may(form.user, paper):
        return True
    form.head.add_error(name, FOREIGN.format(CALLED[type(paper)]))
    return False


def check_not_itself(form: PaperForm, *names: str) -> bool:
    """Refuse a paper linked to itself."""
    picks = {name: found(form.head.cleaned_data.get(name)) for name in names}
    itself = [name for name, paper in picks.items() if paper is not None and paper == form.record]
    for name in itself:
        form.head.add_error(name, f"Một {CALLED[type(form.record)]} không nối với chính nó.")
    return not itself


def write_link(
    data: QueryDict, name: str, paper: Linked | None, marks: Mapping[str, dict] | None = None
) -> None:
    """Write a link into raw data; where there is none, what ``marks`` say of it."""
    data[name], data[f"{name}-ma"] = missing_words(marks or {}, name), ""
    if paper is not None:
        data[name] = paper.label if isinstance(paper, Plan) else str(paper)
        data[f"{name}-ma"] = paper.code
