# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role account_session: no way around the check of accounts, and the connection that host variables give."""

from __future__ import annotations

import json

import pytest

ONBOARD, CONVERGE = "alianza.sip_trunking.onboard", "alianza.sip_trunking.converge"
TRUNK = [{"name": "HQ", "concurrent_calls": 2}]
BY_ID = {"alianza_account_id": "ACCOUNT_1", "alianza_trunks": TRUNK}
BY_NUMBER = {"alianza_account_number": "100200", "alianza_trunks": TRUNK}


@pytest.fixture(name="inventory")
def fixture_inventory(player, emulator, tmp_path):
    """Returns the arguments that run a playbook over some hosts; the account comes from their variables alone."""
    emulator.seed(accounts=[{"id": "MILL", "accountNumber": "500", "accountName": "Mill"}])
    del player.environ["ALIANZA_ACCOUNT_ID"]

    def write(**hosts):
        path = tmp_path / "inventory.json"
        path.write_text(json.dumps({"all": {"hosts": hosts}}))
        return ("-i", str(path))

    return write


@pytest.fixture(name="play")
def fixture_play(player, tmp_path):
    """Returns what writes a play of the role sip_trunk_onboarding, and runs it."""

    def run(*arguments, role=None, environ=None, **keys):
        role = dict({"role": "alianza.sip_trunking.sip_trunk_onboarding"}, **(role or {}))
        book = dict(
            {
                "hosts": "all",
                "connection": "local",
                "gather_facts": False,
                "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
                "roles": [role],
            },
            **keys,
        )
        path = tmp_path / "site.yml"
        path.write_text(json.dumps([book]))
        return player.playbook(str(path), *arguments, environ=environ)

    return run


def failures(played):
    """Return {host: everything that its failed tasks say}."""
    said = {}
    for event in played.events:
        if event["outcome"] == "failed":
            said[event["host"]] = said.get(event["host"], "") + str(event["result"].get("msg"))
    return said


@pytest.mark.parametrize(
    "other, sentence", [(BY_ID, "have the same alianza_account_id"), (BY_NUMBER, "are the same account ACCOUNT_1")]
)
@pytest.mark.parametrize(
    "keys",
    [
        {"serial": 1},
        {"strategy": "ansible.builtin.free"},
        {"strategy": "ansible.builtin.host_pinned"},
        {"role": {"ignore_errors": True}},
        {"role": {"ignore_errors": True}, "serial": 1},
    ],
    ids=str,
)
def test_two_hosts_of_one_account_are_refused_before_the_first_write(play, emulator, inventory, keys, other, sentence):
    hosts = inventory(one=BY_ID, other=other, mill={"alianza_account_id": "MILL", "alianza_trunks": TRUNK})
    played = play(*hosts, **keys)
    said = failures(played)
    assert sentence in said["one"], played.output
    assert not [entry for entry in emulator.writes() if "/ACCOUNT_1/" in entry["path"]]
    if keys != {"serial": 1}:
        # The first batch that fails ends the play.
        assert sentence in said["other"], played.output
        assert [trunk["trunkName"] for trunk in emulator.account("MILL")["trunks"]] == ["HQ"], played.output
    assert emulator.open_tokens == 0, played.output


def test_an_account_that_only_the_variables_of_the_role_name_is_compared_too(play, emulator, inventory):
    """The variables of a role are not among those of other hosts, hostvars lacks them."""
    customers = {"customer": "ACCOUNT_1", "alianza_trunks": TRUNK}
    role = {"sip_trunk_onboarding_account_id": "{{ customer }}"}
    played = play(*inventory(one=customers, other=customers), role=role, serial=1)
    assert "one and other have the same" in failures(played)["one"] and emulator.log() == [], played.output


@pytest.mark.parametrize("playbook, task", [(CONVERGE, "Apply the document"), (ONBOARD, "Plan")])
def test_a_run_that_starts_in_the_middle_writes_nothing(player, emulator, inventory, playbook, task):
    hosts = inventory(one=BY_ID, other=BY_ID)
    played = player.playbook(playbook, *hosts, "--start-at-task", task, environ={"ALIANZA_ACCOUNT_ID": "ACCOUNT_1"})
    assert played.code != 0 and "account was not checked" in played.output and emulator.log() == [], played.output


def test_numbers_are_looked_up_with_the_logins_that_there_are(play, emulator, inventory):
    played = play(*inventory(one=BY_ID, mill={"alianza_account_number": "500", "alianza_trunks": TRUNK}))
    assert played.code == 0 and len(emulator.writes()) == 2, played.output
    assert len([entry for entry in emulator.log() if entry["path"].endswith("/authorize")]) == 2
    assert len(emulator.log("GET", "/account/500$")) == 1 and emulator.open_tokens == 0


def test_a_number_that_cannot_be_looked_up_stops_its_own_host(play, emulator, inventory):
    wrong = {"alianza_account_number": "999", "alianza_trunks": TRUNK}
    played = play(*inventory(one=BY_ID, wrong=wrong))
    assert set(failures(played)) == {"wrong"} and "no account with the number 999" in failures(played)["wrong"], (
        played.output
    )
    assert [trunk["trunkName"] for trunk in emulator.account("ACCOUNT_1")["trunks"]] == [
        "HQ"
    ] and emulator.open_tokens == 0


def test_a_faulty_connection_of_a_later_batch_stops_its_own_host(play, emulator, inventory):
    faulty = {"alianza_account_number": "500", "alianza_username": "{{ nope }}", "alianza_trunks": TRUNK}
    played = play(*inventory(one=BY_ID, faulty=faulty), serial=1)
    assert set(failures(played)) == {"faulty"} and len(emulator.writes()) == 1 and emulator.open_tokens == 0, (
        played.output
    )


@pytest.mark.parametrize(
    "value, said",
    [
        (100200, "its account_number is not text"),
        ("{{ customer }}", "its account_number is not text"),
        ("{{ nope }}", "could not be filled in"),
    ],
)
def test_an_account_that_is_no_text_or_cannot_be_filled_in_is_refused(play, emulator, inventory, value, said):
    played = play(*inventory(one={"alianza_account_number": value, "customer": 5349, "alianza_trunks": TRUNK}))
    assert said in failures(played)["one"] and emulator.log() == [], played.output


CONNECTION = {
    "name": "Look",
    "ansible.builtin.debug": {"msg": "{{ lookup('alianza.sip_trunking.connection_options') }}"},
}


def test_options_come_from_the_variables_of_the_host(player):
    given = {
        "alianza_api_url": "{{ place }}",
        "place": "http://127.0.0.1:1",
        "alianza_password": 12345678,
        "alianza_retries": "",
        "alianza_validate_certs": "",
        "alianza_timeout": 5,
        "alianza_ca_path": "{{ omit }}",
    }
    played = player.tasks(CONNECTION, play={"vars": given})
    assert played.results[0]["msg"] == {"api_url": "http://127.0.0.1:1", "password": "12345678", "timeout": 5}


@pytest.mark.parametrize(
    "option", ["api_url", "username", "password", "partition_id", "ca_path", "validate_certs", "timeout"]
)
def test_a_variable_that_cannot_be_filled_in_is_never_taken_as_not_given(player, emulator, inventory, option):
    host = dict(BY_ID, **{"alianza_" + option: "{{ nope.s3cret }}"})
    played = player.playbook(CONVERGE, *inventory(one=host))
    assert played.code != 0 and "alianza_%s is a template that could not be filled in" % option in played.output
    assert emulator.log() == []


@pytest.mark.parametrize("keys", [{"module_defaults": True}, {"environment": True}], ids=str)
def test_credentials_that_only_the_play_has_are_missing_in_a_role_and_the_message_says_why(
    play, emulator, inventory, player, keys
):
    username, password = player.environ.pop("ALIANZA_USERNAME"), player.environ.pop("ALIANZA_PASSWORD")
    given = {
        "module_defaults": {"group/alianza.sip_trunking.alianza": {"username": username, "password": password}},
        "environment": {"ALIANZA_USERNAME": username, "ALIANZA_AUTH_TOKEN": "t0ken"},
    }
    played = play(*inventory(one=BY_ID), **{key: given[key] for key in keys})
    assert "roles take alianza_username and alianza_password" in failures(played)["one"], played.output
    assert emulator.log() == []
