"""The shape of the house: imports never go up, and pure modules know no database."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT

APPS = ("servicejournal", "articles", "issues")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Holds the packages in `folder` against the contracts in this checkout's pyproject.toml."""
    return subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-cache",
            f"--config={ROOT / 'pyproject.toml'}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path) -> Path:
    """A copy of the three packages, to build something wrong in."""
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("*.html"))
    return tmp_path


def test_the_house_stands_as_drawn():
    found = lint_imports(ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("lower", "upper"), [("articles", "issues"), ("servicejournal", "articles")]
)
def test_an_import_that_goes_up_is_found(house, lower, upper):
    (house / lower / "climbing.py").write_text(f"from {upper} import urls\n")
    found = lint_imports(house)
    assert found.returncode == 1
    assert f"{lower}.climbing -> {upper}.urls" in found.stdout


def test_a_pure_module_that_reaches_the_database_by_a_detour_is_found(house):
    (house / "articles" / "bodies" / "detour.py").write_text("from django.db import models\n")
    with (house / "articles" / "bodies" / "html.py").open("a") as file:
        file.write("from . import detour\n")
    found = lint_imports(house)
    assert found.returncode == 1
    assert "articles.bodies.html -> articles.bodies.detour" in found.stdout
