# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pbx_registration writes is read by the programs themselves: whoever registers has read its password right."""

from __future__ import annotations

import json
import string

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.sip import baresip, uac
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "
# Blanks at both ends, what ends a value, what is a template, what is not ASCII.
HARD = {
    "kamailio": [PRINTABLE, " \\n\\:x\\", "{{ 7 * 7 }}::{%", "Gr\u00fc\u00dfe: \\0;#!define"],
    "baresip": [PRINTABLE, 'a"b', "back\\", " a;b c ", '"quoted" x;y', "{{ 7 * 7 }}", "Gr\u00fc\u00dfe"],
}


@pytest.fixture(name="two")
def fixture_two(tmp_path):
    """Returns a function that makes two PBXs of a kind, each with the file that its registrations go to; they are killed at the end."""
    made = []

    def of_kind(kind):
        for name in ("one", "two"):
            made.append(uac.Pbx(tmp_path / name) if kind == "kamailio" else baresip.Pbx(tmp_path / name))
        return [(pbx, pbx.registrations if kind == "kamailio" else pbx.accounts) for pbx in made]

    yield of_kind
    for pbx in made:
        pbx.kill()
        print(pbx.log())


@pytest.mark.parametrize("kind", sorted(HARD))
def test_every_password_gets_in(player, emulator, registrar, two, kind):
    users = {"%s-user-%d" % (kind, place): password for place, password in enumerate(HARD[kind])}
    emulator.seed(
        accounts=[
            {
                "id": "PBX",
                "accountNumber": "901",
                "accountName": "PBX",
                "trunks": [
                    {"trunkName": "Trunk " + user, "sipUsername": user, "sipPassword": password}
                    for user, password in users.items()
                ],
            }
        ]
    )
    pbxs = two(kind)
    names = ["Trunk " + user for user in users]
    described = [
        {"format": kind, "path": str(path), "trunks": share}
        for (dummy, path), share in zip(pbxs, (names[:2], names[2:]))
    ]
    inventory = player.folder / "inventory.json"
    inventory.write_text(
        json.dumps({"all": {"hosts": {"pbx": {"alianza_account_id": "PBX", "alianza_pbxs": described}}}})
    )
    played = player.playbook(
        "alianza.sip_trunking.register_pbx",
        "-i",
        str(inventory),
        "-e",
        json.dumps({"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}),
    )
    assert played.code == 0, played.output
    for pbx, dummy in pbxs:
        pbx.start()
    waiting = "registered: %s at %s" % (", ".join(users), registrar.address)
    wait_until(lambda: all(emulator.sip_credentials(user)["registered"] for user in users), waiting)
    assert not any(emulator.sip_credentials(user)["refusals"] for user in users)
