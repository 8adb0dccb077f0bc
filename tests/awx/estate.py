# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts that jobs work on, and what jobs must not leave."""

from __future__ import annotations

import json

from ansible_collections.alianza.sip_trunking.tests.awx.settings import PASSWORD
from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, leaks

SIP_PASSWORD = "s1p\"\\/ <ü&%+;>'S"
ACCOUNTS = ["10021", "10022", "10023", "10024", "10025", "10026", "10027"]
HANDOVER = [
    {
        "name": "Register with the new password",
        "ansible.builtin.uri": {
            "url": "{{ lookup('env', 'ALIANZA_API_URL') }}/_emulator/registration",
            "method": "PUT",
            "body_format": "json",
            "body": {"account_id": "ID-10021", "trunk_id": "{{ credential_rotation_trunk_id }}", "registered": True},
        },
        "when": "not ansible_check_mode",
    }
]


def number(account):
    """Return the telephone number of an account."""
    return "1801555%04d" % (int(account) - 10000)


def seed(emulator):
    """Put seven accounts on the platform, each with a trunk: that of 10021 is registered, that of 10022 locked out."""
    emulator.seed(
        accounts=[
            {
                "id": "ID-" + account,
                "accountNumber": account,
                "accountName": "Customer " + account,
                "telephone_numbers": [number(account)],
                "trunks": [
                    {
                        "id": "T-" + account,
                        "trunkName": "HQ",
                        "concurrentCalls": 5,
                        "sipPassword": SIP_PASSWORD,
                        "registered": account == "10021",
                        "lockedOut": account == "10022",
                    }
                ],
            }
            for account in ACCOUNTS
        ]
    )


def documents(runner):
    """Put a document for each account into the repository, which is in line with it, and tasks that hand over credentials."""
    for account in ACCOUNTS:
        runner.document(account, alianza_trunks=[{"name": "HQ", "concurrent_calls": 5, "telephone_numbers": []}])
    (runner.project / "handover.yml").write_text(json.dumps(HANDOVER))


def assert_clean(runner, done, *more):
    """Nothing that the job leaves holds a secret.

    ansible-runner keeps the environment of its command in the file ``command``; AWX takes the values of credentials out of that.
    """
    secrets = {
        "password": PASSWORD,
        "SIP password": SIP_PASSWORD,
        **{"more %d" % place: one for place, one in enumerate(more)},
    }
    left = {path: text for path, text in files(done.folder).items() if not path.endswith("/command")}
    assert len(left) > 5
    left.update(files(runner.state))
    left.update(files(runner.project))
    assert leaks(secrets, left) == []
