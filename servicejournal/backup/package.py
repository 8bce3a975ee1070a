"""The file of a backup: a zip (64 bits, as large as needed) of rows, files and a manifest.

    rows/APP.MODEL.jsonl   packed
    files.jsonl            name, size, SHA-256, time of each file, and where its bytes lie
    media/000001 …         the bytes, unpacked; in a folder of backups they lie in pool/ instead
    manifest.json          the last one: counts and the SHA-256 of every other member

The zip's comment is the SHA-256 of the manifest, and so of everything. The whole may be sealed
(`sealing`). A file bears its name once it is written to its end and on the disk.
"""

import fcntl
import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from . import sealing

FORMAT = 1
MANIFEST, FILES, POOL = "manifest.json", "files.jsonl", "pool"
PIECE = 1 << 20


class NotWhole(ValueError):
    """The message (Chinese) says what is wrong with the file."""


class Busy(RuntimeError):
    """Another one is being written under that name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the media folder; `member` is "" where its bytes lie in the pool."""

    name: str
    size: int
    sha256: str
    modified: str
    member: str = ""


class Source(Protocol):
    """Where bytes come from: a file, of whatever kind."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, /) -> Any: ...


class Sink:
    """Counts and hashes what goes through."""

    def __init__(self, beneath: sealing.Sink) -> None:
        self._beneath, self._hash, self.size = beneath, hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self._beneath.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class Packing:
    """A backup that is being written."""

    def __init__(self, beneath: Any) -> None:
        self._zip = ZipFile(beneath, "w")

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Sink]:
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        entry.external_attr = 0o600 << 16
        with self._zip.open(entry, "w", force_zip64=True) as opened:
            yield Sink(cast(sealing.Sink, opened))

    def finish(self, manifest: dict[str, Any]) -> str:
        """The SHA-256 of the manifest, which names all others."""
        told = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        with self.member(MANIFEST) as sink:
            sink.write(told)
        self._zip.comment = sink.sha256.encode()
        self._zip.close()
        return sink.sha256

    def give_up(self) -> None:
        """Else it would end the file behind our back, when it is thrown away."""
        self._zip.fp = None


@contextmanager
def written(path: Path, seal: sealing.Seal | None = None) -> Iterator[Any]:
    """Something to write to, which bears the name once all is written and on the disk.

    Whoever is killed leaves a `.part`, which the next one writes over. Raises `Busy` and `OSError`.
    """
    part = path.with_name(f".{path.name}.part")
    with open(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Somebody may have finished between our opening and locking: then this is their backup.
            if not os.path.samestat(part.stat(), os.fstat(file.fileno())):
                raise Busy(path.name)
        except (BlockingIOError, FileNotFoundError) as locked:
            raise Busy(path.name) from locked
        file.truncate(0)
        try:
            sealed = sealing.Sealing(file, seal) if seal else None
            yield sealed or file
            if sealed:
                sealed.close()
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    keep_names(path.parent)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Of two who write into a folder, or throw away there, one. Raises `Busy`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as locked:
        raise Busy(folder.name) from locked
    finally:
        os.close(handle)


def keep_names(folder: Path) -> None:
    """Makes a name in a folder outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Package:
    """A backup that is read. Its methods raise `NotWhole`."""

    def __init__(self, path: Path, archive: ZipFile, passphrase: str, seal: Any) -> None:
        self.path, self._zip, self._passphrase, self.seal = path, archive, passphrase, seal
        told = self._read(MANIFEST)
        self.sha256 = hashlib.sha256(told).hexdigest()
        if archive.comment.decode("ascii", "replace") != self.sha256:
            raise NotWhole("备份文件的清单被改过。")
        self.manifest: dict[str, Any] = json.loads(told)
        if self.manifest.get("format") != FORMAT:
            raise NotWhole("备份是更新的版本做的，请用那个版本的程序恢复。")

    def lines(self, label: str) -> Iterator[bytes]:
        with self._opened(rows_of(label)) as member:
            yield from member

    def files(self) -> Iterator[Listed]:
        with self._opened(FILES) as member:
            for line in member:
                yield listed(line)

    @contextmanager
    def opened(self, file: Listed) -> Iterator[BinaryIO]:
        with self._opened(file.member) if file.member else self._pooled(file) as found:
            yield found

    def verify(self) -> None:
        """Reads all of it once, and changes nothing."""
        for label, told in self.manifest["models"].items():
            self._compare(rows_of(label), told["sha256"])
        self._compare(FILES, self.manifest["files"]["sha256"])
        for file in self.files():
            with self.opened(file) as found:
                if sha256_of(found) != file.sha256:
                    raise NotWhole(f"备份里的文件 {file.name} 与清单不符。")

    def _compare(self, name: str, sha256: str) -> None:
        with self._opened(name) as member:
            if sha256_of(member) != sha256:
                raise NotWhole(f"备份里的 {name} 与清单不符。")

    def _read(self, name: str) -> bytes:
        with self._opened(name) as member:
            return member.read()

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        try:
            with _member(self._zip, name) as member:
                yield cast(BinaryIO, member)
        except (KeyError, BadZipFile, ZlibError, EOFError) as broken:
            raise NotWhole(f"备份文件坏了：{name} 读不出来。") from broken

    @contextmanager
    def _pooled(self, file: Listed) -> Iterator[BinaryIO]:
        place = pooled(self.path.parent, file.sha256, self.seal)
        try:
            with place.open("rb") as stored, _unsealed(stored, self._passphrase) as (found, _):
                yield found
        except FileNotFoundError as gone:
            raise NotWhole(f"备份目录的 {POOL} 里没有 {file.name}（{place.name}）。") from gone


@contextmanager
def opened(path: Path, passphrase: str = "") -> Iterator[Package]:
    """Raises `NotWhole`, also where the pass phrase is wrong, and `OSError`."""
    with path.open("rb") as file:
        try:
            with _unsealed(file, passphrase) as (found, seal), _zip(found) as archive:
                yield Package(path, archive, passphrase, seal)
        except BadZipFile as broken:
            raise NotWhole("这不是一份完整的备份：文件不对，或者没有写完。") from broken
        except sealing.WrongPassphrase as wrong:
            raise NotWhole("口令不对，或者文件被改过。") from wrong


def _zip(found: BinaryIO) -> ZipFile:
    try:
        return ZipFile(found)
    except RuntimeError as other:  # of a zip that ours never is, but that a flipped bit makes of it
        raise BadZipFile from other


def _member(archive: ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except RuntimeError as other:  # as above: encrypted, of a later version, packed otherwise
        raise BadZipFile from other


@contextmanager
def _unsealed(file: BinaryIO, passphrase: str) -> Iterator[tuple[BinaryIO, sealing.Seal | None]]:
    if not sealing.is_sealed(file):
        yield file, None
        return
    if not passphrase:
        raise NotWhole("这份备份加了密，请用 --passphrase-file 给出口令。")
    raw = sealing.Opened(file, passphrase)
    with io.BufferedReader(raw, PIECE) as found:
        yield cast(BinaryIO, found), raw.seal


def rows_of(label: str) -> str:
    return f"rows/{label}.jsonl"


def pooled(folder: Path, sha256: str, seal: sealing.Seal | None) -> Path:
    name = seal.name_of(sha256) if seal else sha256
    return folder / POOL / name[:2] / name


def sha256_of(file: Source) -> str:
    told = hashlib.sha256()
    while piece := file.read(PIECE):
        told.update(piece)
    return told.hexdigest()


def listed(line: bytes) -> Listed:
    return Listed(**json.loads(line))


def line_of(file: Listed) -> bytes:
    told = json.dumps(asdict(file), ensure_ascii=False, sort_keys=True)
    # A name that is no UTF-8 (somebody copied it from an old computer) comes back as it was.
    return told.encode(errors="surrogatepass") + b"\n"
