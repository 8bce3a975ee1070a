"""What setting up rests on: the locks, the documented settings, the words when something is off."""

import hashlib
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests import environment
from tests.environment import ROOT


def pins(lock: str) -> dict[str, str]:
    """Package → its entry in the lock: version and hashes."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    return {re.split(r"==", entry)[0]: entry for entry in entries}


def version(entry: str) -> str:
    return re.match(r"\S+==(\S+)", entry)[1]


@pytest.fixture
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in requirements}


class TestLocks:
    def test_every_dependency_is_locked(self, project):
        running = names(project["dependencies"])
        testing = names(project["optional-dependencies"]["test"])
        assert running <= set(pins("requirements.txt"))
        assert running | testing <= set(pins("requirements-test.txt"))

    def test_tests_run_on_the_very_versions_that_serve_readers(self):
        served, tested = pins("requirements.txt"), pins("requirements-test.txt")
        assert {name: version(entry) for name, entry in served.items()} == {
            name: version(tested[name]) for name in served
        }

    @pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
    def test_every_entry_has_its_hashes_and_no_address_of_any_host(self, lock):
        without = [name for name, entry in pins(lock).items() if "--hash=sha256:" not in entry]
        assert without == []
        assert not re.search(r"://|--index|--find-links|^/", (ROOT / lock).read_text(), re.M)

    def test_no_second_driver_takes_the_place_of_psycopg2(self):
        assert not {"psycopg", "psycopg-binary"} & set(pins("requirements-test.txt"))

    def test_every_dependency_says_why_it_is_there(self):
        lines = (ROOT / "pyproject.toml").read_text().splitlines()
        requirements = [line for line in lines if re.match(r'    "[a-z0-9-]+>=', line)]
        assert len(requirements) > 15
        assert [line for line in requirements if "  # " not in line and '", # ' not in line] == []


class TestSettings:
    def read_by_settings(self) -> set[str]:
        code = (ROOT / "servicejournal" / "settings.py").read_text()
        return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))

    def read_by_the_server(self) -> set[str]:
        code = (ROOT / "deploy" / "gunicorn.conf.py").read_text()
        return set(re.findall(r'environ\.get\("([A-Z_]+)"', code))

    def test_the_example_explains_every_setting_and_no_other(self):
        example = (ROOT / ".env.example").read_text()
        explained = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.M))
        assert explained == self.read_by_settings() | self.read_by_the_server()

    def test_the_suite_sets_every_one_so_that_no_developers_file_reaches_a_test(self):
        own = {"SECRET_KEY", "DATABASE_URL", "MEDIA_ROOT", "PAGES_ROOT", "STATIC_ROOT"}
        of_others = {"DJANGO_ALLOW_ASYNC_UNSAFE", "NO_PROXY"}
        assert own | set(environment.FIXED) == self.read_by_settings() | of_others

    def test_without_a_secret_key_nothing_starts(self):
        surroundings = {
            name: value for name, value in os.environ.items() if name != "SECRET_KEY"
        } | {"DJANGO_SETTINGS_MODULE": "servicejournal.settings"}
        answer = run(
            "-c",
            "import environ; environ.Env.read_env = lambda *_: None; "
            "from django.conf import settings; settings.DEBUG",
            env=surroundings,
        )
        assert answer.returncode != 0
        assert "Set the SECRET_KEY environment variable" in answer.stderr


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


class TestDemo:
    def test_a_taken_port_is_said_in_one_line_and_nothing_is_touched(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            answer = run(".ci/demo.py", env={**os.environ, "PORT": str(port)})
        assert answer.returncode == 1
        assert answer.stdout == ""
        (line,) = answer.stderr.splitlines()
        assert f"Port {port} is taken" in line

    @pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
    def test_what_is_no_port_is_said_in_one_line(self, port):
        answer = run(".ci/demo.py", env={**os.environ, "PORT": port})
        assert answer.returncode == 1
        (line,) = answer.stderr.splitlines()
        assert f"PORT={port} is no port" in line


class TestPostgres:
    def test_gives_the_command_a_server_that_answers_and_passes_its_exit_code_on(self):
        ask = (
            "import os, sys; from tests.postgres import _connect; "
            "cursor = _connect(os.environ['DATABASE_URL']).cursor(); "
            "cursor.execute('SHOW server_version'); print(cursor.fetchone()[0]); sys.exit(3)"
        )
        surroundings = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        answer = run("-m", "tests.postgres", "--", sys.executable, "-c", ask, env=surroundings)
        assert answer.returncode == 3, answer.stderr
        assert int(answer.stdout.split(".")[0]) >= 14

    def test_a_server_that_does_not_answer_is_said_and_no_other_takes_its_place(self):
        nowhere = {**os.environ, "DATABASE_URL": "postgres://someone@127.0.0.1:1/journal"}
        answer = run("-m", "tests.postgres", "--", "echo", "ran", env=nowhere)
        assert answer.returncode == 1
        assert "does not answer" in answer.stderr
        assert "ran" not in answer.stdout


class TestEnvironment:
    """`.venv` is made beside and put in place once it is whole."""

    @pytest.fixture
    def checkout(self, tmp_path) -> Path:
        (tmp_path / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "setup.py", tmp_path / ".ci")
        return tmp_path

    def set_up(
        self, checkout: Path, what: str = "run", preexec_fn: Any = None, **told: str
    ) -> subprocess.CompletedProcess[str]:
        """Without any index: what is to be had lies in `wheels`."""
        surroundings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout / "wheels"), **told}
        return run(
            str(checkout / ".ci" / "setup.py"),
            what,
            env={**os.environ, **surroundings},
            preexec_fn=preexec_fn,
        )

    def lock(self, checkout: Path, sha256: str) -> None:
        (checkout / "requirements.txt").write_text(f"lamp==1.0 --hash=sha256:{sha256}\n")

    def a_wheel(self, checkout: Path) -> str:
        """A package of one script; its hash."""
        (checkout / "wheels").mkdir()
        wheel = checkout / "wheels" / "lamp-1.0-py3-none-any.whl"
        told = "lamp-1.0.dist-info"
        with ZipFile(wheel, "w") as archive:
            archive.writestr("lamp.py", "def main():\n    print('the lamp burns')\n")
            archive.writestr(
                f"{told}/METADATA", "Metadata-Version: 2.1\nName: lamp\nVersion: 1.0\n"
            )
            archive.writestr(
                f"{told}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            archive.writestr(f"{told}/entry_points.txt", "[console_scripts]\nlamp = lamp:main\n")
            archive.writestr(f"{told}/RECORD", "")
        return hashlib.sha256(wheel.read_bytes()).hexdigest()

    def test_what_runs_is_not_touched_where_the_packages_cannot_be_had(self, checkout):
        (checkout / ".venv" / "bin").mkdir(parents=True)
        (checkout / ".venv" / "bin" / "gunicorn").write_text("serves readers")
        self.lock(checkout, "0" * 64)
        answer = self.set_up(checkout)
        assert answer.returncode == 1
        assert "原来能运行的没有动" in answer.stderr
        assert (checkout / ".venv" / "bin" / "gunicorn").read_text() == "serves readers"

    def test_the_new_one_takes_its_place_and_its_scripts_run_there(self, checkout):
        (checkout / ".venv" / "bin").mkdir(parents=True)
        (checkout / ".venv" / "bin" / "gunicorn").write_text("serves readers")
        self.lock(checkout, self.a_wheel(checkout))
        answer = self.set_up(checkout)
        assert answer.returncode == 0, answer.stderr
        script = checkout / ".venv" / "bin" / "lamp"
        said = subprocess.run([script], capture_output=True, text=True, check=True)
        assert said.stdout == "the lamp burns\n"
        assert str(checkout / ".venv" / "bin") in script.read_text()
        assert not (checkout / ".venv" / "bin" / "gunicorn").exists()
        assert {path.name for path in checkout.glob(".venv*")} == {".venv"}
        assert self.set_up(checkout).stdout == ""  # it is current

    def test_a_full_disk_is_said_in_a_sentence_and_what_runs_is_whole(self, checkout):
        """No file may become longer than a page: what a full disk answers, to anybody."""
        (checkout / ".venv" / "bin").mkdir(parents=True)
        (checkout / ".venv" / "bin" / "gunicorn").write_text("serves readers")
        self.lock(checkout, self.a_wheel(checkout))
        answer = self.set_up(
            checkout, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        )
        assert answer.returncode == 1
        assert "磁盘满了吗" in answer.stderr
        assert "原来能运行的没有动" in answer.stderr.splitlines()[-1]
        assert (checkout / ".venv" / "bin" / "gunicorn").read_text() == "serves readers"
        assert {path.name for path in checkout.glob(".venv*")} == {".venv"}

    def test_what_was_packed_is_installed_without_any_index(self, checkout):
        self.lock(checkout, self.a_wheel(checkout))
        nothing = {"PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:1/simple"}
        told = f"Python {sys.version_info[0]}.{sys.version_info[1]}, {sysconfig.get_platform()}"
        (checkout / "wheels" / "python.txt").write_text(f"{told}\n")
        answer = self.set_up(checkout, WHEELS=str(checkout / "wheels"), **nothing)
        assert answer.returncode == 0, answer.stderr
        assert (checkout / ".venv" / "bin" / "lamp").exists()

    def test_what_was_packed_for_another_python_is_refused_in_a_sentence(self, checkout):
        self.lock(checkout, self.a_wheel(checkout))
        (checkout / "wheels" / "python.txt").write_text("Python 3.9, linux-mips\n")
        answer = self.set_up(checkout, WHEELS=str(checkout / "wheels"))
        assert answer.returncode == 1
        assert "给 Python 3.9, linux-mips 打的包" in answer.stderr
        assert not list(checkout.glob(".venv*"))

    def test_packing_takes_what_the_lock_names_with_its_hash(self, checkout):
        self.lock(checkout, self.a_wheel(checkout))
        answer = self.set_up(checkout, what="wheels")
        assert answer.returncode == 0, answer.stderr
        assert {path.name for path in (checkout / "var" / "wheels").iterdir()} == {
            "lamp-1.0-py3-none-any.whl",
            "python.txt",
        }

    def test_who_was_killed_between_the_two_renames_has_the_old_one_back(self, checkout):
        (checkout / ".venv.old" / "bin").mkdir(parents=True)
        self.lock(checkout, "0" * 64)
        assert self.set_up(checkout).returncode == 1
        assert (checkout / ".venv" / "bin").is_dir()


def test_a_process_starts_without_what_it_may_never_need():
    """Spreadsheets cost each a quarter of a second at its start; and over HTTPS the cookies of a
    visit bear names that only this very host can set.
    """
    code = (
        "import sys, servicejournal.wsgi; from django.conf import settings;"
        "print('openpyxl' in sys.modules, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)"
    )
    told = {"DJANGO_SETTINGS_MODULE": "servicejournal.settings", "HTTPS": "on"}
    answer = run("-c", code, env={**os.environ, **told})
    assert answer.stdout.strip() == "False __Host-sessionid __Host-csrftoken", answer.stderr
