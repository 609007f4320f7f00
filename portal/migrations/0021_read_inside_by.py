"""What decides who reads a document of a record inside stands on the document too; the records' last app fills it."""

from django.db import migrations, models

from portal.columns import FollowingNumberField

READ_INSIDE_BY = {
    "keeper": "cơ quan giữ bản ghi",
    "circle": "vòng cơ quan, khi bản ghi đã duyệt",
    "given_first": "thuộc các năm từ",
    "given_last": "thuộc các năm đến",
}


def column(words):
    return FollowingNumberField(editable=False, null=True, verbose_name=words)


class Migration(migrations.Migration):
    dependencies = [("portal", "0020_persons_looked_at")]
    operations = [
        migrations.RemoveIndex(model_name="document", name="document_listed"),
        *(migrations.AddField("document", name, column(words)) for name, words in READ_INSIDE_BY.items()),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["-listed_on", "-id", "shown_from", *READ_INSIDE_BY], name="document_listed"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("keeper__isnull", True)),
                fields=["-listed_on", "-id"],
                name="document_of_no_record",
            ),
        ),
    ]
