"""People with browsers, as far as forms need one, and readers; what they saw is noted."""

import html
import http.client
import json
import re
import threading
import time
import uuid
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

PASSWORD = "雨天的伞-2026"  # noqa: S105  of accounts that are gone with the run
WORDS = "柜台内外的一件小事，写下来就不会忘，读的人也愿意再读一遍。" * 40
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')


class Clock:
    """What was measured, from all threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests: list[tuple[float, str]] = []
        self.people: list[float] = []
        self.readers: list[float] = []
        self.told_to_wait, self.broken = 0, 0
        self.failed: list[str] = []

    def note(self, seconds: float, what: str) -> None:
        with self.lock:
            self.requests.append((seconds, what))


class Person:
    """A browser with cookies, as far as forms need one."""

    def __init__(self, ports: tuple[int, int], clock: Clock, until: float) -> None:
        self.desk, self.clock, self.until = ports[0], clock, until
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", **headers: str
    ) -> tuple[int, str, str]:
        """(status, text, where it leads); comes again as long as it is told to."""
        while True:
            if time.monotonic() > self.until:
                raise TimeoutError(f"{method} {path}")
            began = time.monotonic()
            try:
                status, text, told = self._once(method, path, body, kind, headers)
            except (OSError, http.client.HTTPException):
                with self.clock.lock:
                    self.clock.broken += 1
                time.sleep(2)
                continue
            self.clock.note(time.monotonic() - began, f"{method} {re.sub(r'[0-9]+', 'N', path)}")
            if status != 503:
                return status, text, told.get("location", "")
            with self.clock.lock:
                self.clock.told_to_wait += 1
            time.sleep(float(told.get("retry-after", 5)))

    def _once(
        self, method: str, path: str, body: bytes, kind: str, headers: dict[str, str]
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.desk, timeout=120)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        if kind:
            sent["Content-Type"] = kind
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, told = value.partition(";")[0].partition("=")
                self.cookies[key] = told
        connection.close()
        return answer.status, text, {k.lower(): v for k, v in answer.getheaders()}

    def post(self, path: str, fields: dict[str, Any], what: str) -> str:
        """Where it leads. Raises where the form is not taken."""
        status, text, to = self.ask(
            "POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )
        if status not in (302, 303):
            title = re.search(r"<title>(.*?)</title>", text)
            raise RuntimeError(f"{what}: {status} {title and title[1]}")
        return to

    def hands_in(self, name: str, picture: bytes, section: int) -> None:
        _, page, _ = self.ask("GET", "/accounts/login/")
        self.post("/accounts/login/", {**hidden(page), "username": name, "password": PASSWORD}, "1")
        _, page, _ = self.ask("GET", "/submit/")
        address = self.uploads(picture)
        body = f'<p>{WORDS}</p><figure><img src="{address}" alt="雨伞"></figure>'
        form = {**hidden(page), "title": f"{name}的雨伞", "section": section, "body": body}
        form |= {"authors-0-name": "沈一鸣", "authors-0-ORDER": 1, "note": "", "captions": ""}
        to = self.post("/submit/", {**form, "action": "save", "end": "1"}, "saving")
        draft = re.search(r"/submissions/(\d+)/", to)
        if draft is None:
            raise RuntimeError(f"saved to {to}")
        path = f"/submissions/{draft[1]}/hand-in/"
        _, page, _ = self.ask("GET", path)
        to = self.post(path, {**hidden(page), "declared": "on", "look": "on"}, "handing in")
        self.ask("GET", to)

    def uploads(self, picture: bytes) -> str:
        border = uuid.uuid4().hex
        head = f'--{border}\r\nContent-Disposition: form-data; name="upload"; filename="a.jpg"\r\n'
        head += "Content-Type: image/jpeg\r\n\r\n"
        body = head.encode() + picture + f"\r\n--{border}--\r\n".encode()
        kind = f"multipart/form-data; boundary={border}"
        told = {"X-CSRFToken": self.cookies["csrftoken"], "Accept": "application/json"}
        status, text, _ = self.ask("POST", "/pictures/", body, kind, **told)
        if status != 201:
            raise RuntimeError(f"picture: {status} {text[:80]}")
        return str(json.loads(text)["url"])


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, for the form that it holds."""
    found = {}
    for tag in _INPUT.findall(page):
        told = dict(_ATTRIBUTE.findall(tag))
        if told.get("type") == "hidden" and "name" in told:
            found[told["name"]] = html.unescape(told.get("value", ""))
    return found


def reads(port: int, paths: list[str], clock: Clock, over: threading.Event) -> None:
    number = 0
    while not over.is_set():
        began = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", paths[number % len(paths)])
            status = connection.getresponse().status
            connection.close()
        except OSError:
            status = 0
        with clock.lock:
            clock.readers.append(time.monotonic() - began)
            if status != 200:
                clock.failed.append(f"a reader got {status}")
        number += 1
        over.wait(0.1)


def photographs() -> list[bytes]:
    """0.3 to 1.2 megapixels, as telephones send them on."""
    from PIL import Image, ImageChops

    from issues.demo.pictures import draw

    found = []
    for size in ((640, 480), (1024, 768), (1280, 960)):
        drawn = draw("street", size)
        grain = Image.merge("RGB", [Image.effect_noise(size, 20)] * 3)
        out = BytesIO()
        Image.blend(drawn, ImageChops.overlay(drawn, grain), 0.5).save(out, "JPEG", quality=88)
        found.append(out.getvalue())
    return found


def people(count: int) -> list[str]:
    """So many accounts, by the names that they sign in with; one hash for all."""
    from django.contrib.auth.hashers import make_password

    from servicejournal.models import RoleGrant, User

    kept = make_password(PASSWORD)
    made = User.objects.bulk_create(
        User(username=f"load{number:04}", name=f"沈{number:04}", password=kept)
        for number in range(count)
    )
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role="contributor") for user in made)
    return [user.username for user in made]
