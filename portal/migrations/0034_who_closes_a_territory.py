"""An installation with the usual kinds of bodies is told which of them close the year of the territory they lie in."""

from django.db import migrations
from django.utils import timezone

KEY, NAME = "chot-nam-dia-ban", "cấp ủy, các ban của cấp ủy, HĐND, UBND"
PARTS = {
    "tinh-uy": "tinh",
    "thanh-uy": None,
    "quan-uy": "huyen",
    "huyen-uy": "huyen",
    "thi-uy": "huyen",
    "dang-uy": "xa",
    "ban-dan-van": None,
    "ban-tuyen-giao": None,
    "ban-tuyen-giao-va-dan-van": None,
    "ban-xay-dung-dang": None,
    "hdnd": None,
    "ubnd": None,
}


def tell(apps, schema_editor):
    def keep(model, /, **values):
        row = apps.get_model("portal", model).objects.create(**values)
        versions = apps.get_model("portal", f"Historical{model}").objects
        versions.create(id=row.pk, history_date=timezone.now(), history_type="+", **values)
        return row

    groups = apps.get_model("portal", "BodyGroup").objects
    known = apps.get_model("portal", "OrganizationKind").objects.filter(key__in=PARTS)
    levels = {one.key: one for one in apps.get_model("portal", "Level").objects.all()}
    kinds = [one for one in known if PARTS[one.key] is None or PARTS[one.key] in levels]
    if not kinds or groups.filter(key=KEY).exists():
        return
    group = keep("BodyGroup", key=KEY, name=NAME, words="", position=groups.count())
    for kind in kinds:
        keep("BodyGroupPart", group=group, kind=kind, level=levels.get(PARTS[kind.key]))


class Migration(migrations.Migration):
    dependencies = [("portal", "0033_names_of_working_copies")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
