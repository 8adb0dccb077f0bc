# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults of the API, an account for each, and the tasks that meet them on all accounts at the same time."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

HERE = "{{ inventory_hostname }}"
HQ = {"account_id": HERE, "name": "HQ", "concurrent_calls": 5}
TRUNKS = [{"id": "T1", "trunkName": "HQ", "callbackNumber": "18015550001"}, {"id": "T2", "trunkName": "DR"}]
CALLBACK = ("alianza_sip_trunk", {"name": "HQ", "callback_number": "18015550002"})
DIVERT = ("alianza_trunk_forwarding", {"trunk_name": "HQ", "forward_on_failure": [{"trunk_name": "DR"}]})
ROUTE = ("alianza_tn_route", {"trunk_name": "HQ", "telephone_numbers": ["18015550000"]})
DELETE = ("alianza_sip_trunk", {"name": "DR", "state": "absent"})
TWENTY = {"trunk_name": "HQ", "telephone_numbers": ["18015550000-18015550019"], "account_id": HERE}


def accounts(emulator, *names, **parts):
    """Seed one account for each name; the name is its id, its number and its name."""
    emulator.seed(accounts=[dict(parts, id=name, accountNumber=name, accountName=name) for name in names])


def fault(emulator, account, method, last, action, **fields):
    """Have a fault hit requests to one account whose path ends in `last`, a regular expression."""
    return emulator.fault(action, method=method, path="/account/%s/(.*/)?%s$" % (account, last), **fields)


def for_hosts(names, module, options, **keywords):
    """Return a task that runs on some of the accounts only."""
    return dict({COLLECTION + module: options, "when": "inventory_hostname in %r" % (sorted(names),)}, **keywords)


def control(emulator, method, path, body=None):
    """Return a task that tells the emulator something between two others."""
    return {
        "ansible.builtin.uri": {
            "url": emulator.url + "/_emulator" + path,
            "method": method,
            "body_format": "json",
            "body": body or {},
        },
        "run_once": True,
    }


def play(player, names, *tasks, environ=None):
    """Run the tasks on all accounts at the same time, and return {account: [result of each of our modules]}."""
    inventory = player.folder / "accounts"
    inventory.write_text("\n".join(names) + "\n")
    played = player.tasks(
        *tasks,
        play={"hosts": "all"},
        environ=dict(
            {
                "ANSIBLE_INVENTORY": str(inventory),
                "ANSIBLE_FORKS": "6",
                "ALIANZA_RETRIES": "1",
            },
            **(environ or {}),
        ),
    )
    assert "Traceback" not in played.output
    results = {name: [] for name in names}
    for event, result in zip(played.events, played.results):
        if event["task"].startswith(COLLECTION) and event["outcome"] != "skipped":
            results[event["host"]].append(result)
    return results


def sent(emulator, account, method=None, last=".*"):
    """Return 'METHOD last-part-of-path' of what went to an account."""
    entries = emulator.log(method, "/account/%s/(.*/)?%s$" % (account, last))
    return ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in entries]


def kind(result):
    """Return the kind of a failure; None for a success."""
    return result["failure"]["kind"] if result["failed"] else None


def routed(emulator, account):
    """Return the numbers of an account that ring at a trunk."""
    return [
        each["phoneNumber"]
        for each in emulator.account(account)["telephone_numbers"]
        if each.get("referenceType") == "SIP_TRUNK"
    ]


def numbers(result):
    """Return the numbers that a result says were not written."""
    return [each["telephone_number"] for each in result["failed_numbers"]]
