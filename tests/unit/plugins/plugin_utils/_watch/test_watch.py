# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From rounds of reading to events: only changes, only those that last, each once, whatever happens in between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.rounds import AccountSeen, Round, TrunkSeen
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.state_file import parse, render
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watch.watch import Timing, Watch

API = "api.example.net"
STEP = 30
TIMING = Timing(hold_down=60, flap_damping=300)

# A trunk as a round sees it: up, down, locked out, or not there.
TRUNK = st.sampled_from("UUUDDDL-")
# An account: what its trunks are, or X if it could not be read; O is an outage of the whole platform.
ACCOUNT = st.one_of(st.just("X"), st.text("UDL-", min_size=2, max_size=2))
ROUND = st.one_of(st.just("O"), st.tuples(ACCOUNT, ACCOUNT))
TIMINGS = st.builds(Timing, st.sampled_from([0, 30, 60, 120]), st.sampled_from([0, 60, 300]))


def trunks(states):
    """Return the trunks T0, T1, ... in these states."""
    return tuple(
        TrunkSeen("T%d" % number, "Trunk %d" % number, state == "U", state == "L", 7)
        for number, state in enumerate(states)
        if state != "-"
    )


def rounds(states, step=STEP):
    """Return a Round for each state: O, or the states of accounts."""
    made = []
    for number, state in enumerate(states):
        accounts = [] if state == "O" else [state] if isinstance(state, str) else state
        made.append(
            Round(
                1000.0 + number * step,
                tuple(
                    AccountSeen("A%d" % which, "ID%d" % which, "1%d" % which, None if each == "X" else trunks(each))
                    for which, each in enumerate(accounts)
                ),
                state == "O",
            )
        )
    return made


def events(states, timing=TIMING, step=STEP, watch=None):
    """Return [(number of the round, name of the event)] for rounds of one account with one trunk each."""
    watch = watch or Watch()
    return [
        (number, event.event)
        for number, seen in enumerate(rounds(states, step))
        for event in watch.observe(seen, timing)
    ]


def test_a_trunk_that_is_registered_is_not_worth_an_event():
    assert events("U" * 20) == []


def test_an_outage_is_reported_after_the_hold_down_and_once():
    assert events("UU" + "D" * 20) == [(4, "unregistered")]


def test_three_rounds_count_where_they_take_longer_than_the_hold_down():
    assert events("U" + "D" * 5, step=300) == [(3, "unregistered")]
    assert events("U" + "D" * 20, step=10) == [(7, "unregistered")]


def test_a_trunk_that_is_down_when_the_watch_begins_is_reported():
    assert events("D" * 5) == [(2, "unregistered")]


def test_what_is_reported_says_since_when_and_what_is_affected():
    watch = Watch()
    found = [event for seen in rounds("UUDDDDD") for event in watch.observe(seen, TIMING)]
    (event,) = found
    assert (event.since, event.account_id, event.account_number) == (1060.0, "ID0", "10")
    assert (event.trunk_id, event.trunk_name, event.telephone_numbers) == ("T0", "Trunk 0", 7)


def test_a_trunk_is_back_when_it_has_been_registered_for_the_damping():
    assert events("U" + "D" * 5 + "U" * 20) == [(3, "unregistered"), (16, "registered")]


def test_each_further_outage_doubles_the_damping_until_an_hour_is_over():
    cycle = "D" * 5 + "U" * 21
    found = events("U" + cycle + cycle)
    assert [event for dummy, event in found] == ["unregistered", "registered", "unregistered", "registered"]
    assert (found[1][0] - 6, found[3][0] - 32) == (10, 20)
    quiet = "U" * 130
    found = events("U" + cycle + quiet + cycle)
    assert found[3][0] - (6 + 21 + 130 + 5) == 10


def test_flapping_is_one_outage():
    assert events("U" + "DDDDDUUUU" * 20) == [(3, "unregistered")]


def test_a_lock_out_is_reported_beside_the_outage():
    assert events("U" + "L" * 5 + "D" * 5) == [(3, "unregistered"), (3, "locked_out"), (8, "unlocked")]


def test_an_api_that_cannot_be_asked_is_reported_and_nothing_else():
    assert events("U" + "O" * 10 + "U" * 10) == [(3, "api_unreachable"), (13, "api_back")]


def test_an_account_that_cannot_be_read_is_reported_for_itself():
    found = []
    watch = Watch()
    for seen in rounds([("U", "U")] + [("X", "U")] * 5 + [("U", "U")] * 5):
        found += [(event.event, event.account_id, event.trunk_id) for event in watch.observe(seen, TIMING)]
    assert found == [("api_unreachable", "ID0", ""), ("api_back", "ID0", "")]


def test_an_outage_of_the_api_is_not_counted_as_time_without_registration():
    assert events("UD" + "O" * 20 + "DU" * 5)[:1] == [(4, "api_unreachable")]
    after = {last: events("UD" + "O" * 20 + last) for last in ("DDU", "DDD")}
    assert [event for dummy, event in after["DDU"]] == ["api_unreachable", "api_back"]
    assert sorted(event for dummy, event in after["DDD"]) == ["api_back", "api_unreachable", "unregistered"]


def test_a_trunk_or_account_that_is_gone_is_forgotten():
    watch = Watch()
    for seen in rounds(["D", "D", "D", "D", "-"]):
        watch.observe(seen, TIMING)
    assert watch.accounts["A0"].trunks == {}
    watch.observe(Round(2000.0), TIMING)
    assert watch.accounts == {}


def test_trunks_of_which_something_is_reported_or_about_to_be_need_attention():
    watch = Watch()
    for seen, wanted in zip(rounds("UDDDDUU"), [0, 1, 1, 1, 1, 1, 1]):
        watch.observe(seen, TIMING)
        assert len(watch.attention("A0")) == wanted
    assert watch.attention("unknown") == frozenset()


@given(st.lists(ROUND, max_size=40), TIMINGS, st.data())
def test_a_restart_between_any_rounds_gives_the_same_events(states, timing, data):
    straight, restarted = Watch(), Watch()
    for seen in rounds(states):
        if data.draw(st.booleans()):
            restarted = parse(render(restarted, API).encode(), API)
            assert render(restarted, API) == render(straight, API)
        assert restarted.observe(seen, timing) == straight.observe(seen, timing)


@given(st.lists(ROUND, max_size=60), TIMINGS)
def test_only_changes_are_reported(states, timing):
    """The events of one trunk alternate, and so do those of one account and of the API."""
    opposite = {"registered": "unregistered", "unlocked": "locked_out", "api_back": "api_unreachable"}
    watch, last = Watch(), {}
    for seen in rounds([state for state in states if state == "O" or all("-" not in each for each in state)]):
        for event in watch.observe(seen, timing):
            kind = opposite.get(event.event, event.event)
            key = (kind, event.account_id, event.trunk_id)
            assert last.get(key, "off") != event.event and (key in last or event.event == kind)
            last[key] = event.event


@given(st.lists(st.integers(1, 3), max_size=15), st.lists(st.integers(1, 30), min_size=15, max_size=15))
def test_flapping_shorter_than_the_hold_down_is_not_reported(downs, ups):
    """With a hold-down of four intervals and more, up to three rounds in a row are no outage."""
    states = "".join("D" * down + "U" * up for down, up in zip(downs, ups))
    assert events("U" + states, Timing(120, 300)) == []


@given(st.lists(st.sampled_from("UO"), max_size=60), TIMINGS)
def test_an_outage_of_the_api_is_no_outage_of_a_trunk(states, timing):
    assert {event for dummy, event in events("U" + "".join(states), timing)} <= {"api_unreachable", "api_back"}


@given(st.lists(st.sampled_from(("U", "D", "O")), max_size=80))
def test_a_trunk_is_down_only_if_three_rounds_in_a_row_saw_that(states):
    for number, event in events("".join(states)):
        if event == "unregistered":
            assert states[number - 2 : number + 1] == ["D", "D", "D"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "not the state of a watch"),
        (b'{"format": 2}', "not the state of a watch"),
        (b'{"format": 1, "api_host": "other"}', "it is of other"),
        (b'{"format": 1, "api_host": "api.example.net"}', "wrong type"),
        (
            b'{"format": 1, "api_host": "api.example.net", "accounts": {}, '
            b'"api": {"reported": 0, "since": null, "rounds": 0}}',
            "wrong type",
        ),
        (
            b'{"format": 1, "api_host": "api.example.net", "accounts": {}, '
            b'"api": {"reported": false, "since": NaN, "rounds": 0}}',
            "wrong type",
        ),
        (
            b'{"format": 1, "api_host": "api.example.net", "accounts": {"A": []}, '
            b'"api": {"reported": false, "since": null, "rounds": 0}}',
            "wrong type",
        ),
    ],
)
def test_a_damaged_state_is_refused(content, fault):
    with pytest.raises(ValueError, match=fault):
        parse(content, API)
