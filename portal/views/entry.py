"""The page on which a paper is entered or edited, whatever its kind.

A kind says which form, which action and which addresses; the rest is the same: row commands draw
the page again, "Lưu" keeps a draft (or the working copy of an approved record), "Trình lãnh đạo"
asks for completeness and hands in, a change of kind carries every field over, and a record that
moved meanwhile says who changed what and keeps what was typed.
"""

import re
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from portal.access import Doing, acting_body, require
from portal.actions import copies, records
from portal.actions.records import Moved, NotNow
from portal.columns import new_code
from portal.forms.papers import PaperForm, missing_files
from portal.forms.proposals import mark_proposed, show_proposed
from portal.forms.rows import edit_rows, split_lines, split_paste
from portal.forms.set_aside import Aside, as_text, moved
from portal.models import Act, Paper, State, User, WorkingCopy
from portal.strip import approved_stands
from portal.views.asking import ASKED, COMMAND, CONFIRM, Asking
from portal.views.files import PHOTO
from portal.views.kind import KindOfPaper
from portal.views.opened import FROM, OPENED, SavedMeanwhile
from portal.views.refiling import all_kinds, aside_lines, entered_kinds, refiled
from portal.views.refiling import posted_aside as aside_from_text
from portal.views.sent_files import TakesFiles

AS_SENTENCE, AS_BEFORE = "title:sentence", "title:before"
TAKEN = "Chưa lưu: văn bản vừa dán đã được tách vào các ô bên dưới. Xin xem lại rồi bấm “Lưu”."
PART = "phan"
"""The part of the form that was open on a phone: a save comes back to it."""
ASIDE = "giu-lai"
"""What was typed as another kind, on the page of a paper not saved yet."""
NOT_PAPER = {"csrfmiddlewaretoken", COMMAND, ASKED, *OPENED, FROM, ASIDE, "ma", "tep", PHOTO, PART}
CODE = re.compile(r"[2-9a-z]{10}\Z")
PART_NAME = re.compile(r"phan-[a-z-]{1,40}\Z")


def paper_part(data: QueryDict, also: Collection[str] = ()) -> QueryDict:
    """The posted data without what belongs to the page, and without NUL, which PostgreSQL refuses."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in NOT_PAPER or name in also:
            kept.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    return kept


class EntryView(KindOfPaper, Asking, TakesFiles, SavedMeanwhile, View):
    """One kind of paper's entry page."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user: User = request.user
        code = kwargs.get("code")
        self.record = get_object_or_404(self.model.objects.visible_to(self.user), code=code) if code else None
        if self.record is None and CODE.match(posted := request.POST.get("ma", "")):
            self.record = self.model.objects.visible_to(self.user).filter(code=posted).first()
        self.code = self.record.code if self.record else self._new_code()
        self.keeper = self.record.keeper if self.record else acting_body(self.user)
        if self.keeper is None:
            raise PermissionDenied("Chỉ cán bộ và lãnh đạo của một cơ quan được nhập văn bản.")
        require(self.user, Doing.WRITE, within=self.keeper)
        self.copy = copies.open_copy(self.kind, self.record) if self.record else None

    def _new_code(self) -> str:
        code = self.request.POST.get("ma") or self.request.GET.get("luu-tam") or ""
        if not CODE.match(code):
            return new_code()
        if Act.objects.filter(record_kind__in=self.model.filed_as(), record_code=code).exists():
            # Somebody's record has it, or had: its journal is not ours.
            there = self.model.objects.filter(code=code).exists()
            return new_code() if there else copies.move_autosave(self.user, self.kind, code)
        return code

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_waiting and request.method != "POST":  # what was typed is never thrown away
            messages.warning(request, "Văn bản đang chờ duyệt. Rút lại để sửa tiếp.")
            return HttpResponseRedirect(self.record_address(self.record))
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_waiting(self) -> bool:
        """Whether the draft, or the open edit of the approved record, lies with the leader."""
        return State.WAITING in {getattr(self.copy, "state", ""), getattr(self.record, "state", "")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form: as last saved, or as typed and not saved when asked for."""
        if self.record is None and (saved := self.saved_since()):
            messages.info(request, "Văn bản này đã được lưu. Đây là bản đã lưu.")
            return HttpResponseRedirect(saved)
        if self.record is None and request.GET.get("luu-tam") != self.code:
            return HttpResponseRedirect(self.named_address())
        autosave = copies.autosave_of(self.user, self.kind, self.code)
        if autosave and "luu-tam" in request.GET:
            typed = copies.as_query(autosave.data)
            return self.draw(paper_part(typed), autosave=autosave, opened=typed)
        data = self.saved_data() if self.record else self.start_data()
        self.form_class.offer_sides(data)
        return self.draw(data, autosave=autosave)

    def named_address(self) -> str:
        """The address of a new paper, which says which one it is: Back and Reload lead to it and begin no twin."""
        named = self.request.GET.copy()
        named["luu-tam"] = self.code
        return f"{self.request.path}?{named.urlencode()}"

    def saved_since(self) -> str:
        """Where the new paper that the address names was saved since."""
        code = self.request.GET.get("luu-tam", "")
        record = (
            self.model.objects.visible_to(self.user).filter(code=code).first() if CODE.match(code) else None
        )
        if record is None:
            return ""
        edited = record.state in {State.DRAFTING, State.RETURNED}
        return self.address("edit", code) if edited else self.record_address(record)

    def saved_data(self) -> QueryDict:
        """The record as last saved: its open edit, or as it stands."""
        return paper_part(copies.as_query(self.copy.data)) if self.copy else self.raw_data(self.record)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One pressed button: a row command, a change of kind, a save, a submission."""
        command = request.POST.get(COMMAND, "save")
        data = paper_part(request.POST)
        if command.startswith("refile:"):
            return self.refile(command.removeprefix("refile:"), data)
        problems = self.take_files(data)
        if command in {AS_SENTENCE, AS_BEFORE}:
            self.rewrite_title(data, command)
            return self.draw(data, problems=problems)
        taken = self.form_class.hear(data, self.user)
        if ":" in command:
            data = self.row_command(data, command)
        if taken:  # what nobody has looked at yet is not kept
            taken.update(data.get("proposed", "").split())
            messages.info(request, TAKEN)
        if taken or ":" in command:
            return self.draw(data, problems=problems, taken=taken)
        for prefix, splitter in self.form_class.splitters.items():
            split_lines(data, prefix, splitter)
            split_paste(data, prefix, splitter)
        submit = command in {"submit", CONFIRM}
        if command == CONFIRM:
            self.confirm(data)
        form = self.form_class(data, user=self.user, complete=submit, record=self.record)
        if submit and form.parties_because:  # what nobody has looked at yet is not handed in
            problems.append(form.parties_because)
        refused = not form.is_valid() or problems or self.questions(form)
        if refused or not (submit or form.is_answered()):
            return self.draw(data, form=form, problems=problems)
        try:
            record = self.store_once(form, data, submit=submit)
        except Moved:
            return self.merge(form, submit=submit)
        except NotNow as refusal:
            return self.draw(data, form=form, problems=[str(refusal)])
        return self.after(record, form, submit=submit)

    def row_command(self, data: QueryDict, command: str) -> QueryDict:
        """The data after one command on its rows."""
        return edit_rows(data, command, self.form_class.splitters, self.form_class.new_rows)

    def beside(self, form: PaperForm) -> dict[str, Any]:
        """What the page of this kind tells beside its fields."""
        return {}

    def rewrite_title(self, data: QueryDict, command: str) -> None:
        """Write the title as a sentence, as was offered, or as it stood before."""
        if command == AS_BEFORE:
            data["title"], data["title_before"] = data.get("title_before", ""), ""
            return
        form = self.form_class(data, user=self.user, record=self.record)
        form.is_valid()
        if form.title_offered:
            data["title"], data["title_before"] = form.title_offered, data.get("title", "")

    def store_once(self, form: PaperForm, data: QueryDict, *, submit: bool) -> Paper:
        """As :meth:`store`; a new paper sent twice at the same moment is saved over the first of the two."""
        try:
            return self.store(form, data, submit=submit)
        except IntegrityError:
            twin = self.model.objects.filter(code=self.code, written_by=self.user).first()
            if self.record is not None or twin is None:
                raise
        self.record = twin
        form = self.form_class(data, user=self.user, complete=submit, record=twin)
        form.is_valid()
        return self.store(form, data, submit=submit)

    def store(self, form: PaperForm, data: QueryDict, *, submit: bool, merged: bool = False) -> Paper:
        """Keep what was entered: the draft itself, or the working copy of an approved record.

        ``merged``: with what was saved meanwhile, so that it is saved over that.
        """
        expected = self.version_now() if merged else self.expected()
        with transaction.atomic():
            if self.record is not None and self.record.state == State.APPROVED:
                seen = self.record.version if merged else self.seen()
                data[FROM] = self.began_from(merged=merged)
                copy = copies.save_copy(
                    self.kind, self.record, data, by=self.user, expected=expected, based_on=seen
                )
                if submit:
                    records.submit_copy(copy, self.record, by=self.user)
                return self.record
            # The code comes with the page, so that a repeated post makes no second record.
            new = {} if self.record else {"code": self.code, "set_aside": self.posted_aside()}
            how = {"by": self.user, "keeper": self.keeper, "expected": expected}
            record = self.write(self.record, form.entry(), **how, **new)
            if submit:
                records.submit(record, by=self.user, expected=record.version)
        return record

    def after(self, record: Paper, form: PaperForm, *, submit: bool, kept: str = "") -> HttpResponse:
        """Where a save leads, and what it says: that it was done, then what else is to be known of it."""
        copies.forget_autosave(self.user, self.kind, self.code)
        inside = f" {approved_stands(record)}" if record.state == State.APPROVED else ""
        saved = f"Đã lưu lúc {timezone.localtime():%H:%M}.{inside}"
        messages.success(self.request, "Đã trình lãnh đạo." if submit else saved)
        for sentence in filter(None, [kept, *self.told(record)]):
            messages.info(self.request, sentence)
        if submit:
            return HttpResponseRedirect(self.record_address(record))
        if form.parties_because:
            messages.info(self.request, form.parties_because)
        for field in form.doubtful():
            messages.warning(self.request, field.warning)
        for sentence in missing_files(form.data):
            messages.warning(self.request, f"Chưa có tệp {sentence}")
        part = self.request.POST.get(PART, "")
        there = f"#{part}" if PART_NAME.match(part) else ""
        return HttpResponseRedirect(self.address("edit", record.code) + there)

    # --- a paper filed as the wrong kind

    def refile(self, key: str, data: QueryDict) -> HttpResponse:
        """File the draft as another kind with everything typed; one not saved yet is drawn on that kind's form."""
        kinds = entered_kinds()
        if key not in kinds or (self.record and self.record.approved_at):
            return self.draw(data, problems=["Văn bản đã duyệt thì không đổi loại được."])
        to = kinds[key].view
        problems = self.take_files(data)
        form = self.form_class(data, user=self.user, record=self.record)
        valid = form.is_valid()
        if self.record is None:
            carried, aside = moved(
                form, self.posted_aside(), kind=self.kind, to=to.kind, target=to.form_class
            )
            to.form_class.offer_sides(carried)
            self.request.path = to.address("enter")  # the page is now of the other kind, its navigation too
            view = to()
            view.setup(self.request)
            for former, said in aside_lines(aside):
                messages.info(
                    self.request, f"Loại này không có ô cho: {said} (đã nhập ở {former}). Vẫn giữ lại."
                )
            return view.draw(carried, problems=problems, aside=aside)
        if problems or not valid:
            problems.append("Chưa đổi loại được. Xin sửa các chỗ được ghi dưới đây trước.")
            return self.draw(data, form=form, problems=problems)
        try:
            record = refiled(self, to, form, expected=self.expected())
        except NotNow as refusal:
            return self.draw(data, form=form, problems=[str(refusal)])
        messages.success(self.request, f"Đã đổi thành {to.model._meta.verbose_name}.")
        return HttpResponseRedirect(to.address("edit", record.code))

    def posted_aside(self) -> Aside:
        """What the page of a paper not yet saved carries from the kinds it was typed as before."""
        return aside_from_text(self.request.POST.get(ASIDE, ""))

    # --- drawing

    def draw(
        self,
        data: QueryDict,
        *,
        form: PaperForm | None = None,
        problems: list[str] | None = None,
        autosave: WorkingCopy | None = None,
        told: dict[str, list] | None = None,
        aside: Aside | None = None,
        opened: QueryDict | None = None,
        taken: Collection[str] = (),
    ) -> HttpResponse:
        """The page over some data, with what is to be said about it.

        ``told`` is what was found when others had saved meanwhile; the page is then opened anew. Else a page
        posted is as it was ``opened``, however often it is drawn again.
        """
        asked = form is not None
        form = form or self.form_class(data, user=self.user, record=self.record)
        if self.request.method == "POST":
            show_proposed(form)
        elif self.record is None:
            mark_proposed(form)
        form.mark_taken(set(taken))
        if not asked:
            form.is_valid()
            form.forget_missing()
        if self.record is not None:
            aside = self.record.set_aside
        elif aside is None:
            aside = aside_from_text((opened or self.request.POST).get(ASIDE, ""))
        questions = self.questions(form) if asked else []
        version, seen, marks = self.opening(form, None if told else opened or self.request.POST)
        context = {
            "form": form,
            "record": self.record,
            "copy": self.copy,
            "code": self.code,
            "kind": self.kind,
            "propose_url": reverse(self.propose_name) if self.propose_name else "",
            "page_title": self.title if self.record else self.new_title,
            "action": self.address("edit", self.record.code) if self.record else self.address("enter"),
            "version": version,
            "seen": seen,
            "marks": marks,
            "keeper": self.keeper,
            "problems": problems or [],
            "asked": asked,
            "is_unsaved": self.request.method == "POST",
            "missing_files": missing_files(form.data),
            "questions": questions,
            "autosave": autosave,
            "is_taken_up": autosave is not None and opened is not None,
            "told": told,
            "behind": self.behind(),
            "upload_limit": settings.UPLOAD_LIMIT // (1024 * 1024),
            "kinds": [one for one in entered_kinds().values() if one.key != self.kind],
            "aside": "" if self.record else as_text(aside),
            "aside_lines": aside_lines(aside),
            "record_url": self.record_address(self.record) if self.record else "",
            "returned_reason": self.returned_reason(),
            "may_refile": not (self.record and self.record.approved_at),
            **self.beside(form),
        }
        failed = asked and (problems or told or questions or form.has_errors())
        return render(self.request, self.template_name, context, status=422 if failed else 200)


def asked_code(request: HttpRequest, word: str) -> str:
    """The code of a record named in the address; one that cannot be a code names nothing."""
    code = request.GET.get(word, "")
    if code and not CODE.match(code):
        raise Http404
    return code


def kind_of(key: str) -> type[EntryView]:
    """The kind of paper of this key."""
    return next(kind.view for kind in all_kinds() if kind.key == key)


__all__ = ["CODE", "COMMAND", "EntryView", "all_kinds", "asked_code", "kind_of", "paper_part"]
