"""Photographs: what is stored is upright, no larger than a page needs and tells nothing of camera or place; files stay as sent."""

import hashlib
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image, ImageCms, PngImagePlugin

from portal import files
from portal.file_kinds import PNG
from portal.models import Attachment
from portal.photos import lightened, silent
from portal.wording import FileLine
from tests.cast import Cast

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
TURNED_RIGHT = 6
UPLOAD = "/lam-viec/tep/"
SECRETS = (
    b"Exif",
    b"GPS",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"MayAnh",
    b"ghi chu rieng",
    b"iCCP",
    b"eXIf",
    b"tEXt",
)


def photo(kind: str = "JPEG", size: tuple[int, int] = (3000, 1500)) -> bytes:
    """A camera's picture: red on its left, lying on its side, with all a camera writes."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[ORIENTATION], exif[MAKE] = TURNED_RIGHT, "MayAnh"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (21.0, 2.0, 3.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = (
        {"comment": b"ghi chu rieng", "xmp": b"<x xmlns='http://ns.adobe.com/xap/1.0/'/>"}
        if kind == "JPEG"
        else {}
    )
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes(), icc_profile=profile, **more)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "anh.jpg"), ("PNG", "anh.png")])
def test_a_photo_is_stored_upright_small_and_silent(cast: Cast, kind: str, name: str) -> None:
    sent = photo(kind)
    assert b"MayAnh" in sent
    answer = cast.client("lan").post(UPLOAD, {"anh": SimpleUploadedFile(name, sent)})
    assert answer.status_code == 201, answer.json()
    kept = Attachment.objects.get(code=answer.json()["code"])
    assert answer.json()["small"] == f"{files.address(kept)}?nho"
    stored = files.content(kept)
    assert [secret for secret in SECRETS if secret in stored] == []
    image = Image.open(io.BytesIO(stored))
    assert (image.format, image.size, dict(image.getexif()), kept.audience) == (
        kind,
        (1000, 2000),
        {},
        "body",
    )
    red, green, blue = image.convert("RGB").getpixel((500, 100))
    assert red > 200 and green < 60 and blue < 60  # what lay on the left is on top


def coded(jpeg: bytes) -> bytes:
    """The tables and pixels of a JPEG: what the picture is made of."""
    return jpeg[jpeg.index(b"\xff\xdb") : jpeg.rindex(b"\xff\xd9") + 2]


def test_a_scan_sent_as_a_file_keeps_its_picture_byte_for_byte_and_nothing_of_the_camera(cast: Cast) -> None:
    sent = photo()
    hidden = sent + b"GPS of a film behind the picture"
    answer = cast.client("lan").post(UPLOAD, {"tep": SimpleUploadedFile("quet.jpg", hidden)})
    stored = files.content(Attachment.objects.get(code=answer.json()["code"]))
    assert coded(stored) == coded(sent)
    assert [one for one in SECRETS if one in stored] == [b"Exif", b"ICC_PROFILE"]  # its way up, its colours
    image = Image.open(io.BytesIO(stored))
    assert dict(image.getexif()) == {ORIENTATION: TURNED_RIGHT}


def chunks(png: bytes) -> list[tuple[str, bytes]]:
    """The parts of a PNG by name."""
    found, at = [], 8
    while at < len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        found.append((png[at + 4 : at + 8].decode(), png[at:end]))
        at = end
    return found


def test_a_png_sent_as_a_file_keeps_its_picture_byte_for_byte_and_nothing_of_its_maker(cast: Cast) -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "ghi chu rieng")
    said.add_text("Comment", "ghi chu rieng " * 9, zip=True)
    said.add_itxt("XML:com.adobe.xmp", "<x xmlns='http://ns.adobe.com/xap/1.0/'/>")
    said.add(b"tIME", b"\x07\xea\x01\x02\x03\x04\x05")
    said.add(b"vpAg", b"MayAnh", after_idat=True)
    for more in ({}, {"save_all": True, "append_images": [Image.new("RGB", (60, 40), "green")]}):
        out, plain = io.BytesIO(), Image.open(io.BytesIO(photo("PNG", (60, 40))))
        told = {"dpi": (300, 300), "icc_profile": plain.info["icc_profile"], "exif": plain.info["exif"]}
        plain.save(out, "PNG", pnginfo=said, **told, **more)
        sent = out.getvalue()
        hidden = SimpleUploadedFile("quet.png", sent + b"GPS of a film behind the picture")
        answer = cast.client("lan").post(UPLOAD, {"tep": hidden})
        stored = files.content(Attachment.objects.get(code=answer.json()["code"]))
        dropped = {"eXIf", "tEXt", "zTXt", "iTXt", "tIME", "vpAg"}
        assert dropped <= {name for name, _ in chunks(sent)}
        kept = [part for part in chunks(stored) if part[0] != "eXIf"]
        assert kept == [part for part in chunks(sent) if part[0] not in dropped]
        assert [one for one in SECRETS if one in stored] == [b"iCCP", b"eXIf"]  # its colours, its way up
        assert dict(Image.open(io.BytesIO(stored)).getexif()) == {ORIENTATION: TURNED_RIGHT}


def test_no_pixel_of_a_png_is_unpacked_to_learn_its_way_up(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = photo("PNG", (60, 40))
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", None)
    kept = silent(SimpleUploadedFile("quet.png", sent), PNG).read()
    assert [name for name, _ in chunks(kept)].count("eXIf") == 1 and b"MayAnh" not in kept


def test_a_scan_without_such_words_stays_as_sent(cast: Cast) -> None:
    for options in ({}, {"progressive": True}, {"restart_marker_blocks": 4}):
        out = io.BytesIO()
        Image.effect_noise((300, 200), 90).save(out, "JPEG", dpi=(300, 300), **options)
        answer = cast.client("lan").post(UPLOAD, {"tep": SimpleUploadedFile("quet.jpg", out.getvalue())})
        assert files.content(Attachment.objects.get(code=answer.json()["code"])) == out.getvalue()
    for mode in ("1", "P", "LA", "RGBA"):
        out = io.BytesIO()
        Image.new(mode, (30, 20)).save(out, "PNG", dpi=(300, 300))
        answer = cast.client("lan").post(UPLOAD, {"tep": SimpleUploadedFile("quet.png", out.getvalue())})
        assert files.content(Attachment.objects.get(code=answer.json()["code"])) == out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_an_older_version_kept_of_the_camera_is_removed_once_and_from_every_version(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    sent, name = photo(kind), f"cu.{kind.lower()}"
    with monkeypatch.context() as older:
        older.setattr(files, "silent", lambda upload, _: upload)
        old = files.keep(SimpleUploadedFile(name, sent), by=cast.lan)
        again = files.again(old, by=cast.lan)
    new = files.keep(SimpleUploadedFile(name, sent), by=cast.lan)
    said = [io.StringIO(), io.StringIO()]
    for out in said:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("silence_pictures", stdout=out)
    assert [out.getvalue() for out in said] == [
        "Đã xem 2 ảnh, làm sạch 1 ảnh.\n", "Đã xem 1 ảnh, làm sạch 0 ảnh.\n"
    ]  # fmt: skip
    for one in (old, again):
        one.refresh_from_db()
        assert (one.sha256, one.size) == (new.sha256, new.size)
    assert not Attachment.history.exclude(sha256=new.sha256).exists()
    assert not default_storage.exists(files.storage_path(hashlib.sha256(sent).hexdigest()))


def test_a_large_picture_is_seen_small_in_lists(cast: Cast) -> None:
    out = io.BytesIO()
    Image.effect_noise((2400, 1600), 90).save(out, "JPEG")
    answer = cast.client("lan").post(UPLOAD, {"tep": SimpleUploadedFile("le-ky.jpg", out.getvalue())})
    kept = Attachment.objects.get(code=answer.json()["code"])
    line, client = FileLine(kept), cast.client("lan")
    answers = {url: client.get(url) for url in (line.url, line.small_url)}
    shown = {url: b"".join(answer) for url, answer in answers.items()}
    assert len(shown[line.small_url]) < len(shown[line.url]) / 10
    assert Image.open(io.BytesIO(shown[line.small_url])).size == (640, 427)
    assert answers[line.url]["ETag"] != answers[line.small_url]["ETag"]
    assert cast.client("binh").get(line.small_url).status_code == 404


def test_what_is_no_photo_is_refused_with_a_sentence(cast: Cast) -> None:
    for name, content in (("a.jpg", photo()[:2000]), ("a.jpg", b"%PDF-1.4 %%EOF"), ("a.png", b"\x00")):
        answer = cast.client("lan").post(UPLOAD, {"anh": SimpleUploadedFile(name, content)})
        assert (answer.status_code, bool(answer.json()["error"])) == (400, True)
    cut = cast.client("lan").post(UPLOAD, {"anh": SimpleUploadedFile("a.jpg", photo()[:2000])})
    assert cut.json()["error"].startswith("Ảnh JPEG này bị hỏng hoặc chưa tải đủ.")


def test_a_small_photo_keeps_its_size() -> None:
    small = lightened(SimpleUploadedFile("a.png", photo("PNG", (40, 20))))
    assert Image.open(small).size == (20, 40)
