# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of a SIP client as a test needs: one request over UDP on this machine, with digest authentication (RFC 3261, RFC 2617)."""

from __future__ import annotations

import hashlib
import re
import secrets
import socket
import time

RETRANSMIT = 0.5
PATIENCE = 30


def options(host, port, patience=PATIENCE):
    """Ask a SIP server whether it is there, and return the status of its answer; raises TimeoutError."""
    with Client(host, port, patience) as client:
        return client.ask("OPTIONS", "probe")[0]


def register(host, port, username, password, expires=60, aor=None, patience=PATIENCE):
    """Register once, as a PBX does: ask, be challenged, answer. Returns the status of the last answer; raises TimeoutError.

    Args:
        host: where the registrar is.
        port: its port.
        username: who registers.
        password: the password to answer the challenge with.
        expires: seconds to be registered; 0 ends the user's registration, whoever made it.
        aor: the user to register, unless it is the one who registers.
        patience: seconds to wait for each answer.
    """
    with Client(host, port, patience) as client:
        contact = "<sip:%s@127.0.0.1:%d>" % (username, client.port) if expires else "*"
        wanted = ("Contact: " + contact, "Expires: %d" % expires)
        status, answer = client.ask("REGISTER", aor or username, *wanted)
        if status != 401:
            return status
        return client.ask(
            "REGISTER",
            aor or username,
            *wanted,
            credentials(challenge(answer), "REGISTER", client.uri, username, password),
        )[0]


def challenge(answer):
    """Return the parameters of the digest challenge in an answer."""
    line = re.search(r"^WWW-Authenticate: Digest (.*)$", answer, re.MULTILINE | re.IGNORECASE)
    return {
        name.lower(): quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^",\s]+))', line[1])
    }


def credentials(asked, method, uri, username, password):
    """Return the header that answers a challenge with `qop=auth`."""

    def digest(*parts):
        return hashlib.md5(":".join(parts).encode()).hexdigest()

    cnonce, count = secrets.token_hex(8), "00000001"
    response = digest(
        digest(username, asked["realm"], password), asked["nonce"], count, cnonce, "auth", digest(method, uri)
    )
    return (
        'Authorization: Digest username="%s", realm="%s", nonce="%s", uri="%s", response="%s", algorithm=MD5, qop=auth, nc=%s, cnonce="%s"'
        % (username, asked["realm"], asked["nonce"], uri, response, count, cnonce)
    )


class Client:
    """A socket for the requests of one call id.

    Attributes:
        uri: the address of the server.
        port: our own port.
    """

    def __init__(self, host, port, patience=PATIENCE):
        self.uri = "sip:%s:%d" % (host, port)
        self.patience = patience
        self._call = secrets.token_hex(8)
        self._number = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.connect((host, port))
        self.port = self._socket.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._socket.close()

    def ask(self, method, user, *headers):
        """Send a request until there is a final answer to it, and return that: (status, text)."""
        return self.send(self.request(method, user, *headers))

    def request(self, method, user, *headers):
        """Return a new request of or to a user of the server."""
        self._number += 1
        address = "<sip:%s@%s>" % (user, self.uri.partition(":")[2])
        return "\r\n".join(
            [
                "%s %s SIP/2.0" % (method, self.uri),
                "Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%s" % (self.port, secrets.token_hex(8)),
                "From: %s;tag=%s" % (address, self._call),
                "To: %s" % address,
                "Call-ID: %s" % self._call,
                "CSeq: %d %s" % (self._number, method),
                "Max-Forwards: 70",
                *headers,
                "Content-Length: 0",
                "",
                "",
            ]
        )

    def send(self, request):
        """Send a request, again and again, until there is a final answer to it, and return that: (status, text)."""
        wanted = re.search(r"^CSeq: .*$", request, re.MULTILINE)[0].strip()
        deadline = time.monotonic() + self.patience
        self._socket.settimeout(RETRANSMIT)
        while time.monotonic() < deadline:
            try:
                self._socket.send(request.encode())
                while True:
                    answer = self._socket.recv(65535).decode()
                    status = int(answer.split(" ", 2)[1])
                    if status >= 200 and wanted in answer:
                        return status, answer
            except (socket.timeout, ConnectionRefusedError):
                # Nobody listens there yet, or something got lost.
                time.sleep(0.02)
        raise TimeoutError("%s does not answer" % self.uri)
