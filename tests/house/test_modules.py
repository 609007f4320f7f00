"""What every committed file keeps to: names, docstrings, types, and no trace of the machine it was written on."""

import ast
import gzip
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "programs", "meetings", "models_registry")
TOP_LEVEL = {*APPS, "templates", "static", "tests", "manage.py", "pyproject.toml", "README.md"}
TOP_LEVEL |= {"run", "requirements.txt", "LICENSE", ".ci", ".gitignore", ".gitattributes"}
VAGUE = {"utils", "util", "common", "core", "helpers", "helper", "misc", "shared", "base"}
BINARY = {".woff2", ".mo", ".ttf", ".png", ".jpg", ".pdf", ".docx", ".xlsx", ".ico"}


def _committed() -> list[Path]:
    git = shutil.which("git") if (ROOT / ".git").exists() else None
    listed = git and subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed and listed.returncode == 0:
        paths = [Path(name) for name in listed.stdout.split("\0") if name]
    else:  # unpacked from an archive: everything but what is made here
        made = (ROOT / ".gitignore").read_text().replace("/", "").split()
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        paths = [path for path in paths if not {*made, ".git"} & {*path.parts}]
    return sorted(path for path in paths if (ROOT / path).is_file())


COMMITTED = _committed()
MODULES = [path for path in COMMITTED if path.suffix == ".py" and "migrations" not in path.parts]
APP_MODULES = [path for path in MODULES if path.parts[0] in APPS]


def _tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def test_nothing_else_shows_at_the_top():
    assert {path.parts[0] for path in COMMITTED} <= TOP_LEVEL


@pytest.mark.parametrize("path", [*MODULES, Path("run")], ids=str)
def test_a_module_opens_by_saying_what_it_owns(path):
    assert ast.get_docstring(_tree(path)), f"{path} has no docstring"


def test_modules_are_named_by_concept():
    assert [str(path) for path in MODULES if VAGUE & {path.stem, *path.parts[:-1]}] == []


def _public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public_functions(node.body)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("path", APP_MODULES, ids=str)
def test_public_functions_are_typed(path):
    untyped = []
    for function in _public_functions(_tree(path).body):
        given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        bare = [arg.arg for arg in given if arg.annotation is None and arg.arg not in ("self", "cls")]
        if bare or function.returns is None:
            untyped.append(f"{path}:{function.lineno} {function.name} ({', '.join(bare) or 'return'})")
    assert untyped == []


@pytest.mark.parametrize("path", APP_MODULES, ids=str)
def test_no_signal_of_ours(path):
    names = {node.module for node in ast.walk(_tree(path)) if isinstance(node, ast.ImportFrom)}
    assert not names & {"django.db.models.signals", "django.dispatch"}, "a change is a verb in actions"


def _traces() -> dict[str, re.Pattern[str]]:
    places = "|".join(
        ("work", "tmp", "root", "home", "opt")
    )  # written so that this file does not find itself
    hosts = ("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "registry" + r"\.yarn")
    return {
        "a path of the machine it was written on": re.compile(rf"(?<![\w.}}])/(?:{places})/"),
        "a package registry's address": re.compile(
            "|".join((*hosts, "--index" + "-url", "deb" + r"\.debian"))
        ),
    }


def test_no_trace_of_the_machine_it_was_written_on():
    found = []
    for path in COMMITTED:
        if path.suffix in BINARY or (path.parts[:2] == ("static", "vendor") and path.suffix != ".lock"):
            continue  # vendored files stand byte for byte as published
        raw = (ROOT / path).read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
        found += [f"{path}: {what}" for what, trace in _traces().items() if trace.search(text)]
    assert found == []


def test_no_lock_that_records_addresses():
    names = {"uv.lock", "poetry.lock", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "Pipfile.lock"}
    assert [str(path) for path in COMMITTED if path.name in names] == []


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_locked_package_has_its_hash(name):
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_templates_carry_no_inline_script_or_style():
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
    )
    pages = [path for path in COMMITTED if path.parts[0] == "templates" and path.suffix in (".html", ".svg")]
    found = {str(path): inline.findall((ROOT / path).read_text(encoding="utf-8")) for path in pages}
    assert {path: what for path, what in found.items() if what} == {}
