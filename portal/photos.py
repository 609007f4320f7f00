"""Pictures before they are kept: none tells of camera or place; photographs also upright and no larger than a page needs.

A scan sent as a file is evidence: its picture stays as sent, byte for byte, and only what a camera wrote beside it goes.
"""

import io
import re
import warnings
import zlib
from collections.abc import Iterator

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

from portal.file_kinds import BROKEN, JPEG, KINDS, PNG, Kind, NotTaken, sniff

LONG_EDGE = 2000
"""The most pixels of the longer edge; the page shrinks to the same before it sends."""
QUALITY = 85
SMALL_EDGE = 640
"""The longer edge of the picture that stands in a list."""
LIGHT = 200_000
"""A picture of fewer bytes needs no smaller one."""
MOST_HELD = 25_000_000
"""The most pixels held at once for a smaller picture."""
NOT_A_PHOTO = "Ảnh phải là JPEG hoặc PNG. Giấy tờ khác xin chọn ở ô tệp."


def lightened(upload: File) -> File:
    """The photograph as it is kept; :class:`NotTaken` says why one is refused."""
    kind = sniff(upload)
    if kind not in (JPEG, PNG):
        raise NotTaken(NOT_A_PHOTO)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload.file, formats=[kind.key.upper()]) as image:
                written = rewritten(image, kind.key)
    except Exception as error:  # Pillow raises whatever its readers meet in a hostile file
        raise NotTaken(BROKEN.format(label=KINDS[kind.key].label)) from error
    return ContentFile(written, name=upload.name)


def small(upload: File, kind: Kind) -> bytes | None:
    """A picture as it stands in a list, as JPEG; None where the picture is light already, or cannot be made smaller."""
    if upload.size < LIGHT:
        return None
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload.file, formats=[kind.key.upper()]) as image:
                whole = kind is PNG or "progressive" in image.info or "progression" in image.info
                if whole and image.width * image.height > MOST_HELD:
                    return None
                return rewritten(image, JPEG.key, SMALL_EDGE)
    except Exception:  # the picture itself is kept all the same
        return None
    finally:
        upload.seek(0)


def rewritten(image: Image.Image, kind: str, edge: int = LONG_EDGE) -> bytes:
    """The pixels alone, turned as the camera meant them and shrunk."""
    image.draft(None, (edge, edge))  # a large JPEG is never unpacked whole
    image = in_screen_colours(ImageOps.exif_transpose(image), alpha=kind == PNG.key)
    image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    image.info = {}
    out = io.BytesIO()
    image.save(out, kind.upper(), quality=QUALITY, optimize=True)
    return out.getvalue()


def in_screen_colours(image: Image.Image, *, alpha: bool) -> Image.Image:
    """The picture in sRGB, so that it looks the same without the camera's colour profile."""
    profile = image.info.get("icc_profile")
    has_alpha = alpha and (image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info)
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            source, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, source, screen, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that cannot be read changes no colour
    return image.convert("RGBA" if has_alpha else "RGB")


# --- what a camera writes beside the picture

_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The next marker after coded pixels: neither a stuffed byte nor a restart."""
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_APP0, _APP2, _APP14, _APP15 = 0xE0, 0xE2, 0xEE, 0xEF
_LOOKS = {_APP0: b"JFIF\0", _APP2: b"ICC_PROFILE", _APP14: b"Adobe"}
"""What applications write about how the picture looks: resolution, colours; anything else of theirs is dropped."""
_ORIENTATION = 0x0112
_DRAWN = {
    "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "iCCP",
    "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
}  # fmt: skip
"""The parts of a PNG that say how it looks: pixels, transparency, colours, resolution, frames."""


def silent(upload: File, kind: Kind) -> File:
    """A picture without position, camera, remarks or hidden pictures; its coded pixels untouched, its way up kept."""
    parts = {JPEG: _parts_of_jpeg, PNG: _parts_of_png}[kind]
    upload.seek(0)
    sent = upload.read()
    try:
        written = b"".join(parts(sent, _way_up(sent, kind)))
    except (IndexError, ValueError) as error:
        raise NotTaken(BROKEN.format(label=kind.label)) from error
    upload.seek(0)
    return upload if written == sent else ContentFile(written, name=upload.name)


def _way_up(sent: bytes, kind: Kind) -> bytes:
    """What says how a picture is to be turned, and nothing else; empty where it stands upright."""
    try:
        told = _told_by_png(sent) if kind is PNG else _told_by_jpeg(sent)
        turned = told.get(_ORIENTATION, 1)
    except Exception:  # what it says cannot be read, so nobody turned it by that
        return b""
    if turned not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = turned
    return exif.tobytes()


def _told_by_jpeg(sent: bytes) -> Image.Exif:
    """What a camera wrote: it stands before the pixels."""
    with Image.open(io.BytesIO(sent), formats=[JPEG.key.upper()]) as image:
        return image.getexif()


def _told_by_png(sent: bytes) -> Image.Exif:
    """What a camera wrote, wherever it stands; no pixel is unpacked to come to it."""
    told = Image.Exif()
    for name, start, end in _chunks(sent):
        if name == "eXIf":
            told.load(sent[start + 8 : end - 4])
    return told


def _chunks(sent: bytes) -> Iterator[tuple[str, int, int]]:
    """The parts of a PNG up to its end: the name of each, where it begins and where it ends."""
    at, name = 8, ""
    while at < len(sent) and name != "IEND":
        name = sent[at + 4 : at + 8].decode("latin-1")
        end = at + 12 + int.from_bytes(sent[at : at + 4], "big")
        if end > len(sent):
            raise ValueError("a part longer than the picture")
        yield name, at, end
        at = end


def _parts_of_png(sent: bytes, way_up: bytes) -> Iterator[bytes]:
    """The picture part by part, without what only tells of it; nothing after its end."""
    yield sent[:8]
    for name, start, end in _chunks(sent):
        if name in _DRAWN:
            yield sent[start:end]
        if name == "IHDR" and way_up:
            said = b"eXIf" + way_up.removeprefix(b"Exif\0\0")
            yield (len(said) - 4).to_bytes(4, "big") + said + zlib.crc32(said).to_bytes(4, "big")


def _parts_of_jpeg(sent: bytes, way_up: bytes) -> Iterator[bytes]:
    """The picture part by part, without what only tells of it; nothing after its end."""
    yield sent[:2]
    if way_up:
        yield b"\xff\xe1" + (len(way_up) + 2).to_bytes(2, "big") + way_up
    at = 2
    while (found := _MARKER.search(sent, at)) is not None:
        marker, start = sent[found.start() + 1], found.start()
        if marker == _EOI:
            yield sent[start : start + 2]
            return
        end = start + 2 + int.from_bytes(sent[start + 2 : start + 4], "big")
        if end < start + 4 or end > len(sent):
            raise ValueError("a part longer than the picture")
        if marker == _SOS:
            following = _MARKER.search(sent, end)
            end = following.start() if following else len(sent)
        if _is_picture(marker, sent[start + 4 : start + 16]):
            yield sent[start:end]
        at = end


def _is_picture(marker: int, opening: bytes) -> bool:
    """Whether a part says how the picture looks: of what applications write, only colours and resolution do."""
    if marker == _COMMENT or _APP0 <= marker <= _APP15:
        return opening.startswith(_LOOKS.get(marker, ()))
    return True
