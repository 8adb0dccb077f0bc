# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role pbx_registration: files of four kinds of PBX, read back by parsers of their formats.

The programs themselves read them in the end-to-end tests.
"""

from __future__ import annotations

import grp
import json
import os
import pwd
import stat
import string

import pytest

from ansible_collections.alianza.sip_trunking.tests.support import pbx_readers
from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, known, leaks
from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD

ROLE = {"role": "alianza.sip_trunking.pbx_registration"}
PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "
# No format holds every text: blanks at an end are not for Asterisk, colons not for FreeSWITCH.
EVERY = PRINTABLE.replace(":", "").replace(" ", "") + " x"
PASSWORDS = {
    "Lindon HQ": EVERY,
    "DR: {{ 7 * 7 }}": "{{ 7 * 7 }}{% raw %}{#\\;",
    'Provo "Café" ;--': 'a;b "c" $${domain}--',
    "Spare": "plain-secret",
}
NAMES = ["alianza-lindon-hq", "alianza-dr-7-7", "alianza-provo-cafe", "alianza-spare"]
USERS = {name: "user-%d.x" % place for place, name in enumerate(PASSWORDS)}
PROXY = "siptrunk.p2.example.net:5065"


@pytest.fixture(name="pbx")
def fixture_pbx(player, emulator, tmp_path_factory):
    """An account with trunks that have difficult names and passwords, and a folder for files of PBXs."""
    emulator.seed(
        accounts=[
            {
                "id": "PBX",
                "accountNumber": "900",
                "accountName": "PBX",
                "trunks": [
                    {"id": "T%d" % place, "trunkName": name, "sipUsername": USERS[name], "sipPassword": PASSWORDS[name]}
                    for place, name in enumerate(PASSWORDS)
                ],
            }
        ]
    )
    # Never used by this role: it would be the same for every host.
    player.environ["ALIANZA_ACCOUNT_ID"] = "ACCOUNT_1"
    return tmp_path_factory.mktemp("etc")


def play(player, hosts, check=False, diff=False, environ=None, handlers=("Reload A", "Reload B", "Reload C")):
    """Run the role on hosts at -vvvvv, and return what was Played; asserts that no secret is in anything that it left but the PBXs' files."""
    book = [
        {
            "hosts": "all",
            "connection": "local",
            "gather_facts": False,
            "force_handlers": True,
            "roles": [ROLE],
            "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
            "tasks": [
                {"name": "Run handlers", "ansible.builtin.meta": "flush_handlers"},
                {
                    "name": "Show what the role left",
                    "ansible.builtin.debug": {
                        "msg": "{{ [pbx_registration_composed, pbx_registration_rendered, pbx_registration_written | default('')] }}"
                    },
                },
            ],
            "handlers": [{"name": name, "ansible.builtin.debug": {"msg": "done"}} for name in handlers],
        }
    ]
    (player.folder / "pbx.yml").write_text(json.dumps(book))
    (player.folder / "hosts.json").write_text(json.dumps({"all": {"hosts": hosts}}))
    played = player.playbook(
        "pbx.yml",
        "-i",
        "hosts.json",
        check=check,
        diff=diff,
        verbosity=5,
        environ=dict(
            {"HOME": str(player.folder), "ANSIBLE_DISPLAY_TRACEBACK": "always", "ANSIBLE_INJECT_INVOCATION": "True"},
            **(environ or {}),
        ),
    )
    return played


def handlers_of(played):
    """Return the names of the handlers that ran, in order."""
    return [event["task"] for event in played.events if "Reload" in event["task"]]


def assert_tight(player, emulator, played, **more):
    """Assert that nothing secret is in the output, the events and the files that a run left, and that everybody logged out."""
    texts = dict(files(player.folder), output=played.output, events=json.dumps(played.events))
    secrets = known(emulator, **more)
    assert EVERY in secrets.values()
    # The inventory of the test itself may hold the password of the API.
    texts.pop(str(player.folder / "hosts.json"))
    assert leaks(secrets, texts) == [] and emulator.open_tokens == 0


def two_of_each(folder):
    """Return two PBXs of each format."""
    three = ["Lindon HQ", "T1", 'Provo "Café" ;--']
    return [
        {
            "format": "asterisk",
            "path": "%s/pjsip_a.conf" % folder,
            "trunks": three,
            "handler": "Reload A",
            "pjsip_transport": "transport-udp",
            "owner": pwd.getpwuid(os.geteuid()).pw_name,
            "group": grp.getgrgid(os.getegid()).gr_name,
            "options": {"allow": "ulaw,alaw"},
        },
        {
            "format": "asterisk",
            "path": "%s/pjsip_b.conf" % folder,
            "trunks": "Spare",
            "prefix": "b_",
            "context": "inbound",
            "transport": "tls",
        },
        {"format": "freeswitch", "path": "%s/a.xml" % folder, "trunks": three, "handler": ["Reload A", "Reload B"]},
        {"format": "freeswitch", "path": "%s/b.xml" % folder, "trunks": ["Spare"], "expires": 600},
        {"format": "kamailio", "path": "%s/uacreg_a" % folder, "trunks": three, "contact": "192.0.2.1:5060"},
        {"format": "kamailio", "path": "%s/uacreg_b" % folder, "trunks": ["Spare"], "handler": ["Reload C"]},
        {"format": "baresip", "path": "%s/accounts_a" % folder, "trunks": ["Lindon HQ", "T1"], "handler": "Reload B"},
        {"format": "baresip", "path": "%s/accounts_b" % folder, "trunks": [], "handler": "Reload B"},
    ]


def test_two_pbxs_of_each_format_and_again(player, emulator, pbx):
    all_pbxs = two_of_each(pbx)
    hosts = {"pbx": {"alianza_account_number": "900", "alianza_pbxs": all_pbxs[2:4]}}
    predicted = play(player, hosts, check=True, diff=True)
    assert predicted.code == 0 and not list(pbx.iterdir()) and handlers_of(predicted) == ["Reload A", "Reload B"], (
        predicted.output
    )
    assert_tight(player, emulator, predicted)
    emulator.clear_log()

    hosts["pbx"]["alianza_pbxs"] = all_pbxs
    real = play(player, hosts, diff=True)
    assert real.code == 0 and handlers_of(real) == ["Reload A", "Reload B", "Reload C"], real.output
    assert_tight(player, emulator, real)
    asked = ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in emulator.log()]
    assert asked == ["POST authorize", "GET 900", "GET siptrunk_2", "PUT logout"], (
        "one login and one read for everything"
    )
    paths = [entry["path"] for entry in all_pbxs]
    assert sorted(map(str, pbx.iterdir())) == sorted(paths), "no backup, no temporary file"
    assert {stat.S_IMODE(os.stat(path).st_mode) for path in paths} == {0o600}
    texts = [open(path, encoding="utf-8").read() for path in paths]
    check_asterisk(*texts[:2])
    check_freeswitch(*texts[2:4])
    check_kamailio(*texts[4:6])
    check_baresip(*texts[6:])

    # Everything from variables this time, and nothing changes.
    hosts["pbx"].update(
        alianza_pbxs=all_pbxs[::2],
        alianza_account_id="PBX",
        alianza_account_number="wrong",
        alianza_api_url=emulator.url,
        alianza_username="user@example.net",
        alianza_password=PASSWORD,
        alianza_validate_certs=False,
        alianza_retries=0,
        alianza_timeout=9,
    )
    environ = dict.fromkeys(player.environ)
    again = play(player, hosts, environ=environ)
    assert again.code == 0 and again.changes() == 0 and handlers_of(again) == [], again.output
    assert_tight(player, emulator, again)

    # One trunk gets another password, and one file another mode: who has neither is not told.
    os.chmod(paths[3], 0o644)
    rotate(emulator, "Spare", "n3w {{ secret }}")
    hosts["pbx"]["alianza_pbxs"] = [all_pbxs[place] for place in (3, 5, 6)]
    rotated = play(player, hosts, environ=environ)
    assert rotated.code == 0 and handlers_of(rotated) == ["Reload C"], rotated.output
    assert_tight(player, emulator, rotated, before=PASSWORDS["Spare"])
    assert pbx_readers.kamailio(open(paths[5], encoding="utf-8").read())[0]["auth_password"] == "n3w {{ secret }}"
    assert {stat.S_IMODE(os.stat(path).st_mode) for path in paths} == {0o600} and len(list(pbx.iterdir())) == len(paths)


def rotate(emulator, name, password):
    """Give a trunk another password behind everybody's back."""
    with emulator.store.lock:
        emulator.store.find_trunk(emulator.store.find_account("PBX"), name).data["sipPassword"] = password


def check_asterisk(first, second):
    """Assert what two files of Asterisk say."""
    sections = pbx_readers.asterisk(first)
    kinds = ["registration", "auth", "aor", "endpoint"]
    assert [(name, dict(options)["type"]) for name, options in sections] == [
        *((NAMES[0], kind) for kind in [*kinds, "identify"]),
        *((name, kind) for name in NAMES[1:3] for kind in kinds),
    ]
    for place, name in enumerate(list(PASSWORDS)[:3]):
        found = {dict(options)["type"]: dict(options) for section, options in sections if section == NAMES[place]}
        assert (found["auth"]["username"], found["auth"]["password"]) == (USERS[name], PASSWORDS[name])
        assert (found["registration"]["server_uri"], found["aor"]["contact"]) == ("sip:" + PROXY,) * 2
        assert (
            found["registration"]["client_uri"] == "sip:%s@%s" % (USERS[name], PROXY)
            and found["registration"]["line"] == "yes"
        )
        # Their default is never to try again.
        assert (found["registration"]["forbidden_retry_interval"], found["registration"]["fatal_retry_interval"]) == (
            "60",
            "60",
        )
        assert (
            found["endpoint"]["outbound_auth"]
            == found["registration"]["outbound_auth"]
            == found["registration"]["endpoint"]
            == NAMES[place]
        )
        assert (found["endpoint"]["allow"], found["endpoint"]["context"], found["endpoint"]["transport"]) == (
            "ulaw,alaw",
            "from-trunk",
            "transport-udp",
        )
    other = {
        dict(options)["type"]: dict(options)
        for section, options in pbx_readers.asterisk(second)
        if section == "b_spare"
    }
    assert (
        other["endpoint"]["context"] == "inbound"
        and other["registration"]["server_uri"] == "sip:%s;transport=tls" % PROXY
    )


def check_freeswitch(first, second):
    """Assert what two files of FreeSWITCH say."""
    gateways = pbx_readers.freeswitch(first, {"domain": "wrong"})
    assert list(gateways) == NAMES[:3]
    for gateway, name in zip(gateways.values(), list(PASSWORDS)[:3], strict=True):
        assert (gateway["auth-username"], gateway["password"]) == (USERS[name], PASSWORDS[name])
        assert (gateway["proxy"], gateway["register-proxy"], gateway["realm"]) == (
            PROXY,
            PROXY,
            PROXY.partition(":")[0],
        )
    assert pbx_readers.freeswitch(second)["alianza-spare"]["expire-seconds"] == "600"


def check_kamailio(first, second):
    """Assert what two tables of Kamailio say."""
    for row, name, uuid in zip(pbx_readers.kamailio(first), list(PASSWORDS)[:3], NAMES[:3], strict=True):
        assert (row["l_uuid"], row["auth_username"], row["auth_password"], row["auth_ha1"]) == (
            uuid,
            USERS[name],
            PASSWORDS[name],
            None,
        )
        assert (row["r_domain"], row["auth_proxy"]) == (PROXY.partition(":")[0], "sip:%s;transport=udp" % PROXY)
        assert row["contact_addr"] == "192.0.2.1:5060"
    assert [row["id"] for row in pbx_readers.kamailio(first)] == [1, 2, 3] and pbx_readers.kamailio(second)[0][
        "contact_addr"
    ] is None


def check_baresip(first, second):
    """Assert what two files of baresip say."""
    for account, name in zip(pbx_readers.baresip(first), list(PASSWORDS)[:2], strict=True):
        assert account.uri == "sip:%s@%s;transport=udp" % (USERS[name], PROXY)
        assert (account("auth_user"), account("auth_pass"), account("regint")) == (USERS[name], PASSWORDS[name], "3600")
    assert len(pbx_readers.baresip(first)) == 2 and pbx_readers.baresip(second) == []


def test_nothing_is_written_where_something_is_wrong(player, emulator, pbx):
    (pbx / "folder").mkdir(mode=0o755)
    (pbx / "foreign").touch(mode=0o600)
    emulator.seed(
        accounts=[
            {
                "id": "MUTE",
                "accountNumber": "901",
                "accountName": "Mute",
                "trunks": [{"id": "M1", "trunkName": "Mute", "sipPassword": "mute-secret"}],
            }
        ]
    )
    emulator.fault(
        "garbage",
        method="GET",
        path="/account/MUTE/siptrunk_2$",
        times=None,
        body=json.dumps(
            [
                {
                    "id": "M1",
                    "trunkName": "Mute",
                    "sipUsername": "mute-user",
                    "sipPassword": "mute-secret",
                    "sipProxyServer": "edge.example.net",
                }
            ]
        ),
    )
    rotate(emulator, "Spare", "with:colon")

    def one(**keys):
        return dict({"format": "freeswitch", "path": str(pbx / "never.xml"), "trunks": ["Lindon HQ"]}, **keys)

    cases = {
        "account": ({"alianza_pbxs": [one()]}, "Host account has no account for its trunks: set alianza_account_id"),
        "trunk": (
            {"alianza_pbxs": [one(), one(path=str(pbx / "never2"), trunks=["Nobody {{ '{{' }} 1 }}"])]},
            "no trunk with the name 'Nobody {{ 1 }}'",
        ),
        "colon": (
            {"alianza_pbxs": [one(), one(path=str(pbx / "never2"), trunks=["Spare"])]},
            "Trunk 'Spare': its SIP password contains a colon, which FreeSWITCH cannot read: set another one with alianza_sip_trunk",
        ),
        "mute": (
            {"alianza_account_id": "MUTE", "alianza_pbxs": [one(trunks=["Mute"])]},
            "Trunk 'Mute': the API did not return the port of its SIP proxy",
        ),
        "login": (
            {"alianza_password": "wr0ng-passw0rd", "alianza_pbxs": [one()]},
            "refused the login as user@example.net",
        ),
        "keys": ({"alianza_pbxs": [one(conext="x"), one(format="sip")]}, "2 faults, nothing was written"),
        "folder": (
            {"alianza_pbxs": [one(path=str(pbx / "folder"))]},
            "Not a regular file, nothing was written: %s" % (pbx / "folder"),
        ),
        # The last file fails when it is written; who is to be told of the other one is told.
        "half": (
            {
                "alianza_pbxs": [
                    one(path=str(pbx / "half"), handler="Reload A"),
                    one(path=str(pbx / "foreign"), owner="no-such-user"),
                ]
            },
            "%s: " % (pbx / "foreign"),
        ),
        "nowhere": (
            {
                "alianza_pbxs": [
                    one(path=str(pbx / "never"), handler="Reload B"),
                    one(path=str(pbx / "no" / "where"), handler="Reload B"),
                ]
            },
            "No such folder, nothing was written: %s: create it" % (pbx / "no"),
        ),
    }
    hosts = {
        name: dict({} if name == "account" else {"alianza_account_id": "PBX"}, **variables)
        for name, (variables, dummy) in cases.items()
    }
    played = play(player, hosts)
    said = {
        event["host"]: str(event["result"].get("results") or event["result"]["msg"])
        for event in played.events
        if event["outcome"] == "failed" and "censored" not in event["result"]
    }
    for name, (dummy, expected) in cases.items():
        assert expected in said[name], (name, said)
        if name != "folder":
            assert "plugin" not in said[name] and "Traceback" not in said[name], said[name]
    assert (
        sorted(path.name for path in pbx.iterdir()) == ["folder", "foreign", "half"]
        and stat.S_IMODE((pbx / "folder").stat().st_mode) == 0o755
    )
    assert [(event["host"], event["task"]) for event in played.events if event["task"].startswith("Reload")] == [
        ("half", "Reload A")
    ]
    assert_tight(player, emulator, played, mute="mute-secret", wrong="wr0ng-passw0rd")


def test_the_playbook_takes_handlers_in_and_stops_before_a_file_is_written_if_one_is_missing(player, emulator, pbx):
    def host(handler, name, **keys):
        return dict(
            {
                "alianza_account_id": "PBX",
                "ansible_python_interpreter": "{{ ansible_playbook_python }}",
                "ansible_connection": "local",
            },
            alianza_pbxs=[
                {"format": "baresip", "path": str(pbx / name), "trunks": ["Spare"], "handler": handler, **keys}
            ],
        )

    inventory, handlers = player.folder / "inventory.json", player.folder / "handlers.json"
    hosts = {
        "right": host("Reload A", "right"),
        "wrong": host(["Reload A", "Relaod B"], "wrong"),
        "customer": host("Reload A", "never"),
    }
    hosts["customer"]["alianza_trunks"] = hosts["customer"].pop("alianza_pbxs")[:0]
    handlers.write_text(
        json.dumps([{"name": name, "ansible.builtin.debug": {"msg": "done"}} for name in ("Reload A", "Reload B")])
    )

    def run(*arguments):
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        return player.playbook(
            "alianza.sip_trunking.register_pbx", "-i", str(inventory), *arguments, environ={"ANSIBLE_STRATEGY": "free"}
        )

    # "right" has a handler that is there, and its file is not written either.
    stopped = run("-e", "pbx_registration_handlers_file=handlers.json")
    assert stopped.code not in (0, 2) and "The requested handler 'Relaod B' was not found" in stopped.output, (
        stopped.output
    )
    assert not list(pbx.iterdir()) and handlers_of(stopped) == []

    # The handler whose name was corrected runs now, because nothing was written before.
    hosts["wrong"]["alianza_pbxs"][0]["handler"] = "Reload B"
    corrected = run("-e", "pbx_registration_handlers_file=%s" % handlers)
    failed = [(event["host"], event["result"]["msg"]) for event in corrected.events if event["outcome"] == "failed"]
    assert (
        len(failed) == 1
        and failed[0][0] == "customer"
        and failed[0][1].startswith("Host customer is no PBX, it has no alianza_pbxs")
    ), corrected.output
    assert sorted(
        (event["host"], event["task"]) for event in corrected.events if event["task"].startswith("Reload")
    ) == [
        ("right", "Reload A"),
        ("wrong", "Reload B"),
    ]
    assert sorted(path.name for path in pbx.iterdir()) == ["right", "wrong"] and emulator.open_tokens == 0

    # Without a file of handlers there are none, and none is needed where nothing changes.
    unchanged = run("-e", "alianza_hosts=right")
    assert unchanged.code == 0 and unchanged.changes() == 0, unchanged.output
