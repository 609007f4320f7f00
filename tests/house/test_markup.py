"""What every page stands on: no inline style or script, vendored files as published, a style sheet that stays small."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("**/templates/**/*.html") if ".venv" not in path.parts)
SHEET = ROOT / "static" / "css" / "portal.css"
VENDORED = sorted(path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir())
FONT_BUDGET = 72 * 1024


def _name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_page_carries_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    for tag in re.findall(r"<[a-zA-Z][^<>]*>", text):
        assert not re.search(r"\s(style|on[a-z]+)\s*=", tag, re.IGNORECASE), tag
        assert "javascript:" not in tag.lower(), tag
    assert "<style" not in text.lower()
    for opening, inside in re.findall(r"(<script\b[^>]*>)(.*?)</script>", text, re.DOTALL | re.IGNORECASE):
        assert "src=" in opening and not inside.strip(), opening


def test_public_pages_load_no_script():
    public = [ROOT / "templates" / "base.html", ROOT / "templates" / "public.html"]
    public += [path for path in TEMPLATES if "public" in path.parts]
    assert [_name(path) for path in public if "<script" in path.read_text(encoding="utf-8").lower()] == []


SAVES = {
    "Lưu", "Xem nơi nhận", "Thêm khách mời", "Ghi người dự thay", "Đăng nhập", "Đặt mật khẩu mới"
}  # fmt: skip
"""The first buttons that Enter may press: they keep, show or let in, and send nothing to anybody."""
FORM = re.compile(r'<form [^>]*method="post".*?</form>', re.DOTALL)
FIELD = re.compile(
    r'<(?:input (?!type="(?:hidden|submit))|select|textarea (?![^>]* hidden>))|\{\{ \w*form\b|as_field_group'
)
FIRST = re.compile(
    r'\{% (enter_rests) %\}|\{% button "([^"]+)"|<button [^>]*>([^<]+)|type="submit" value="([^"]+)"'
)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_enter_in_a_field_sends_approves_and_ends_nothing(path):
    """The first button of a form is the one that Enter presses."""
    for form in FORM.findall(path.read_text(encoding="utf-8")):
        if FIELD.search(form):
            first = next(filter(None, FIRST.search(form).groups()))
            assert first in SAVES | {"enter_rests"}, form[:200]


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_vendored_files_are_as_published(folder):
    listed = dict(line.split("  ", 1)[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    held = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert held == listed
    assert "LICENSE" in held
    assert f"`{folder.name}`" in (folder.parent / "README.md").read_text(encoding="utf-8")


def test_the_style_sheet_stays_small():
    sheet = SHEET.read_bytes()
    assert len(sheet) <= 40 * 1024
    assert len(gzip.compress(sheet, 9)) <= 9 * 1024


def test_the_sheet_of_printed_pages_stays_small():
    """Loaded beside the first one, by the pages made for one A4 alone."""
    sheet = (SHEET.parent / "sheet.css").read_bytes()
    assert len(sheet) <= 12 * 1024
    assert len(gzip.compress(sheet, 9)) <= 3 * 1024


def test_the_fonts_stay_small():
    assert sum(path.stat().st_size for path in (ROOT / "static" / "vendor").glob("*/*.woff2")) <= FONT_BUDGET


def test_the_style_sheet_asks_for_nothing_beyond_the_oldest_browsers():
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    for word in (":has(", "oklch(", "color-mix(", "subgrid", "@container", "@layer", "&"):
        assert word not in sheet, word
    assert sheet.count("{") == sheet.count("}")


def test_the_style_sheet_loads_only_vendored_files():
    addresses = re.findall(r'url\("([^"]+)"\)', SHEET.read_text(encoding="utf-8"))
    assert addresses
    for address in addresses:
        assert address.startswith("data:image/svg+xml,") or (SHEET.parent / address).is_file(), address


def test_every_icon_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text()))
    named = {
        word
        for path in TEMPLATES
        for word in re.findall(r'\{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= drawn
