"""What this program asks of a storage beyond what Django asks of every one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as a listing tells of it: nothing was opened, and nothing asked of each."""

    name: str
    size: int  # bytes
    modified: datetime


class Shelf(Protocol):
    #: The folder, where there is one.
    folder: Path | None

    def put(self, name: str, content: IO[bytes]) -> None:
        """All of it under that name, in the place of what was there; nobody ever reads half.

        Raises `OSError`, with what was there as it was.
        """

    def walk(self, below: str) -> Iterator[Stored]:
        """Every file below a folder ("" for all), folder by folder, by name."""

    def internal_address(self, name: str) -> str:
        """Where the server in front finds the file when it is told to hand it out."""
