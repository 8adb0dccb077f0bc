# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Names of sections and gateways, derived from the names of trunks. Pure.

Dial plans contain them (Dial(PJSIP/18015551212@alianza-lindon-hq)), so they consist of lower-case letters, digits and
hyphens, do not change when other trunks are added or removed, and are unique.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Mapping

_LONGEST = 40


def section_names(trunks: Mapping[str, str]) -> dict[str, str]:
    """Return {trunk id: section name} for {trunk id: trunk name}.

    A name that would be empty, long or equal to another one ends in the first characters of a checksum of the id.
    """
    plain = {trunk_id: _plain(name) for trunk_id, name in trunks.items()}
    taken = list(plain.values())
    names = {
        trunk_id: name if name and taken.count(name) == 1 and len(name) <= _LONGEST else _with_checksum(name, trunk_id)
        for trunk_id, name in plain.items()
    }
    if len(set(names.values())) < len(names):
        # The name of a trunk equals the name with checksum of another one.
        names = {trunk_id: _with_checksum(name, trunk_id) for trunk_id, name in plain.items()}
    return names


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _with_checksum(plain: str, trunk_id: str) -> str:
    checksum = hashlib.sha256(trunk_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "%s-%s" % (plain[:_LONGEST].strip("-") or "trunk", checksum)
