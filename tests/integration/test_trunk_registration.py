# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source trunk_registration: what it asks the API, what it says, and what it keeps."""

from __future__ import annotations

import ast
import asyncio
import json
import pathlib
import runpy

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import (
    AuthenticationFailed,
    InvalidInput,
)
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watcher.options import read, spec
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watcher.watcher import Watcher
from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD, USERNAME

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "extensions/eda/plugins/event_source/trunk_registration.py"
REGISTRATION = "/registrationstatus$"


@pytest.fixture(name="trunk")
def fixture_trunk(emulator):
    """A registered trunk of the account LINDON, with two numbers, beside one with IP-based authentication."""
    made = emulator.seed(
        accounts=[
            {
                "id": "LINDON",
                "accountNumber": "900",
                "accountName": "Lindon",
                "trunks": [
                    {"trunkName": "HQ", "registered": True},
                    {
                        "trunkName": "Fixed",
                        "ipBasedAuthEnabled": True,
                        "ipAddress": "192.0.2.9",
                        "portNumber": 5060,
                    },
                ],
                "telephone_numbers": [
                    {"phoneNumber": "18015551212", "referenceType": "SIP_TRUNK", "referenceId": "HQ"},
                    {"phoneNumber": "18015551213", "referenceType": "SIP_TRUNK", "referenceId": "HQ"},
                    "18015551214",
                ],
            }
        ]
    )
    return made["accounts"][0]["trunks"][0]


class Rounds:
    """A watch whose rounds are half a minute apart, whatever the clock says."""

    def __init__(self, emulator, environ, **options):
        given = {"api_url": emulator.url, "username": USERNAME, "password": PASSWORD, "retries": 0, **options}
        self.at = 1_000_000.0
        self.watcher = Watcher(read(given, environ), environ, lambda: self.at)

    def play(self, count):
        """Play some rounds, keep the state after each, and return [(event, trunk_name)]."""
        return [(event["event"], event["trunk_name"]) for event in self.events(count)]

    def events(self, count):
        """Play some rounds, keep the state after each, and return the events."""
        found = []
        for dummy in range(count):
            found += [event["trunk_registration"] for event in self.watcher.round()]
            self.watcher.save()
            self.at += 30
        return found


@pytest.fixture(name="watch")
def fixture_watch(emulator, trunk):
    """Returns a function that begins a watch; each is closed at the end."""
    begun = []

    def begin(**options):
        rounds = Rounds(emulator, {}, **options)
        begun.append(rounds.watcher)
        return rounds

    yield begin
    for watcher in begun:
        watcher.close()


def test_a_quiet_round_costs_one_call_an_account_and_one_a_trunk(watch, emulator):
    rounds = watch(accounts=[{"account_id": "LINDON"}])
    rounds.play(1)
    assert [entry["path"].rpartition("/")[2] for entry in emulator.log()] == [
        "authorize",
        "siptrunk_2",
        "registrationstatus",
    ]
    emulator.clear_log()
    assert rounds.play(3) == []
    assert len(emulator.log(method="GET")) == len(emulator.log()) == 6
    rounds.watcher.close()
    assert emulator.open_tokens == 0


@pytest.mark.parametrize("accounts", [None, [{"account_number": "900"}], [{"account_id": "LINDON"}]])
def test_an_outage_says_what_is_affected(watch, emulator, trunk, accounts):
    rounds = watch(accounts=accounts)
    assert rounds.play(2) == []
    emulator.registration("LINDON", "HQ", registered=False)
    (event,) = rounds.events(8)
    host = emulator.url.partition("//")[2]
    assert event == {
        "event": "unregistered",
        "account_id": "LINDON",
        "account_number": "900",
        "trunk_id": trunk["id"],
        "trunk_name": "HQ",
        "since": "1970-01-12T13:47:40Z",
        "telephone_numbers": 2,
        "api_host": host,
    }
    emulator.registration("LINDON", "HQ", registered=True)
    assert rounds.play(12) == [("registered", "HQ")]


def test_a_lock_out_is_reported(watch, emulator):
    rounds = watch(accounts=[{"account_id": "LINDON"}], hold_down=0)
    assert rounds.play(1) == []
    emulator.registration("LINDON", "HQ", locked_out=True)
    assert ("locked_out", "HQ") in rounds.play(1)
    emulator.registration("LINDON", "HQ", locked_out=False)
    assert ("unlocked", "HQ") in rounds.play(1)


def test_an_outage_of_the_api_is_none_of_trunks(watch, emulator):
    rounds = watch()
    assert rounds.play(1) == []
    emulator.fault("status", path="/v2/", status=503, times=None)
    emulator.registration("LINDON", "HQ", registered=False)
    assert rounds.play(6) == [("api_unreachable", None)]
    emulator.clear_faults()
    emulator.registration("LINDON", "HQ", registered=True)
    assert rounds.play(6) == [("api_back", None)]


def test_registrations_that_cannot_be_read_are_no_outage_of_the_trunk(watch, emulator):
    rounds = watch(accounts=[{"account_id": "LINDON"}, {"account_id": "ACCOUNT_1"}])
    assert rounds.play(1) == []
    emulator.fault("status", path=REGISTRATION, status=503, times=None)
    (event,) = rounds.events(6)
    assert (event["event"], event["account_id"], event["trunk_id"]) == ("api_unreachable", "LINDON", None)


def test_an_account_that_is_not_there_does_not_disturb_the_others(watch, emulator, caplog):
    rounds = watch(accounts=[{"account_id": "LINDON"}, {"account_number": "404"}])
    emulator.registration("LINDON", "HQ", registered=False)
    assert rounds.play(8) == [("unregistered", "HQ"), ("api_unreachable", None)]
    assert caplog.text.count("no account with the number 404") == 1
    assert len(emulator.log(path="authorize$")) == 1


def test_a_login_that_is_refused_at_first_ends_the_watch(watch, emulator):
    rounds = watch(password="wrong")
    with pytest.raises(AuthenticationFailed) as refusal:
        rounds.play(1)
    assert "refused the login as" in refusal.value.msg
    assert len(emulator.log(path="authorize$")) == 1


def test_a_login_that_is_refused_later_is_tried_again_after_a_while(watch, emulator):
    rounds = watch()
    rounds.play(1)
    emulator.expire_tokens()
    emulator.fault("status", path="authorize$", status=401)
    assert rounds.play(1) == [] and rounds.watcher.pause > 800
    emulator.clear_faults()
    assert rounds.play(2) == [] and rounds.watcher.pause < 60


def test_a_restart_loses_nothing_and_repeats_nothing(watch, emulator, tmp_path):
    path = tmp_path / "made" / "state.json"

    def restarted(at=None):
        rounds = watch(accounts=[{"account_id": "LINDON"}], state_file=str(path))
        rounds.at = at or rounds.at
        return rounds

    first = restarted()
    first.play(1)
    emulator.registration("LINDON", "HQ", registered=False)
    assert first.play(2) == []
    first.watcher.close()
    second = restarted(first.at)
    assert second.play(1) == [("unregistered", "HQ")]
    second.watcher.close()
    third = restarted(second.at)
    assert third.play(4) == []
    assert path.stat().st_mode & 0o777 == 0o600 and PASSWORD not in path.read_text()
    with pytest.raises(InvalidInput, match="Another watch uses the state file"):
        restarted()
    third.watcher.close()
    path.write_text("{}")
    with pytest.raises(InvalidInput, match="delete it"):
        restarted()


def test_a_thousand_trunks_take_a_minute(watch, emulator):
    emulator.seed(
        accounts=[
            {
                "id": "LARGE",
                "accountNumber": "901",
                "accountName": "Large",
                "trunks": [{"trunkName": "T%d" % number, "registered": True} for number in range(100)],
            }
        ]
    )
    rounds = watch(accounts=[{"account_id": "LARGE"}], interval=1)
    rounds.watcher.round()
    assert 0 <= rounds.watcher.pause <= 6
    assert len(emulator.log(path=REGISTRATION)) == 100


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"interval": 0}, "interval is 0"),
        ({"hold_down": -1}, "hold_down is -1"),
        ({"concurrency": 65}, "concurrency is 65"),
        ({"state_file": "state.json"}, "begins with / or ~"),
        ({"accounts": []}, "accounts is empty"),
        ({"accounts": [{"account_number": 900}]}, "quote it"),
        ({"accounts": [{"account_id": "A", "account_number": "900"}]}, "account_id or account_number"),
        ({"accounts": [{"account_id": "A"}, {"account_id": "A"}]}, "there twice"),
        ({"account": "900"}, "There is no option account"),
        ({"username": ""}, "username is missing"),
    ],
)
def test_faulty_options_are_named(options, fault):
    with pytest.raises(InvalidInput, match=fault):
        read({"username": "u", "password": "p", **options}, {})


def test_the_source_reads_its_environment_and_logs_out_when_the_rulebook_ends(emulator, trunk, monkeypatch, caplog):
    for name, value in (("API_URL", emulator.url), ("USERNAME", USERNAME), ("PASSWORD", PASSWORD)):
        monkeypatch.setenv("ALIANZA_" + name, value)
    emulator.registration("LINDON", "HQ", registered=False)

    async def first_event():
        queue = asyncio.Queue()
        source = asyncio.create_task(runpy.run_path(str(SOURCE))["main"](queue, {"interval": 1, "hold_down": 0}))
        event = await queue.get()
        source.cancel()
        with pytest.raises(asyncio.CancelledError):
            await source
        return event

    event = asyncio.run(first_event())
    assert event["trunk_registration"]["event"] == "unregistered"
    assert emulator.open_tokens == 0 and len(emulator.log(path="authorize$")) == 1
    said = json.dumps(event) + caplog.text
    assert PASSWORD not in said and trunk["sipPassword"] not in said


def test_the_source_ends_with_one_sentence(emulator, monkeypatch):
    monkeypatch.setenv("ALIANZA_API_URL", emulator.url)
    main = runpy.run_path(str(SOURCE))["main"]
    for options, fault in (({}, "credentials are missing"), ({"username": "u", "password": "p"}, "login as u")):
        with pytest.raises(RuntimeError, match=fault) as ended:
            asyncio.run(main(asyncio.Queue(), options))
        assert ended.value.__cause__ is ended.value.__context__ is None


def test_the_documentation_has_the_options():
    tree = ast.parse(SOURCE.read_text())
    texts = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    documented = yaml.safe_load(texts["DOCUMENTATION"])["options"]
    assert set(documented) == set(spec())
    for name, rule in spec().items():
        option = documented[name]
        assert (option["type"], option.get("elements"), option.get("default")) == (
            rule["type"],
            rule.get("elements"),
            rule.get("default"),
        )
        assert option.get("env", []) == ([{"name": "ALIANZA_" + name.upper()}] if "fallback" in rule else [])
    assert yaml.safe_load(texts["EXAMPLES"])
