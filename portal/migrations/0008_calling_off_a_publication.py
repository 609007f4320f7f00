"""A publication still ahead may be called off: the verb of that act."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_search_texts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="verb",
            field=models.CharField(
                choices=[
                    ("create", "tạo"),
                    ("edit", "sửa"),
                    ("refile", "đổi loại văn bản"),
                    ("submit", "trình lãnh đạo"),
                    ("recall", "rút lại để sửa"),
                    ("return", "trả lại"),
                    ("approve", "duyệt"),
                    ("publish", "công khai"),
                    ("withdraw", "gỡ khỏi trang công khai"),
                    ("call_off", "hủy hẹn công khai"),
                    ("correct", "chỉnh sửa dữ liệu"),
                    ("load", "nạp dữ liệu"),
                    ("end", "ghi nhận kết thúc"),
                    ("delete", "xóa bản đang soạn"),
                    ("read", "xem"),
                    ("paper", "ghi nhận duyệt trên giấy"),
                    ("delegate", "ủy quyền duyệt"),
                    ("revoke", "kết thúc ủy quyền"),
                    ("merge", "gộp bản ghi trùng"),
                    ("restore", "hoàn tác"),
                ],
                max_length=10,
                verbose_name="việc",
            ),
        ),
    ]
