# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates to serve with: one that is in order, one for another host, one that has expired."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

import trustme

Certificate = Literal["valid", "wrong_host", "expired"]


def context(kind: Certificate, host: str, ca_file: Path) -> ssl.SSLContext:
    """Return what to serve `host` with, and write the certificate of its authority to `ca_file`."""
    now = datetime.now(timezone.utc)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    name = "elsewhere.example.net" if kind == "wrong_host" else host
    start, end = (now - timedelta(days=9), now - timedelta(days=1)) if kind == "expired" else (None, None)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_before=start, not_after=end).configure_cert(made)
    return made
