"""Photographs made lighter before they are kept: upright, no larger than a page needs, telling nothing of camera or place.

A scan sent as a file is evidence and stays byte for byte; only what is sent as a photograph comes through here.
"""

import io
import warnings

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

from portal.file_kinds import BROKEN, JPEG, KINDS, PNG, NotTaken, sniff

LONG_EDGE = 2000
"""The most pixels of the longer edge; the page shrinks to the same before it sends."""
QUALITY = 85
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


def rewritten(image: Image.Image, kind: str) -> bytes:
    """The pixels alone, turned as the camera meant them and shrunk."""
    image.draft(None, (LONG_EDGE, LONG_EDGE))  # a large JPEG is never unpacked whole
    image = in_screen_colours(ImageOps.exif_transpose(image), alpha=kind == PNG.key)
    image.thumbnail((LONG_EDGE, LONG_EDGE), Image.Resampling.LANCZOS)
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
