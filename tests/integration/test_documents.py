# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunk documents as people write them: missing, misspelt, of the wrong type, as text, with a password that looks like a template."""

from __future__ import annotations

import json

import pytest

ONBOARD, CONVERGE = "alianza.sip_trunking.onboard", "alianza.sip_trunking.converge"
TRUNK = {"name": "HQ", "concurrent_calls": 2}
SECRET = "{{s3cret-passw0rd"
# host: its variables beside the account, and what is said of it; None if it is to be onboarded
HOSTS = {
    "missing": ({}, "Host missing has no alianza_trunks: give it"),
    "misspelt": ({"alianza_trunk": [TRUNK]}, "Host misspelt has no alianza_trunks, but alianza_trunk: correct"),
    "blank": ({"alianza_trunks": ""}, "Host blank: its alianza_trunks is blank"),
    "mapping": ({"alianza_trunks": TRUNK}, "its alianza_trunks is a mapping and no list"),
    "number": ({"alianza_trunks": 5}, "its alianza_trunks is a number and no list"),
    "prose": ({"alianza_trunks": "HQ"}, "its alianza_trunks is text and no list"),
    "entries": ({"alianza_trunks": ["HQ", TRUNK]}, "entry 1 of its alianza_trunks is text and no mapping"),
    "undefined": (
        {"alianza_trunks": [dict(TRUNK, concurrent_calls="{{ calls_of_hq }}")]},
        "trunk 'HQ': its concurrent_calls could not be filled in, 'calls_of_hq' is undefined",
    ),
    "elsewhere": ({"alianza_trunks": "{{ site_trunks }}"}, "has no site_trunks"),
    "braces": ({"alianza_trunks": [dict(TRUNK, sip_password=SECRET)]}, "trunk 'HQ': its sip_password could not be"),
    "deep": (
        {"alianza_trunks": "{{ base + [] }}", "base": [dict(TRUNK, sip_password=SECRET)]},
        "its alianza_trunks could not be filled in",
    ),
    "text": ({"alianza_trunks": json.dumps([TRUNK])}, None),
    "yaml": ({"alianza_trunks": "- name: HQ\n  concurrent_calls: 2\n"}, None),
    "file": ({"alianza_trunks": "{{ lookup('ansible.builtin.file', inventory_dir ~ '/document.json') }}"}, None),
    "filled": (
        {
            "alianza_trunks": [
                dict(TRUNK, concurrent_calls="{{ calls }}", sip_password="{{ pw | default(omit) }}"),
                "{{ base | combine({'name': 'Second'}) }}",
            ],
            "calls": 2,
            "base": TRUNK,
        },
        None,
    ),
}


@pytest.mark.parametrize("playbook", [ONBOARD, CONVERGE])
def test_a_document_is_taken_or_refused_in_one_sentence(player, emulator, tmp_path, playbook):
    del player.environ["ALIANZA_ACCOUNT_ID"]
    names = {host: host.upper() for host in HOSTS}
    emulator.seed(accounts=[{"id": name, "accountNumber": name, "accountName": name} for name in names.values()])
    (tmp_path / "document.json").write_text(json.dumps([TRUNK]))
    inventory = tmp_path / "inventory.json"
    hosts = {host: dict(given, alianza_account_id=names[host]) for host, (given, dummy) in HOSTS.items()}
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    played = player.playbook(playbook, "-i", str(inventory))
    said = {}
    for event in played.events:
        if event["outcome"] == "failed":
            said.setdefault(event["host"], str(event["result"].get("msg")))
    assert set(said) == {host for host, (dummy, sentence) in HOSTS.items() if sentence}, played.output
    for host, (dummy, sentence) in HOSTS.items():
        assert sentence is None or sentence in said[host], said[host]
        trunks = sorted(trunk["trunkName"] for trunk in emulator.account(names[host])["trunks"])
        assert trunks == ([] if sentence else ["HQ", "Second"] if host == "filled" else ["HQ"]), (host, played.output)
    assert SECRET[2:] not in played.output and emulator.open_tokens == 0
