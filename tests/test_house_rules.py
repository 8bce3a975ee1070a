"""Rules of the house that a reader of the code could break without noticing."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


APPS = ("servicejournal", "articles", "issues", "templates")


def of_the_site(*patterns: str) -> list[Path]:
    """Files of what is served, without tests and tools."""
    return [path for path in files(*patterns) if path.relative_to(ROOT).parts[0] in APPS]


def files(*patterns: str) -> list[Path]:
    """Tracked and new files, never what git ignores."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listing.stdout.split() if (ROOT / name).exists()]


AS_OTHERS_WROTE_IT = ("static/vendor/", "tests/files/")
ENDS_WITHIN_A_LINE = ("templates/articles/_form_look.html", "templates/articles/_passage.html")


def test_files_are_written_as_the_editorconfig_says():
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        content = path.read_bytes()
        if name.startswith(AS_OTHERS_WROTE_IT) or b"\0" in content or not content:
            continue
        text = content.decode()
        assert not re.search(r"[ \t\r]$", text, re.MULTILINE), f"{name}: white space ends a line"
        assert name == "Makefile" or "\t" not in text, f"{name}: a tab"
        assert not text.endswith("\n\n"), f"{name}: an empty line ends it"
        assert text.endswith("\n") != (name in ENDS_WITHIN_A_LINE), f"{name}: its last line"


def test_no_program_leaves_its_database_here():
    assert files("*.db", "*.sqlite3", "*.log") == []


def test_scripts_import_what_is_there():
    """The linter knows the names in a file, but says nothing of a file that is gone."""
    for path in files("static/*.mjs"):
        for where in re.findall(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)""", path.read_text()):
            assert where.startswith("."), f"{path}: {where}"
            assert (path.parent / where).is_file(), f"{path}: {where}"


def test_html_is_marked_safe_in_one_include_and_data_for_machines_in_one_filter():
    marked = [
        path.name
        for path in of_the_site("*.py", "*.html")
        if re.search(r"\|\s*safe\b|mark_safe|SafeString|autoescape off", path.read_text())
    ]
    assert sorted(marked) == ["_body.html", "journal.py"]


def test_only_the_field_knows_the_editor():
    importers = [
        path.relative_to(ROOT).as_posix()
        for path in files("*.py")
        if re.search(r"^\s*(from|import) ckeditor", path.read_text(), re.MULTILINE)
    ]
    assert importers == ["articles/bodies/fields.py"]


def test_only_the_settings_read_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in of_the_site("*.py")
        if re.search(r"os\.environ\[|os\.getenv|environ\.get\(|\benviron\.Env", path.read_text())
    ]
    assert readers == ["servicejournal/settings.py"]


#: They look at what comes from outside and is no body yet: a dump of a website, bytes, Excel.
NO_BODIES = {
    "issues/backissues/lines.py",
    "issues/covers/outlines.py",
    "issues/exports/pdf/printer/clauses.py",
    "issues/exports/pdf/printer/operators.py",
    "articles/word/parts/guard.py",
    "servicejournal/papers/sheets.py",
}


#: A `<` that is none of the expression's own: (?<=…), (?P<name>…).
TAG = re.compile(r"(?<!\(\?)(?<!P)<(?![=!>])")


def patterns_of(path: Path) -> Iterator[str]:
    """The text of every regular expression of a module that is written where it is made."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and re.fullmatch(r"re\.\w+", ast.unparse(node.func)):
            told = [part for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            yield "".join(str(part.value) for part in told)


def test_a_stored_body_is_read_as_a_tree_and_taken_apart_nowhere_else():
    readers = set()
    for path in of_the_site("*.py"):
        tags = any(map(TAG.search, patterns_of(path)))
        parser = re.search(r"^\s*(from|import) html\.parser", path.read_text(), re.MULTILINE)
        name = path.relative_to(ROOT).as_posix()
        if (tags or parser) and not name.startswith("articles/bodies/"):
            readers.add(name)
    assert readers == NO_BODIES


def test_bodies_are_never_written_around_the_cleaning_field():
    for path in of_the_site("*.py"):
        assert not re.search(r"\.update\([^)]*\bbody=", path.read_text()), path


def test_only_the_cleaning_place_says_that_a_body_is_clean():
    makers = [
        path.relative_to(ROOT).as_posix()
        for path in of_the_site("*.py")
        if re.search(r"CleanBody\(|cast\(.*CleanBody|\(CleanBody\b", path.read_text())
    ]
    assert makers == ["articles/bodies/html.py"]


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_pages_ask_no_third_party(folder):
    """No address of another host in what a browser loads; links in text are not loads."""
    loads = re.compile(
        r"""(?:src|srcset|action)=["'](?:https?:)?//|url\(["']?(?:https?:)?//|@import"""
    )
    for path in files(f"{folder}/*.html", f"{folder}/*.css", f"{folder}/*.mjs", f"{folder}/*.js"):
        assert not loads.search(path.read_text()), path


def test_readers_templates_carry_no_inline_script_or_style():
    for path in files("templates/*.html"):
        if "admin" in path.parts:
            continue
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=\"", text), path


def test_the_types_of_every_script_are_checked():
    """By `.ci/types`, and in the editor of whoever writes one."""
    for path in files("static/*.mjs"):
        assert path.read_text().startswith("// @ts-check\n"), path
