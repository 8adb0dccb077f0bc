# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An optional question of a survey that nobody answered is blank text: it counts as not given, in every playbook and role."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.document_parts import OPTIONAL
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.options import connection
from ansible_collections.alianza.sip_trunking.tests.support.player import ROOT

# playbook: (its role, what is given, a part of what the run says)
PLAYBOOKS = {
    "onboard": ("sip_trunk_onboarding", {}, "1 of 1 accounts match their documents"),
    "converge": (None, {}, "changed=0"),
    "export_account": (None, {}, "changed=2"),
    "offboard": ("sip_trunk_offboarding", {"trunks": "HQ"}, "Removed: HQ"),
    "rotate_credentials": (
        "credential_rotation",
        {"trunks": "HQ", "handover_tasks": "handover.yml", "handover_registers": "yes", "settle": "0"},
        "has a new password and is registered",
    ),
    "register_pbx": ("pbx_registration", {}, "alianza-hq"),
}


def variables(playbook, role):
    """Return every variable that a playbook and its role read; those of the account are the inventory's."""
    names = {"alianza_" + option for option in connection()} | {part.variable for part in OPTIONAL}
    names.update(re.findall(r"\balianza_\w+", (ROOT / "playbooks" / (playbook + ".yml")).read_text(encoding="utf-8")))
    if role:
        specs = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
        names.update(specs["argument_specs"]["main"]["options"])
        names.update(yaml.safe_load((ROOT / "roles" / role / "defaults" / "main.yml").read_text(encoding="utf-8")))
        names.update(re.findall(r"\balianza_\w+", (ROOT / "roles" / role / "vars" / "main.yml").read_text()))
    names.update(
        re.findall(r"\bpbx_registration_handlers_file\b", (ROOT / "playbooks" / (playbook + ".yml")).read_text())
    )
    return names - {
        "alianza_trunks",
        "alianza_pbxs",
        "alianza_account_id",
        "alianza_account_number",
        "alianza_accounts",
    }


@pytest.mark.parametrize("playbook", sorted(PLAYBOOKS))
def test_blank_variables_count_as_not_given(player, emulator, tmp_path, playbook):
    role, given, said = PLAYBOOKS[playbook]
    del player.environ["ALIANZA_ACCOUNT_ID"]
    registered = playbook == "rotate_credentials"
    trunk = {"id": "T1", "trunkName": "HQ", "sipPassword": "old-passw0rd", "registered": registered}
    emulator.seed(accounts=[{"id": "SITE", "accountNumber": "500", "accountName": "Site", "trunks": [trunk]}])
    (tmp_path / "handover.yml").write_text("- ansible.builtin.meta: noop\n")
    pbx = {"format": "asterisk", "path": str(tmp_path / "pjsip.conf"), "trunks": ["HQ"]}
    host = {
        "alianza_account_id": "SITE",
        "ansible_connection": "local",
        **({"alianza_pbxs": [pbx]} if playbook == "register_pbx" else {"alianza_trunks": [{"name": "HQ"}]}),
    }
    (tmp_path / "inventory.json").write_text(json.dumps({"all": {"hosts": {"site": host}}}))
    blank = dict.fromkeys(variables(playbook, role), "")
    assert {"alianza_hosts", "alianza_retries", "alianza_validate_certs"} <= set(blank)
    answers = dict(blank, **{"%s_%s" % (role, name): value for name, value in given.items()})
    (tmp_path / "answers.json").write_text(json.dumps(answers))
    played = player.playbook(
        "alianza.sip_trunking." + playbook,
        "-i",
        str(tmp_path / "inventory.json"),
        "-e",
        "@%s" % (tmp_path / "answers.json"),
        environ={"HOME": str(tmp_path)},
    )
    assert played.code == 0 and said in played.output, played.output[-3000:]
    assert emulator.open_tokens == 0
