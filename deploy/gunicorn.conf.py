"""How the site is served: `gunicorn -c deploy/gunicorn.conf.py`, behind a server that speaks HTTPS.

Two pools on two sockets. The desk's (everything) may be busy for a minute on the evening of a
deadline; readers have a process of their own on a socket of their own, to which the server in front
sends every address that writes nothing (docs/running.md). Without `READERS_BIND` there is one pool.

What is chosen here, and why:
- Threads, because a desk's request waits for the database and for Pillow and Argon2, which leave
  the interpreter to others; few, because what is left is Python, of which one runs at a time.
- A desk process a core. More gain nothing and cost memory.
- The program is loaded before the processes part: they share it, and one that is replaced stands
  within a tenth of a second. What only the desk needs (readings of characters, rules, words) comes
  after the readers' process has parted: it answers that much earlier.
- The desk is nicer to the rest of the machine: a stored page takes a fifth of a millisecond, and
  gets it at once, whoever is hashing passwords beside it.
- What cannot be answered in time is told so, in a page and within five seconds, by the program
  (`servicejournal.web.crowd`): here it is only measured how long a request has waited.
"""

import gc
import os
import shutil
import tempfile
import threading
import time
from functools import cache
from pathlib import Path

import environ
from gunicorn.workers.gthread import ThreadWorker

environ.Env.read_env(Path(__file__).resolve().parent.parent / ".env")

# Until the program is loaded (`when_ready`): a sixth of the start was walks over what stays anyway.
gc.disable()

if os.environ.get("METRICS", "").lower() in ("on", "true", "1", "yes"):
    # Before the program is loaded: each process counts in a file of its own, any tells of all. A
    # reload reads this once more, and goes on counting; a process that ends takes nothing with it.
    _FIGURES = f"servicejournal-figures-{os.getpid()}-"
    if _FIGURES not in os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""):
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=_FIGURES)

_DESK = os.environ.get("WEB_BIND", "127.0.0.1:8000")
_READERS = os.environ.get("READERS_BIND", "")
_FOR_READERS = 1 if _READERS else 0


_of_this_thread = threading.local()


class Waiting(ThreadWorker):
    """Knows how long each request stood in the queue before a thread took it up."""

    def enqueue_req(self, conn):
        conn.since = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn):
        _of_this_thread.waited = time.monotonic() - conn.since
        return super().handle(conn)


wsgi_app = "servicejournal.wsgi"
bind = [each for each in (_DESK, _READERS) if each]
worker_class = Waiting
workers = int(os.environ.get("WEB_WORKERS", os.cpu_count() or 2)) + _FOR_READERS
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True
chdir = str(Path(__file__).resolve().parent.parent)

# Connections that the kernel keeps while nobody takes them up, and that a process takes up at most:
# beyond, the server in front is refused, and says 503 itself. Nothing grows without bound.
backlog = 256
worker_connections = 500
# Longer than the server in front keeps its own, so that it never sends into a closed one.
keepalive = 75
# Of a process whose main thread no longer answers; long requests are no sign of that.
timeout = 60
# What is under way may end: an upload over a slow line, an export.
graceful_timeout = 60
# Memory is flat (benchmarks/bench_load.py); this is a belt beside the braces.
max_requests, max_requests_jitter = 50_000, 5_000
# Nobody uses it, and it would lie in somebody's home folder.
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def when_ready(server):
    """What the first visitors of each process would wait for is loaded once, and shared; and the
    collector need not walk, and copy, what stays.
    """
    from django.urls import get_resolver

    assert get_resolver().reverse_dict is not None  # noqa: S101  asking for it is what loads it
    gc.freeze()
    gc.enable()


@cache
def for_the_desk():
    """As above, for those who write: the first manuscript is read as fast as the next."""
    from articles import proofreading, search
    from articles.proofreading.suspects.index import index

    gc.disable()
    index()
    search.sounds("读")
    proofreading.proofread(proofreading.Manuscript("读一遍"))
    gc.freeze()
    gc.enable()


def pre_fork(server, worker):
    """The youngest processes hold as many for readers as there are to be: also while a reload has
    old and new ones side by side.
    """
    youngest = sorted(server.WORKERS.values(), key=lambda each: each.age)[-(workers - 1) :]
    there = sum(each.is_for_readers for each in youngest) if workers > 1 else 0
    worker.is_for_readers = there < _FOR_READERS
    if not worker.is_for_readers:
        for_the_desk()


def post_fork(server, worker):
    if not _READERS:
        return
    worker.sockets = worker.sockets[1:] if worker.is_for_readers else worker.sockets[:1]
    if not worker.is_for_readers:
        os.nice(5)


def on_exit(server):
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def child_exit(server, worker):
    """What it counted stays counted; its gauges go with it."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def post_worker_init(worker):
    """Tells the program, in a name that no header can have, how long a request has waited."""
    application = worker.wsgi

    def told(request, start_response):
        request["servicejournal.waited"] = _of_this_thread.waited
        return application(request, start_response)

    worker.wsgi = told
