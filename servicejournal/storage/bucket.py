"""Files in a store that speaks S3, shared by all machines.

What goes wrong there is told in the words of a disk (`OSError`, `FileNotFoundError`), so that
nobody above needs to know which of the two it is.
"""

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import IO, Any
from urllib.parse import urlsplit

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from .interface import Stored

#: The location of the server in front that asks the store (`deploy/nginx-store.conf`), and for how
#: many seconds the address is good that it is told to ask. No reader ever sees it.
LOCATION, GOOD_FOR = "/protected-s3", 60
#: Bytes that are read ahead.
_AHEAD = 256 * 1024
_GONE = frozenset({"404", "NoSuchKey", "NotFound"})
#: One at a time makes a client: the library's own sessions do not like two.
_making = Lock()


class Bucket(S3Storage):  # type: ignore[misc]  # its makers publish no types
    folder: Path | None = None

    def __init__(self, **options: Any) -> None:
        style = {"addressing_style": options.pop("addressing_style", "auto")}
        config = Config(
            s3=style,
            signature_version="s3v4",
            # A store that is away is known to be so in seconds, and no reader waits for minutes.
            connect_timeout=3,
            read_timeout=20,
            retries={"mode": "standard", "total_max_attempts": 3},
            # Stores other than Amazon's refuse sums that nobody asked them for.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        transfer = TransferConfig(max_concurrency=4)
        super().__init__(
            # A form that saves a file under a name that is taken gets another name, as on a disk.
            file_overwrite=False,
            client_config=config,
            transfer_config=transfer,
            querystring_expire=GOOD_FOR,
            **options,
        )

    @property
    def connection(self) -> Any:
        with _making:
            return super().connection

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> str:
        key: str = self._normalize_name(clean_name(name))
        return key

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode not in ("r", "rb"):
            raise ValueError("Files here are put whole.")
        raw = _Object(self._client, self.bucket_name, self._key(name))
        file: File[bytes] = File(io.BufferedReader(raw, _AHEAD), name=name)
        file.size = raw.size
        return file

    def _save(self, name: str, content: Any) -> str:
        """Seen under its name when all of it is there: so a store takes every object."""
        with _as_a_disk_tells(name):
            saved: str = super()._save(name, content)
        return saved

    def put(self, name: str, content: IO[bytes]) -> None:
        self._save(name, File(content))

    def delete(self, name: str) -> None:
        with _as_a_disk_tells(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_a_disk_tells(name):
            found: bool = super().exists(name)
        return found

    def size(self, name: str) -> int:
        return int(self._head(name)["ContentLength"])

    def get_modified_time(self, name: str) -> datetime:
        modified: datetime = self._head(name)["LastModified"]
        return modified

    def _head(self, name: str) -> dict[str, Any]:
        with _as_a_disk_tells(name):
            told: dict[str, Any] = self._client.head_object(
                Bucket=self.bucket_name, Key=self._key(name)
            )
        return told

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_a_disk_tells(path):
            folders, names = super().listdir(path)
        return folders, names

    def walk(self, below: str) -> Iterator[Stored]:
        """A thousand for one question; in the order of the store, which is by name."""
        before = f"{self.location.strip('/')}/" if self.location else ""
        prefix = f"{before}{below}/" if below else before
        with _as_a_disk_tells(below):
            listing = self._client.get_paginator("list_objects_v2")
            for page in listing.paginate(Bucket=self.bucket_name, Prefix=prefix):
                for entry in page.get("Contents", ()):
                    if not entry["Key"].endswith("/"):  # some tools make such, for folders
                        name = entry["Key"].removeprefix(before)
                        yield Stored(name, entry["Size"], entry["LastModified"])

    def make(self) -> bool:
        """The bucket itself, where it is not there; whether it was made."""
        with _as_a_disk_tells(self.bucket_name):
            try:
                self._client.head_bucket(Bucket=self.bucket_name)
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                    raise
                self._client.create_bucket(Bucket=self.bucket_name, **self._where())
                return True
        return False

    def _where(self) -> dict[str, Any]:
        """Amazon wants to be told again where, but for its first region."""
        if self.endpoint_url or self.region_name in (None, "us-east-1"):
            return {}
        return {"CreateBucketConfiguration": {"LocationConstraint": self.region_name}}

    def internal_address(self, name: str) -> str:
        signed = urlsplit(self.url(name))
        return f"{LOCATION}{signed.path}?{signed.query}"


class _Object(io.RawIOBase):
    """An object, read as it is asked for; what was jumped over is not fetched.

    It stays the one that was opened: where another is put in its place, reading on fails.
    """

    def __init__(self, client: Any, bucket: str, key: str) -> None:
        super().__init__()
        self._client, self._named, self._at = client, {"Bucket": bucket, "Key": key}, 0
        with _as_a_disk_tells(key):
            told = client.get_object(**self._named)
        self.size: int = told["ContentLength"]
        self._etag: str = told["ETag"]
        self._body: Any = told["Body"]
        self._body_at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self.size:
            return 0
        with _as_a_disk_tells(self._named["Key"]):
            if self._body is None or self._body_at != self._at:
                self._ask_from_here()
            data: bytes = self._body.read(len(buffer))
        if not data:
            raise OSError(errno.EIO, "The store broke off", self._named["Key"])
        buffer[: len(data)] = data
        self._at += len(data)
        self._body_at = self._at
        return len(data)

    def _ask_from_here(self) -> None:
        self._let_go()
        wanted = {"Range": f"bytes={self._at}-", "IfMatch": self._etag}
        self._body = self._client.get_object(**self._named, **wanted)["Body"]
        self._body_at = self._at

    def _let_go(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None

    def close(self) -> None:
        if not self.closed:
            self._let_go()
        super().close()


@contextmanager
def _as_a_disk_tells(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _GONE:
            raise FileNotFoundError(errno.ENOENT, "Not in the store", name) from error
        raise OSError(errno.EIO, f"The store answers {code}", name) from error
    except (BotoCoreError, HTTPClientError, Boto3Error) as error:
        raise OSError(errno.EIO, f"The store does not answer: {error}", name) from error
