"""What a mail server that hangs costs the click that hands in: `make bench`.

Prints the median and the slowest of 30 clicks in process, in milliseconds, with letters that a
worker sends (`TASK_QUEUE=database`), against a server that takes the connection and never says a
word; and the same with no mail at all.
"""

import os
import socket
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

#: Connections are taken by the system and never answered.
silent = socket.create_server(("127.0.0.1", 0))
os.environ["TASK_QUEUE"] = "database"
os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{silent.getsockname()[1]}"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from articles.authorship import Byline  # noqa: E402
from articles.models import Article, Notice, Section  # noqa: E402
from articles.writing import saving  # noqa: E402
from articles.writing.text import Text  # noqa: E402
from servicejournal.models import User  # noqa: E402

CLICKS = 30
SENTENCE = "柜台内外的一件小事，写下来就不会忘，读的人也愿意再读一遍。"


def a_draft(writer: User) -> Article:
    text = Text(
        title="雨天的伞",
        section=Section.objects.open_to_writers().first(),
        body=f"<p>{SENTENCE * 40}</p>",
        note="",
        bylines=(Byline("沈一鸣"),),
    )
    return saving.save(text, by=writer)


def measure(title: str, writer: User) -> None:
    client = Client()
    client.force_login(writer)
    ticked, times = {"declared": "on"}, []
    for _ in range(CLICKS + 1):
        address = f"/submissions/{a_draft(writer).pk}/hand-in/"
        start = perf_counter()
        answer = client.post(address, ticked)
        times.append((perf_counter() - start) * 1000)
        if not answer["Location"].endswith("/receipt/"):
            raise RuntimeError(f"not handed in: {answer}")
    times = times[1:]
    print(f"  {title:<24}{median(times):7.1f} ms   slowest {max(times):7.1f} ms")


def main() -> None:
    call_command("migrate", verbosity=0)
    writer = User.objects.create_user(username="bench-hand", name="沈一鸣", email="a@example.com")
    print("one click that hands in 1,160 characters")
    measure("mail server hangs", writer)
    waiting = Notice.objects.exclude(due_at=None).count()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    measure("no mail", writer)
    print(f"  {waiting} letters wait in the outbox")


if __name__ == "__main__":
    main()
