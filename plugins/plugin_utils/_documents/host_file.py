# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The name of a file that a host gets in a directory that many hosts share. Pure."""

from __future__ import annotations

import hashlib
import re

# Bytes; file systems take 255, and endings and the names of backups are added.
_LONGEST = 180


def host_file_name(host: str) -> str:
    """Return a file name without ending for a host: its own name where that can be a file name.

    The name of a host may come from an inventory of others, and must not lead out of the directory. A name that was changed ends with a
    part of its hash, so that two hosts never share a file.

    Args:
        host: name of the host in the inventory.
    """
    safe = re.sub(r"^[.]+", "-", re.sub(r"[/\x00-\x1f]", "-", host))
    safe = safe.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    if safe == host and host:
        return host
    return "%s-%s" % (safe, hashlib.sha256(host.encode("utf-8", "surrogatepass")).hexdigest()[:8])
