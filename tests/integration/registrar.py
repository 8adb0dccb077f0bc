# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SIP registrar on 127.0.0.1 that checks passwords: who gets in has read its configuration right."""

from __future__ import annotations

import hashlib
import re
import socket
import threading


class Registrar:
    """Answers REGISTER over UDP until it is closed; anything else is not answered.

    Args:
        passwords: {user name: password}.

    Attributes:
        port: where it listens.
        registered: {user name: {"uri", "to", "contact", "expires"}} of the registrations it took.
        refused: the user names whose password was wrong.
    """

    def __init__(self, passwords):
        self.registered, self.refused = {}, []
        self._passwords = dict(passwords)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port = self._socket.getsockname()[1]
        self._changed, self._closing = threading.Condition(), False
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *dummy):
        self._closing = True
        self._thread.join()
        self._socket.close()

    def wait(self, seconds=20):
        """Wait until everybody was registered or somebody was refused; return the user names that were registered."""
        with self._changed:
            self._changed.wait_for(lambda: self.refused or set(self.registered) == set(self._passwords), timeout=seconds)
            return set(self.registered)

    def _serve(self):
        while not self._closing:
            try:
                data, sender = self._socket.recvfrom(65536)
            except socket.timeout:
                continue
            request = data.decode("utf-8", "replace")
            if request.startswith("REGISTER "):
                self._socket.sendto(self._answer(request).encode(), sender)

    def _answer(self, request):
        head = request.partition("\r\n\r\n")[0].split("\r\n")
        fields = {}
        for line in head[1:]:
            name, dummy, value = line.partition(":")
            fields.setdefault({"f": "from", "t": "to", "i": "call-id", "v": "via", "m": "contact"}.get(name.lower(), name.lower()), value.strip())
        copied = ["%s: %s" % (name, fields[name.lower()]) for name in ("Via", "From", "Call-ID", "CSeq")]
        copied.append("To: %s;tag=registrar" % fields["to"])
        credentials = dict(re.findall(r'(\w+)="?([^",]*)"?', fields.get("authorization", "").partition(" ")[2]))
        user = credentials.get("username")
        with self._changed:
            if user and self._right(credentials):
                self.registered[user] = {"uri": head[0].split(" ")[1], "to": fields["to"], "contact": fields["contact"],
                                         "expires": fields.get("expires")}
                status, more = "200 OK", ["Contact: %s;expires=3600" % fields["contact"]]
            elif user:
                self.refused.append(user)
                status, more = "403 Forbidden", []
            else:
                status, more = "401 Unauthorized", ['WWW-Authenticate: Digest realm="The Platform", nonce="n0nce", algorithm=MD5']
            self._changed.notify_all()
        return "\r\n".join(["SIP/2.0 " + status, *copied, *more, "Content-Length: 0", "", ""])

    def _right(self, credentials):
        def digest(*parts):
            return hashlib.md5(":".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()

        first = digest(credentials["username"], credentials["realm"], self._passwords.get(credentials["username"], ""))
        return credentials["response"] == digest(first, credentials["nonce"], digest("REGISTER", credentials["uri"]))
