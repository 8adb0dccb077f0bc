# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks of the night watch do about an event."""

from __future__ import annotations

import json

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.tests.support import webhook as webhooks

pytestmark = pytest.mark.slow
CELL = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
RULES = {"forwardOnFailure": [{"referenceType": "BUSY"}]}


@pytest.fixture(name="trunks")
def fixture_trunks(emulator):
    """IDs of the trunks HQ and Branch of the account, neither of which is registered; HQ has rules and two numbers."""
    made = emulator.seed(
        accounts=[
            {
                "id": "LINDON",
                "accountNumber": "900",
                "accountName": "Lindon",
                "telephone_numbers": ["18015551212"],
                "trunks": [{"trunkName": "HQ"}, {"trunkName": "Branch"}],
                "forwards": {"HQ": RULES},
            }
        ]
    )
    return {trunk["trunkName"]: trunk["id"] for trunk in made["accounts"][0]["trunks"]}


@pytest.fixture(name="watch")
def fixture_watch(player, trunks, tmp_path):
    """Returns a function that plays the watch for an event of a trunk."""
    player.environ.pop("ALIANZA_ACCOUNT_ID")
    directory = tmp_path / "diversions"
    player.environ["ALIANZA_DIVERSION_DIRECTORY"] = str(directory)
    player.environ["ALIANZA_WATCH_DIRECTORY"] = str(tmp_path / "watch")
    hosts = {
        "maple-dental": {"alianza_account_id": "ACCOUNT_1"},
        "lindon": {"alianza_account_number": "900", "trunk_failover_target": "801-555-9999"},
    }

    def play(event, trunk="HQ", more=(), extra=None, **options):
        inventory = tmp_path / "inventory.json"
        hosts["lindon"].update(more)
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        given = {
            "event": event,
            "account_id": "LINDON",
            "account_number": "900",
            "trunk_id": trunks.get(trunk, trunk),
            "trunk_name": trunk,
            "since": "2026-11-26T03:02:00Z",
            "telephone_numbers": 1,
            "api_host": "api.example.net",
        }
        variables = json.dumps({"trunk_watch_event": given, **(extra or {})})
        return player.playbook("alianza.sip_trunking.trunk_watch", "-i", str(inventory), "-e", variables, **options)

    return play


@pytest.fixture(name="webhook")
def fixture_webhook():
    with webhooks.listening() as server:
        yield server


def rules(emulator, trunks, trunk="HQ"):
    return emulator.trunk("LINDON", trunks[trunk])["forward"]


def always(emulator, trunks, trunk="HQ"):
    return rules(emulator, trunks, trunk).get("forwardAlways")


def test_a_trunk_that_is_down_is_diverted_and_restored_exactly(watch, emulator, trunks, tmp_path):
    before = rules(emulator, trunks)
    diverted = watch("unregistered")
    assert diverted.code == 0, diverted.output
    assert always(emulator, trunks)["referenceId"] == "18015559999" and always(emulator, trunks, "Branch") is None
    (snapshot,) = (tmp_path / "diversions").glob("*.yml")
    assert yaml.safe_load(snapshot.read_text())["trunks"][0]["owner"] == "trunk_watch"

    again = watch("unregistered")
    assert again.code == 0 and "forwarded already" in again.output, again.output

    early = watch("registered")
    assert early.code == 0 and "not registered any more" in early.output, early.output
    emulator.registration("LINDON", "HQ", registered=True)
    restored = watch("registered")
    assert restored.code == 0, restored.output
    assert rules(emulator, trunks) == before and emulator.open_tokens == 0
    assert not list((tmp_path / "diversions").glob("LINDON.yml"))


def test_what_people_diverted_is_left_alone(watch, player, emulator, trunks, tmp_path):
    by_hand = player.playbook(
        "alianza.sip_trunking.divert",
        "-i",
        "localhost,",
        "-e",
        json.dumps(
            {"alianza_account_id": "LINDON", "trunk_diversion_trunks": "HQ", "trunk_diversion_target": "18015557777"}
        ),
    )
    assert by_hand.code == 0, by_hand.output
    emulator.clear_log()
    assert "forwarded already" in watch("unregistered").output
    emulator.registration("LINDON", "HQ", registered=True)
    restored = watch("registered")
    assert restored.code == 0 and "none was diverted by trunk_watch" in restored.output, restored.output
    assert emulator.writes() == [] and always(emulator, trunks)["referenceId"] == "18015557777"


def test_an_account_without_permission_is_not_changed(watch, emulator):
    played = watch("unregistered", more={"trunk_failover_target": ""})
    assert played.code == 0 and "nothing is done" in played.output, played.output
    assert emulator.writes() == []


def test_the_brake_stops_diversions_and_says_so(watch, emulator, trunks, webhook):
    extra = {"trunk_watch_most_per_hour": 1, "trunk_notice_url": webhook.url}
    assert watch("unregistered", "HQ", extra=extra).code == 0
    emulator.clear_log()
    stopped = watch("unregistered", "Branch", extra=extra)
    assert stopped.code != 0 and "trunk_watch_most_per_hour allows 1" in stopped.output, stopped.output
    assert emulator.writes() == [] and always(emulator, trunks, "Branch") is None and emulator.open_tokens == 0
    (posted,) = webhook.posted
    assert "trunk_watch_most_per_hour allows 1" in posted["text"] and "s3cret-hook" not in stopped.output


def test_a_trunk_is_unlocked_once(watch, emulator):
    emulator.registration("LINDON", "HQ", locked_out=True)
    assert watch("locked_out").code == 0
    assert emulator.trunk("LINDON", "HQ")["lockedOut"] is False
    emulator.registration("LINDON", "HQ", locked_out=True)
    again = watch("locked_out")
    assert again.code != 0 and "correct the password of its PBX" in again.output, again.output
    assert emulator.trunk("LINDON", "HQ")["lockedOut"] is True


def test_check_mode_changes_and_counts_nothing(watch, emulator, tmp_path):
    played = watch("unregistered", check=True)
    assert played.code == 0 and "would go to 18015559999" in played.output, played.output
    assert emulator.writes() == [] and not (tmp_path / "watch").exists()


def test_a_directory_that_is_lost_with_the_job_stops_the_watch(watch, emulator):
    played = watch("unregistered", extra={"alianza_state_is_ephemeral": True})
    assert played.code != 0 and "set trunk_watch_directory" in played.output, played.output
    assert emulator.writes() == []


def test_a_notice_is_sent_as_text(player, webhook):
    event = {"event": "api_unreachable", "since": "2026-11-26T03:02:00Z", "api_host": "api.example.net"}
    extra = json.dumps({"trunk_watch_event": event, "trunk_notice_url": webhook.url})
    played = player.playbook("alianza.sip_trunking.trunk_notice", "-e", extra)
    assert played.code == 0, played.output
    assert webhook.posted == [{"text": "The API cannot be read at api.example.net since 2026-11-26T03:02:00Z"}]
    assert "s3cret-hook" not in played.output


def test_a_notice_that_was_not_taken_fails(player, webhook):
    webhook.status = 403
    event = {"event": "api_back", "since": "2026-11-26T03:02:00Z", "api_host": "api.example.net"}
    extra = json.dumps({"trunk_watch_event": event, "trunk_notice_url": webhook.url, "trunk_notice_delay": 0})
    played = player.playbook("alianza.sip_trunking.trunk_notice", "-e", extra)
    assert played.code != 0 and "its last status is 403" in played.output, played.output
    assert len(webhook.posted) > 1 and "s3cret-hook" not in played.output
