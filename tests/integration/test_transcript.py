# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The transcript: a HAR file of every request and answer, shared by tasks and hosts, without secrets."""

from __future__ import annotations

import json
import stat
import urllib.parse

from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD
from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION

SIP_PASSWORD = "n0t-to-be-seen"
REDACTED = "(redacted)"


def har(path):
    """Return the entries of a transcript that is whole and for its owner only."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    log = json.loads(path.read_text())["log"]
    assert log["version"] == "1.2" and log["creator"]["name"] == "alianza.sip_trunking"
    return log["entries"]


def requests(entries):
    """Return (method, path) of entries, sorted."""
    return sorted(
        (entry["request"]["method"], urllib.parse.urlsplit(entry["request"]["url"]).path) for entry in entries
    )


def sent(emulator):
    """Return (method, path) of what the emulator got, sorted."""
    return sorted((entry["method"], entry["path"]) for entry in emulator.log())


def the(entries, method, last):
    """Return the first entry of a method and an end of a path."""
    return next(
        entry
        for entry in entries
        if entry["request"]["method"] == method and urllib.parse.urlsplit(entry["request"]["url"]).path.endswith(last)
    )


def test_hosts_that_run_at_the_same_time_share_one_transcript(player, emulator, tmp_path):
    hosts = ["FIRST", "SECOND"]
    emulator.seed(
        accounts=[
            {
                "id": name,
                "accountNumber": name,
                "accountName": name,
                "telephone_numbers": ["18015551000-18015551019"],
                "trunks": [{"id": "T1", "trunkName": "Other", "sipPassword": "0ther-" + SIP_PASSWORD}],
            }
            for name in hosts
        ]
    )
    (tmp_path / "inventory").write_text("\n".join(hosts))
    path = tmp_path / "shared.har"
    # Others could read it until now.
    path.touch(0o644)
    account = {"account_id": "{{ inventory_hostname }}"}
    played = player.tasks(
        ("alianza_sip_trunk", dict(account, name="HQ", concurrent_calls=5, sip_password=SIP_PASSWORD)),
        ("alianza_tn_route", dict(account, trunk_name="HQ", telephone_numbers=["18015551000-18015551019"])),
        {COLLECTION + "alianza_sip_credentials_info": dict(account, trunk_name="HQ"), "check_mode": True},
        play={"hosts": "all"},
        environ={
            "ANSIBLE_INVENTORY": str(tmp_path / "inventory"),
            "ANSIBLE_FORKS": "2",
            "ALIANZA_TRANSCRIPT_PATH": str(path),
        },
    )
    assert len(played.results) == 6 and not any(result["failed"] for result in played.results), played.output
    assert [result["sip_password"] for result in played.results[4:]] == [SIP_PASSWORD] * 2
    assert (played.results[4]["sip_proxy_host"], played.results[4]["sip_proxy_port"]) == (
        "siptrunk.p2.example.net",
        5065,
    )
    entries = har(path)
    assert requests(entries) == sent(emulator) and len(entries) == 2 * (4 + 24 + 3)
    assert len({entry["connection"] for entry in emulator.log()}) > 1

    text = path.read_text()
    tokens = {entry["headers"]["X-AUTH-TOKEN"] for entry in emulator.log() if "X-AUTH-TOKEN" in entry["headers"]}
    assert len(tokens) == 6
    for secret in (
        SIP_PASSWORD,
        *tokens,
        PASSWORD,
        json.dumps(PASSWORD)[1:-1],
        json.dumps(json.dumps(PASSWORD)[1:-1])[1:-1],
    ):
        assert secret not in text
    login = the(entries, "POST", "/authorize")
    assert json.loads(login["request"]["postData"]["text"]) == {"username": "user@example.net", "password": REDACTED}
    assert json.loads(login["response"]["content"]["text"])["authToken"] == REDACTED
    create = the(entries, "POST", "/siptrunk_2")
    assert {"name": "X-AUTH-TOKEN", "value": REDACTED} in create["request"]["headers"]
    body = json.loads(create["request"]["postData"]["text"])
    assert body["trunkName"] == "HQ" and body["sipPassword"] == REDACTED
    answer = json.loads(create["response"]["content"]["text"])
    assert create["response"]["status"] == 200 and answer["id"] in {emulator.trunk(name, "HQ")["id"] for name in hosts}
    (listed,) = json.loads(the(entries, "GET", "/siptrunk_2")["response"]["content"]["text"])
    assert (listed["trunkName"], listed["sipPassword"]) == ("Other", REDACTED)


def test_the_option_its_failures_and_long_bodies(player, emulator, tmp_path):
    emulator.seed(
        accounts=[
            {
                "id": "LONG",
                "accountNumber": "200",
                "accountName": "Long",
                "telephone_numbers": ["18015552000-18015552499"],
            }
        ]
    )
    emulator.fault("garbage", path="/ACCOUNT_1/siptrunk_2", body="<p>%s</p>" % SIP_PASSWORD, times=None)
    emulator.fault("reset", path="/ACCOUNT_1/telephonenumber", times=None)
    other, link, path, module = (
        tmp_path / "other.txt",
        tmp_path / "link.har",
        tmp_path / "option.har",
        "alianza_telephone_number_info",
    )
    other.write_text("something else\n")
    (tmp_path / "empty").touch()
    link.symlink_to(tmp_path / "empty")
    bad = [tmp_path / "nowhere" / "t.har", tmp_path, other, link]
    played = player.tasks(*((module, {"transcript_path": str(each), "account_id": "LONG"}) for each in bad))
    for result, each in zip(played.results, bad, strict=True):
        assert not result["failed"] and len(result["telephone_numbers"]) == 500, result
        (warning,) = result["warnings"]
        assert warning.startswith("transcript_path: %s " % each), warning
    emulator.clear_log()
    assert other.read_text() == "something else\n" and (tmp_path / "empty").read_text() == ""

    played = player.tasks(
        (module, {"transcript_path": str(path), "account_id": "LONG"}),
        ("alianza_sip_trunk_info", {"transcript_path": str(path)}),
        (module, {"transcript_path": str(path)}),
        check=True,
        environ={"ALIANZA_TRANSCRIPT_PATH": str(other), "ALIANZA_RETRIES": "0"},
    )
    assert [result.get("failure", {}).get("kind") for result in played.results] == [
        None,
        "invalid_response",
        "network",
    ], played.output
    entries = har(path)
    assert requests(entries) == sent(emulator) and len(entries) == 9
    assert other.read_text() == "something else\n"
    # A long body is cut off, one that cannot be read is not kept, and what was never answered has no status.
    long = entries[1]["response"]["content"]
    assert long["text"].endswith("more characters)") and len(long["text"]) < 70000 < long["size"]
    garbage = entries[4]["response"]
    assert garbage["status"] == 200 and "text" not in garbage["content"] and SIP_PASSWORD not in path.read_text()
    assert entries[7]["response"]["status"] == 0 and "127.0.0.1" in entries[7]["response"]["statusText"]
