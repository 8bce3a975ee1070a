"""A server that speaks S3, in this process, with an empty bucket."""

import logging
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

with warnings.catch_warnings(action="ignore"):  # of other people's code, while it is read
    import boto3
    from moto.server import ThreadedMotoServer

from servicejournal.storage import address

BUCKET = "journal"


@contextmanager
def object_store() -> Iterator[str]:
    """Gives its STORAGE_URL, with a folder of the bucket."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(Bucket=BUCKET)
    try:
        yield f"s3://key:secret@{host}:{port}/{BUCKET}/media?tls=off&region=us-east-1"
    finally:
        client.close()
        server.stop()


def nobody_there() -> str:
    """A network address at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"


def in_no_bucket() -> dict[str, dict[str, Any]]:
    """STORAGES with a store that does not answer."""
    return in_a_bucket(f"s3://key:secret@{nobody_there()}/{BUCKET}/media?tls=off&region=us-east-1")


def in_a_bucket(url: str, folder: str = "") -> dict[str, dict[str, Any]]:
    """STORAGES as the settings make them of a STORAGE_URL; files lie below a folder there."""
    options = address.options(url)
    options["location"] = "/".join(filter(None, (options["location"], folder)))
    bucket = "servicejournal.storage.bucket.Bucket"
    static = {"BACKEND": "servicejournal.storage.static_files.Named"}
    return {"default": {"BACKEND": bucket, "OPTIONS": options}, "staticfiles": static}
