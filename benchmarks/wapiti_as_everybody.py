"""wapiti, as a stranger and as every role, against a small journal served for the run.

    python benchmarks/wapiti_as_everybody.py WAPITI FOLDER [SECONDS]

Each gets so many SECONDS (300) to look around, and each module an eighth of that. Prints what each
found, by kind. What belongs to plain HTTP, which the run speaks, does not fail it.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from attacked import is_known, served, session, settings  # first: see there
from django.core.management import call_command

from servicejournal.roles import Role
from tests.browser.every_page import a_desk
from tests.factories import a_user
from tests.readers_journal import a_journal

#: Modules that look at an application; those that guess at other people's products are left out.
MODULES = "xss,permanentxss,sql,exec,file,redirect,ssrf,xxe,csp,cookieflags,http_headers,csrf,crlf"
#: The time to look around is so many times the time of one module.
EACH_MODULE = 8
#: Without HTTPS there is no HSTS and no Secure: `manage.py check --deploy` holds them.
#: The token against forged forms is no secret of the session, and our scripts send it back.
EXPLAINED = {
    "HTTP Secure Headers": "Strict-Transport-Security",
    "Secure Flag cookie": "",
    "HttpOnly Flag cookie": "csrftoken",
}


def scan(wapiti: str, site: str, cookie: str, report: Path, *, seconds: int) -> Counter[str]:
    # What ends the visit, or would lock the account out of the run.
    leave = ("/accounts/logout/", "/admin/logout/", "/accounts/devices/*", "/accounts/password/*")
    command = [wapiti, "-u", f"{site}/", "-m", MODULES, "--flush-session", "-f", "json"]
    command += ["-o", str(report), "-d", "4", "-t", "20", "--no-bugreport"]
    command += ["--skip", "csrfmiddlewaretoken"]  # a form without it is refused unread
    command += ["--max-scan-time", str(seconds)]
    command += ["--max-attack-time", str(max(1, seconds // EACH_MODULE))]
    if cookie:
        command += ["-c", str(_jar(cookie, report.with_suffix(".cookies")))]
    for each in leave:
        command += ["-x", site + each]
    with report.with_suffix(".txt").open("w") as told:
        subprocess.run(  # noqa: S603
            command, stdout=told, stderr=told, check=False, cwd=report.parent
        )
    if not report.exists():
        return Counter({"no report: the scan broke off": 1})
    whole = json.loads(report.read_text())
    found = whole["vulnerabilities"] | whole["anomalies"]
    print(f"    {whole['infos']['crawled_pages_nbr']} pages looked at")
    for kind, rows in found.items():
        for row in rows[:3]:
            print(f"    {kind}: {row['method']} {row['path']} {row.get('info', '')[:100]}")
    return Counter(
        kind
        for kind, rows in found.items()
        for row in rows
        if EXPLAINED.get(kind, "nothing of this kind") not in row.get("info", "")
    )


def _jar(cookie: str, file: Path) -> Path:
    """Not a header of ours: the token against forged forms would not be sent beside it, and every
    form of somebody signed in would be refused before it was read.
    """
    visit = {"value": cookie, "expires": None, "secure": False, "port": None, "version": 0}
    file.write_text(json.dumps({"127.0.0.1": {"/": {settings.SESSION_COOKIE_NAME: visit}}}))
    return file


def _asked(log: Path, after: int) -> str:
    """How often the site was asked, and what became of the forms."""
    rows = [row.split(" ", 2) for row in log.read_text().splitlines()[after:]]
    forms = Counter(status for method, status, _ in rows if method == "POST")
    broken = sorted({path for _, status, path in rows if status >= "500"})
    told = ", ".join(f"{number} × {status}" for status, number in sorted(forms.items()))
    return f"{len(rows)} requests; forms: {told or 'none'}; answered 5xx: {broken or 'none'}"


def main() -> int:
    wapiti, folder = sys.argv[1], Path(sys.argv[2])
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    call_command("migrate", verbosity=0)
    a_journal()
    a_desk()
    people = {"stranger": None, **{str(role): a_user(role) for role in Role}}
    unexplained = 0
    log = folder / "asked.log"
    with served(log) as site:
        for name, user in people.items():
            cookie = session(user)
            if user and not is_known(site, cookie):
                raise SystemExit(f"{name} is nobody to the site: what is found says nothing")
            print(f"  {name}", flush=True)
            before = len(log.read_text().splitlines())
            found = scan(wapiti, site, cookie, folder / f"{name}.json", seconds=seconds)
            print(f"    {_asked(log, before)}", flush=True)
            unexplained += found.total()
            if user and not is_known(site, cookie):
                print("    its visit was ended by something that the scan pressed")
    print(f"{len(people)} scans, {unexplained} findings that are not explained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
