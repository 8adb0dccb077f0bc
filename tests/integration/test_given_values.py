# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users type: values that YAML changed, names that look alike, blank answers, lists and documents given as text."""

from __future__ import annotations

import json

import pytest

DOCUMENT = "alianza_account_trunks"
TRUNK = "alianza_sip_trunk"
ROUTE = "alianza_tn_route"
FORWARDING = "alianza_trunk_forwarding"
SECRET = "wr0ng-key-s3cret"


@pytest.fixture(name="customer")
def fixture_customer(emulator, player):
    """An account with a live trunk, and a second one whose number is what YAML makes of 0012345."""
    emulator.seed(
        accounts=[
            {"id": "OTHER", "accountNumber": "5349", "accountName": "Other"},
            {
                "id": "LINDON",
                "accountNumber": "0012345",
                "accountName": "Lindon",
                "trunks": [
                    {"id": "T1", "trunkName": "Lindon HQ", "concurrentCalls": 5},
                    {"id": "T2", "trunkName": "Caf\u00e9", "concurrentCalls": 5, "ipBasedAuthEnabled": True},
                ],
                "telephone_numbers": [
                    {"phoneNumber": "18015551000", "referenceType": "SIP_TRUNK", "referenceId": "T1"},
                    "18015551001-18015551009",
                ],
            },
        ]
    )
    player.environ["ALIANZA_ACCOUNT_ID"] = "LINDON"
    return lambda: emulator.account("LINDON")


def refused(played, emulator, kind="invalid_input"):
    """Return the messages of tasks that all failed with one kind and wrote nothing."""
    assert played.results, played.output
    for result in played.results:
        assert result["failed"] and result["failure"]["kind"] == kind, result
    assert not emulator.writes()
    return [result["msg"] for result in played.results]


@pytest.mark.quick
def test_what_yaml_changed_is_refused_before_anything_is_sent(player, emulator, customer):
    trunk = {"name": "HQ", "concurrent_calls": 2}
    cases = [
        ((TRUNK, dict(trunk, account_number=5349)), "account_number is the number 5349 and has to be text: quote it"),
        ((DOCUMENT, {"trunks": [], "account_number": 5349}), "account_number is the number 5349"),
        (("alianza_sip_trunk_info", {"account_id": 7}), "account_id is the number 7"),
        (("alianza_sip_trunk_info", {"name": 417}), "name is the number 417"),
        (("alianza_account_info", {"partition_id": 7}), "partition_id is the number 7"),
        (("alianza_trunk_registration_info", {"trunk_name": False}), "trunk_name is false"),
        ((TRUNK, dict(trunk, name=False)), "name is false and has to be text"),
        ((TRUNK, dict(trunk, sip_trunk_group_id=12)), "sip_trunk_group_id is the number 12"),
        ((TRUNK, dict(trunk, extension_patterns=[83, "21XX"])), "extension_patterns entry 1 is the number 83"),
        ((TRUNK, dict(trunk, sip_password=12345678)), "sip_password is a number and has to be text"),
        ((ROUTE, {"trunk_name": 417, "telephone_numbers": [18015551001]}), "trunk_name is the number 417"),
        (
            (ROUTE, {"reference_type": "IVR", "reference_id": 83, "telephone_numbers": [18015551001]}),
            "the destination has a reference_id that is the number 83",
        ),
        (
            (FORWARDING, {"trunk_name": "Lindon HQ", "forward_always": {"trunk_name": 417}}),
            "forward_always: trunk_name is the number 417",
        ),
        (
            (FORWARDING, {"trunk_id": "T1", "forward_on_failure": [{"reference_type": "IVR", "reference_id": 83}]}),
            "forward_on_failure entry 1 has a reference_id that is the number 83",
        ),
        ((DOCUMENT, {"trunks": [dict(trunk, name=False)]}), "trunk number 1: name is false and has to be text"),
        ((DOCUMENT, {"trunks": [{"trunk_id": 12}]}), "trunk number 1: trunk_id is the number 12"),
        (
            (DOCUMENT, {"trunks": [dict(trunk, extension_patterns=[83])]}),
            "trunk 'HQ': extension_patterns entry 1 is the number 83",
        ),
        (
            (DOCUMENT, {"trunks": [dict(trunk, forwarding={"forward_on_failure": [{"trunk_name": 417}]})]}),
            "trunk 'HQ': forwarding: forward_on_failure entry 1: trunk_name is the number 417",
        ),
    ]
    played = player.tasks(*(task for task, dummy in cases))
    for (dummy, said), msg in zip(cases, refused(played, emulator), strict=True):
        assert said in msg, msg
    assert "12345678" not in played.output and not emulator.log()


def test_plugins_refuse_it_too(player, emulator, customer):
    lookup = "{{ query('alianza.sip_trunking.sip_credentials', %s) }}"
    played = player.tasks(
        *({"ansible.builtin.debug": {"msg": lookup % terms}} for terms in ("417", "'Lindon HQ', account_number=5349"))
    )
    for result, said in zip(
        played.results, ("term 1 is the number 417", "account_number is the number 5349"), strict=True
    ):
        assert result["failed"] and said in result["msg"], played.output
    path = player.folder / "alianza_accounts.yml"
    path.write_text("plugin: alianza.sip_trunking.alianza_accounts\naccount_numbers: [0012345]\n")
    played, listed = player.inventory(path)
    assert (
        played.code and not listed and "account_numbers entry 1 is the number 5349" in " ".join(played.output.split())
    )
    assert not emulator.log()


def test_telephone_numbers_may_be_integers(player, emulator, customer):
    target = {"reference_type": "TELEPHONE", "reference_id": 18015559999}
    document = {
        "name": "Lindon HQ",
        "primary_tn": 18015551000,
        "telephone_numbers": [18015551001, "18015551002"],
        "forwarding": {"forward_on_failure": [target]},
    }
    played = player.tasks(
        (DOCUMENT, {"trunks": [document], "advice": False}),
        (FORWARDING, {"trunk_name": "Lindon HQ", "forward_on_failure": [target]}),
        (TRUNK, {"name": "Lindon HQ", "primary_tn": 18015551000}),
        (ROUTE, dict(target, telephone_numbers=[18015551003])),
        (ROUTE, dict(target, telephone_numbers=18015551003)),
        ("alianza_telephone_number_info", {"telephone_numbers": [18015551003]}),
    )
    changed = [(result["failed"], result["changed"]) for result in played.results]
    assert changed == [(False, change) for change in (True, False, False, True, False, False)], played.output
    assert played.results[-1]["telephone_numbers"][0]["reference_id"] == "18015559999"


ALIKE = ("lindon HQ", "Lindon  HQ", "Lindon\u00a0HQ", "Lindon HQ ", "Cafe\u0301", "Lindon\nHQ")


def test_a_new_name_that_looks_like_one_that_is_there(player, emulator, customer):
    made = [(TRUNK, {"name": name, "concurrent_calls": 2}) for name in ALIKE]
    made += [(DOCUMENT, {"trunks": [{"name": name, "concurrent_calls": 2}], "prune": "all"}) for name in ALIKE]
    made += [(TRUNK, {"trunk_id": "T2", "name": "lindon hq"})]
    made += [(DOCUMENT, {"trunks": [{"name": "New", "concurrent_calls": 2}, {"name": "new", "concurrent_calls": 2}]})]
    messages = refused(player.tasks(*made), emulator, "ambiguous")
    for (module, options), msg in zip(made[:-2], messages[:-2], strict=True):
        name = options.get("name") or options["trunks"][0]["name"]
        assert ("'Caf\u00e9'" if name.startswith("Caf") else "'Lindon HQ'") in msg, (module, msg)
    assert "'Lindon HQ'" in messages[-2] and "'New' and 'new'" in messages[-1]


def test_a_new_name_with_blanks_or_control_characters(player, emulator, customer):
    names = (" Provo", "Provo\u00a0", "Provo\n", "Pro\u0007vo", "Pro\tvo")
    made = [(TRUNK, {"name": name, "concurrent_calls": 2}) for name in names]
    made += [(DOCUMENT, {"trunks": [{"name": name, "concurrent_calls": 2}]}) for name in names]
    made += [(TRUNK, {"trunk_id": "T1", "name": name}) for name in names]
    for msg in refused(player.tasks(*made), emulator):
        assert "The new name" in msg and ("blanks at its edges" in msg or "control characters" in msg), msg


def test_a_trunk_may_get_another_form_of_its_own_name(player, customer):
    played = player.tasks((TRUNK, {"trunk_id": "T1", "name": "LINDON HQ"}))
    assert played.results[0]["changed"] and customer()["trunks"][0]["trunkName"] == "LINDON HQ", played.output


def test_a_name_that_is_nearly_right_is_suggested(player, emulator, customer):
    forwarding = {"forward_on_failure": [{"trunk_name": "lindon hq"}]}
    played = player.tasks(
        (ROUTE, {"trunk_name": "Lindon HQ ", "telephone_numbers": ["18015551001"]}),
        (FORWARDING, {"trunk_name": "Lindon-HQ", "forward_on_failure": []}),
        ("alianza_sip_credentials_info", {"trunk_name": "lindon hq"}),
        (FORWARDING, dict(forwarding, trunk_id="T2")),
    )
    for msg in refused(played, emulator, "not_found"):
        assert "did you mean 'Lindon HQ'?" in msg, msg


@pytest.mark.parametrize("spoilt", [SECRET + "\n", SECRET[:5] + "\u0007" + SECRET[5:]])
def test_a_sip_password_with_a_control_character(player, emulator, customer, spoilt):
    played = player.tasks(
        (TRUNK, {"name": "New", "concurrent_calls": 2, "sip_password": spoilt}),
        (TRUNK, {"name": "Lindon HQ", "sip_password": spoilt}),
        (DOCUMENT, {"trunks": [{"name": "Lindon HQ", "sip_password": spoilt}]}),
    )
    for msg in refused(played, emulator):
        assert "sip_password holds a line break" in msg and "echo -n" in msg
    assert SECRET not in played.output and SECRET[5:] not in played.output


def test_a_document_that_is_text(player, emulator, customer):
    document = [{"name": "Lindon HQ", "concurrent_calls": 6, "sip_password": 'a"b\\c-s3cret'}]
    texts = [json.dumps(document), repr(document), json.dumps(json.dumps(document))[1:-1], "- name: HQ\n", "HQ", "{}"]
    # Templates keep text as it is, as a file or an extra variable would.
    played = player.tasks(
        *((DOCUMENT, {"trunks": "{{ texts[%d] }}" % place}) for place in range(len(texts))),
        (DOCUMENT, {"trunks": "", "prune": "all", "force": True}),
        (DOCUMENT, {"trunks": " ", "prune": "all", "force": True}),
        (DOCUMENT, {"trunks": None, "prune": "all", "force": True}),
        (DOCUMENT, {"trunks": {"name": "HQ"}}),
        (DOCUMENT, {"trunks": ["HQ", 5]}),
        play={"vars": {"texts": texts, "ansible_python_interpreter": "{{ ansible_playbook_python }}"}},
        verbosity=3,
    )
    first, second, *others = played.results
    assert (first["failed"], first["changed"], second["failed"], second["changed"]) == (False, True, False, False)
    for result, said in zip(
        others[:-2], ["from_yaml"] * 3 + ["trunks is a dictionary"] + ["trunks is missing or empty"] * 3, strict=True
    ):
        assert result["failed"] and said in result["msg"], result["msg"]
    assert "trunks is a dictionary: give a list of trunks" in others[-2]["msg"]
    assert "trunk number 1 is text: give a dictionary" in others[-1]["msg"]
    assert len(emulator.writes()) == 1 and len(customer()["trunks"]) == 2
    assert "s3cret" not in json.dumps([event["result"] for event in played.events])


def test_all_faults_of_a_document_in_one_message_before_anything_is_read(player, emulator, customer):
    document = [
        {"name": "A", "concurent_calls": 3, "sip_pasword": SECRET, "telephone_numbers": ["nonsense"]},
        {"trunk_name": "B", "concurrent_calls": [5], "state": "gone", "local_services_enabled": "perhaps"},
        {"concurrent_calls": 1, "forwarding": {"forward_on_failur": [], "forward_always": {"trunk": "A"}}},
        {"name": "D", "forwarding": "HQ", "ip_address": "10.0.0.999", "sip_password": [SECRET]},
    ]
    played = player.tasks((DOCUMENT, {"trunks": document}), verbosity=3)
    (msg,) = refused(played, emulator)
    for said in (
        "trunk 'A': it has no key 'concurent_calls': did you mean concurrent_calls?",
        "trunk 'A': it has no key 'sip_pasword': did you mean sip_password?",
        "trunk 'A': telephone_numbers: 'nonsense' is not a telephone number",
        "trunk 'B': concurrent_calls is a list: give a whole number",
        "trunk 'B': state is 'gone': give present or absent",
        "trunk 'B': local_services_enabled is 'perhaps': give true or false",
        "trunk number 3: forwarding has no key 'forward_on_failur': did you mean forward_on_failure?",
        "trunk number 3: forwarding: forward_always has no key 'trunk': did you mean trunk_name?",
        "trunk number 3: name or trunk_id is missing",
        "trunk 'D': forwarding is text: give a dictionary",
        "trunk 'D': ip_address is '10.0.0.999'",
        "trunk 'D': sip_password is a list: give text",
    ):
        assert said in msg, msg
    assert "Tagged" not in msg and not emulator.log()
    assert SECRET not in json.dumps([event["result"] for event in played.events])


def test_survey_answers(player, emulator, customer):
    blank = dict.fromkeys(
        "api_url username password retries validate_certs timeout partition_id auth_token account_id account_number".split(),
        "",
    )
    numbers = "18015551000\n1 801 555-1001\r\n18015551002-18015551004, 18015551005\n"
    played = player.tasks(
        (
            TRUNK,
            dict(blank, name="Lindon HQ", concurrent_calls="6", state="", update_password="", force="", port_number=""),
        ),
        (
            ROUTE,
            dict(blank, trunk_name="Lindon HQ", telephone_numbers=numbers, concurrency="", exclusive="", reroute=""),
        ),
        (
            DOCUMENT,
            dict(
                blank,
                prune="",
                force="",
                advice="",
                reroute="",
                concurrency="",
                trunks=[
                    {
                        "name": "Lindon HQ",
                        "telephone_numbers": numbers,
                        "extension_patterns": "21xx\n2200\n",
                        "state": "",
                    }
                ],
            ),
        ),
        (
            "alianza_trunk_registration_info",
            dict(blank, trunk_name="Lindon HQ", wait_for="", wait_timeout="", poll_interval=""),
        ),
        (FORWARDING, dict(blank, trunk_name="Lindon HQ", forward_always="", forward_on_failure="", state="")),
    )
    assert [(result["failed"], result["changed"]) for result in played.results] == [
        (False, change) for change in (True, True, True, False, False)
    ], played.output
    assert played.results[1]["routed"] == ["1801555100%d" % last for last in range(1, 6)]
    trunk = customer()["trunks"][0]
    assert trunk["concurrentCalls"] == 6 and sorted(trunk["extensionPatterns"]) == ["21XX", "2200"]


def test_blank_text_still_clears_what_it_is_documented_to_clear(player, customer):
    played = player.tasks(
        (TRUNK, {"name": "Lindon HQ", "language_tag": "en-US", "primary_tn": "18015551000"}),
        (DOCUMENT, {"trunks": [{"name": "Lindon HQ", "language_tag": ""}]}),
        (TRUNK, {"name": "Lindon HQ", "primary_tn": ""}),
    )
    assert [result["changed"] for result in played.results] == [True, True, True], played.output
    assert not customer()["trunks"][0].get("languageTag") and not customer()["trunks"][0].get("primaryTn")


def test_many_numbers_take_little_room(player, emulator, customer):
    numbers = ["1%d" % number for number in range(8015560000, 8015561000)]
    played = player.tasks(
        (ROUTE, {"trunk_name": "Lindon HQ", "telephone_numbers": numbers}),
        (DOCUMENT, {"trunks": [{"name": "Lindon HQ", "telephone_numbers": numbers}]}),
        (DOCUMENT, {"trunks": [{"name": name, "telephone_numbers": numbers} for name in ("Lindon HQ", "Caf\u00e9")]}),
    )
    for msg in refused(played, emulator):
        assert "18015560000-18015560999" in msg and len(msg) < 1000, msg


def test_live_trunks_and_documents_that_keep_none(player, emulator, customer):
    played = player.tasks(
        (DOCUMENT, {"trunks": [{"name": "Gone", "state": "absent"}], "prune": "all"}),
        (DOCUMENT, {"trunks": [{"name": "Lindon HQ"}], "prune": "all"}),
        (DOCUMENT, {"trunks": [{"name": "Caf\u00e9", "state": "absent"}]}),
    )
    refused(played, emulator, "guarded")
    guards = [{guard["kind"] for guard in result["guards"]} for result in played.results]
    assert guards == [{"empty_document", "ip_based_auth"}, {"ip_based_auth"}, {"ip_based_auth"}]
    forced = player.tasks((DOCUMENT, {"trunks": [{"name": "Lindon HQ"}], "prune": "all", "force": True}))
    assert not forced.results[0]["failed"] and len(customer()["trunks"]) == 1
    assert [notice["kind"] for notice in forced.results[0]["notices"]].count("forced") == 1
