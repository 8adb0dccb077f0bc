# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison sees what differs, and minds nothing that is different in every run."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.tests.docs.comparison import missing

PRINTED = """
TASK [Report] *******************
ok: [a] =>
    msg: 'kept in ~/x/nm-9FAY90a1Q6b3-1URjug.yml
        since 2026-11-25T09:19:04Z'
PLAY RECAP **********
a   : ok=15 changed=3
"""


@pytest.mark.parametrize(
    "shown",
    [
        PRINTED,
        "TASK [Report] ****\n...\nPLAY RECAP *\na : ok=15 changed=3",
        "...\nmsg: 'kept in ~/x/AAAAAAAAAAAAAAAAAAAAAA.yml since 2027-01-01T00:00:00Z'\n...",
        "...\nPLAY RECAP\na : ok=15 changed=3",
    ],
)
def test_what_was_printed_is_found(shown):
    assert missing(shown, PRINTED) == ""


@pytest.mark.parametrize(
    "shown",
    [
        "...\na : ok=15 changed=4",
        "...\na : ok=15",
        "ok: [a] =>\n...",
        "...\nPLAY RECAP\n...\nTASK [Report]\n...",
        "...\nkept in ~/y/AAAAAAAAAAAAAAAAAAAAAA.yml\n...",
    ],
)
def test_what_was_not_printed_is_named(shown):
    assert missing(shown, PRINTED) != ""
