# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A webhook that keeps what is posted to it."""

from __future__ import annotations

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

# The part of its URL that nobody may see.
SECRET = "s3cret-hook"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *arguments):
        """Print nothing."""


@contextlib.contextmanager
def listening():
    """Yield a webhook with its ``url`` and with ``posted``, what it was sent; it returns the ``status``, which may be changed."""
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.posted, server.status = [], 200
    server.url = "http://127.0.0.1:%d/%s" % (server.server_port, SECRET)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
