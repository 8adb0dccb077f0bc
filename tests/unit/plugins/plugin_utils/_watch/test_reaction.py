# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done about an event: by what is so now, with permission, and not too often."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.host import host_of
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.ledger import Entry, Ledger, parse, render
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.notice import EVENTS, Notice, read_event
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.reaction import react

NOW = 1_000_000.0
GIVEN = {
    "event": "unregistered",
    "account_id": "ACCOUNT_1",
    "account_number": "10021",
    "trunk_id": "T1",
    "trunk_name": "HQ",
    "since": "2026-11-26T03:02:00Z",
    "telephone_numbers": 12,
    "api_host": "api.example.net",
}


def notice(event="unregistered"):
    return read_event(dict(GIVEN, event=event))


def trunk(registered=False, locked_out=False, forwarded=None):
    always = {} if forwarded is None else {"reference_type": "TELEPHONE", "enabled": forwarded}
    return {
        "trunk_id": "T1",
        "registration": {"registered": registered, "locked_out": locked_out},
        "forwarding": {"forward_always": always},
    }


def reaction(event="unregistered", at=NOW, permitted=True, ledger=None, most=2, **now):
    return react(notice(event), trunk(**now), permitted, ledger or Ledger(), most, at)


def entries(*ages):
    return tuple(Entry(NOW - age, "ACCOUNT_1", "T%d" % number) for number, age in enumerate(ages, 1))


def test_a_trunk_that_is_down_is_diverted_and_counted():
    done = reaction()
    assert done.action == "divert" and done.ledger.diversions == (Entry(NOW, "ACCOUNT_1", "T1"),)
    assert reaction(forwarded=False).action == "divert"


@pytest.mark.parametrize(
    ("event", "given_now", "text"),
    [
        ("unregistered", {"registered": True}, "registered again: nothing is diverted"),
        ("unregistered", {"forwarded": True}, "forwarded already"),
        ("unregistered", {"permitted": False}, "does not set trunk_failover_target"),
        ("locked_out", {"permitted": False, "locked_out": True}, "does not set trunk_failover_target"),
        ("locked_out", {"locked_out": False}, "not locked out any more"),
        ("registered", {"registered": False}, "not registered any more"),
        ("unlocked", {}, "is not locked out any more since"),
    ],
)
def test_nothing_is_done(event, given_now, text):
    done = reaction(event, **given_now)
    assert (done.action, done.refused, done.ledger) == ("nothing", False, None) and text in done.text


def test_nothing_is_done_about_a_trunk_that_is_gone():
    assert react(notice(), None, True, Ledger(), 5, NOW).action == "nothing"


def test_what_is_registered_again_is_restored_with_and_without_permission():
    assert reaction("registered", registered=True).action == "restore"
    assert reaction("registered", registered=True, permitted=False).action == "restore"


def test_the_brake_stops_diversions_and_says_so():
    done = reaction(ledger=Ledger(entries(10, 3599)))
    assert (done.action, done.refused, done.ledger) == ("nothing", True, None)
    assert "diverted 2 trunks in the last hour" in done.text and "allows 2" in done.text
    assert reaction(ledger=Ledger(entries(10, 3600))).action == "divert"
    assert reaction(most=0).refused


@given(st.lists(st.floats(0, 20_000), max_size=60), st.integers(0, 5))
def test_no_hour_has_more_diversions_than_allowed(times, most):
    ledger, done = Ledger(), []
    for at in sorted(times):
        found = reaction(at=at, ledger=ledger, most=most)
        if found.action == "divert":
            ledger = parse(render(found.ledger).encode())
            done.append(at)
        assert len([each for each in done if at - each < 3600]) <= most


def test_a_trunk_is_unlocked_once():
    first = reaction("locked_out", locked_out=True)
    assert first.action == "unlock"
    again = reaction("locked_out", at=NOW + 86_000, ledger=first.ledger, locked_out=True)
    assert (again.action, again.refused) == ("nothing", True) and "correct the password" in again.text
    assert reaction("locked_out", at=NOW + 86_400, ledger=first.ledger, locked_out=True).action == "unlock"


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_in_words(event):
    text = notice(event).text()
    assert "since 2026-11-26T03:02:00Z" in text
    assert "10021" in text and ("Trunk 'HQ'" in text or "api.example.net" in text)


def test_an_event_of_the_whole_api_in_words():
    assert (
        Notice("api_unreachable", "T", "api.example.net").text() == "The API cannot be read at api.example.net since T"
    )


@pytest.mark.parametrize("value", [None, "", [], {}, {"event": "other"}, {"event": "unregistered"}])
def test_what_is_no_event_is_refused(value):
    with pytest.raises(InvalidInput, match="trunk_watch_event"):
        read_event(value)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format": 1, "diversions": [1], "unlocks": []}'])
def test_a_damaged_ledger_is_refused(content):
    with pytest.raises(ValueError, match="not what a watch has written"):
        parse(content)


def test_the_host_of_an_event():
    hosts = {
        "by-id": {"account_id": "ACCOUNT_1", "account_number": ""},
        "other": {"account_id": "ACCOUNT_2", "account_number": "10021"},
        "none": {"account_id": "", "account_number": ""},
    }
    assert host_of(notice(), hosts) == "by-id"
    del hosts["by-id"]
    assert host_of(notice(), hosts) == ""
    hosts["by-number"] = {"account_id": "", "account_number": "10021"}
    assert host_of(notice(), hosts) == "by-number"
    hosts["again"] = {"account_id": "ACCOUNT_1", "account_number": ""}
    with pytest.raises(InvalidInput, match="again and by-number are the same"):
        host_of(notice(), hosts)
