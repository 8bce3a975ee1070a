"""A mail server on loopback that takes letters, refuses them, or falls silent: a real socket."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """`refusal` answers RCPT; a server that `hangs` never says a word; one that is `cut_off`
    takes the letter and hangs up before it says so."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, *, refusal: str = "", hangs: bool = False, cut_off: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.refusal, self.hangs, self.cut_off = refusal, hangs, cut_off
        self.letters: list[EmailMessage] = []
        self.connected, self.released = threading.Event(), threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connected.set()
        if self.server.hangs:
            self.server.released.wait(30)
            return None
        self._say("220 ready")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                if not self._take():
                    return None
            elif word == b"QUIT":
                return self._say("221 bye")
            else:
                self._say(
                    self.server.refusal if word == b"RCPT" and self.server.refusal else "250 ok"
                )
        return None

    def _take(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if not self.server.cut_off:
            self._say("250 taken")
        return not self.server.cut_off

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server(**kind) -> Iterator[MailServer]:
    server = MailServer(**kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
