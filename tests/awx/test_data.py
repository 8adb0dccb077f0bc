# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of the role awx_setup, taken by a play that applies it in a way of its own."""

from __future__ import annotations

import json
import pathlib

import yaml

from ansible_collections.alianza.sip_trunking.tests.awx.controller.projects import playbooks
from ansible_collections.alianza.sip_trunking.tests.awx.settings import PROJECT, SETTINGS
from ansible_collections.alianza.sip_trunking.tests.support.player import Player

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTS = (
    "organizations credential_types credentials execution_environments notifications projects inventories inventory_sources"
    " templates workflows schedules"
).split()


def test_the_data_is_known_after_the_role_was_included(tmp_path):
    player = Player(tmp_path, {})
    take = {
        "ansible.builtin.include_role": {
            "name": "alianza.sip_trunking.awx_setup",
            "tasks_from": "data.yml",
            "public": True,
        }
    }
    copy = {
        "ansible.builtin.copy": {
            "content": "{{ {%s} | to_json }}" % ", ".join("'%s': controller_%s" % (name, name) for name in LISTS),
            "dest": str(tmp_path / "data.json"),
            "mode": "0600",
        }
    }
    played = player.tasks(take, copy, stop=True, play={"vars": SETTINGS})
    assert played.code == 0, played.output
    data = json.loads((tmp_path / "data.json").read_text())
    assert all(data.values()) and len(data["templates"]) == 13
    assert data["projects"][0]["scm_url"] == SETTINGS["awx_setup_project_url"]
    # Templates of AWX stay what they are.
    assert data["credential_types"][0]["injectors"]["env"]["ALIANZA_PASSWORD"] == "{{ password }}"
    assert "{{ url }}" in str(data["notifications"]) or "url | tojson" in str(data["notifications"])
    # What every role of that kind looks for in an item.
    for name, items in data.items():
        assert all(item["name"] for item in items), name
    assert [[node["identifier"] for node in each["simplified_workflow_nodes"]] for each in data["workflows"]] == [
        ["refresh", "plan", "approve", "apply"],
        ["audit", "merge"],
    ]
    assert all(template["credentials"] == [data["credentials"][0]["name"]] for template in data["templates"])
    for template in data["templates"]:
        assert template.get("ask_variables_on_launch") or template["survey_enabled"] and template["survey_spec"]["spec"]
    # AWX only runs playbooks that are files of the project: each is a wrapper of the collection's playbook of the same name.
    assert {template["playbook"] for template in data["templates"]} == set(playbooks(PROJECT))
    for name in playbooks(PROJECT):
        (wrapper,) = yaml.safe_load((PROJECT / name).read_text())
        imported = wrapper["ansible.builtin.import_playbook"]
        assert imported == "alianza.sip_trunking." + pathlib.Path(name).stem
        assert (ROOT / "playbooks" / name).exists()
