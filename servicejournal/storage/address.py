"""STORAGE_URL taken apart: `s3://KEY:SECRET@HOST:PORT/BUCKET/FOLDER?region=…&tls=off`."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN = frozenset({"region", "tls", "style", "ca"})


class NoAddress(ImproperlyConfigured):
    """The message says what is wrong with it, without its secret."""


def options(url: str) -> dict[str, Any]:
    """For `bucket.Bucket`. Without a host it is Amazon's own, without a key the machine's role.

    Raises `NoAddress`.
    """
    parts = urlsplit(url)
    bucket, _, folder = unquote(parts.path).strip("/").partition("/")
    asked = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not bucket:
        raise NoAddress("STORAGE_URL is no s3://KEY:SECRET@HOST/BUCKET; see .env.example.")
    if unknown := asked.keys() - KNOWN:
        raise NoAddress(f"STORAGE_URL does not know {', '.join(sorted(unknown))}.")
    host = parts.netloc.rpartition("@")[2]
    scheme = "http" if asked.get("tls") == "off" else "https"
    return {
        "bucket_name": bucket,
        "location": folder,
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "endpoint_url": f"{scheme}://{host}" if host else None,
        "region_name": asked.get("region"),
        # The bucket in the path, as every store of one's own has it; clouds want it in the host.
        "addressing_style": asked.get("style", "path" if host else "auto"),
        "verify": asked.get("ca"),
    }
