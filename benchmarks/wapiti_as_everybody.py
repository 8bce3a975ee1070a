"""wapiti, as a stranger and as every role, against a small journal served for the run.

    python benchmarks/wapiti_as_everybody.py WAPITI FOLDER [SECONDS]

Each gets so many SECONDS (300) to look around, and each module as many. Prints what each found, by
kind. What belongs to plain HTTP, which the run speaks, does not fail it.
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
#: Without HTTPS there is no HSTS and no Secure: `manage.py check --deploy` holds them.
#: The token against forged forms is no secret of the session, and our scripts send it back.
EXPLAINED = {
    "HTTP Secure Headers": "Strict-Transport-Security",
    "Secure Flag cookie": "",
    "HttpOnly Flag cookie": "csrftoken",
}


def scan(wapiti: str, site: str, cookie: str, report: Path, *, seconds: int) -> Counter[str]:
    headers = ["-H", f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}"] if cookie else []
    # What ends the visit, or would lock the account out of the run.
    leave = [
        f"{site}{each}" for each in ("/accounts/logout/", "/admin/logout/", "/accounts/devices/")
    ]
    command = [wapiti, "-u", f"{site}/", "-m", MODULES, "--flush-session", "-f", "json"]
    command += [
        "-o",
        str(report),
        "--max-scan-time",
        str(seconds),
        "--max-attack-time",  # of each module
        str(seconds),
        "-d",
        "4",
        "--no-bugreport",
        *headers,
    ]
    for each in leave:
        command += ["-x", each]
    subprocess.run(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    if not report.exists():
        return Counter({"no report: the scan broke off": 1})
    whole = json.loads(report.read_text())
    told = whole["vulnerabilities"]
    print(f"    {whole['infos']['crawled_pages_nbr']} pages looked at")
    for kind, rows in told.items():
        for row in rows[:3]:
            print(f"    {kind}: {row['method']} {row['path']} {row.get('info', '')[:100]}")
    return Counter(
        kind
        for kind, rows in told.items()
        for row in rows
        if EXPLAINED.get(kind, "nothing of this kind") not in row.get("info", "")
    )


def main() -> int:
    wapiti, folder = sys.argv[1], Path(sys.argv[2])
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    call_command("migrate", verbosity=0)
    a_journal()
    a_desk()
    people = {"stranger": None, **{str(role): a_user(role) for role in Role}}
    unexplained = 0
    with served() as site:
        for name, user in people.items():
            cookie = session(user)
            if user and not is_known(site, cookie):
                raise SystemExit(f"{name} is nobody to the site: what is found says nothing")
            print(f"  {name}", flush=True)
            found = scan(wapiti, site, cookie, folder / f"{name}.json", seconds=seconds)
            unexplained += found.total()
            if user and not is_known(site, cookie):
                print("    its visit was ended by something that the scan pressed")
    print(f"{len(people)} scans, {unexplained} findings that are not explained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
