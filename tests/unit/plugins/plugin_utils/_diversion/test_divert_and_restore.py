# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diverting calls and putting them back: exactly, whatever the rules are and wherever a run is killed."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.tests.support.diverted import DIRECTORY, OPEN, World

NAMES = {"T1": "HQ", "T2": "Branch", "T3": "DR", "T4": "Lab"}
PHONE = {"referenceType": "TELEPHONE", "referenceId": "18015559999"}
USER = {"referenceType": "END_USER", "referenceId": "eu-1"}
ALWAYS = {"referenceType": "TELEPHONE", "referenceId": "18015551111"}
CELL = "(801) 555-2222"
ON_CELL = {"referenceType": "TELEPHONE", "referenceId": "18015552222", "enabled": True}


def to(trunk_id):
    """Return a reference to a trunk, as the wire holds it."""
    return {"referenceType": "SIP_TRUNK", "referenceId": trunk_id}


WIRED = ("forwardAlways", "forwardOnFailure", "forwardOnCapacityExceeded")
# What rules can be restored from: targets that exist, and in the lists also what may only stay as it is.
FINE = [
    to("T1"),
    to("T2"),
    to("T3"),
    to("T4"),
    PHONE,
    ALWAYS,
    USER,
    {"referenceType": "BUSY"},
    {"referenceType": "VOICE_MAIL", "referenceId": "vm"},
]
ODD = [
    to("GONE"),
    {"referenceType": "HOLOGRAM", "referenceId": "h"},
    {"referenceType": "TELEPHONE", "referenceId": "911"},
]
TARGETS = [
    CELL,
    18015553333,
    {"reference_type": "BUSY"},
    {"reference_type": "END_USER", "reference_id": "eu-2"},
    "18015551111",
]


@st.composite
def wires(draw):
    """Rules of all trunks, as the platform may hold them."""
    made = {}
    for trunk_id in NAMES:
        lists = {
            name: draw(st.lists(st.sampled_from(FINE + ODD), max_size=3))
            for name in ("forwardOnFailure", "forwardOnCapacityExceeded")
        }
        made[trunk_id] = {name: value for name, value in lists.items() if value}
        if draw(st.booleans()):
            others = [target for target in FINE if target.get("referenceId") != trunk_id]
            made[trunk_id]["forwardAlways"] = dict(draw(st.sampled_from(others)), enabled=draw(st.booleans()))
    return made


SELECTIONS = st.lists(st.sampled_from(sorted(NAMES)), max_size=3, unique=True)
ORDERS = st.permutations(sorted(NAMES))


@given(wires(), st.sampled_from(TARGETS), SELECTIONS, ORDERS)
def test_what_was_there_comes_back_exactly(rules, target, selection, order):
    world = World(NAMES, rules)
    before = copy.deepcopy(world.wires)
    diverted = world.divert(target, selection, order=order)
    assert diverted["fault"] == "" and world.writes[0] == OPEN
    chosen = {each["trunk_id"] for each in diverted["trunks"]}
    for trunk_id, wire in world.wires.items():
        if trunk_id not in chosen:
            assert wire == before[trunk_id]
        else:
            assert wire["forwardAlways"]["enabled"] is True
            assert {key: value for key, value in wire.items() if key != "forwardAlways"} == {
                key: value for key, value in before[trunk_id].items() if key != "forwardAlways"
            }
    text, world.writes = world.files[OPEN], []
    assert world.divert(target, selection)["snapshot"] == "" and world.files[OPEN] == text and world.writes == []
    restored = world.restore(order=order)
    assert restored["fault"] == "" and world.wires == before and OPEN not in world.files and len(world.files) == 1
    world.writes = []
    # Force is for trunks that always forwarded their calls: without a snapshot nobody knows that.
    assert world.restore(force=True)["fault"] == world.restore(selection, force=True)["fault"] == ""
    assert world.writes == []
    always = [NAMES[key] for key in NAMES if key not in chosen and before[key].get("forwardAlways", {}).get("enabled")]
    fault = world.restore()["fault"]
    assert bool(fault) == bool(always) and all("all calls of %s go to" % name in fault for name in always)


@settings(max_examples=200)
@given(
    wires(),
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(TARGETS),
            SELECTIONS,
            ORDERS,
            st.integers(0, 7),
            st.none() | st.sampled_from(sorted(NAMES)),
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_killed_anywhere_a_rerun_of_either_ends_consistent(rules, runs, divert_last):
    world = World(NAMES, rules)
    before = copy.deepcopy(world.wires)
    for place, (diverts, target, selection, order, cut, renamed) in enumerate(runs):
        if diverts:
            assert world.divert(target, selection, cut, order)["fault"] == ""
        else:
            world.restore(cut=cut, order=order)
        if renamed:
            world.names[renamed] = "%s %d" % (NAMES[renamed], place)
            world.names.update({trunk_id: NAMES[trunk_id] for trunk_id in NAMES if trunk_id != renamed})
    if divert_last:
        assert world.divert(CELL)["fault"] == ""
        assert all(wire["forwardAlways"] == ON_CELL for wire in world.wires.values())
    assert world.restore(force=OPEN not in world.files)["fault"] == ""
    assert world.wires == before and OPEN not in world.files


@settings(max_examples=30)
@given(wires(), st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=4), ORDERS, st.integers(0, 3))
def test_trunk_by_trunk_the_snapshot_gets_smaller_and_the_record_has_all(rules, one_by_one, order, cut):
    world = World(NAMES, rules)
    before = copy.deepcopy(world.wires)
    world.divert(CELL)
    for trunk_id in one_by_one:
        world.restore([trunk_id], cut)
        assert world.restore([trunk_id], order=order)["fault"] == "" and world.wires[trunk_id] == before[trunk_id]
    assert world.restore()["fault"] == "" and world.wires == before and OPEN not in world.files
    record = "".join(world.files.values())
    assert (
        len(world.files) == 1
        and all(record.count("- trunk_id: %s\n" % trunk_id) == 1 for trunk_id in NAMES)
        and record.count("put_back: ") == 4
    )


# What somebody touches of a trunk: everything, one of the sections, or nothing.
TOUCHED = st.fixed_dictionaries(
    {trunk_id: st.sampled_from([(), tuple(WIRED), *((section,) for section in WIRED)]) for trunk_id in NAMES}
)


@given(wires(), wires(), TOUCHED, st.booleans())
def test_rules_that_somebody_changed_are_told_and_left(rules, changed, sections, force):
    world = World(NAMES, rules)
    before = copy.deepcopy(world.wires)
    world.divert(CELL)
    diverted = copy.deepcopy(world.wires)
    others = {
        trunk_id: {
            section: value
            for section in WIRED
            for value in [(changed if section in sections[trunk_id] else diverted)[trunk_id].get(section)]
            if value
        }
        for trunk_id in NAMES
    }
    world.wires = copy.deepcopy(others)
    touched = [trunk_id for trunk_id in NAMES if others[trunk_id] not in (before[trunk_id], diverted[trunk_id])]
    world.writes = []
    restored = world.restore(force=force, cut=None if force else 0)
    said = restored["fault"] + "\n".join(restored["report"])
    assert [trunk_id for trunk_id in NAMES if "changed trunk '%s' since" % NAMES[trunk_id] in said] == touched
    if not touched:
        assert restored["fault"] == ""
    elif not force:
        assert (
            restored["fault"].count("trunk_diversion_force: true") >= len(touched)
            and OPEN in world.files
            and world.wires == others
        )
        again = world.divert(CELL)
        assert [
            trunk_id for trunk_id in NAMES if "changed trunk '%s' since" % NAMES[trunk_id] in again["fault"]
        ] == touched and world.writes == []
    else:
        assert OPEN not in world.files
        # Targets that are gone cannot be written where they are no longer; everything else is as it was.
        odd = [str(each["referenceId"]) for each in ODD]
        for trunk_id, wire in before.items():
            if not any(word in str(wire) for word in odd) and _writable(wire, trunk_id):
                assert world.wires[trunk_id] == wire


def _writable(wire, trunk_id):
    """Whether every section could be written by itself."""
    lists = [wire.get(name, []) for name in ("forwardOnFailure", "forwardOnCapacityExceeded")]
    return all(
        to(trunk_id) not in targets and all(targets.count(target) == 1 for target in targets) for targets in lists
    )


def test_an_open_snapshot_keeps_what_it_says_and_takes_more_trunks_in():
    world = World(
        NAMES, {"T1": {"forwardOnFailure": [PHONE, to("T3")]}, "T2": {"forwardAlways": dict(USER, enabled=True)}}
    )
    before = copy.deepcopy(world.wires)
    world.divert(CELL, ["HQ"])
    world.divert({"trunk_name": "DR"}, ["HQ", "T2"], cut=1)
    assert world.wires["T1"]["forwardAlways"] == ON_CELL and world.wires["T2"] == before["T2"]
    text = world.files[OPEN]
    assert (
        text.index("18015552222") < text.index("reference_id: T3") and text.count("opened: '2026-11-25T03:00:01Z'") == 1
    )
    assert world.divert({"trunk_name": "DR"}, ["HQ", "T2"])["report"][:2] == [
        "HQ: all calls go to trunk 'DR'; before, to its PBX",
        "Branch: all calls go to trunk 'DR'; before, to END_USER eu-1",
    ]
    world.names["T3"] = "DR 2"
    assert world.restore(check=True)["report"] == [
        "HQ: calls would go to its PBX again; they went to trunk 'DR 2'",
        "Branch: calls would go to END_USER eu-1 again; they went to trunk 'DR 2'",
        "The snapshot would be closed, and kept as %s/ACCOUNT.closed-20261125T030001Z.yml" % DIRECTORY,
    ]
    assert world.wires == before


@pytest.mark.parametrize(
    "selection, target, said",
    [
        (["HQ"], "555", ["'555' is not a telephone number"]),
        (["HQ"], "18015551300-18015551399", ["is not a telephone number"]),
        (["HQ"], "DR", ["'DR' is not a telephone number", "give {trunk_name: DR}"]),
        (["HQ"], "", ["trunk_diversion_target is missing"]),
        (["HQ"], None, ["trunk_diversion_target is missing"]),
        (["HQ"], ["801-555-9999"], ["is not a telephone number"]),
        (["HQ"], {"trunk_name": "HQ"}, ["is trunk 'HQ', which is to be diverted itself: give another target"]),
        (
            ["T1"],
            '{"reference_type": "SIP_TRUNK", "reference_id": "T1"}',
            ["is trunk 'HQ', which is to be diverted itself"],
        ),
        (
            ["HQ", "DR"],
            {"trunk_name": "DR"},
            ["is trunk 'DR', which is to be diverted itself", "name the trunks to divert without it: 'HQ'"],
        ),
        (
            [],
            {"trunk_name": "DR"},
            ["'DR', which is to be diverted itself", "without it: 'Branch', 'HQ', 'Lab', 'Twin' and 'Twin'"],
        ),
        (
            ["HQ"],
            {"trunk_name": "Lab"},
            ["is trunk 'Lab', which forwards all its calls to END_USER eu-1: give another target"],
        ),
        (["HQ"], "801-555-7701", ["18015557701 is routed to trunk 'HQ', which is to be diverted itself"]),
        (
            ["HQ"],
            "801-555-7704",
            ["18015557704 is routed to trunk 'Lab', which forwards all its calls to END_USER eu-1"],
        ),
        (["HQ"], {"trunk_name": "Nobody"}, ["trunk_diversion_target: The account has no trunk with the name 'Nobody'"]),
        (["HQ"], {"reference_type": "SIP_TRUNK", "reference_id": "T9"}, ["no trunk with the id T9"]),
        (["HQ"], {"trunk_name": "Branch", "reference_id": "T3"}, ["Trunk T3 is named 'DR'"]),
        (["HQ"], {"reference_type": "FAX", "reference_id": "f"}, ["FAX"]),
        (["HQ"], {"enabled": True}, ["has enabled"]),
        (["HQ"], {"trunk_name": "Twin"}, ["2 trunks of this account are named 'Twin'", "T5, T6"]),
        (
            ["Twin", "Nobody", "T7"],
            "5",
            [
                "3 faults, nothing was written",
                "trunk_diversion_trunks: 2 trunks of this account are named 'Twin'",
                "trunk_diversion_trunks: The account has no trunk with the name or ID Nobody, T7",
                "'5' is not a telephone",
            ],
        ),
        ({"name": "HQ"}, CELL, ["trunk_diversion_trunks: The choice is no list of trunks"]),
        ([None], CELL, ["no list of trunks"]),
    ],
)
def test_what_prevents_a_diversion_is_reported_before_anything_is_written(selection, target, said):
    names = dict(NAMES, T5="Twin", T6="Twin")
    for check in (True, False):
        world = World(
            names, {"T4": {"forwardAlways": dict(USER, enabled=True)}}, {"T1": ["18015557701"], "T4": ["18015557704"]}
        )
        work = world.divert(target, selection, check=check)
        assert [words for words in said if words not in work["fault"]] == [], work["fault"]
        assert work["trunks"] == [] and work["snapshot"] == "" and world.writes == []


def test_all_of_nothing_and_a_directory_that_moves_are_refused():
    assert "The account has no trunks" in World({}).divert(CELL)["fault"]
    fault = World(NAMES).divert(CELL, directory="diversions")["fault"]
    assert "trunk_diversion_directory is 'diversions': give a path that begins with / or ~" in fault


def test_what_could_not_be_put_back_is_only_diverted_by_force():
    world = World(
        NAMES, {"T1": {"forwardAlways": dict(to("GONE"), enabled=False), "forwardOnFailure": [to("GONE"), PHONE]}}
    )
    before = copy.deepcopy(world.wires)
    refused = world.divert(CELL, ["HQ"])
    assert (
        "forward_always of trunk 'HQ' cannot be restored, its target SIP_TRUNK GONE is gone" in refused["fault"]
        and world.writes == []
    )
    assert "Note: forward_always of trunk 'HQ'" in world.divert(CELL, ["HQ"], force=True)["report"][-1]
    assert (
        "its target SIP_TRUNK GONE is gone: with trunk_diversion_force: true it is left out"
        in world.restore(cut=0)["fault"]
    )
    forced = world.restore(force=True)
    assert world.wires == {**before, "T1": {"forwardOnFailure": [to("GONE"), PHONE]}} and OPEN not in world.files
    assert "Note: forward_always of trunk 'HQ' cannot be restored completely" in forced["report"][0]


def test_a_trunk_that_sends_its_calls_to_one_that_is_diverted_is_spoken_of():
    world = World(NAMES, {"T2": {"forwardAlways": dict(to("T1"), enabled=True)}})
    assert (
        "Note: Branch sends all its calls to trunk 'HQ', which now forwards them"
        in world.divert(CELL, ["HQ"])["report"]
    )


def test_a_trunk_that_is_gone_and_targets_that_are_gone():
    world = World(NAMES, {"T1": {"forwardAlways": dict(to("T3"), enabled=True), "forwardOnFailure": [to("T3"), PHONE]}})
    world.divert(CELL, ["HQ", "Branch"])
    del world.names["T2"], world.wires["T2"], world.names["T3"], world.wires["T3"]
    fault = world.restore(cut=0)["fault"]
    assert (
        "Trunk 'Branch' (T2) is gone" in fault
        and "forward_always of trunk 'HQ' cannot be restored completely, its target trunk 'DR' is gone" in fault
    )
    assert "forward_on_failure" not in fault, "what it points at may be gone where it stays as it is"
    forced = world.restore(force=True)
    assert (
        forced["fault"] == ""
        and world.wires["T1"] == {"forwardOnFailure": [to("T3"), PHONE]}
        and OPEN not in world.files
    )
    assert "gone: " in list(world.files.values())[0] and "it is left out" in "".join(forced["report"])
    assert "HQ: calls go to its PBX again; they went to 18015552222" in forced["report"]
    world.divert(CELL, ["HQ"])
    world.wires["T1"]["forwardOnFailure"] = [PHONE, to("T3")]
    assert world.restore(force=True)["fault"] == "" and world.wires["T1"] == {"forwardOnFailure": [to("T3"), PHONE]}


def test_a_trunk_that_was_not_diverted_yet_or_was_put_back_by_hand_needs_no_write():
    world = World(NAMES, {"T1": {"forwardAlways": dict(to("T3"), enabled=True)}})
    world.divert(CELL, ["HQ"], cut=1)
    restored = world.restore()
    assert (
        restored["trunks"] == []
        and restored["report"][0] == "HQ: as it was before it was diverted, its calls go to trunk 'DR'"
    )


def test_without_a_snapshot_there_is_nothing_to_do_unless_a_trunk_is_named():
    world = World(NAMES)
    assert world.restore()["report"] == ["Nothing to put back: there is no open snapshot (%s)" % OPEN]
    assert (
        "nothing says what was there before trunk 'HQ' was diverted: check the name" in world.restore(["HQ"])["fault"]
    )
    world.wires["T1"] = {"forwardAlways": dict(to("T3"), enabled=True)}
    fault = world.restore()["fault"]
    assert (
        "There is no open snapshot (%s), and all calls of HQ go to trunk 'DR': set trunk_diversion_directory" % OPEN
        in fault
    )
    assert world.restore(force=True)["report"] == [
        "Nothing to put back: there is no open snapshot (%s)" % OPEN,
        "Note: all calls of HQ go to trunk 'DR', and no snapshot here says what was there before",
    ]
    assert "all its calls go to trunk 'DR' now: was it diverted by hand" in world.restore(["T1"])["fault"]
    world.divert(CELL, ["Branch"])
    assert "Trunk 'HQ' is not in the snapshot %s, which has 'Branch'" % OPEN in world.restore(["HQ"])["fault"]
    assert world.writes == [OPEN, "T2"]
    assert "Note: all calls of HQ still go to trunk 'DR', and it is not in this snapshot" in world.restore()["report"]


def test_rules_that_were_restored_are_no_diversion_whichever_record_has_them():
    always = {"forwardAlways": dict(to("T3"), enabled=True)}
    world = World(NAMES, {"T1": always})
    world.divert(CELL, ["HQ"])
    world.restore()
    world.divert(CELL, ["Branch"])
    world.restore()
    assert world.wires["T1"] == always and world.restore()["fault"] == ""
    world.wires["T1"] = {"forwardAlways": ON_CELL}
    assert "all calls of HQ go to 18015552222" in world.restore()["fault"]


def test_trunks_are_found_by_the_name_they_had_and_by_the_name_they_have():
    world = World(NAMES)
    world.divert(CELL)
    world.names.update(T1="Old HQ", T2="HQ", T3="Site 3")
    fault = world.restore(["HQ"])["fault"]
    assert "2 trunks of this account are named 'HQ': give the ID of one, of T1, T2" in fault
    assert world.restore(["Old HQ", "T2", "DR"])["fault"] == "" and [
        key for key, wire in world.wires.items() if wire
    ] == ["T4"]
    assert world.restore(["Lab"])["fault"] == "" and not any(world.wires.values())


def test_a_name_comes_before_an_id():
    world = World({"T1": "T2", "T2": "HQ"})
    assert [each["trunk_id"] for each in world.divert(CELL, ["T2"])["trunks"]] == ["T1"]


def test_the_command_that_restores_can_be_pasted():
    report = World(NAMES).divert(CELL, ["HQ"])["report"]
    assert report[-1] == (
        "To put it back: ansible-playbook alianza.sip_trunking.restore -i inventory.yml --limit 'maple dental' "
        "-e alianza_diversion_directory=/srv/diversions"
    )
    assert "-e" not in World(NAMES).divert(CELL, ["HQ"], default_directory=DIRECTORY)["report"][-1]


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        (["/tmp/eda1/inventory/hosts.yml"], "-i INVENTORY"),
        (
            ["/tmp/eda1/inventory/hosts.yml", "/tmp/eda1/inventory/more.yml", "/srv/hosts.yml"],
            "-i INVENTORY -i /srv/hosts.yml",
        ),
        (["/tmp/eda12/hosts.yml"], "-i /tmp/eda12/hosts.yml"),
    ],
)
def test_the_command_that_restores_names_no_inventory_that_is_deleted_with_the_run(sources, named):
    world = World(NAMES)
    diverted = world.divert(CELL, ["HQ"], inventory_sources=tuple(sources), run_directory="/tmp/eda1")
    command = "ansible-playbook alianza.sip_trunking.restore %s --limit" % named
    assert command in diverted["report"][-1] and command in world.files[OPEN]
