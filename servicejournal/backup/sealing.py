"""A stream under a pass phrase, in chunks that can be opened from anywhere in it. Pure.

The manner of age and Tink (STREAM): a key of its own for each file, the number of the chunk and
whether it is the last one in the nonce. So nobody can change, reorder, cut off or exchange a chunk.
"""

import hashlib
import hmac
import io
import os
from functools import lru_cache
from typing import Any, BinaryIO, Protocol

MAGIC = b"journal-seal-1\n\0"
CHUNK = 1 << 20
_SALT, _TAG = 16, 16
_HEAD = len(MAGIC) + 2 * _SALT


class WrongPassphrase(ValueError):
    """The pass phrase is another, or the file was changed: nobody can tell the two apart."""


class Sink(Protocol):
    """Where bytes go, in order."""

    def write(self, data: bytes, /) -> Any: ...


class Seal:
    """A pass phrase with its salt. Making one takes a fifth of a second and 64 MB, by design."""

    def __init__(self, passphrase: str, salt: bytes = b"") -> None:
        self.salt = salt or os.urandom(_SALT)
        self._key = _key(passphrase, self.salt)

    def key_of(self, file_id: bytes) -> bytes:
        return hmac.digest(self._key, b"file " + file_id, "sha256")

    def name_of(self, sha256: str) -> str:
        """What a sealed file may be called: its own hash would tell who has the same file."""
        return hmac.new(self._key, b"name " + sha256.encode(), "sha256").hexdigest()


@lru_cache(maxsize=4)
def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=2**16, r=8, p=1, maxmem=2**27, dklen=32)


def _cipher(key: bytes) -> Any:
    # A backup without a pass phrase asks nothing of the library.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealing:
    """Seals what is written. `close` writes the last chunk, and leaves the file beneath open."""

    def __init__(self, beneath: Sink, seal: Seal) -> None:
        file_id = os.urandom(_SALT)
        self._beneath, self._cipher = beneath, _cipher(seal.key_of(file_id))
        self._waiting, self._number = bytearray(), 0
        beneath.write(MAGIC + seal.salt + file_id)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # the last one, known as such, waits for `close`
            self._put(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def flush(self) -> None:
        """What is no whole chunk waits."""

    def close(self) -> None:
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last), chunk, None)
        self._beneath.write(sealed)
        self._number += 1


class Opened(io.RawIOBase):
    """A sealed file as it was, from anywhere in it. Raises `WrongPassphrase`."""

    def __init__(self, beneath: BinaryIO, passphrase: str) -> None:
        head = beneath.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(MAGIC):
            raise WrongPassphrase
        self.seal = Seal(passphrase, head[len(MAGIC) : -_SALT])
        self._beneath, self._cipher = beneath, _cipher(self.seal.key_of(head[-_SALT:]))
        sealed = beneath.seek(0, io.SEEK_END) - _HEAD
        self._chunks = max(1, -(-sealed // (CHUNK + _TAG)))
        self._size = sealed - self._chunks * _TAG
        self._at, self._held = 0, (-1, b"")
        self._chunk(self._chunks - 1)  # what was cut off has another last chunk

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        number, start = divmod(self._at, CHUNK)
        if self._at >= self._size:
            return 0
        part = self._chunk(number)[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._beneath.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            from cryptography.exceptions import InvalidTag

            self._beneath.seek(_HEAD + number * (CHUNK + _TAG))
            sealed = self._beneath.read(CHUNK + _TAG)
            try:
                nonce = _nonce(number, number == self._chunks - 1)
                self._held = number, self._cipher.decrypt(nonce, sealed, None)
            except (InvalidTag, ValueError) as wrong:
                raise WrongPassphrase from wrong
        return self._held[1]


def is_sealed(file: BinaryIO) -> bool:
    """Leaves the file at its beginning."""
    head = file.read(len(MAGIC))
    file.seek(0)
    return head == MAGIC
