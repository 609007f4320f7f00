"""Joining duplicates in the words of an office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0011_words_for_an_end"),
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
                    ("consult", "gửi lấy ý kiến"),
                    ("answer", "cho ý kiến"),
                    ("close", "kết thúc lấy ý kiến"),
                    ("delegate", "ủy quyền duyệt"),
                    ("revoke", "kết thúc ủy quyền"),
                    ("merge", "gộp bản nhập trùng"),
                    ("restore", "hoàn tác"),
                    ("assign", "giao theo dõi"),
                    ("reply", "trả lời nhiệm vụ"),
                    ("ask_more", "đề nghị bổ sung"),
                    ("accept", "ghi nhận hoàn thành"),
                    ("stop", "thôi theo dõi"),
                    ("pass_on", "chuyển cơ quan thực hiện"),
                ],
                max_length=10,
                verbose_name="việc",
            ),
        ),
    ]
