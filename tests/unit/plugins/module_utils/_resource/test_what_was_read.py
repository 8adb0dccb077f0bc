# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of an account once it was read: objects that fit, parts that were not read, answers that lack something."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidResponse
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import (
    forwarding,
    sip_trunk,
    sip_trunk_group,
    state,
    tn_route,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.choice import chosen
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.forwarding_wire import (
    SPELLINGS,
    not_understood,
    other_spelling,
    spelling_of,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.plan import KNOWN_AFTER_APPLY
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.references import Reference
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.sip_credentials import credentials_of
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to

PARTS = [
    (state.TRUNKS, "trunks"),
    (state.NUMBERS, "numbers"),
    (state.GROUPS, "groups"),
    (state.accounts(), "accounts"),
    (state.call_records(None), "call_records"),
]


def trunk(**wire):
    return sip_trunk.from_wire(dict({"id": "T1", "trunkName": "HQ"}, **wire))


@pytest.mark.parametrize("need, name", PARTS, ids=[name for dummy, name in PARTS])
def test_what_was_not_read_is_not_taken_for_empty(need, name):
    empty = state.State()
    assert not empty.has(need)
    with pytest.raises(LookupError, match="were not read"):
        getattr(empty, name)
    setattr(empty, name, ())
    assert empty.has(need) and getattr(empty, name) == ()


def test_rules_and_registrations_are_read_for_each_trunk():
    known = account({"T1": "HQ"})
    for need in (state.forward, state.registration):
        assert known.has(need("T1")) and not known.has(need("T2"))


@pytest.mark.parametrize(
    "name, key, ids",
    [
        (None, None, ["T2", "T1", "T3"]),
        ("HQ", None, ["T1", "T3"]),
        ("hq", None, []),
        (None, "T3", ["T3"]),
        ("HQ", "T3", ["T3"]),
        ("DR", "T3", []),
        (None, KNOWN_AFTER_APPLY, []),
        ("HQ", KNOWN_AFTER_APPLY, ["T1", "T3"]),
    ],
)
def test_a_name_and_an_id_choose_what_fits_both(name, key, ids):
    trunks = account({"T3": "HQ", "T1": "HQ", "T2": "DR"}).trunks.all
    assert [each.trunk_id for each in chosen(trunks, name, key, lambda each: each.trunk_id)] == ids


@pytest.mark.parametrize(
    "server, proxy",
    [
        (None, (None, None)),
        ("", (None, None)),
        ("proxy.example.net", ("proxy.example.net", None)),
        ("proxy.example.net:5065", ("proxy.example.net", 5065)),
        ("proxy.example.net:sip", ("proxy.example.net", None)),
        ("[2001:db8::1]:5065", ("2001:db8::1", 5065)),
        (":5065", (None, 5065)),
    ],
)
def test_credentials_have_the_proxy_in_two_parts(server, proxy):
    found = credentials_of(trunk(sipUsername="hq-1", sipPassword="hunter2!", sipProxyServer=server))
    assert (found["sip_proxy_host"], found["sip_proxy_port"]) == proxy
    assert (found["trunk_name"], found["trunk_id"]) == ("HQ", "T1")
    assert (found["sip_username"], found["sip_password"]) == ("hq-1", "hunter2!")


def test_credentials_without_a_password_are_an_error_that_names_the_trunk():
    with pytest.raises(InvalidResponse, match="did not return the SIP password of trunk 'HQ'"):
        credentials_of(trunk(sipUsername="hq-1"))


@pytest.mark.parametrize(
    "read, answer",
    [
        (sip_trunk.from_wire, None),
        (sip_trunk.from_wire, {"id": "T1"}),
        (sip_trunk.from_wire, {"trunkName": "HQ"}),
        (sip_trunk_group.from_wire, []),
        (sip_trunk_group.from_wire, {"name": "West"}),
        (tn_route.numbers_from_wire, [{"phoneNumber": "18015550001"}, {}]),
        (tn_route.numbers_from_wire, ["18015550001"]),
    ],
)
def test_an_answer_without_what_identifies_an_object_is_refused(read, answer):
    with pytest.raises(InvalidResponse, match="without a"):
        read(answer)


def test_a_reference_is_returned_with_what_is_known_of_it():
    assert Reference("SIP_TRUNK", "T1", "HQ").returned() == {
        "reference_type": "SIP_TRUNK",
        "reference_id": "T1",
        "trunk_name": "HQ",
    }
    assert Reference("SIP_TRUNK", None, "New").returned()["reference_id"] == KNOWN_AFTER_APPLY
    assert Reference("BUSY").returned() == {"reference_type": "BUSY"}
    assert [
        each.described() for each in (Reference("SIP_TRUNK", "T1", "HQ"), Reference("IVR", "7"), Reference("BUSY"))
    ] == [
        "trunk 'HQ'",
        "IVR 7",
        "BUSY",
    ]
    new = Reference("SIP_TRUNK", None, "New")
    assert new.with_id({"New": "T9"}) == Reference("SIP_TRUNK", "T9", "New")
    with pytest.raises(KeyError):
        new.with_id({"Newer": "T9"})


@pytest.mark.parametrize(
    "where, answer, missed",
    [
        (None, {"phoneNumber": "1"}, False),
        (None, dict(to("T1"), phoneNumber="1"), True),
        (Reference("SIP_TRUNK", "T1"), to("T1"), False),
        (Reference("SIP_TRUNK", "T1"), to("T2"), True),
        # Nothing at all says nothing; a number without a destination is not where it was sent.
        (Reference("SIP_TRUNK", "T1"), {}, False),
        (Reference("SIP_TRUNK", "T1"), {"phoneNumber": "1"}, True),
    ],
)
def test_whether_a_number_went_where_it_was_sent(where, answer, missed):
    assert tn_route.not_taken(SimpleNamespace(target=where), answer) is missed


def test_voice_mail_is_spelt_as_the_account_spells_it():
    usual, other = SPELLINGS
    rules = [
        forwarding.from_wire({"forwardAlways": {"referenceType": kind, "referenceId": "V1"}}) for kind in ("IVR", other)
    ]
    assert spelling_of(rules) == other and spelling_of(rules[:1]) == usual == spelling_of([])
    new = forwarding.Rules(Reference("VOICE_MAIL", "V1"), True)
    assert other_spelling(new, usual) == other and other_spelling(new, other) == usual
    # What was read goes back as it was read.
    assert other_spelling(rules[1], usual) is None and other_spelling(rules[0], usual) is None


@pytest.mark.parametrize(
    "wire, places",
    [
        ({"forwardOnFailure": [to("T1")], "forwardAlways": {"enabled": False}}, []),
        ({"forwardOnFailure": "T1"}, ["forwardOnFailure"]),
        ({"forwardOnFailure": [to("T1"), "T2", {}]}, ["forwardOnFailure entry 2", "forwardOnFailure entry 3"]),
        ({"forwardAlways": "T1"}, ["forwardAlways"]),
        ({"forwardAlways": {"enabled": True, "delay": 3}}, ["forwardAlways"]),
    ],
)
def test_what_is_no_destination_is_named_by_its_place(wire, places):
    assert not_understood(forwarding.Rules(wire=wire)) == places
