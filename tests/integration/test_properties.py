# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For random actual and wanted states: once carried out, a plan is empty, and what it predicted is what is there.

The real planners, the real client and the real writers, against the emulator; only Ansible is left out, to be able to
look at hundreds of states.
"""

from __future__ import annotations

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import AlianzaError
from ansible_collections.alianza.sip_trunking.plugins.module_utils._engine.apply import apply, verdict
from ansible_collections.alianza.sip_trunking.plugins.module_utils._engine.read import read
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.api import Api, connect
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.settings import Settings
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.account_trunks import AccountTrunksJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.account_trunks_info import (
    AccountTrunksInfoJob,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import sip_trunk_fields
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.references import named
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import NUMBERS as NUMBERS_READ
from ansible_collections.alianza.sip_trunking.tests.support import strategies

NAMES = ("HQ", "DR", "Lab", "Dr\u00e4ger & S\u00f6hne")
NUMBERS = ["1801555000%d" % place for place in range(8)]
# Fields that a document cannot set freely.
LEFT_OUT = {
    "name": "each trunk of a document has its own",
    "concurrent_calls": "needed by every trunk",
    "sip_username": "unique on the platform",
    "sip_trunk_group_id": "the group must exist",
    "ip_based_auth_enabled": "no two trunks may have the same address and port then",
}
FIELDS = [row for row in sip_trunk_fields.FIELDS if row.option not in LEFT_OUT]

number = strategies.spelled(st.sampled_from(NUMBERS))
target = st.one_of(
    st.builds(lambda name: {"reference_type": "SIP_TRUNK", "trunk_name": name}, st.sampled_from(NAMES)),
    st.builds(lambda text: {"reference_type": "TELEPHONE", "reference_id": text}, number),
    st.builds(
        lambda kind, key: {"reference_type": kind, "reference_id": key},
        st.sampled_from(("IVR", "END_USER", "VOICE_MAIL", "VOICEMAIL", "AUTO_ATTENDANT")),
        st.sampled_from(("a", "b")),
    ),
    st.just({"reference_type": "BUSY"}),
)
switch = st.sampled_from(({}, {"enabled": True}, {"enabled": False}))
targets = st.lists(target, max_size=3)
forwarding = st.fixed_dictionaries(
    {},
    optional={
        "forward_always": st.one_of(st.builds(lambda to, on: dict(to, **on), target, switch), switch),
        "forward_on_failure": targets,
        "forward_on_capacity_exceeded": targets,
    },
)
options = st.builds(
    lambda fields, others: dict(fields, **others),
    strategies.options(FIELDS, st.sampled_from(NUMBERS)),
    st.fixed_dictionaries(
        {"concurrent_calls": st.integers(1, 50)},
        optional={"forwarding": forwarding, "telephone_numbers": st.lists(number, max_size=4)},
    ),
)
document = st.lists(st.tuples(st.sampled_from(NAMES), options), max_size=4, unique_by=lambda pair: pair[0]).map(
    lambda pairs: [dict(trunk, name=name) for name, trunk in pairs]
)

GROUPS = ("North", "South", "Both")
group = st.builds(
    lambda name, rules, members: dict(rules, name=name, **members),
    st.sampled_from(GROUPS),
    forwarding,
    st.fixed_dictionaries({}, optional={"trunks": st.lists(st.sampled_from(NAMES), max_size=3, unique=True)}),
)
groups = st.one_of(st.none(), st.lists(group, max_size=3, unique_by=lambda each: each["name"]))
# Whether a trunk names its group, and which one.
naming = st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*GROUPS, "")), max_size=2)

# The last one is a number of the account, which may be shown without being a custom caller ID.
CALLER_IDS = ("18015559990", "18015559991", NUMBERS[0])
from_number = st.one_of(st.sampled_from(("21XX", "22xx", "2200", "1801556XXXX")), number)
caller_ids = st.one_of(
    st.none(),
    st.lists(
        st.fixed_dictionaries(
            {"caller_id": st.sampled_from(CALLER_IDS)},
            optional={"from_numbers": st.lists(from_number, max_size=4)},
        ),
        max_size=3,
        unique_by=lambda each: each["caller_id"],
    ),
)


def sensible_caller_ids(listed):
    """Return caller IDs without the FROM numbers that another one of them has."""
    taken, sound = set(), []
    for entry in listed or ():
        entry = dict(entry)
        if "from_numbers" in entry:
            entry["from_numbers"] = [each for each in entry["from_numbers"] if each[-4:].upper() not in taken]
            taken |= {each[-4:].upper() for each in entry["from_numbers"]}
        sound.append(entry)
    return None if listed is None else sound


def sensible_groups(trunks, listed, names):
    """Return (trunks, groups) without what would get groups refused: a trunk in two of them, rules that lead nowhere."""
    if listed is None:
        return trunks, None
    there, taken, sound = {each["name"] for each in trunks}, set(), []
    for entry in listed:
        made = dict(sensible_rules(rules_of(entry), there), name=entry["name"])
        if "trunks" in entry:
            made["trunks"] = [name for name in entry["trunks"] if name in there and name not in taken]
            taken |= set(made["trunks"])
        sound.append(made)
    open_groups = {each["name"] for each in sound if "trunks" not in each}
    named_trunks = [
        dict(trunk, trunk_group_name=names[trunk["name"]])
        if names.get(trunk["name"]) in open_groups | {""} and trunk["name"] not in taken
        else trunk
        for trunk in trunks
    ]
    return named_trunks, sound


def rules_of(each):
    """Return the sections of a group."""
    return {section: value for section, value in each.items() if section.startswith("forward_")}


def sensible_rules(rules, there):
    """Return the rules of a group without targets that are no trunk of the document."""
    made = {}
    for section, value in rules.items():
        if isinstance(value, list):
            kept = [
                each
                for each in value
                if each.get("trunk_name", next(iter(there), None)) in there or "trunk_name" not in each
            ]
            made[section] = [each for place, each in enumerate(kept) if same(each) not in map(same, kept[:place])]
        else:
            made[section] = {} if "trunk_name" in value and value["trunk_name"] not in there else value
    return made


def sensible(trunks):
    """Return the document without what would get it refused: numbers on two trunks, rules that point nowhere or twice at one place."""
    taken, sound = set(), []
    for trunk in trunks:
        trunk = dict(trunk)
        if "telephone_numbers" in trunk:
            trunk["telephone_numbers"] = [each for each in trunk["telephone_numbers"] if each[-4:] not in taken]
            taken |= {each[-4:] for each in trunk["telephone_numbers"]}
        rules = dict(trunk.get("forwarding", {}))
        there = {each["name"] for each in trunks} - {trunk["name"]}
        for section, value in rules.items():
            if isinstance(value, list):
                kept = [
                    each
                    for each in value
                    if each.get("trunk_name", next(iter(there), None)) in there or "trunk_name" not in each
                ]
                rules[section] = [each for place, each in enumerate(kept) if same(each) not in map(same, kept[:place])]
            elif value.get("trunk_name") and value["trunk_name"] not in there or value == {"enabled": True}:
                rules[section] = {}
        if rules:
            trunk["forwarding"] = rules
        sound.append(trunk)
    return sound


def same(each):
    """Return what makes two targets the same one."""
    kind = "VOICE_MAIL" if each["reference_type"] == "VOICEMAIL" else each["reference_type"]
    return (
        kind,
        each.get("reference_id", "")[-4:] if kind == "TELEPHONE" else each.get("reference_id"),
        each.get("trunk_name"),
    )


def session(emulator):
    """Return (client, api) of a new login."""
    client = connect(
        Settings(api_url=emulator.url, username="user@example.net", password=emulator.password, account_id="ACCOUNT_1")
    )
    return client, Api(client, Settings(api_url=emulator.url, account_id="ACCOUNT_1"))


def bring_about(api, trunks, trunk_groups=None, caller_ids=None, **terms):
    """Plan and carry out a document; return the Plan, or None where the document is refused."""
    try:
        job = AccountTrunksJob(dict(terms, trunks=trunks, trunk_groups=trunk_groups, caller_ids=caller_ids))
        plan = job.plan(read(api, job))
    except AlianzaError:
        return None
    outcome = apply(api, plan, 8)
    assert verdict(outcome) is None
    return plan


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    actual=document.map(sensible),
    wanted=st.one_of(document, document.map(sensible), document.map(sensible)),
    prune=st.sampled_from(("none", "numbers", "all")),
    force=st.booleans(),
)
def test_a_plan_once_carried_out_is_empty_and_was_right(emulator, actual, wanted, prune, force):
    terms = {"prune": prune, "force": force}
    fresh(emulator)
    client, api = session(emulator)
    with client:
        bring_about(api, actual)
        emulator.clear_log()
        predicted = AccountTrunksJob(dict(terms, trunks=wanted), check_mode=True)
        try:
            prediction = predicted.plan(read(api, predicted))
        except AlianzaError:
            event("refused")
            assert bring_about(api, wanted, **terms) is None
            assert not emulator.writes()
            return
        assert not emulator.writes()
        done = bring_about(api, wanted, **terms)
        assert done.facts["removed"] == prediction.facts["removed"]
        assert done.diff() == prediction.diff()
        assert [step.public() for step in done.steps] == [step.public() for step in prediction.steps]
        event("%s steps" % min(len(done.steps), 3))
        writes = sum(len(getattr(step, "moves", [None])) for step in done.steps)
        assert len(emulator.writes()) == writes
        again = AccountTrunksJob(dict(terms, trunks=wanted))
        state = read(api, again)
        plan = again.plan(state)
        assert not plan.steps and plan.before == plan.after == {}
        compare_with_what_is_there(prediction, state)
        if prune == "all":
            assert {trunk.name for trunk in state.trunks.all} == {trunk["name"] for trunk in wanted}
            assert all(
                each.reference is None
                or each.reference.reference_type != "SIP_TRUNK"
                or each.reference.reference_id in state.trunks.by_id
                for each in (state.numbers if state.has(NUMBERS_READ) else {}).values()
            )
    assert emulator.open_tokens == 0


whole = st.builds(
    lambda both, shown: (*both, shown),
    st.builds(sensible_groups, document.map(sensible), groups, naming),
    caller_ids.map(sensible_caller_ids),
)
careless = st.tuples(document.map(sensible), groups, caller_ids)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    actual=whole,
    wanted=st.one_of(whole, whole, careless),
    prune=st.sampled_from(("none", "numbers", "all")),
)
def test_a_plan_of_everything_once_carried_out_is_empty_and_was_right(emulator, actual, wanted, prune):
    """With force, so that guards do not leave the states untried; each group that differs is one write."""
    terms = {"prune": prune, "force": True, "trunk_groups": wanted[1], "caller_ids": wanted[2]}
    fresh(emulator)
    client, api = session(emulator)
    with client:
        bring_about(api, *actual, force=True)
        emulator.clear_log()
        predicted = AccountTrunksJob(dict(terms, trunks=wanted[0]), check_mode=True)
        try:
            prediction = predicted.plan(read(api, predicted))
        except AlianzaError:
            event("refused")
            assert bring_about(api, wanted[0], **terms) is None
            assert not emulator.writes()
            return
        done = bring_about(api, wanted[0], **terms)
        assert [step.public() for step in done.steps] == [step.public() for step in prediction.steps]
        assert done.diff() == prediction.diff() and done.facts == prediction.facts
        resources = {step.resource for step in done.steps}
        event("groups written: %s" % ("sip_trunk_group" in resources))
        event("caller IDs written: %s" % ("caller_id" in resources))
        writes = [entry for entry in emulator.writes() if "/cid/" not in entry["path"]]
        others = [step for step in done.steps if step.resource != "caller_id"]
        assert len(writes) == sum(len(getattr(step, "moves", [None])) for step in others)
        assert ("caller_id" in resources) is (len(emulator.writes()) > len(writes))
        again = AccountTrunksJob(dict(terms, trunks=wanted[0]))
        plan = again.plan(read(api, again))
        assert not plan.steps and plan.before == plan.after == {}
        if prune == "all" and wanted[1] is not None:
            left = {each["name"] for each in emulator.account("ACCOUNT_1")["groups"]}
            assert left == {each["name"] for each in wanted[1]}
        if prune == "all" and wanted[2] is not None:
            left = {each["caller_id"] for each in exported(api)[2]}
            assert left == {each["caller_id"] for each in wanted[2]}
    assert emulator.open_tokens == 0


def fresh(emulator):
    """Empty the emulator but for one account with its numbers."""
    emulator.reset()
    emulator.seed(
        accounts=[{"id": "ACCOUNT_1", "accountNumber": "1", "accountName": "One", "telephone_numbers": NUMBERS}]
    )


def exported(api):
    """Return the account as alianza_account_trunks_info reads it: its trunks, its trunk groups, its caller IDs."""
    job = AccountTrunksInfoJob({"trunk_groups": True, "caller_ids": True})
    plan = job.plan(read(api, job))
    assert plan.notices == []
    return plan.facts["trunks"], plan.facts["trunk_groups"], plan.facts["caller_ids"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(actual=whole)
def test_an_account_that_was_exported_and_wiped_is_made_again(emulator, actual):
    fresh(emulator)
    client, api = session(emulator)
    with client:
        bring_about(api, *actual, force=True)
        emulator.clear_log()
        first = exported(api)
        assert not bring_about(api, *first, prune="all").steps and not emulator.writes()
    fresh(emulator)
    client, api = session(emulator)
    with client:
        bring_about(api, *first, force=True)
        assert exported(api) == first
        event("%d trunks, %d groups, %d caller IDs" % tuple(map(len, first)))


def compare_with_what_is_there(prediction, state):
    """Assert that what a plan said of each trunk it changes is what the account now shows."""
    for name, shown in prediction.after.items():
        trunk = state.trunks.named(name)
        really = dict(trunk.shown(), calling_plan_product_id=trunk.values["calling_plan_product_id"])
        for option, value in shown.items():
            if option == "forwarding":
                rules = state.forwards[trunk.trunk_id].each(lambda each: named(each, state.trunks)).shown()
                assert {section: rules[section] for section in value} == value
            elif option != "telephone_numbers" and value not in ("(generated)", "(hidden)", "(new)"):
                assert really[option] == value
