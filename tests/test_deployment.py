"""What an administrator copies says what the program is: commands, sizes, headers, settings."""

import re
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import resolve, reverse

from articles.pictures import pixels
from articles.word import MAX_BYTES as WORD
from issues.backissues import package
from issues.reading import store
from servicejournal.storage import bucket, disk
from tests.environment import ROOT
from tests.factories import an_issue
from tests.test_papers import OF_THE_SERVER, SETTINGS

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
SITE = (DEPLOY / "nginx.conf").read_text()
#: As nginx reads it where there is a store.
NGINX = SITE.replace(
    "    include /etc/nginx/journal-store*.conf;\n", (DEPLOY / "nginx-store.conf").read_text()
)
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINER = (DEPLOY / "Containerfile").read_text()
MEGABYTE = 1024 * 1024
GUNICORN = "gunicorn -c deploy/gunicorn.conf.py"


def unit(path: Path) -> ConfigParser:
    told = ConfigParser(strict=False, interpolation=None)
    told.optionxform = str
    told.read_string(path.read_text())
    return told


def can_be_run(command: str) -> None:
    """`manage.py NAME --option …` names a command that takes these options."""
    name, *rest = command.partition("manage.py ")[2].split()
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    assert all(each in parser._option_string_actions for each in rest if each.startswith("--"))


def block(location: str) -> str:
    """Of nginx, what stands in a location."""
    begin = NGINX.index(f"location {location} {{")
    return NGINX[begin : NGINX.index("    }\n", begin)]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_what_can_be_run_as_nobody_in_particular(path):
    service = unit(path)["Service"]
    commands = re.findall(r"(?m)^ExecStart=-?(.+)$", path.read_text())
    assert commands
    for command in commands:
        assert command.startswith("/srv/journal/app/.venv/bin/")
        if "manage.py" in command:
            can_be_run(command)
        else:
            assert command.endswith(f"{GUNICORN} servicejournal.wsgi")
    assert (service["User"], service["EnvironmentFile"]) == ("journal", "/etc/journal.env")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.stem)
def test_a_timer_starts_a_unit_that_is_there(path):
    assert path.with_suffix(".service") in UNITS
    assert unit(path)["Timer"]["OnCalendar"]


def test_every_job_of_the_handbook_has_a_timer():
    cron = (ROOT / "docs/running.md").read_text()
    units = "".join(path.with_suffix(".service").read_text() for path in TIMERS)
    for name in ("remind", "backup", "check_files", "rehearse", "sweep_pictures", "sweep_scans"):
        assert f"manage.py {name}" in cron
        assert f"manage.py {name}" in units


def test_the_worker_has_the_time_to_finish_that_the_handbook_promises():
    assert "two minutes before it is killed" in (ROOT / "docs/running.md").read_text()
    assert unit(DEPLOY / "systemd/journal-worker.service")["Service"]["TimeoutStopSec"] == "120"
    assert COMPOSE["services"]["worker"]["stop_grace_period"] == "120s"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd")
def test_systemd_reads_every_unit(tmp_path):
    ours = f"{Path(sys.executable).parent}/"
    for path in [*UNITS, *TIMERS]:
        here = path.read_text().replace("/srv/journal/app/.venv/bin/", ours)
        (tmp_path / path.name).write_text(here.replace("/srv/journal/app", str(ROOT)))
    told = answer_of("systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir())))
    assert not [line for line in told.splitlines() if str(tmp_path) in line]


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx")
def test_nginx_reads_its_site(tmp_path):
    made = (
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout key.pem -out fullchain.pem"
    )
    subprocess.run(made.split(), cwd=tmp_path, check=True, capture_output=True)
    site = NGINX.replace("/etc/ssl/journal", str(tmp_path))
    site = site.replace("store.example.com", "127.0.0.1")
    site = re.sub(r"listen (\d+)", rf"listen unix:{tmp_path}/\1", site)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off;\n{site}}}"
    )
    told = answer_of("nginx", "-t", "-e", "stderr", "-c", str(tmp_path / "nginx.conf"))
    assert "test is successful" in told, told


def answer_of(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def sizes(text: str) -> int:
    return int(re.findall(r"client_max_body_size (\d+)m;", text)[0]) * MEGABYTE


def pool(asked: str) -> str:
    """Where nginx sends a method and an address that it does not answer itself."""
    (readers,) = re.findall(r'"~(\^\(GET.*)" journal_readers;', SITE)
    return "journal_readers" if re.search(readers, asked) else "journal"


def test_nginx_keeps_readers_from_the_queue_of_the_desk():
    told = {
        name: re.findall(r"server (\S+?)( backup)?;", inside)
        for name, inside in re.findall(r"(?ms)^upstream (\w+) \{(.*?)^\}", SITE)
    }
    desk, readers = environment()["WEB_BIND"], environment()["READERS_BIND"]
    assert told == {
        "journal": [(desk, "")],
        "journal_readers": [(readers, ""), (desk, " backup")],  # where there is one pool alone
    }
    assert "proxy_pass http://$journal_pool;" in block("@journal")
    for page in ("/", "/issues/2026/5/read/", "/articles/7/", "/search/", "/pictures/7/900/a/"):
        assert pool(f"GET:{page}") == "journal_readers"
        assert pool(f"POST:{page}") == "journal"
    for page in ("/admin/", "/submit/", "/submissions/7/", "/accounts/login/"):
        assert pool(f"GET:{page}") == "journal"


def test_nginx_lets_through_what_is_taken_and_no_more():
    """A megabyte above, for the rest of the form: whoever sends too much reads our sentence."""
    assert sizes(NGINX) == max(pixels.MAX_BYTES, WORD) + MEGABYTE
    upload = reverse("admin:issues_backissueimport_upload")
    assert sizes(block(f"= {upload}")) == package.MAX_BYTES + MEGABYTE
    assert NGINX.count("client_max_body_size") == 2


@pytest.mark.django_db
def test_nginx_hands_a_stored_page_out_with_the_headers_of_the_program(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    issue = an_issue(published=True, articles=1)
    client.get(issue.get_absolute_url(), secure=True)
    stored = store.get(store.state(), store.name_of(issue.get_absolute_url()))
    assert stored
    said = re.findall(r"""add_header ([\w-]+) (?:"([^"]+)"|'([^']+)'|([^;]+));\n""", block("/"))
    told = {name: next(filter(None, quoted)) for name, *quoted in said}
    by_nginx_itself = {"Content-Type", "Content-Language"}
    ours = {name: value for name, value in stored.headers.items() if name not in by_nginx_itself}
    policy = "Content-Security-Policy"
    assert set(told.pop(policy).split("; ")) == set(ours.pop(policy).split("; "))
    assert told == ours


def test_nginx_finds_files_where_the_program_says_that_they_lie():
    assert "internal;" in block(disk.LOCATION)
    assert "internal;" in block(f"{bucket.LOCATION}/")
    assert bucket.LOCATION not in SITE  # a host that is not there would keep nginx from starting
    assert f"alias {environment()['MEDIA_ROOT']}/;" in block(disk.LOCATION)
    assert f"root {environment()['PAGES_ROOT']}/live;" in NGINX
    assert f"alias {environment()['STATIC_ROOT']}/;" in block(settings.STATIC_URL)


def test_nginx_hands_a_file_out_with_what_the_program_says_that_it_may_do():
    """Of an answer with X-Accel-Redirect it keeps the type and the name alone."""
    told = "add_header Content-Security-Policy $upstream_http_content_security_policy;"
    assert told in block(disk.LOCATION)
    of_a_store = block(f"{bucket.LOCATION}/")
    assert "set $journal_policy $upstream_http_content_security_policy;" in of_a_store
    assert "add_header Content-Security-Policy $journal_policy;" in of_a_store


def test_nginx_gives_each_request_its_number_and_takes_nobody_elses():
    assert "proxy_set_header X-Request-ID $request_id;" in NGINX


def test_nginx_calls_modules_what_browsers_run():
    assert re.search(r"types \{ text/javascript mjs; \}", NGINX)


def test_the_doors_that_nginx_counts_are_ours():
    for path in ("/accounts/login/", "/healthz", "/readyz"):
        assert path.startswith("/accounts/") or f"location = {path} {{" in NGINX
    assert resolve("/accounts/login/")


def environment() -> dict[str, str]:
    text = (DEPLOY / "journal.env").read_text()
    return dict(re.findall(r"(?m)^(?:# )?([A-Z_]+)=(.*)$", text))


def test_the_environment_of_a_machine_names_settings_of_ours():
    assert environment().keys() <= SETTINGS | OF_THE_SERVER
    assert {"PAGES_WATCHED", "FILES_BY_NGINX", "STORAGE_URL", "CACHE_URL"} <= environment().keys()


def test_compose_runs_what_can_be_run():
    services = COMPOSE["services"]
    assert services.keys() >= {"db", "cache", "store", "prepare", "web", "worker", "jobs", "nginx"}
    for name in ("prepare", "worker", "jobs"):
        words = " ".join(services[name]["command"])
        for command in re.findall(r"manage\.py [a-z_]+(?: --[a-z]+)*", words):
            can_be_run(command)
    named = {each.partition(":")[0] for s in services.values() for each in s.get("volumes", ())}
    assert {each for each in named if each[0] not in "./"} <= COMPOSE["volumes"].keys()


def test_the_container_has_a_python_that_the_program_runs_on():
    bound = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    least = tuple(map(int, bound.removeprefix(">=").split(".")))
    used = tuple(map(int, re.findall(r"python:(\d+)\.(\d+)", CONTAINER)[0]))
    assert used >= least
    assert "--require-hashes -r requirements.txt" in CONTAINER
    assert all(f'"{word}"' in CONTAINER for word in GUNICORN.split())
