"""One-line changes that a test should notice: `make mutants OF="articles/slugs.py …"`.

Each module is changed in one place after the other, in a copy of the checkout; its tests run until
the first that fails. Prints each change that none noticed, and how many were noticed of how many.
The tests are those that mirror the module, and those that import it; TESTS="…" names others.
"""

import argparse
import ast
import contextlib
import importlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What is laid out beside the files of the repository, because it was made once.
MADE = (".venv", "var/test-static", "var/test-static.done", "var/test-database")
#: Read once; the children that try a change have them. None of them is a plugin of pytest, which
#: would refuse one that was read before it.
LIBRARIES = ("pytest", "playwright.sync_api", "PIL.Image", "django.db.models")
SWAPPED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
    ast.And: "or", ast.Or: "and", ast.Add: "-", ast.Sub: "+", ast.BitAnd: "|", ast.BitOr: "&",
}  # fmt: skip
SIGNS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: r"not\s+in", ast.Is: "is", ast.IsNot: r"is\s+not",
    ast.And: "and", ast.Or: "or", ast.Add: r"\+", ast.Sub: "-", ast.BitAnd: "&", ast.BitOr: r"\|",
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Change:
    """Characters `at` to `end` of the source become `new`."""

    line: int
    at: int
    end: int
    new: str

    def of(self, source: str) -> str:
        return source[: self.at] + self.new + source[self.end :]


class Source:
    def __init__(self, text: str) -> None:
        self.text, self.tree = text, ast.parse(text)
        lines = text.encode().splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line.decode()))
        self._lines = lines

    def at(self, line: int, column: int) -> int:
        """The syntax tree counts bytes; a change counts characters."""
        return self._starts[line - 1] + len(self._lines[line - 1][:column].decode())

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None  # noqa: S101  it was read from a file
        assert node.end_col_offset is not None  # noqa: S101
        return (
            self.at(node.lineno, node.col_offset),
            self.at(node.end_lineno, node.end_col_offset),
        )


def changes(text: str) -> list[Change]:
    """Signs turned round, `not` and calls left out, numbers and truths changed, answers emptied."""
    source = Source(text)
    told = {
        id(part)
        for node in ast.walk(source.tree)
        for decorator in getattr(node, "decorator_list", [])
        for part in ast.walk(decorator)
    }  # how a dataclass is made is no rule
    nodes = [node for node in ast.walk(source.tree) if id(node) not in told]
    found = {change for node in nodes for change in _of(node, source)}
    return sorted(change for change in found if _compiles(change.of(text)))


def _of(node: ast.AST, source: Source) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        parts = [node.left, *node.comparators]
        for sign, (left, right) in zip(node.ops, pairwise(parts), strict=True):
            yield from _swapped(sign, left, right, source)
    elif isinstance(node, ast.BoolOp):
        for left, right in pairwise(node.values):
            yield from _swapped(node.op, left, right, source)
    elif isinstance(node, ast.BinOp):
        yield from _swapped(node.op, node.left, node.right, source)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change(node.lineno, source.span(node)[0], source.span(node.operand)[0], "")
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
        new = not node.value if isinstance(node.value, bool) else node.value + 1
        yield Change(node.lineno, *source.span(node), str(new))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield Change(node.lineno, *source.span(node), "pass")
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield Change(node.lineno, *source.span(node.value), "None")
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield Change(node.test.lineno, *source.span(node.test), "False")


def _swapped(sign: ast.AST, left: ast.expr, right: ast.expr, source: Source) -> Iterator[Change]:
    start, end = source.span(left)[1], source.span(right)[0]
    here = re.search(SIGNS.get(type(sign), r"(?!)"), source.text[start:end])
    if here:
        at, to = start + here.start(), start + here.end()
        yield Change(source.text.count("\n", 0, at) + 1, at, to, SWAPPED[type(sign)])


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _compiles(text: str) -> bool:
    try:
        compile(text, "changed", "exec")
    except SyntaxError:
        return False
    return True


def tests_of(module: Path) -> list[Path]:
    """The file that mirrors it, and those that import it by name."""
    tests = sorted((ROOT / "tests").rglob("test_*.py"))
    package, name = ".".join(module.parent.parts), module.stem
    if name == "__init__":
        package, name = ".".join(module.parent.parts[:-1]), module.parent.name
    from_it = rf"^from {re.escape(package)} import (\(\n)?[^)\n]*\b{name}\b"
    used = re.compile(rf"{from_it}|{re.escape(package)}\.{name}\b", re.MULTILINE)
    mirrored = f"test_{name}.py"
    where = ROOT / "tests" / module.parent
    found = [path for path in tests if path.parent == where and path.name == mirrored]
    return found + [path for path in tests if path not in found and used.search(path.read_text())]


@contextlib.contextmanager
def a_copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "checkout"
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        for name in listed.stdout.splitlines():
            if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, copy / name)
        for name in MADE:
            if (ROOT / name).exists():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).symlink_to((ROOT / name).resolve())
        yield copy


def noticed(copy: Path, tests: list[str], patience: float) -> bool:
    """Whether a test fails; one that never ends has noticed it too."""
    child = os.fork()
    if not child:
        _run(copy, tests)
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run(copy: Path, tests: list[str]) -> None:
    """In the child, which has the libraries already and none of the journal's own modules."""
    os.setpgid(0, 0)
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    own = copy.parent / "tmp"  # what the suite leaves there goes with the copy
    own.mkdir(exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    import pytest

    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--tb=no"]
    code = 70
    with contextlib.suppress(BaseException):
        code = int(pytest.main([*options, *tests]))
    os._exit(code)


def survivors(module: Path, copy: Path, tests: list[str]) -> Iterator[str]:
    """Prints how many there were; gives each that nobody noticed."""
    text = (ROOT / module).read_text()
    begun = time.monotonic()
    if noticed(copy, tests, 3600):
        sys.exit(f"{module}: its tests fail as it is: {' '.join(tests)}")
    patience = 20 + 5 * (time.monotonic() - begun)
    tried, alive = changes(text), 0
    for change in tried:
        (copy / module).write_text(change.of(text))
        if not noticed(copy, tests, patience):
            alive += 1
            line = text.splitlines()[change.line - 1].strip()
            was = text[change.at : change.end].replace("\n", " ")
            yield f"{module}:{change.line}: `{was}` → `{change.new}`   {line}"
    (copy / module).write_text(text)
    print(
        f"{module}: {len(tried) - alive} of {len(tried)} noticed by {' '.join(tests)}", flush=True
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="*", default=[])
    told = parser.parse_args()
    for name in LIBRARIES:
        importlib.import_module(name)

    left = 0
    with a_copy() as copy:
        for module in told.modules:
            tests = told.tests or [str(path.relative_to(ROOT)) for path in tests_of(module)]
            if not tests:
                sys.exit(f"{module}: no test mirrors or imports it; name some with TESTS=")
            for each in survivors(module, copy, tests):
                print(each, flush=True)
                left += 1
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
