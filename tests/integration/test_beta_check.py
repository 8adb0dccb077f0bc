# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook beta_check finds out what an API does, and leaves nothing behind."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.slow
NULL_OF_A_TRUNK = "Does null clear an optional field of a trunk?"
NULL_OF_A_NUMBER = "Does null clear the destination of a number?"
CALLER_ID = "18015559990"
NUMBERS = ["18015550000", "18015550001"]

# Fewer changes than the playbook makes by itself, for the sake of time.
FEW = [{"language_tag": "en-us"}, {"max_burst_calls": 1}, {"language_tag": "", "max_burst_calls": 0}]


@pytest.fixture(name="run")
def fixture_run(player):
    """Returns what runs the playbook with some variables."""

    def run(check=False, **variables):
        given = {
            "beta_check_account_id": "ACCOUNT_1",
            "beta_check_confirm": True,
            "beta_check_numbers": NUMBERS,
            "beta_check_voicemail_id": "BOX",
            "beta_check_caller_id": CALLER_ID,
            "beta_check_calling_plan_product_id": "another-product",
            **variables,
        }
        return player.playbook("alianza.sip_trunking.beta_check", "-e", json.dumps(given), check=check)

    return run


def findings(played):
    """Return the findings of a run by their questions."""
    assert played.code == 0, played.output
    (found,) = [
        result["ansible_facts"]["beta_check_findings"]
        for result in played.results
        if "beta_check_findings" in result.get("ansible_facts", {})
    ]
    return {finding["question"]: finding for finding in found}


def nothing_is_left(account, emulator):
    """Whether the account is as it was."""
    return (
        account()["trunks"] == account()["caller_ids"] == account()["from_numbers"] == []
        and all(emulator.number(number).get("referenceType") is None for number in NUMBERS)
        and emulator.open_tokens == 0
    )


def test_it_finds_the_emulator_as_the_page_says(run, emulator, account, player):
    played = run()
    found = findings(played)
    assert [finding for finding in found.values() if finding["settled"] and not finding["same"]] == []
    assert [question for question, finding in found.items() if not finding["settled"]] == [
        "Do a trunk group's rules precede those of its trunks?",
        "When is a trunk locked out, and for how long?",
    ]
    assert nothing_is_left(account, emulator)
    (transcript,) = player.folder.glob("beta_check-*.har")
    secrets = [entry["body"]["sipPassword"] for entry in emulator.log(method="POST", path="/siptrunk_2$")]
    assert len(secrets) == 1 and secrets[0] not in transcript.read_text() + played.output


def test_it_notices_an_api_that_ignores_null(run, emulator, account):
    emulator.set(extension_case_accepted="lower", from_number_deletion="refused_while_mapped")
    emulator.set(trunk_patch_null="ignored", tn_patch_null="ignored", normalizations=["language_tag"], list_lag_reads=1)
    found = findings(run(beta_check_changes=FEW, beta_check_rules=[]))
    assert found[NULL_OF_A_TRUNK]["observed"] == "is ignored"
    assert found[NULL_OF_A_NUMBER]["observed"] == "is ignored; PUT of the destination clears"
    assert found["How is a language tag stored?"]["observed"] == "en-us became en-US"
    assert found["Which wildcards of FROM numbers does the API take?"]["observed"] == "refuses 99XX; accepts 99xx"
    assert found["Can a FROM number be deleted while it shows a caller ID?"]["observed"] == "no (HTTP 400)"
    assert not found[NULL_OF_A_TRUNK]["same"] and not found[NULL_OF_A_NUMBER]["same"]
    assert nothing_is_left(account, emulator)


def test_it_cleans_up_after_writes_that_failed(run, emulator, account):
    emulator.fault("status", method="PUT", path="/forward$", status=400, times=None)
    emulator.fault("status", method="DELETE", path="/siptrunk_2/", status=400, times=1)
    played = run(
        beta_check_changes=[],
        beta_check_rules=[{"state": "absent"}, {"forward_on_failure": [{"reference_type": "BUSY"}]}],
    )
    assert played.code == 2 and "Some writes failed" in played.output
    assert nothing_is_left(account, emulator)


def test_it_takes_no_caller_id_that_is_in_use(run, emulator, account):
    emulator.seed(
        accounts=[
            {
                "id": "USED",
                "accountNumber": "8",
                "accountName": "Used",
                "caller_ids": [CALLER_ID],
                "from_numbers": ["9801"],
            }
        ]
    )
    for caller_id in (CALLER_ID, "18015559991"):
        played = run(beta_check_account_id="USED", beta_check_caller_id=caller_id, beta_check_numbers=[])
        assert played.code == 2 and "give others" in played.output
    assert not emulator.writes() and emulator.open_tokens == 0


@pytest.mark.parametrize(
    "variables, message",
    [
        ({"beta_check_confirm": ""}, "beta_check_confirm=true"),
        ({"beta_check_account_id": ""}, "beta_check_account_id"),
        ({"alianza_api_url": "https://API.alianza.com/"}, "is production"),
    ],
    ids=["unconfirmed", "no account", "production"],
)
def test_it_refuses_wrong_variables_before_any_call(run, emulator, variables, message):
    played = run(**variables)
    assert played.code == 2 and message in played.output
    assert emulator.log() == []


def test_it_refuses_check_mode_before_any_call(run, emulator, player):
    played = run(check=True)
    assert played.code == 2 and "run it without --check" in played.output, played.output
    assert emulator.log() == [] and not list(player.folder.glob("*.har"))
