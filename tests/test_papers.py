"""Papers say what is: files, commands, addresses, settings and names that they mention are there.

Papers are the `.md` files and, for names in backquotes, the docstrings and comments of the code.
"""

import ast
import functools
import io
import re
import tokenize
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from tests.environment import FIXED
from tests.test_house_rules import ROOT, files

#: What changed is told of its day, so CHANGELOG.md may name what is gone.
PAPERS = [
    path
    for path in files("*.md")
    if path.name != "CHANGELOG.md" and not path.is_relative_to(ROOT / "tests/files")
]
CODE = files("*.py")
#: What defines the names that the papers mention.
KINDS = ("*.py", "*.mjs", "*.js", "*.css", "*.html", "*.toml")
#: Files in backquotes that are made when the program runs.
MADE = re.compile(
    r"((README|format)\.txt|index\.html|(issue|face|edition|made|job|told|layout|pages|facts|scan|manifest|laid)\.json|sha256\.txt"
    r"|style\.css|robots\.txt|(.*/)?(NN|NAME|00-目录|01-TITLE)\.html|(pictures|drafts|samples|scans)/"
    r"|(\.venv|var)/.*)"
)
FILE = re.compile(r"[\w./-]*\w\.(?:py|md|css|mjs|js|html|toml|txt|typ|json)|(?:[\w.-]+/)+")
ROOMS = "servicejournal|articles|issues|tests|benchmarks|docs|templates|static"
#: A path in running words, without backquotes.
IN_WORDS = re.compile(rf"(?<![\w/.`])(?:{ROOMS})/[\w/.-]*\w/?")
#: What belongs to other people's programs, and attributes of what a function was given.
FOREIGN = re.compile(
    r"(django|signing|client|ckeditor|settings|style|articles\.1)\..*|\w+\.DoesNotExist"
    r"|QuerySet\.update.*|.*\.(pdf|epub|svg|jpg|png|zip|webp|media|docx)|ckeditor_uploader"
)


def of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def there() -> set[str]:
    """Files, folders with a / behind, and each with less of its beginning: `views/form.py`."""
    names = {of(path) for path in files()}
    names |= {f"{parent.as_posix()}/" for name in names for parent in Path(name).parents}
    return {name[at:] for name in names for at in [0, *starts(name)]}


def starts(name: str) -> list[int]:
    return [at + 1 for at, letter in enumerate(name) if letter == "/"]


def is_there(name: str) -> bool:
    module = f"{name.replace('.', '/')}.py"  # articles.bodies.html
    return bool(there() & {name, f"{name}.py", f"{name}/", module} or MADE.fullmatch(name))


@functools.cache
def text_of(path: Path) -> str:
    return path.read_text()


@functools.cache
def tokens(path: Path) -> list[tuple[int, str]]:
    """Taking a module apart is what costs; half a dozen questions are asked of each."""
    read = tokenize.generate_tokens(io.StringIO(text_of(path)).readline)
    kinds = (tokenize.NAME, tokenize.STRING, tokenize.COMMENT)
    return [(each.type, each.string) for each in read if each.type in kinds]


@functools.cache
def told(path: Path) -> str:
    """What a file tells people: all of a paper; of a module, docstrings and comments alone."""
    text = text_of(path)
    if path.suffix != ".py":
        return text
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, owners)]
    comments = [string for kind, string in tokens(path) if kind == tokenize.COMMENT]
    return "\n".join([*(ast.get_docstring(node) or "" for node in nodes), *comments])


def quoted(path: Path) -> list[str]:
    """What stands in backquotes, without examples of several lines."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^```.*?^```", "", told(path)))


def test_every_file_that_is_named_is_there():
    gone = []
    for path in [*PAPERS, *CODE, *files("*.mjs", "*.css", "*.typ", "*.toml", "templates/*.html")]:
        named = [name for name in quoted(path) if FILE.fullmatch(name)]
        if path.suffix in (".py", ".md", ".toml"):
            named += IN_WORDS.findall(re.sub(r"\]\([^)]*\)|`[^`\n]*`", "", told(path)))
        gone += [f"{of(path)}: {name}" for name in named if not is_there(name)]
    assert not gone


def test_every_link_of_a_paper_leads_somewhere():
    for path in PAPERS:
        for where in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text()):
            assert (path.parent / where).exists(), f"{of(path)}: {where}"


def test_every_command_that_is_named_can_be_run_with_the_options_that_are_named():
    commands = get_commands()
    for path in [*PAPERS, *CODE, ROOT / ".env.example", ROOT / "CHANGELOG.md"]:
        text = path.read_text()
        for name, rest in re.findall(
            r"(?:manage\.py |`(?=(?:import|export)_issue\b))([a-z]\w+)([^`\n]*)", text
        ):
            assert name in commands, f"{of(path)}: {name}"
            command = load_command_class(commands[name], name)
            known = command.create_parser("manage.py", name)._option_string_actions
            for option in re.findall(r"(?<=[\s\[])--[a-z-]+", rest):
                assert option in known, f"{of(path)}: {name} {option}"


def test_every_target_of_make_that_is_named_is_there():
    targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text())
    for path in [*PAPERS, *CODE, ROOT / "Makefile", ROOT / "pyproject.toml"]:
        for target in re.findall(r"(?m)(?:`|^)make ([a-z]+)", told(path)):
            assert target in targets, f"{of(path)}: make {target}"


def test_every_address_that_is_named_answers():
    """A word in capitals stands for what differs: /pictures/TOKEN/, /articles/ID/."""
    for path in PAPERS:
        for address in re.findall(r"(?<=[`\s])/(?:[\w.-]+/)*(?=[`\s,])", path.read_text()):
            standing = address.replace("TOKEN", str(uuid4())).replace("YEAR", "2026")
            try:
                resolve(re.sub(r"\b[A-Z]{2,}\b", "1", standing))
            except Resolver404:
                raise AssertionError(f"{of(path)}: {address}") from None


SETTINGS = set(
    re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "servicejournal/settings.py").read_text())
)


#: Read before the program is loaded, by the server process alone.
OF_THE_SERVER = set(
    re.findall(r"environ\.get\(\"([A-Z]+_[A-Z]+)\"", (ROOT / "deploy/gunicorn.conf.py").read_text())
)


def test_the_example_explains_every_setting_and_no_other():
    example = (ROOT / ".env.example").read_text()
    explained = re.findall(r"(?m)^(?:# )?([A-Z_]+)=", example)
    assert sorted(explained) == sorted(SETTINGS | OF_THE_SERVER)


def test_the_suite_sets_every_setting_so_that_a_developers_own_reaches_no_test():
    by_themselves = {"SECRET_KEY", "DATABASE_URL", "MEDIA_ROOT", "PAGES_ROOT", "STATIC_ROOT"}
    of_the_machine = {"DJANGO_ALLOW_ASYNC_UNSAFE", "NO_PROXY"}
    assert FIXED.keys() - of_the_machine == SETTINGS - by_themselves


@functools.cache
def words(path: Path) -> frozenset[str]:
    """All names in a file; of a module only those of the code, not those that its papers tell."""
    if path.suffix != ".py":
        return frozenset(re.findall(r"\w+", text_of(path)))
    names = [
        string
        for kind, string in tokens(path)
        if kind == tokenize.NAME or (kind == tokenize.STRING and not {"\n", "`"} & set(string))
    ]
    return frozenset(re.findall(r"\w+", " ".join(names)))


@functools.cache
def words_of(owner: str) -> set[str]:
    """All names in modules and packages that are called so, or hold a class that is."""
    found: set[str] = set()
    for path in CODE:
        if owner in (path.stem, *path.parent.parts) or f"class {owner}" in text_of(path):
            found.update(words(path), path.parts, [each.stem for each in path.parent.iterdir()])
    return found


@functools.cache
def all_words() -> set[str]:
    sources = files(*KINDS, "Makefile", ".ci/*", ".env.example")
    return {word for path in sources for word in words(path)}


def is_known(name: str) -> bool:
    """`make_up.arrange`, `articles.bodies.html.clean(…)`, `READER_ACCESS=members`, `_compared`."""
    if FOREIGN.fullmatch(name) or FILE.fullmatch(name):
        return True
    if re.fullmatch(r"[A-Za-z]\w*(\.\w+)+(\(.*\))?", name):
        parts = name.partition("(")[0].split(".")
        return all(own in words_of(owner) for owner, own in pairwise(parts))
    word = re.fullmatch(r"@?([A-Za-z_]*_\w+|[A-Z]{4,})(\(.*\)|=\w*)?", name)
    return not word or word[1] in all_words()


def test_every_name_of_the_code_that_is_mentioned_is_there():
    papers = [*PAPERS, *CODE, *files("templates/*.html")]
    assert not [f"{of(path)}: {n}" for path in papers for n in quoted(path) if not is_known(n)]
