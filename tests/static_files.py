"""Static files for the suite, collected as in production: hashed names, one manifest.

So a page that names a file which is not there fails its test. Collecting takes three seconds,
so the result is kept under var/, in a folder named after what it was made from.
"""

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

DAY = 24 * 3600
SOURCES = ("static", "servicejournal/django_apps.py", "servicejournal/settings.py")


def folder(root: Path) -> Path:
    """Where the files collected from today's sources of the checkout `root` belong."""
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    for source in SOURCES:
        for path in sorted([root / source, *(root / source).rglob("*")]):
            stat = path.stat()
            digest.update(f"{path.relative_to(root)}:{stat.st_mtime_ns}:{stat.st_size}".encode())
    return root / "var" / "test-static" / digest.hexdigest()[:16]


def collect(target: Path) -> None:
    """Fills `target` unless that was done before; drops what was made days ago."""
    if target.exists():
        return
    from django.core.management import call_command
    from django.test import override_settings

    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=target.parent))
    with override_settings(STATIC_ROOT=str(making)):
        call_command("collectstatic", interactive=False, verbosity=0)
    try:
        os.rename(making, target)  # all or nothing: two suites may run at the same time
    except OSError:
        shutil.rmtree(making)
    for path in target.parent.iterdir():
        if path.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(path, ignore_errors=True)


def list_once() -> None:
    """One list of the collected files for the whole run.

    A server makes it when it starts; each test's client starts a server of its own, and the list
    of 1,200 files was half of the suite's time.
    """
    from whitenoise.base import WhiteNoise

    listing = WhiteNoise.update_files_dictionary
    known: dict[tuple[str, str], dict] = {}

    def listed_before(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in known:
            own, self.files = self.files, {}
            listing(self, root, prefix)
            known[root, prefix], self.files = self.files, own
        self.files.update(known[root, prefix])

    WhiteNoise.update_files_dictionary = listed_before
