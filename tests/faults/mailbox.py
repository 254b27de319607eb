"""A mail server that takes everything and keeps it: what people really were told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

GREETING, BYE, FINE, GO_ON = b"220 mailbox", b"221 bye", b"250 fine", b"354 go on"


class Mailbox(socketserver.ThreadingTCPServer):
    """SMTP as far as smtplib speaks it. A mail counts from the moment its last line has come, answered or not."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        super().__init__(("127.0.0.1", 0), Session)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]

    def empty(self) -> None:
        self.mails.clear()


class Session(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        try:
            self._say(GREETING)
            while line := self.rfile.readline():
                if not self._answer(line.strip().upper()):
                    return
        except OSError:
            return  # whoever was mailing was killed

    def _answer(self, said: bytes) -> bool:
        if said == b"DATA":
            self._say(GO_ON)
            if not self._take_mail():
                return False
        elif said == b"QUIT":
            self._say(BYE)
            return False
        self._say(FINE)
        return True

    def _take_mail(self) -> bool:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b"."))
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.server.mails.append(mail)
        return True

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        threading.Thread(target=box.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield box
        finally:
            box.shutdown()
