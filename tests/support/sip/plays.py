# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks of more than one test do."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

INFO = "alianza_trunk_registration_info"


def until(state, trunk="HQ"):
    """Return the task that waits until a trunk is registered, or unregistered."""
    return (INFO, {"trunk_name": trunk, "wait_for": state, "wait_timeout": 30, "poll_interval": 0.2})


def configure(player, pbx, *tasks, trunk="HQ"):
    """Run a play that configures the PBX for a trunk, restarts it if that changed anything, and does some tasks.

    Returns what was Played; raises AssertionError if a task failed.
    """
    described = {"format": "baresip", "path": str(pbx.accounts), "trunks": [trunk], "handler": "Restart the PBX"}
    played = player.tasks(
        {"ansible.builtin.import_role": {"name": COLLECTION + "pbx_registration"}},
        {"ansible.builtin.meta": "flush_handlers"},
        *tasks,
        stop=True,
        play={
            "vars": {
                "ansible_python_interpreter": "{{ ansible_playbook_python }}",
                "alianza_pbxs": [described],
                "alianza_account_id": player.environ["ALIANZA_ACCOUNT_ID"],
            },
            "handlers": [{"name": "Restart the PBX", "ansible.builtin.command": {"argv": [*pbx.control, "restart"]}}],
        },
    )
    assert played.code == 0, played.output
    return played
