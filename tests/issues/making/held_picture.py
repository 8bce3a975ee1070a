"""A picture whose file is read only once the test lets go: a pipe stands in the file's place."""

import os
import time
from pathlib import Path

from articles.models import Picture


class HeldPicture:
    """`wait` until somebody reads it, do what is to happen meanwhile, `let_go`."""

    def __init__(self, picture: Picture) -> None:
        self._path = Path(picture.file.path)
        self._data = self._path.read_bytes()
        self._path.unlink()
        os.mkfifo(self._path)

    def wait(self, seconds: float = 60) -> None:
        """Whoever reads it after the first one finds the file again."""
        self._pipe = self._opened(time.monotonic() + seconds)
        aside = self._path.with_suffix(".aside")
        aside.write_bytes(self._data)
        aside.replace(self._path)

    def _opened(self, until: float) -> int:
        while True:
            try:
                return os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody has it open
                assert time.monotonic() < until, "nobody read the picture"
                time.sleep(0.01)

    def let_go(self) -> None:
        os.set_blocking(self._pipe, True)
        with os.fdopen(self._pipe, "wb") as pipe:
            pipe.write(self._data)
