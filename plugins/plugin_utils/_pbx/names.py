# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Names of sections and gateways, made of trunks' names.

They end up in dial plans (Dial(PJSIP/18015551212@alianza-lindon-hq)), so they are made of small letters, digits and hyphens,
stay what they are when other trunks come and go, and differ from each other.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 40


def section_names(trunks):
    """Return {trunk_id: name} for {trunk_id: trunk's name}.

    Where names would be equal, empty or long, the first letters of a checksum of the id follow.
    """
    plain = {trunk_id: _plain(name) for trunk_id, name in trunks.items()}
    taken = list(plain.values())
    names = {
        trunk_id: name if name and taken.count(name) == 1 and len(name) <= _LONGEST else _marked(name, trunk_id)
        for trunk_id, name in plain.items()
    }
    if len(set(names.values())) < len(names):
        # Somebody named a trunk what another one's name became.
        names = {trunk_id: _marked(name, trunk_id) for trunk_id, name in plain.items()}
    return names


def _plain(name):
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _marked(plain, trunk_id):
    checksum = hashlib.sha256(trunk_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "%s-%s" % (plain[:_LONGEST].strip("-") or "trunk", checksum)
