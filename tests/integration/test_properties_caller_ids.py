# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For random caller IDs, actual and wanted: once carried out, a plan is empty, and what it predicted is what is there."""

from __future__ import annotations

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._engine.apply import apply, verdict
from ansible_collections.alianza.sip_trunking.plugins.module_utils._engine.read import read
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.api import Api, connect
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.settings import Settings
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.account_trunks import AccountTrunksJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.caller_id import CallerIdJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.caller_id_info import CallerIdInfoJob
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.plan import Outcome, Plan
from ansible_collections.alianza.sip_trunking.tests.support.strategies import SPELLINGS

OWN = ["1801555000%d" % place for place in range(4)]
WILDCARDS = ["21XX", "2200", "1801556XXXX"]
# The last one is a number of the account, which may be shown without being a custom caller ID.
CALLER_IDS = ["18015559990", "18015559991", OWN[0]]

account = st.fixed_dictionaries(
    {
        "caller_ids": st.lists(st.sampled_from(CALLER_IDS[:2]), unique=True),
        "from_numbers": st.lists(st.sampled_from(WILDCARDS), unique=True),
        "mapped": st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=6),
    }
)
from_number = st.one_of(
    st.builds(lambda number, spell: spell(number), st.sampled_from(OWN), st.sampled_from(SPELLINGS)),
    st.builds(lambda text, change: change(text), st.sampled_from(WILDCARDS), st.sampled_from((str.lower, str.upper))),
)
wish = st.one_of(
    st.fixed_dictionaries(
        {"caller_id": st.sampled_from(CALLER_IDS), "from_numbers": st.lists(from_number, max_size=5)},
        optional={"exclusive": st.booleans()},
    ),
    st.fixed_dictionaries(
        {"caller_id": st.sampled_from(CALLER_IDS), "state": st.just("absent")},
        optional={"from_numbers": st.lists(from_number, max_size=5)},
    ),
)
# The normal form of each FROM number, by what all its spellings end with.
NORMAL = {number[-4:]: number for number in OWN + WILDCARDS}
documents = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {"caller_id": st.sampled_from(CALLER_IDS)}, optional={"from_numbers": st.lists(from_number, max_size=5)}
        ),
        st.fixed_dictionaries({"caller_id": st.sampled_from(CALLER_IDS), "state": st.just("absent")}),
    ),
    max_size=3,
    unique_by=lambda entry: entry["caller_id"],
)


def normal(numbers):
    """Return FROM numbers in their normal form."""
    return [NORMAL[number[-4:].upper()] for number in numbers]


def sensible(document):
    """Return a document without the FROM numbers that an entry before it has."""
    taken, sound = set(), []
    for entry in document:
        kept = [each for each in entry.get("from_numbers", ()) if normal([each])[0] not in taken]
        taken.update(normal(kept))
        sound.append(dict(entry, from_numbers=kept) if "from_numbers" in entry else entry)
    return sound


def expected(before, document, prune):
    """Return {caller ID: the FROM numbers that show it} after a document; written without a look at the planner."""
    shows = {number: caller_id for caller_id, numbers in before.items() for number in numbers}
    there = set(before)
    for entry in document:
        caller_id, listed = entry["caller_id"], normal(entry.get("from_numbers", ()))
        absent = entry.get("state") == "absent"
        if absent or prune != "none" and "from_numbers" in entry:
            shows = {number: each for number, each in shows.items() if each != caller_id or number in listed}
        there = there - {caller_id} if absent else there | {caller_id}
    if prune == "all":
        there &= {entry["caller_id"] for entry in document}
        shows = {number: each for number, each in shows.items() if each in there}
    for entry in document:
        shows.update(dict.fromkeys(normal(entry.get("from_numbers", ())), entry["caller_id"]))
    # A number of the account is a caller ID only while something shows it.
    listed = {entry["caller_id"] for entry in document}
    custom = {each for each in there if each in CALLER_IDS[:2] or each in listed}
    return {each: sorted(key for key, value in shows.items() if value == each) for each in custom | set(shows.values())}


def seeded(emulator, actual, behaviour):
    """Empty the emulator but for one account in a random state; return its mappings."""
    emulator.reset()
    emulator.set(**behaviour)
    sources, targets = OWN + actual["from_numbers"], actual["caller_ids"] + OWN[:1]
    mappings = {sources[one % len(sources)]: targets[other % len(targets)] for one, other in actual["mapped"]}
    emulator.seed(
        accounts=[
            {
                "id": "ACCOUNT_1",
                "accountNumber": "1",
                "accountName": "One",
                "telephone_numbers": OWN,
                "caller_ids": actual["caller_ids"],
                "from_numbers": actual["from_numbers"],
                "mappings": mappings,
            }
        ]
    )


def read_back(api):
    """Return what alianza_caller_id_info returns."""
    job = CallerIdInfoJob({})
    return job.result(read(api, job), Plan(), Outcome())


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    actual=account,
    wanted=wish,
    behaviour=st.fixed_dictionaries(
        {},
        optional={
            "from_number_deletion": st.just("refused_while_mapped"),
            "own_numbers_in_mappings": st.just(True),
            "own_from_numbers": st.just("refused"),
            "extension_case_accepted": st.just("lower"),
            "write_status": st.just(204),
        },
    ),
)
def test_a_plan_once_carried_out_is_empty_and_was_right(emulator, actual, wanted, behaviour):
    seeded(emulator, actual, behaviour)
    settings_of = Settings(api_url=emulator.url, username="user@example.net", password=emulator.password)
    with connect(settings_of) as client:
        api = Api(client, Settings(api_url=emulator.url, account_id="ACCOUNT_1"))
        before = {each["caller_id"]: each["from_numbers"] for each in read_back(api)["caller_ids"]}
        predicted = CallerIdJob(dict(wanted), check_mode=True)
        state = read(api, predicted)
        prediction = predicted.plan(state)
        assert not emulator.writes()
        job = CallerIdJob(dict(wanted))
        plan = job.plan(read(api, job))
        outcome = apply(api, plan, 4)
        assert verdict(outcome) is None
        result = job.result(state, plan, outcome)
        assert result == predicted.result(state, prediction, Outcome()) and plan.diff() == prediction.diff()
        assert outcome.wrote is plan.changed is bool(emulator.writes())
        event("%s, %d moves" % (plan.steps[0].action if plan.steps else "nothing", len(plan.facts["moves"])))
        again = CallerIdJob(dict(wanted))
        assert not again.plan(read(api, again)).steps
        after = {each["caller_id"]: each["from_numbers"] for each in read_back(api)["caller_ids"]}
        number = result["caller_id"]
        assert after.get(number, []) == result["from_numbers"] == plan.after.get("from_numbers", [])
        taken = {each["from_number"] for each in result["moved"]}
        for other in set(before) - {number}:
            # Others lose what was moved, and nothing else.
            assert after.get(other, []) == [each for each in before[other] if each not in taken]
    assert emulator.open_tokens == 0


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    actual=account, document=documents.map(sensible), prune=st.sampled_from(("none", "numbers", "all")), rest=st.data()
)
def test_the_caller_ids_of_a_document_come_about_and_can_be_brought_back(emulator, actual, document, prune, rest):
    behaviour = {"from_number_deletion": "refused_while_mapped"} if rest.draw(st.booleans()) else {}
    seeded(emulator, actual, behaviour)
    given_to_module = {"trunks": [], "caller_ids": document, "prune": prune, "force": True}
    settings_of = Settings(api_url=emulator.url, username="user@example.net", password=emulator.password)
    with connect(settings_of) as client:
        api = Api(client, Settings(api_url=emulator.url, account_id="ACCOUNT_1"))

        def shown():
            return {each["caller_id"]: each["from_numbers"] for each in read_back(api)["caller_ids"]}

        before = shown()
        predicted = AccountTrunksJob(given_to_module, check_mode=True)
        prediction = predicted.plan(read(api, predicted))
        assert not emulator.writes()
        job = AccountTrunksJob(given_to_module)
        plan = job.plan(read(api, job))
        outcome = apply(api, plan, 4)
        assert verdict(outcome) is None
        assert [step.public() for step in plan.steps] == [step.public() for step in prediction.steps]
        assert plan.diff() == prediction.diff() and plan.facts == prediction.facts
        assert outcome.wrote is plan.changed is bool(emulator.writes())
        after = shown()
        assert after == expected(before, document, prune)
        event("%s, %d steps" % (prune, len(plan.steps)))
        again = AccountTrunksJob(given_to_module)
        assert not again.plan(read(api, again)).steps
        removed = plan.facts["removed_caller_ids"]
        back = AccountTrunksJob({"trunks": [], "caller_ids": removed})
        assert verdict(apply(api, back.plan(read(api, back)), 4)) is None
        lost = {number for numbers in before.values() for number in numbers} - {
            number for numbers in after.values() for number in numbers
        }
        # What showed a caller ID before and none afterwards shows the same one again.
        restored = shown()
        assert all(number in restored[each] for each in before for number in before[each] if number in lost)
    assert emulator.open_tokens == 0
