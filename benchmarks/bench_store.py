"""A stored page through Django beside a bare «hello» view, and through nginx beside a plain file.

`make bench`. Both servers run at once, one worker each, and are asked in turn, over connections
that are kept; what is counted is the CPU of the server's processes (user and system, of
/proc/PID/stat), so that other work on the machine counts less. Prints microseconds a request and
the ratio, of five rounds the median. Without nginx on the machine that part is left out, and said.
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
ROUNDS, REQUESTS = 5, 3000
TICK = os.sysconf("SC_CLK_TCK")
HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Host": "127.0.0.1"}
HELLO = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
urlpatterns = [path("", lambda request: HttpResponse(b"hello"))]
application = get_wsgi_application()
"""
NGINX = """
daemon off; worker_processes 1; pid {room}/nginx.pid; error_log {room}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types; access_log off; client_body_temp_path {room}; gzip_static on;
    server {{
        listen 127.0.0.1:{port}; root {live};
        location /plain/ {{ root {room}; gzip_static off; }}
        location / {{ try_files $uri/index.html =404; default_type text/html; }}
    }}
}}
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def served(command: list[str], port: int, **options: object) -> Iterator[int]:
    """The process that listens; the number of its main process."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)  # noqa: S603
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def gunicorn(application: str, port: int, folder: Path) -> list[str]:
    """One worker that keeps connections."""
    options = ["-w", "1", "-k", "gthread", "--threads", "1", "--keep-alive", "30"]
    python = [sys.executable, "-m", "gunicorn", *options, "-b", f"127.0.0.1:{port}"]
    return [*python, "--chdir", str(folder), application]


def cpu_of(pid: int) -> float:
    """Seconds, of the process and its children that live."""
    total = 0.0
    for each in [pid, *children_of(pid)]:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / TICK
    return total


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in tasks]


def ask(port: int, path: str, requests: int) -> int:
    """So many times over one connection; the bytes of the last answer's body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    size = 0
    for _ in range(requests):
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}")
    connection.close()
    return size


def compare(name: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> None:
    """(pid, port, path) of each; in turns."""
    costs: list[tuple[float, float]] = []
    for _pid, port, path in (one, other):
        ask(port, path, 200)
    for _ in range(ROUNDS):
        pair = []
        for pid, port, path in (one, other):
            before = cpu_of(pid)
            ask(port, path, REQUESTS)
            pair.append((cpu_of(pid) - before) / REQUESTS * 1e6)
        costs.append((pair[0], pair[1]))
    ratios = sorted(ours / theirs for ours, theirs in costs)
    ours, theirs = (median(pair[n] for pair in costs) for n in (0, 1))
    print(
        f"  {name:<44}{ours:7.0f} µs beside {theirs:7.0f} µs: {median(ratios):.2f} ×"
        f" ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


def through_django(room: Path, paths: list[str]) -> None:
    (room / "hello_app.py").write_text(HELLO)
    port, hello_port = free_port(), free_port()
    hello = gunicorn("hello_app:application", hello_port, room)
    with (
        served(gunicorn("servicejournal.wsgi:application", port, ROOT), port) as ours,
        served(hello, hello_port) as theirs,
    ):
        for path in paths:
            compare(f"{path} beside «hello»", (ours, port, path), (theirs, hello_port, "/"))


def through_nginx(room: Path, pages: Path, path: str) -> None:
    if not shutil.which("nginx"):
        print("  nginx is not on this machine: not measured")
        return
    port, live = free_port(), pages / "live"
    stored = live / path.strip("/") / "index.html.gz"
    (room / "plain").mkdir()
    shutil.copy(stored, room / "plain" / "file.bin")
    (room / "nginx.conf").write_text(NGINX.format(room=room, port=port, live=live))
    with served(["nginx", "-c", str(room / "nginx.conf")], port) as pid:
        ours, theirs = (pid, port, path), (pid, port, "/plain/file.bin")
        compare(f"nginx: {path} beside a file of the same size", ours, theirs)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from issues.models import PrintedArticle
    from issues.reading import rebuilding

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not PrintedArticle.objects.exists():
        call_command("demo", verbosity=0)
    for _ in rebuilding.rebuild():
        pass
    article = PrintedArticle.objects.out().order_by("-length")[0]
    paths = ["/", article.edition.issue.get_absolute_url(), article.get_absolute_url(), "/issues/"]
    with tempfile.TemporaryDirectory() as folder:
        through_django(Path(folder), paths)
        through_nginx(Path(folder), Path(settings.PAGES_ROOT), article.get_absolute_url())


if __name__ == "__main__":
    main()
