"""How long the form's saving by itself takes, for 9,000 characters of an article: `make bench`.

Prints the median and the slowest of 40 savings, each of a text that changed, in milliseconds; in
process, and over HTTP from a browser's distance of nothing.
"""

import json
import os
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart  # noqa: E402

from articles.authorship import Byline  # noqa: E402
from articles.models import Article, Section  # noqa: E402
from articles.writing import saving  # noqa: E402
from articles.writing.text import Text, fingerprint  # noqa: E402
from servicejournal.models import User  # noqa: E402

ROUNDS = 40
SENTENCE = "柜台内外的一件小事，写下来就不会忘，读的人也愿意再读一遍。"
PARAGRAPHS = 30


def form(article: Article, base: str, number: int) -> dict:
    paragraph = SENTENCE * (9000 // PARAGRAPHS // len(SENTENCE) + 1)
    return {
        "action": "autosave",
        "base": base,
        "end": "1",
        "title": "雨天的伞",
        "section": article.section_id,
        "body": f"<p>{paragraph}</p>" * PARAGRAPHS + f"<p>第 {number} 次</p>",
        "note": "",
        "authors-TOTAL_FORMS": 1,
        "authors-INITIAL_FORMS": 1,
        "authors-0-name": "沈一鸣",
        "authors-0-ORDER": 1,
    }


def a_draft() -> tuple[User, Article]:
    writer = User.objects.create_user(username="bench", name="沈一鸣")
    text = Text(
        title="雨天的伞",
        section=Section.objects.open_to_writers().first(),
        body="<p>字</p>",
        note="",
        bylines=(Byline("沈一鸣"),),
    )
    return writer, saving.save(text, by=writer)


def measure(title: str, article: Article, send: Callable[[dict], str]) -> None:
    """`send` takes the form and gives the answer's `base`."""
    base, times = fingerprint(Article.objects.get(pk=article.pk), (Byline("沈一鸣"),)), []
    for number in range(ROUNDS + 1):
        sent = form(article, base, number)
        start = perf_counter()
        base = send(sent)
        times.append((perf_counter() - start) * 1000)
    times = times[1:]
    print(f"  {title:<14}{median(times):7.1f} ms   slowest {max(times):7.1f} ms")


def over_http(client: Client, address: str) -> tuple[WSGIServer, Callable[[dict], str]]:
    """A server of the standard library in a thread, one connection a request."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    token = "t" * 32
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"

    def send(sent: dict) -> str:
        connection = HTTPConnection("127.0.0.1", server.server_port)
        headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": cookies, "X-CSRFToken": token}
        connection.request("POST", address, encode_multipart(BOUNDARY, sent), headers)
        return json.loads(connection.getresponse().read())["base"]

    return server, send


def main() -> None:
    call_command("migrate", verbosity=0)
    writer, article = a_draft()
    address = f"/submissions/{article.pk}/edit/"
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(writer)
    print("one saving by itself of 9,000 characters")
    measure("in process", article, lambda sent: client.post(address, sent).json()["base"])
    server, send = over_http(client, address)
    measure("over HTTP", article, send)
    server.shutdown()
    article.refresh_from_db()
    print(f"  {article.length} characters, {article.history.count()} versions kept")


if __name__ == "__main__":
    main()
