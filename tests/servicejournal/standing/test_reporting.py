"""Faults reach a server that speaks Sentry's protocol, and nobody's words go along."""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest

from tests.environment import ROOT

#: A view that fails while it holds words, as a process in production would.
FAILS = """
import django
django.setup()
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.db import IntegrityError
import logging, sys

def fails(request, secret):
    words = "龑䶮 of a manuscript"
    raise IntegrityError("refused 龑䶮" + chr(10) + "DETAIL:  Failing row contains (龑䶮, row).")

sys.modules["a_site"] = type(sys)("a_site")
sys.modules["a_site"].urlpatterns = [path("fails/<str:secret>/", fails)]
from django.conf import settings
settings.ROOT_URLCONF = "a_site"
client = Client(raise_request_exception=False)
sent = {"body": "words of a form"}
client.post("/fails/a-secret/?q=龑䶮", sent, headers={"Cookie": "x=a-cookie"})
import sentry_sdk
sentry_sdk.flush(10)
"""


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
        plain = unpack.get(self.headers.get("Content-Encoding", ""), bytes)(body)
        self.server.received.append(plain.decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver():
    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.received = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_fault_arrives_with_its_number_and_without_anybodys_words(receiver):
    dsn = f"http://key@127.0.0.1:{receiver.server_address[1]}/1"
    environment = {**os.environ, "SENTRY_DSN": dsn, "LOG_LEVEL": "CRITICAL"}
    environment["DJANGO_SETTINGS_MODULE"] = "servicejournal.settings"
    subprocess.run(
        [sys.executable, "-c", FAILS], cwd=ROOT, env=environment, check=True, timeout=120
    )
    told = "\n".join(receiver.received)
    assert "IntegrityError" in told
    assert '"request":' in told
    assert "fails" in told
    for secret in (
        "\\u9f91",
        "龑",
        "a-secret",
        "a-cookie",
        "words of a form",
        "manuscript",
        "row)",
    ):
        assert secret not in told
