"""What docs/upgrading.md and the handbooks of the server promise, as far as a test can hold it."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from servicejournal import version
from servicejournal.standing import doctor
from tests.environment import ROOT

#: Before 0.3 columns went as they came.
BEFORE = {"articles": 42, "issues": 25, "servicejournal": 20}
#: What yesterday's program would miss.
TAKES_AWAY = {"RemoveField", "RenameField", "DeleteModel", "RenameModel", "AlterModelTable"}
#: In the version before the one that these are of nobody read the column any more.
IN_TWO_STEPS: frozenset[str] = frozenset()


def migrations() -> list[Path]:
    return [
        path
        for app, last in BEFORE.items()
        for path in sorted((ROOT / app / "migrations").glob("0*.py"))
        if int(path.name[:4]) > last
    ]


def taken_away(code: str) -> set[str]:
    """What of it touches the tables: operations of the state alone leave them as they are."""
    tree = ast.parse(code)
    of_state = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "state_operations"
        for inner in ast.walk(node.value)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node not in of_state]
    return {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)} & TAKES_AWAY


def test_yesterdays_program_finds_every_column_that_it_reads():
    told = {f"{path.parts[-3]}.{path.stem}": taken_away(path.read_text()) for path in migrations()}
    assert {name for name, found in told.items() if found} == IN_TWO_STEPS


def test_the_rule_sees_what_it_is_for():
    assert taken_away('operations = [migrations.RemoveField("article", "title")]')
    assert not taken_away('operations = [migrations.AddField("article", "title", None)]')
    of_state = 'S(state_operations=[migrations.RemoveField("article", "title")]'
    assert not taken_away(f"operations = [{of_state})]")
    assert taken_away(f"operations = [{of_state}, database_operations=[m.RemoveField('a', 'b')])]")


class TestVersion:
    def test_it_is_said_without_any_settings(self):
        answer = subprocess.run(
            [sys.executable, "manage.py", "--version"],
            cwd=ROOT,
            env={},
            capture_output=True,
            text=True,
            check=True,
        )
        assert answer.stdout.strip() == version.NUMBER

    def test_what_changed_is_told_by_version_and_can_be_tagged(self):
        """Either this is a version, which has its section; or one that is to come."""
        told = re.findall(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text())
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        number, is_to_come, _ = project["version"].partition(".dev")
        assert told[0] == ("Unreleased" if is_to_come else number)
        assert number not in told[1:]

    @pytest.mark.parametrize(
        "facts",
        [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}],
        ids=["from elsewhere", "through the server in front"],
    )
    @pytest.mark.django_db
    def test_the_probe_tells_it_to_the_machine_itself_alone(self, client, facts):
        assert client.get("/readyz").json()["release"] == version.NUMBER
        assert "release" not in client.get("/readyz", **facts).json()

    @pytest.mark.django_db
    def test_the_desk_shows_it_at_its_foot(self, client):
        from servicejournal.roles import Role
        from tests.factories import a_user

        client.force_login(a_user(Role.EDITOR))
        assert version.NUMBER in client.get("/admin/").content.decode()


class TestTheHandbookOfTheServer:
    english = (ROOT / "docs/running.md").read_text()
    chinese = (ROOT / "docs/running.zh.md").read_text()

    def examples(self, text: str) -> list[str]:
        """Without what is said beside a command."""
        found = re.findall(r"(?ms)^```\w+\n(.*?)^```", text)
        return [re.sub(r"(?m)\s+#.*$", "", each) for each in found]

    def test_both_have_the_same_sections_and_the_same_examples(self):
        assert len(re.findall(r"(?m)^## ", self.chinese)) == len(
            re.findall(r"(?m)^## ", self.english)
        )
        assert self.examples(self.chinese) == self.examples(self.english)

    def test_both_name_the_same_commands(self):
        commands = r"manage\.py ([a-z_]+)"
        assert set(re.findall(commands, self.chinese)) == set(re.findall(commands, self.english))

    def test_every_line_of_the_doctor_is_explained_in_both(self):
        names = [name for name, _ in [*doctor._CHECKS, *doctor._of_others]]
        assert len(names) > 10
        explained = re.findall(r"(?m)^\| (\S+) \|", self.chinese)
        assert [name for name in names if name not in explained] == []
        assert [name for name in names if name not in self.english] == []


class TestTheReadme:
    """What it prints in a block is there to be run as printed."""

    @pytest.mark.parametrize("name", ["README.md", "README.zh.md", "docs/upgrading.md"])
    def test_every_command_that_is_printed_exists(self, name):
        blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", (ROOT / name).read_text())
        lines = [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]
        assert len(lines) > 3
        targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text())
        for line in lines:
            program, *arguments = [word for word in line.split() if "=" not in word[:8]] or [line]
            if program == "make":
                assert arguments[0] in targets, line
            elif program == "rm":
                assert arguments == ["-rf", "var"], line
            else:
                assert program in (".venv/bin/python", ".venv/bin/gunicorn", "python3"), line
                script = arguments[0] if program != ".venv/bin/gunicorn" else "manage.py"
                assert (ROOT / script).exists(), line
