"""Taking back one act: every row it wrote becomes again what it was, told from the history.

Offered for what an administrator may do in one press and regret: joining duplicates, ending a body. What was
changed again since is never overwritten: the act is then not taken back, and the sentence says why.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q

from portal import sections
from portal.actions.merging import derive, move_on, paper_of
from portal.actions.records import NotNow
from portal.columns import DerivedMixin, FollowingMixin
from portal.history import acting, bulk_create, bulk_update, finish
from portal.models import Act, Kept, Merger, Organization, Record, User, Verb
from portal.templatetags.say import vdatetime

UNDOABLE = Q(verb=Verb.MERGE) | Q(verb=Verb.END, record_kind="portal.organization")
CHANGED_SINCE = "Không hoàn tác được: {noun} “{row}” đã được sửa hoặc dùng sau đó. Xin chỉnh lại từng chỗ."
NOT_THIS = "Việc này không hoàn tác được, hoặc đã hoàn tác rồi."


def undo(act: Act, *, by: User, body: Organization | None = None) -> models.Model:
    """Take back an act; returns the record it was about."""
    kind = apps.get_model(act.record_kind)
    record = kind._default_manager.filter(code=act.record_code).first()
    if record is None or not Act.objects.filter(UNDOABLE, pk=act.pk).exists() or not _stands(act):
        raise NotNow(NOT_THIS)
    reason = f"hoàn tác việc “{act.get_verb_display()}” lúc {vdatetime(act.at)}"
    with transaction.atomic(), acting(Verb.RESTORE, record, by=by, body=body, reason=reason) as undoing:
        documents: set[int] = set()
        try:
            with transaction.atomic():
                for model in kept_models():
                    documents |= _restore(model, act)
        except (ProtectedError, IntegrityError) as error:
            raise NotNow(CHANGED_SINCE.format(noun=kind._meta.verbose_name, row=record)) from error
        returned = _restore_unkept(act, kind)
        record.refresh_from_db()
        derive(record, documents)
        move_on(record)
        if returned is not None:
            sections.touched(returned)
            move_on(returned)
        finish(undoing, record)
    return record


def kept_models() -> Iterator[type[Kept]]:
    """Every model whose versions are kept."""
    return (model for model in apps.get_models() if issubclass(model, Kept))


def _stands(act: Act) -> bool:
    """Whether what the act did is still there; the rows say it themselves where it is no merger."""
    return act.verb != Verb.MERGE or Merger.objects.filter(act=act).exists()


def _restore(model: type[Kept], act: Act) -> set[int]:
    """Make the rows of one model what they were before the act; returns the papers they belong to."""
    spans: dict[Any, list[models.Model]] = defaultdict(list)
    for version in model.history.filter(act=act).order_by("history_id"):
        spans[getattr(version, model._meta.pk.attname)].append(version)
    if not spans:
        return set()
    now = model._base_manager.in_bulk(spans)
    back, again, changed = [], [], set()
    for key, span in spans.items():
        row, last = now.get(key), span[-1]
        if last.history_type == "-":
            again.append((span[0] if span[0] is last else _before(model, span[0])).instance)
        elif row is None:
            raise NotNow(CHANGED_SINCE.format(noun=model._meta.verbose_name, row=last))
        elif span[0].history_type == "+":
            row.delete()
        else:
            before = _before(model, span[0])
            names = [name for name in _stored(model) if getattr(before, name) != getattr(last, name)]
            if any(getattr(row, name) != getattr(last, name) for name in names):
                raise NotNow(CHANGED_SINCE.format(noun=model._meta.verbose_name, row=row))
            for name in names:
                setattr(row, name, getattr(before, name))
            changed |= set(names)
            back.append(row)
    # What was dropped comes back first: the others may point at it.
    bulk_create(again)
    if changed:
        bulk_update(back, [model._meta.get_field(name).name for name in changed])
    return {paper for row in [*back, *again] for paper in paper_of(row)}


def _stored(model: type[Kept]) -> list[str]:
    """The columns that hold something of their own; what a record derives follows, its version only moves on."""
    own = [
        field for field in model._meta.concrete_fields if not isinstance(field, DerivedMixin | FollowingMixin)
    ]
    return [field.attname for field in own if field.editable or not issubclass(model, Record)]


def _before(model: type[Kept], version: models.Model) -> models.Model:
    """The version before one; a row loaded without history cannot be put back."""
    key = model._meta.pk.attname
    earlier = model.history.filter(**{key: getattr(version, key)}, history_id__lt=version.history_id)
    if (found := earlier.order_by("-history_id").first()) is None:
        raise NotNow(CHANGED_SINCE.format(noun=model._meta.verbose_name, row=version))
    return found


def _restore_unkept(act: Act, kind: type[models.Model]) -> models.Model | None:
    """Give rows whose versions are not kept back to the record that returned; returns it."""
    merger = Merger.objects.filter(act=act).first()
    if merger is None:
        return None
    kept = kind._default_manager.get(code=merger.into_code)
    gone = kind._default_manager.get(code=merger.gone_code)
    for path, keys in merger.unkept.items():
        label, _, name = path.rpartition(".")
        apps.get_model(label)._base_manager.filter(pk__in=keys, **{name: kept}).update(**{name: gone})
    merger.delete()
    return gone
