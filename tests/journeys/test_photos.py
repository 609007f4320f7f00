"""A photograph from a telephone: shrunk and stripped by the page before it is sent, upright where it is shown."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from meetings.models import Meeting
from portal.models import Attachment
from portal.views import files as upload_view
from tests.cast import Cast
from tests.journeys.walker import Walker

GPS, ORIENTATION, MAKE, TURNED_RIGHT = 0x8825, 0x0112, 0x010F, 6
SIZE = (4000, 3000)
SECRETS = (b"Exif", b"MayAnh", b"GPS")


def telephone_picture(path: Path) -> bytes:
    """What a telephone held upright writes: a large grainy picture on its side, red where its top is."""
    image = Image.effect_noise(SIZE, 60).convert("RGB")
    image.paste("red", (0, 0, 400, SIZE[1]))
    exif = image.getexif()
    exif[ORIENTATION], exif[MAKE] = TURNED_RIGHT, "MayAnh"
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (21.0, 2.0, 3.0), "E", (105.0, 50.0, 1.0)
    image.save(path, "JPEG", quality=92, exif=exif.tobytes())
    return path.read_bytes()


def is_upright(content: bytes) -> bool:
    """Whether what lay on the left of the file stands on top."""
    red, green, blue = Image.open(io.BytesIO(content)).convert("RGB").getpixel((700, 20))
    return red > 180 and green < 80 and blue < 80


def test_a_photo_is_sent_small_and_without_its_place(
    cast: Cast, walk: Callable[..., Walker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "le-ky.jpg"
    taken = telephone_picture(picture)
    assert len(taken) > 5_000_000
    assert all(secret in taken for secret in SECRETS[:2])
    sent: list[bytes] = []

    def received(upload: Any) -> Any:
        sent.append(upload.read())
        upload.seek(0)
        return lightened(upload)

    lightened = upload_view.lightened
    monkeypatch.setattr(upload_view, "lightened", received)
    clerk = walk("lan", "/lam-viec/hoi-nghi/nhap/")
    clerk.type("title", "Hội nghị ký kết")
    clerk.attach("anh", picture)
    link = clerk.page.locator("#rows-files .picked a")
    expect(link).to_have_text("le-ky.jpg", timeout=20_000)
    [arrived] = sent
    assert (Image.open(io.BytesIO(arrived)).size, len(arrived) < len(taken) / 2) == ((1500, 2000), True)
    assert [secret for secret in SECRETS if secret in arrived] == []
    assert is_upright(arrived)
    clerk.send("Lưu")
    kept = Attachment.objects.get()
    assert kept.document == Meeting.objects.get().document
    served = clerk.page.request.get(clerk.page.locator("#rows-files .picked a").get_attribute("href"))
    shown = served.body()
    assert (Image.open(io.BytesIO(shown)).size, dict(Image.open(io.BytesIO(shown)).getexif())) == (
        (1500, 2000),
        {},
    )
    assert [secret for secret in SECRETS if secret in shown] == []
    assert is_upright(shown)
    clerk.open(f"/lam-viec/hoi-nghi/{Meeting.objects.get().code}/")
    drawn = clerk.page.locator(".photos img")
    drawn.scroll_into_view_if_needed()
    clerk.page.wait_for_function("() => document.querySelector('.photos img').complete")
    width, height = drawn.evaluate("one => [one.naturalWidth, one.naturalHeight]")
    assert (0 < width < 1500, height * 3 == width * 4) == (True, True)
