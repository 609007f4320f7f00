"""A cadence nobody has entered is not yet known to the portal."""

from django.db import migrations, models


def cadence():
    choices = [
        ("", "chưa rõ"),
        ("none", "văn bản không quy định"),
        ("quarterly", "hằng quý"),
        ("half_yearly", "6 tháng một lần"),
        ("yearly", "hằng năm"),
        ("mid_term", "giữa kỳ và cuối kỳ"),
        ("periodic", "định kỳ"),
    ]
    return models.CharField(blank=True, choices=choices, max_length=11, verbose_name="chế độ sơ kết")


class Migration(migrations.Migration):
    dependencies = [("programs", "0006_unknown_signing_is_not_unsigned")]
    operations = [
        migrations.AlterField(model_name="historicalprogram", name="cadence", field=cadence()),
        migrations.AlterField(model_name="program", name="cadence", field=cadence()),
    ]
