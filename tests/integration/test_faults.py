# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection does when the API, or the line to it, fails: the state the platform ends in, and how often it was asked.

Most tests give every fault an account of its own and play all accounts at the same time, as hosts, which a user would do too.
"""

from __future__ import annotations

import email.utils
import socket
import time

import pytest
from harness import COLLECTION

HERE = "{{ inventory_hostname }}"
HQ = {"account_id": HERE, "name": "HQ", "concurrent_calls": 5}


def accounts(emulator, *names, **parts):
    """Seed one account for each name; the name is its id, its number and its name."""
    emulator.seed(accounts=[dict(parts, id=name, accountNumber=name, accountName=name) for name in names])


def fault(emulator, account, method, last, action, **fields):
    """Have a fault hit requests to one account whose path ends in `last`, a regular expression."""
    return emulator.fault(action, method=method, path="/account/%s/(.*/)?%s$" % (account, last), **fields)


def for_hosts(names, module, options, **keywords):
    """Return a task that runs on some of the accounts only."""
    return dict({COLLECTION + module: options, "when": "inventory_hostname in %r" % (sorted(names),)}, **keywords)


def control(emulator, method, path, body=None):
    """Return a task that tells the emulator something between two others."""
    return {
        "ansible.builtin.uri": {
            "url": emulator.url + "/_emulator" + path,
            "method": method,
            "body_format": "json",
            "body": body or {},
        },
        "run_once": True,
    }


def play(player, names, *tasks, environ=None):
    """Run the tasks on all accounts at the same time, and return {account: [result of each of our modules]}."""
    inventory = player.folder / "accounts"
    inventory.write_text("\n".join(names) + "\n")
    played = player.tasks(
        *tasks,
        play={"hosts": "all"},
        environ=dict(
            {
                "ANSIBLE_INVENTORY": str(inventory),
                "ANSIBLE_FORKS": "6",
                "ALIANZA_RETRIES": "1",
                "ALIANZA_TIMEOUT": "30",
            },
            **(environ or {}),
        ),
    )
    assert "Traceback" not in played.output
    results = {name: [] for name in names}
    for event, result in zip(played.events, played.results):
        if event["task"].startswith(COLLECTION) and event["outcome"] != "skipped":
            results[event["host"]].append(result)
    return results


def sent(emulator, account, method=None, last=".*"):
    """Return 'METHOD last-part-of-path' of what went to an account."""
    entries = emulator.log(method, "/account/%s/(.*/)?%s$" % (account, last))
    return ["%s %s" % (entry["method"], entry["path"].rpartition("/")[2]) for entry in entries]


def kind(result):
    """Return the kind of a failure; None for a success."""
    return result["failure"]["kind"] if result["failed"] else None


def routed(emulator, account):
    """Return the numbers of an account that ring at a trunk."""
    return [
        each["phoneNumber"]
        for each in emulator.account(account)["telephone_numbers"]
        if each.get("referenceType") == "SIP_TRUNK"
    ]


# Creating, the one request that must not be repeated blindly.

LIST_IS_GONE = ("GET", "siptrunk_2", "reset", {"skip": 1, "times": 2})
CREATES = {
    # account: (faults, the first task's failure, the requests of the first task after its first look at the list)
    "RESET_AFTER": ([("POST", "siptrunk_2", "reset", {"when": "after"})], None, "POST GET"),
    "HANG_AFTER": ([("POST", "siptrunk_2", "hang", {"when": "after", "seconds": 60})], None, "POST GET"),
    "ERROR_AFTER": ([("POST", "siptrunk_2", "status", {"when": "after", "status": 500})], None, "POST GET"),
    "GARBAGE_AFTER": ([("POST", "siptrunk_2", "garbage", {"when": "after"})], None, "POST GET"),
    "BUSY_BEFORE": ([("POST", "siptrunk_2", "status", {"status": 503})], None, "POST GET GET POST"),
    "LOST_TWICE": (
        [("POST", "siptrunk_2", "reset", {}), ("POST", "siptrunk_2", "reset", {"when": "after"})],
        None,
        "POST GET GET POST GET",
    ),
    "LIST_GONE": ([("POST", "siptrunk_2", "reset", {"when": "after"}), LIST_IS_GONE], "network", "POST GET GET"),
    "BUSY_TWICE": (
        [("POST", "siptrunk_2", "status", {"status": 503, "times": 2})],
        "server",
        "POST GET GET POST GET GET",
    ),
    "WORD": ([("POST", "siptrunk_2", "status", {"status": 500, "body": "ErrorGettingAccount"})], "refused", "POST"),
}


def test_a_lost_answer_to_a_create_leaves_exactly_one_trunk(player, emulator):
    accounts(emulator, *CREATES)
    for name, (faults, dummy, dummy) in CREATES.items():
        for method, last, action, fields in faults:
            fault(emulator, name, method, last, action, **fields)
    patient = dict(HQ, timeout="{{ 2 if inventory_hostname == 'HANG_AFTER' else 30 }}")
    first = {COLLECTION + "alianza_sip_trunk": patient, "register": "first"}
    rerun = {COLLECTION + "alianza_sip_trunk": HQ, "when": "first is failed"}
    results = play(player, list(CREATES), first, rerun)
    for name, (faults, failure, requests) in CREATES.items():
        trunks = emulator.account(name)["trunks"]
        assert [trunk["trunkName"] for trunk in trunks] == ["HQ"], name
        log = ["%s" % entry["method"] for entry in emulator.log(path="/account/%s/" % name)]
        assert log[: 1 + len(requests.split())] == ["GET"] + requests.split(), name
        made = results[name][0]
        assert kind(made) == failure, (name, made.get("msg"))
        if failure is None:
            assert len(results[name]) == 1 and len(log) == 1 + len(requests.split()), (name, log)
        else:
            assert len(results[name]) == 2 and not results[name][1]["failed"], (name, results[name])
            assert results[name][1]["changed"] is (name != "LIST_GONE"), name
        trunk = results[name][-1]["sip_trunk"]
        assert (trunk["trunk_id"], trunk["sip_username"]) == (trunks[0]["id"], trunks[0]["sipUsername"]), name
        bodies = [entry["body"] for entry in emulator.log("POST", "/account/%s/" % name)]
        # A second POST has the same credentials as the first.
        assert failure or all(body["sipPassword"] == trunks[0]["sipPassword"] for body in bodies), name
        assert results[name][0]["changed"] is (failure is None), name
    assert "whether the trunk was created is not known" in results["BUSY_TWICE"][0]["msg"]
    assert emulator.open_tokens == 0


def test_a_create_that_is_told_already_exists_accepts_its_own_trunk_and_no_other(player, emulator):
    """The list is late, so a trunk that was created is not in it yet, and the second POST is refused."""
    accounts(emulator, "LOST", "EMPTY")
    accounts(emulator, "OTHERS", trunks=[{"id": "T1", "trunkName": "HQ", "concurrentCalls": 5}])
    emulator.set(list_lag_reads=2)
    fault(emulator, "LOST", "POST", "siptrunk_2", "reset", when="after")
    fault(emulator, "EMPTY", "POST", "siptrunk_2", "status", status=204, when="after")
    fault(emulator, "OTHERS", "GET", "siptrunk_2", "status", status=200, body=[])
    fault(emulator, "OTHERS", "POST", "siptrunk_2", "reset")
    results = play(player, ["LOST", "EMPTY", "OTHERS"], ("alianza_sip_trunk", HQ), ("alianza_sip_trunk", HQ))
    assert [kind(results[name][0]) for name in ("LOST", "EMPTY", "OTHERS")] == [None, "invalid_response", "refused"], (
        results
    )
    for name in results:
        assert kind(results[name][1]) is None and not results[name][1]["changed"], name
        assert len(emulator.account(name)["trunks"]) == 1
    assert results["LOST"][0]["changed"]
    assert [entry["status"] for entry in emulator.log("POST", "/account/LOST/")] == [None, 400]
    assert results["LOST"][0]["sip_trunk"]["trunk_id"] == emulator.account("LOST")["trunks"][0]["id"]
    assert "does not show it" in results["EMPTY"][0]["msg"] and len(sent(emulator, "EMPTY", "POST")) == 1
    assert "already exists" in results["OTHERS"][0]["msg"] and emulator.account("OTHERS")["trunks"][0]["id"] == "T1"


# Everything else is repeated.

READS = {
    # account: (fault, the least seconds until the request was repeated)
    "BUSY": (("status", {"status": 503}), 0),
    "LIMITED": (("status", {"status": 429, "headers": {"Retry-After": "1"}}), 1),
    "LIMITED_DATE": (("status", {"status": 429}), 0),
    "RESET": (("reset", {}), 0),
    "TRUNCATED": (("truncate", {}), 0),
    "GARBAGE": (("garbage", {}), 0),
    "CUT_OFF": (("close_midway", {}), 0),
    "HANG": (("hang", {"seconds": 60}), 2),
}


def test_reads_are_repeated(player, emulator):
    accounts(emulator, *READS, trunks=[{"id": "T1", "trunkName": "HQ"}])
    for name, ((action, fields), dummy) in READS.items():
        if name == "LIMITED_DATE":
            fields = dict(fields, headers={"Retry-After": email.utils.formatdate(time.time() + 5, usegmt=True)})
            due = time.monotonic() + 5
        fault(emulator, name, "GET", "siptrunk_2", action, **fields)
    results = play(
        player,
        list(READS),
        ("alianza_sip_trunk_info", {"account_id": HERE, "timeout": "{{ 2 if inventory_hostname == 'HANG' else 30 }}"}),
    )
    for name, (dummy, least) in READS.items():
        (result,) = results[name]
        assert not result["failed"], (name, result["msg"])
        assert [trunk["trunk_id"] for trunk in result["sip_trunks"]] == ["T1"]
        asked = [entry["t"] for entry in emulator.log("GET", "/account/%s/" % name)]
        assert len(asked) == 2, name
        assert asked[1] - asked[0] >= least, name
        # A date has whole seconds.
        assert name != "LIMITED_DATE" or asked[1] >= due - 1
    assert emulator.open_tokens == 0


TRUNKS = [{"id": "T1", "trunkName": "HQ", "callbackNumber": "18015550001"}, {"id": "T2", "trunkName": "DR"}]
CALLBACK = ("alianza_sip_trunk", {"name": "HQ", "callback_number": "18015550002"})
DIVERT = ("alianza_trunk_forwarding", {"trunk_name": "HQ", "forward_on_failure": [{"trunk_name": "DR"}]})
ROUTE = ("alianza_tn_route", {"trunk_name": "HQ", "telephone_numbers": ["18015550000"]})
DELETE = ("alianza_sip_trunk", {"name": "DR", "state": "absent"})
WRITES = {
    # account: (module and options, method, end of path, action, fields, what is sent from the write on)
    "PATCH_BUSY": (*CALLBACK, "PATCH", "T1", "status", {"status": 503}, "PATCH PATCH"),
    "PATCH_RESET": (*CALLBACK, "PATCH", "T1", "reset", {"when": "after"}, "PATCH PATCH"),
    "PATCH_GARBAGE": (*CALLBACK, "PATCH", "T1", "garbage", {"when": "after"}, "PATCH GET"),
    "PUT_RESET": (*DIVERT, "PUT", "forward", "reset", {"when": "after"}, "PUT PUT"),
    "NUMBER_RESET": (*ROUTE, "PATCH", "18015550000", "reset", {}, "PATCH PATCH"),
    "NUMBER_LIST": (
        *ROUTE,
        "PATCH",
        "18015550000",
        "status",
        {"status": 200, "body": [], "when": "after"},
        "PATCH GET",
    ),
    "DELETE_LOST": (*DELETE, "DELETE", "T2", "reset", {"when": "after"}, "DELETE DELETE"),
    "DELETE_BUSY": (*DELETE, "DELETE", "T2", "status", {"status": 503}, "DELETE DELETE"),
}


def test_writes_other_than_creates_are_repeated_until_they_are_taken(player, emulator):
    accounts(emulator, *WRITES, trunks=TRUNKS, telephone_numbers=["18015550000"])
    tasks = {}
    for name, (module, options, method, last, action, fields, dummy) in WRITES.items():
        fault(emulator, name, method, last, action, **fields)
        tasks.setdefault(str((module, options)), (module, options, []))[2].append(name)
    results = play(
        player,
        list(WRITES),
        *(for_hosts(names, module, dict(options, account_id=HERE)) for module, options, names in tasks.values()),
    )
    for name, (module, options, method, last, dummy, dummy, requests) in WRITES.items():
        (result,) = results[name]
        assert not result["failed"] and result["changed"], (name, result.get("msg"))
        log = [entry["method"] for entry in emulator.log(path="/account/%s/" % name)]
        assert log[log.index(method) :] == requests.split(), name
        trunks = {trunk["id"]: trunk for trunk in emulator.account(name)["trunks"]}
        assert (trunks["T1"]["callbackNumber"] == "18015550002") is (options is CALLBACK[1]), name
        assert bool(trunks["T1"]["forward"]) is (options is DIVERT[1]), name
        assert bool(routed(emulator, name)) is (options is ROUTE[1]), name
        assert ("T2" not in trunks) is (options is DELETE[1]), name
    assert [entry["status"] for entry in emulator.log("DELETE", "/account/DELETE_LOST/")] == [None, 404]


def test_a_write_whose_answer_cannot_be_read_is_not_taken_for_done(player, emulator):
    """The answers are garbage and nothing was written: the object itself shows that, also by a field that it lacks."""
    accounts(
        emulator,
        "TRUNK",
        "RULES",
        "NUMBER",
        trunks=[{"id": "T1", "trunkName": "HQ"}, {"id": "T2", "trunkName": "DR"}],
        telephone_numbers=["18015550000"],
    )
    fault(emulator, "TRUNK", "PATCH", "T1", "garbage", times=None)
    fault(emulator, "RULES", "PUT", "forward", "garbage", times=None)
    fault(emulator, "NUMBER", "PATCH", "18015550000", "garbage", times=None)
    results = play(
        player,
        ["TRUNK", "RULES", "NUMBER"],
        *(
            for_hosts([name], module, dict(options, account_id=HERE))
            for name, (module, options) in (("TRUNK", CALLBACK), ("RULES", DIVERT), ("NUMBER", ROUTE))
        ),
    )
    for name in results:
        trunk = emulator.trunk(name, "HQ")
        assert "callbackNumber" not in trunk and not trunk["forward"] and not routed(emulator, name)
    assert {name: kind(result[0]) for name, result in results.items()} == dict.fromkeys(results, "not_applied"), results


# What is final.

LISTED = ("siptrunk_2", "status")
FINAL = {
    # account: (end of path, action, fields, kind, how often it is asked)
    "SERVER": (*LISTED, {"status": 503}, "server", 2),
    "LIMITED": (*LISTED, {"status": 429, "headers": {"Retry-After": "0"}}, "rate_limited", 2),
    "RESET": ("siptrunk_2", "reset", {}, "network", 2),
    "HANG": ("siptrunk_2", "hang", {"seconds": 60}, "timeout", 2),
    "GARBAGE": ("siptrunk_2", "garbage", {}, "invalid_response", 2),
    "WORD_PASSWORD": (*LISTED, {"status": 500, "body": "ErrorIsPasswordValid"}, "refused", 1),
    "OBJECT": (*LISTED, {"status": 200, "body": {"trunks": []}}, "invalid_response", 1),
    "STRINGS": (*LISTED, {"status": 200, "body": ["T1"]}, "invalid_response", 1),
    "ODD_FIELD": (
        *LISTED,
        {"status": 200, "body": [{"id": "T1", "trunkName": "HQ", "extensionPatterns": 21}]},
        "invalid_response",
        1,
    ),
    "ODD_TARGETS": ("forward", "status", {"status": 200, "body": {"forwardOnFailure": ["T1"]}}, "invalid_response", 1),
}


def test_a_read_that_fails_for_good_is_told_by_its_kind_and_names_the_host(player, emulator):
    accounts(emulator, *FINAL, trunks=[{"id": "T1", "trunkName": "HQ"}])
    for name, (last, action, fields, dummy, dummy) in FINAL.items():
        fault(emulator, name, "GET", last, action, times=None, **fields)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = "http://127.0.0.1:%d" % unused.getsockname()[1]
        results = play(
            player,
            [*FINAL, "DEAD"],
            (
                "alianza_sip_trunk_info",
                {
                    "account_id": HERE,
                    "include": ["forwarding"],
                    "timeout": "{{ 2 if inventory_hostname == 'HANG' else 30 }}",
                    "api_url": "{{ '%s' if inventory_hostname == 'DEAD' else '%s' }}" % (dead, emulator.url),
                },
            ),
        )
    for name, (last, dummy, dummy, expected, times) in FINAL.items():
        (result,) = results[name]
        assert kind(result) == expected, (name, result["msg"])
        assert len(sent(emulator, name, "GET", last)) == times, name
        assert not result["changed"]
        if name not in ("STRINGS", "ODD_FIELD", "ODD_TARGETS"):
            assert emulator.url.partition("//")[2] in result["msg"], (name, result["msg"])
            assert result["failure"]["method"] == "GET" and result["failure"]["path"].endswith("/" + last), name
    assert results["WORD_PASSWORD"][0]["failure"]["messages"] == ["ErrorIsPasswordValid"]
    assert "ErrorIsPasswordValid" in results["WORD_PASSWORD"][0]["msg"]
    assert results["SERVER"][0]["failure"]["status"] == 503 and "(2 attempts)" in results["SERVER"][0]["msg"]
    (result,) = results["DEAD"]
    assert (
        kind(result) == "network" and dead.partition("//")[2] in result["msg"] and result["failure"]["status"] is None
    )
    assert emulator.open_tokens == 0 and not emulator.writes()


def test_a_404_means_absent_for_the_object_only(player, emulator):
    accounts(emulator, "RIGHT", telephone_numbers=["18015550000"])
    tasks = [
        ("alianza_sip_trunk", {"trunk_id": "T9", "state": "absent"}),
        ("alianza_trunk_forwarding", {"trunk_id": "T9", "state": "absent"}),
        ("alianza_tn_route", {"trunk_id": "T9", "telephone_numbers": ["18015550000"], "state": "absent"}),
    ]
    results = play(player, ["RIGHT", "WRONG"], *((module, dict(options, account_id=HERE)) for module, options in tasks))
    assert [(kind(result), result["changed"]) for result in results["RIGHT"]] == [(None, False)] * 3, results["RIGHT"]
    assert [kind(result) for result in results["WRONG"]] == ["not_found"] * 3, results["WRONG"]
    for result in results["WRONG"]:
        assert "has no account WRONG" in result["msg"]
    assert not emulator.writes() and emulator.open_tokens == 0


def test_redirects_are_not_followed(player, emulator):
    accounts(
        emulator,
        "GET",
        "POST",
        "PATCH",
        "PUT",
        "DELETE",
        "NUMBER",
        "LOGIN",
        trunks=TRUNKS,
        telephone_numbers=["18015550000"],
    )
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        other.setblocking(False)
        target = {"location": "http://127.0.0.1:%d/v2/authorize" % other.getsockname()[1], "times": None}
        emulator.fault("redirect", method="POST", path="/v2/authorize$", status=307, **dict(target, times=1))
        fault(emulator, "GET", "GET", "siptrunk_2", "redirect", status=301, **target)
        fault(emulator, "POST", "POST", "siptrunk_2", "redirect", status=307, **target)
        fault(emulator, "PATCH", "PATCH", "T1", "redirect", status=308, **target)
        fault(emulator, "PUT", "PUT", "forward", "redirect", status=302, **target)
        fault(emulator, "DELETE", "DELETE", "T2", "redirect", status=303, **target)
        fault(emulator, "NUMBER", "PATCH", "18015550000", "redirect", status=302, **target)
        results = play(
            player,
            ["LOGIN", "GET", "POST", "PATCH", "PUT", "DELETE", "NUMBER"],
            *(
                for_hosts([name], module, dict(options, account_id=HERE))
                for name, (module, options) in (
                    ("LOGIN", ("alianza_login", {})),
                    ("GET", ("alianza_sip_trunk_info", {})),
                    ("POST", ("alianza_sip_trunk", {"name": "New", "concurrent_calls": 1})),
                    ("PATCH", CALLBACK),
                    ("PUT", DIVERT),
                    ("DELETE", DELETE),
                    ("NUMBER", ROUTE),
                )
            ),
            environ={"ALIANZA_TIMEOUT": "5"},
        )
        with pytest.raises(BlockingIOError):
            other.accept()
    for name, (result,) in results.items():
        assert kind(result) == "invalid_response" and "redirect" in result["msg"], (name, result["msg"])
        assert 301 <= result["failure"]["status"] <= 308, name
        account = emulator.account(name)
        assert [trunk["id"] for trunk in account["trunks"]] == ["T1", "T2"] and not routed(emulator, name), name
        assert account["trunks"][0]["callbackNumber"] == "18015550001" and not account["trunks"][0]["forward"], name
    for name in ("GET", "PATCH", "PUT", "DELETE"):
        assert len(sent(emulator, name, name)) == 1, name


# Tokens.

TWENTY = {"trunk_name": "HQ", "telephone_numbers": ["18015550000-18015550019"], "account_id": HERE}


def test_a_token_that_expires_while_numbers_are_written_is_renewed_once(player, emulator):
    accounts(emulator, "WRITER", trunks=TRUNKS, telephone_numbers=["18015550000-18015550019"])
    fault(emulator, "WRITER", "PATCH", "[0-9]+", "expire_tokens", skip=5)
    results = play(player, ["WRITER"], ("alianza_tn_route", TWENTY), ("alianza_tn_route", TWENTY))
    first, again = results["WRITER"]
    assert not first["failed"] and len(first["routed"]) == 20, first["msg"]
    assert len(routed(emulator, "WRITER")) == 20
    assert not again["changed"]
    assert 1 <= len(emulator.log("PATCH", status=401)) <= 8 and len(emulator.log("PATCH", status=200)) == 20
    # Two logins of the first task, one of the second.
    assert [entry["status"] for entry in emulator.log("POST", "/v2/authorize$")] == [200] * 3
    assert emulator.open_tokens == 0


def test_a_token_that_was_given_is_replaced_only_by_a_login(player, emulator):
    accounts(emulator, "TOKEN", "BOTH", trunks=TRUNKS, telephone_numbers=["18015550000"])
    token = emulator.sessions.login(emulator.username, emulator.password).token
    emulator.expire_tokens()
    route = dict(ROUTE[1], account_id=HERE, auth_token=token, partition_id=emulator.partition_id)
    results = play(
        player,
        ["TOKEN", "BOTH"],
        for_hosts(["TOKEN"], "alianza_tn_route", dict(route, username="")),
        for_hosts(["BOTH"], "alianza_tn_route", route),
    )
    (only,), (both,) = results["TOKEN"], results["BOTH"]
    assert kind(only) == "authentication" and only["failure"]["status"] == 401, only["msg"]
    assert "auth_token" in only["msg"] and emulator.url.partition("//")[2] in only["msg"]
    assert len(sent(emulator, "TOKEN")) <= 2 and not routed(emulator, "TOKEN")
    assert not both["failed"] and routed(emulator, "BOTH") == ["18015550000"]
    assert len(emulator.log("POST", "/v2/authorize$")) == 1 and len(emulator.log("PUT", "/v2/authorize/logout$")) == 1
    assert emulator.open_tokens == 0


def test_a_refused_login_is_final(player, emulator):
    result = player.one("alianza_sip_trunk", name="HQ", concurrent_calls=1, password="wr0ng-password")
    assert (
        kind(result) == "authentication" and "user@example.net" in result["msg"] and "wr0ng-password" not in str(result)
    )
    assert [entry["path"] for entry in emulator.log()] == ["/v2/authorize"] and emulator.failed_logins == 1


def test_a_refused_second_login_is_final_for_all_threads(player, emulator):
    """The password was changed while numbers are written: every further attempt would bring the user nearer to a lock-out."""
    accounts(emulator, "WRITER", trunks=TRUNKS, telephone_numbers=["18015550000-18015550019"])
    emulator.set(latency_ms=50)
    fault(emulator, "WRITER", "PATCH", "[0-9]+", "expire_tokens", skip=5)
    emulator.fault("status", method="POST", path="/v2/authorize$", status=401, skip=1, times=None)
    (result,) = play(player, ["WRITER"], ("alianza_tn_route", TWENTY))["WRITER"]
    assert [entry["status"] for entry in emulator.log("POST", "/v2/authorize$")] == [200, 401]
    assert result["failed"] and "refused the login" in result["msg"]
    done = routed(emulator, "WRITER")
    assert 0 < len(done) < 20 and result["changed"] and sorted(result["routed"]) == sorted(done)
    assert len(result["failed_numbers"]) == 20 - len(done)


# Many writes of which some fail.


def numbers(result):
    """Return the numbers that a result says were not written."""
    return [each["telephone_number"] for each in result["failed_numbers"]]


def test_what_was_not_written_is_named_and_a_rerun_writes_only_that(player, emulator):
    accounts(emulator, "SOME", "REFUSED", "OUTAGE", trunks=TRUNKS, telephone_numbers=["18015550100-18015550159"])
    bad = {"18015550103": 400, "18015550120": 400, "18015550131": 503, "18015550145": 503}
    for number, status in bad.items():
        body = {"status": status, "messages": ["no %s" % number], "data": {}}
        fault(emulator, "SOME", "PATCH", number, "status", status=status, body=body)
    fault(emulator, "REFUSED", "PATCH", "[0-9]+", "status", status=400, times=None)
    fault(emulator, "OUTAGE", "PATCH", "[0-9]+", "status", status=503, skip=10, times=10)
    fault(emulator, "OUTAGE", "PATCH", "[0-9]+", "reset", skip=10, times=None)
    route = (
        "alianza_tn_route",
        {"account_id": HERE, "trunk_name": "HQ", "telephone_numbers": ["18015550100-18015550159"]},
    )
    results = play(
        player,
        ["SOME", "REFUSED", "OUTAGE"],
        route,
        control(emulator, "DELETE", "/faults"),
        route,
        environ={"ALIANZA_RETRIES": "0"},
    )
    every = [str(number) for number in range(18015550100, 18015550160)]
    for name, (first, again) in results.items():
        left = numbers(first)
        assert first["failed"] and sorted(first["routed"] + left) == every, name
        for number in left:
            assert number in first["msg"], name
        assert not again["failed"] and sorted(again["routed"]) == left and again["failed_numbers"] == [], name
        assert sorted(routed(emulator, name)) == every, name
        log = emulator.log("PATCH", "/account/%s/" % name)
        assert sorted(entry["path"][-11:] for entry in log[-len(left) :]) == left, name
        assert len(sent(emulator, name, "GET", "telephonenumber")) == 2, name

    first = results["SOME"][0]
    assert kind(first) == "partial" and first["changed"] and numbers(first) == list(bad)
    assert len(sent(emulator, "SOME", "PATCH")) == 60 + 4
    for each in first["failed_numbers"]:
        assert "no %s" % each["telephone_number"] in each["msg"]
    assert sorted(first["diff"]["after"]) == sorted(first["routed"])

    first = results["REFUSED"][0]
    assert kind(first) == "refused" and not first["changed"] and len(sent(emulator, "REFUSED", "PATCH")) == 60 + 60

    first = results["OUTAGE"][0]
    assert kind(first) == "partial" and first["changed"] and len(first["routed"]) == 10, first["msg"]
    tried = len(sent(emulator, "OUTAGE", "PATCH")) - 10 - len(numbers(first))
    assert 20 <= tried <= 34, (
        "20 failures in a row; the seven other threads may come late with a success, and with what they had begun"
    )
    skipped = [each for each in first["failed_numbers"] if "not attempted" in each["msg"]]
    assert len(skipped) == 50 - tried and "%d were not attempted" % len(skipped) in first["msg"]


def test_one_odd_answer_among_many_does_not_hide_what_became_of_the_others(player, emulator):
    accounts(emulator, "ODD", trunks=TRUNKS, telephone_numbers=["18015550000-18015550019"])
    fault(
        emulator,
        "ODD",
        "PATCH",
        "18015550007",
        "status",
        status=200,
        times=None,
        body={"phoneNumber": "18015550007", "referenceType": {"type": "SIP_TRUNK"}, "referenceId": ["T1"]},
    )
    (result,) = play(player, ["ODD"], ("alianza_tn_route", TWENTY))["ODD"]
    assert len(routed(emulator, "ODD")) == 19
    assert result["failed"] and numbers(result) == ["18015550007"] and len(result["routed"]) == 19, result["msg"]


# Accepted, and not taken.


def test_a_field_that_was_not_taken_is_named_after_one_more_look(player, emulator):
    busy = {"T1": {"forwardOnFailure": [{"referenceType": "BUSY"}]}}
    accounts(
        emulator,
        "ONE",
        "TWO",
        "NUMBER",
        "RULES",
        "NEW",
        telephone_numbers=["18015550000"],
        forwards=busy,
        trunks=[dict(TRUNKS[0], languageTag="de-DE"), TRUNKS[1]],
    )
    emulator.set(ignored_fields=["callbackNumber", "languageTag", "referenceType", "referenceId", "forwardOnFailure"])
    fault(emulator, "RULES", "PUT", "forward", "status", when="after", status=200, body=busy["T1"])
    two = dict(CALLBACK[1], language_tag="en-US", concurrent_calls=7)
    new = {"name": "New", "concurrent_calls": 1, "callback_number": "18015550002"}
    results = play(
        player,
        ["ONE", "TWO", "NUMBER", "RULES", "NEW"],
        *(
            for_hosts([name], module, dict(options, account_id=HERE))
            for name, (module, options) in (
                ("ONE", CALLBACK),
                ("TWO", ("alianza_sip_trunk", two)),
                ("NUMBER", ROUTE),
                ("RULES", DIVERT),
                ("NEW", ("alianza_sip_trunk", new)),
            )
        ),
    )
    assert {name: kind(result[0]) for name, result in results.items() if name != "NEW"} == dict.fromkeys(
        ("ONE", "TWO", "NUMBER", "RULES"), "not_applied"
    ), results
    assert "callback_number" in results["ONE"][0]["msg"] and "language_tag" not in results["ONE"][0]["msg"]
    assert (
        "callback_number and language_tag" in results["TWO"][0]["msg"]
        and "concurrent_calls" not in results["TWO"][0]["msg"]
    )
    assert "18015550000" in results["NUMBER"][0]["msg"] and numbers(results["NUMBER"][0]) == ["18015550000"]
    assert "forward_on_failure" in results["RULES"][0]["msg"]
    for name, write, look in (
        ("ONE", "PATCH T1", "GET T1"),
        ("TWO", "PATCH T1", "GET T1"),
        ("RULES", "PUT forward", "GET forward"),
        ("NUMBER", "PATCH 18015550000", "GET 18015550000"),
    ):
        log = sent(emulator, name)
        assert log[log.index(write) :] == [write, look], name
        assert not routed(emulator, name) and emulator.trunk(name, "HQ")["callbackNumber"] == "18015550001", name
        assert emulator.trunk(name, "HQ")["forward"] == busy["T1"], name
    assert emulator.trunk("TWO", "HQ")["concurrentCalls"] == 7
    assert results["TWO"][0]["changed"]
    # Of a new trunk, whose answer lacks the field altogether, at least the rest is there, once.
    assert len(emulator.account("NEW")["trunks"]) == 3


CLEARING = {
    # account: (tn_patch_null, tn_destination_put_clears, tn_put_clears, what is sent for the first number, and for each further one)
    "PATCH": ("clears", True, True, "PATCH", "PATCH"),
    "REFUSED": ("rejected", True, True, "PATCH PUT-destination GET", "PUT-destination GET"),
    "IGNORED": ("ignored", True, True, "PATCH GET PUT-destination GET", "PUT-destination GET"),
    "WHOLE": ("rejected", False, True, "PATCH PUT-destination GET GET GET PUT", "GET PUT"),
    "STUCK": ("ignored", False, False, "PATCH GET PUT-destination GET GET GET PUT GET", None),
}


def test_a_number_is_unrouted_in_whichever_way_the_api_takes_and_the_way_is_learnt(player, emulator):
    ring = [
        {"phoneNumber": "1801555000%d" % last, "referenceType": "SIP_TRUNK", "referenceId": "T1", "canAcceptSMS": True}
        for last in range(4)
    ]
    tasks = []
    for name, (patch, destination, whole, dummy, further) in CLEARING.items():
        accounts(emulator, name, trunks=TRUNKS, telephone_numbers=ring if further else ring[:1])
        tasks.append(
            control(
                emulator,
                "PUT",
                "/settings",
                {"tn_patch_null": patch, "tn_destination_put_clears": destination, "tn_put_clears": whole},
            )
        )
        tasks.append(
            (
                "alianza_tn_route",
                {
                    "account_id": name,
                    "trunk_name": "HQ",
                    "state": "absent",
                    "concurrency": 1,
                    "telephone_numbers": ["18015550000-1801555000%d" % (3 if further else 0)],
                },
            )
        )
    results = dict(zip(CLEARING, play(player, ["ALL"], *tasks)["ALL"]))
    for name, (dummy, dummy, dummy, first, further) in CLEARING.items():
        before = {each["phoneNumber"]: each for each in ring}
        log = [
            entry["method"] + "-destination" * entry["path"].endswith("destination")
            for entry in emulator.log(path="/account/%s/telephonenumber/" % name)
        ]
        assert log == (first + (" " + further) * 3 if further else first).split(), name
        assert kind(results[name]) == (None if further else "not_applied"), (name, results[name].get("msg"))
        assert bool(routed(emulator, name)) is not bool(further), name
        for number in emulator.account(name)["telephone_numbers"]:
            assert number["canAcceptSMS"] and number["e911Address"] and number["phoneNumber"] in before, name
    assert results["WHOLE"]["unrouted"] == ["18015550000", "18015550001", "18015550002", "18015550003"]
    assert "18015550000" in results["STUCK"]["msg"] and numbers(results["STUCK"]) == ["18015550000"]
    assert not emulator.log("DELETE")


def test_empty_and_late_answers_are_fine(player, emulator):
    document = {
        "trunks": [
            {
                "name": "HQ",
                "concurrent_calls": 5,
                "telephone_numbers": ["18015550000-18015550003"],
                "forwarding": {"forward_on_failure": [{"trunk_name": "DR"}]},
            },
            {"name": "DR", "concurrent_calls": 2, "callback_number": ""},
        ]
    }
    later = {
        "trunks": [
            {"name": "HQ", "concurrent_calls": 6, "forwarding": {"forward_on_failure": []}},
            {"name": "DR", "telephone_numbers": ["18015550003"]},
        ]
    }
    names, tasks = {"NO_CONTENT": (204, 0), "ACCEPTED": (202, 0), "LATE": (204, 1)}, []
    accounts(emulator, *names, telephone_numbers=["18015550000-18015550003"])
    for name, (status, lag) in names.items():
        tasks.append(control(emulator, "PUT", "/settings", {"write_status": status, "list_lag_reads": lag}))
        tasks.append(("alianza_account_trunks", dict(document, account_id=name)))
        if not lag:
            tasks += [("alianza_account_trunks", dict(later, account_id=name))] * 2
    results = play(player, ["ALL"], *tasks)["ALL"]
    assert not any(result["failed"] for result in results), results
    assert [result["changed"] for result in results] == [True, True, False] * 2 + [True]
    for name, (dummy, lag) in names.items():
        hq, dr = emulator.trunk(name, "HQ"), emulator.trunk(name, "DR")
        assert hq["concurrentCalls"] == (5 if lag else 6) and len(emulator.account(name)["trunks"]) == 2
        assert sorted(hq["telephoneNumbers"]) == ["1801555000%d" % last for last in range(4 if lag else 3)]
        assert hq["forward"] == (
            {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": dr["id"]}]} if lag else {}
        )
        assert len(sent(emulator, name, "POST")) == 2, name
