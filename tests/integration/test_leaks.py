# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret in any spelling in anything that a run leaves behind: output at -vvvvv, results, diffs, errors, transcript, files.

The plays take the secrets from the environment, so that their own files need not be left out of the search.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import urllib.parse

from ansible_collections.alianza.sip_trunking.tests.support.leaks import files, known, leaks, spellings
from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD
from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION, ROOT

# Each has characters that URLs, JSON and HTML change.
GIVEN = "g1\"ven\\/ <ö&%+=?>'A"
NEW = "n3w\"\\/ <é&%+=#>'B"
DOCUMENT = ["d0c\"one\\/ <ü&%+;>'C", "d0c\"two\\/ <ß&%+@>'D"]
OTHER = "0ther\"\\/ <å&%+~>'E"
SHORT = 'x<"ö'
HALF = "ThisIsTheFirst.ThisIsTheSecondHalf"
MODULES = {path.stem for path in (ROOT / "plugins" / "modules").glob("alianza_*.py")}


def env(name):
    """Return the template that takes a secret from the environment."""
    return "{{ lookup('env', 'SECRET_%s') }}" % name


ENVIRON = {
    "SECRET_" + name: value
    for name, value in {
        "GIVEN": GIVEN,
        "NEW": NEW,
        "ONE": DOCUMENT[0],
        "TWO": DOCUMENT[1],
        "SHORT": SHORT,
        "HALF": HALF,
    }.items()
}


def name_of(task):
    """Return the name of the module of a task, without the collection's."""
    name = task[0] if isinstance(task, tuple) else next(key for key in task if key.startswith(COLLECTION))
    return name.removeprefix(COLLECTION)


def ran(played):
    """Return the names of the modules that were run and not skipped, without the collection's."""
    return {event["task"].removeprefix(COLLECTION) for event in played.events if event["outcome"] != "skipped"}


def play(player, *tasks, token="", **keywords):
    """Run tasks at -vvvvv with a transcript, and return what was Played and {where: text} of all that it left."""
    transcript = player.folder / "transcript.har"
    environ = dict(
        ENVIRON,
        HOME=str(player.folder),
        ALIANZA_TRANSCRIPT_PATH=str(transcript),
        ALIANZA_RETRIES="0",
        ANSIBLE_DISPLAY_TRACEBACK="always",
        SECRET_TOKEN=token,
        ANSIBLE_INJECT_INVOCATION="True",
    )
    played = player.tasks(*tasks, verbosity=5, environ=environ, **keywords)
    texts = dict(files(player.folder), output=played.output)
    assert len(texts) >= 3
    return played, texts


def seed(emulator, name):
    """Seed an account whose trunk has a password of its own."""
    emulator.seed(
        accounts=[
            {
                "id": name,
                "accountNumber": name,
                "accountName": name,
                "telephone_numbers": ["18015551000-18015551003"],
                "trunks": [{"id": "T1", "trunkName": "Other", "sipPassword": OTHER, "lockedOut": True}],
            }
        ]
    )


def test_the_search_finds_every_spelling(emulator):
    """Or the tests below would be worth nothing."""
    for how, form in spellings(GIVEN).items():
        assert "output: it, %s" % how in leaks({"it": GIVEN}, {"output": "before%safter" % form})
    assert not leaks({"it": GIVEN}, {"output": GIVEN[:-1]})
    assert {PASSWORD, GIVEN, NEW} <= set(known(emulator, **ENVIRON).values())


def test_success_leaks_nothing_in_check_mode_and_for_real(player, emulator):
    seed(emulator, "LEAKY")
    documents = [{"name": "Looped %d" % place, "sip_password": env(name)} for place, name in enumerate(("ONE", "TWO"))]
    tasks = [
        {COLLECTION + "alianza_login": {}, "no_log": True, "register": "login"},
        ("alianza_sip_trunk", {"name": "Given", "concurrent_calls": 1, "sip_password": env("GIVEN")}),
        ("alianza_sip_trunk", {"name": "Made up", "concurrent_calls": 1}),
        ("alianza_sip_trunk", {"name": "Other", "sip_password": env("NEW"), "callback_number": "18015551000"}),
        {
            COLLECTION + "alianza_sip_trunk": {
                "name": "{{ documents[index].name }}",
                "concurrent_calls": 1,
                "sip_password": "{{ documents[index].sip_password }}",
            },
            "loop": "{{ range(documents | length) | list }}",
            "loop_control": {"loop_var": "index"},
            "vars": {"documents": documents},
        },
        ("alianza_trunk_forwarding", {"trunk_name": "Other", "forward_on_failure": [{"trunk_name": "Given"}]}),
        ("alianza_tn_route", {"trunk_name": "Given", "telephone_numbers": ["18015551000-18015551003"]}),
        (
            "alianza_sip_trunk_group",
            {"name": "Both", "trunks": ["Given", "Other"], "forward_on_failure": [{"reference_type": "BUSY"}]},
        ),
        ("alianza_trunk_unlock", {"trunk_name": "Other"}),
        ("alianza_caller_id", {"caller_id": "18015551000", "from_numbers": ["21XX"]}),
        (
            "alianza_account_trunks",
            {
                "trunks": [
                    {
                        "name": "Given",
                        "concurrent_calls": 1,
                        "sip_password": env("ONE"),
                        "telephone_numbers": ["18015551000"],
                    },
                    {
                        "name": "From document",
                        "concurrent_calls": 1,
                        "sip_password": env("TWO"),
                        "forwarding": {"forward_always": {"trunk_name": "Given", "enabled": False}},
                    },
                ]
            },
        ),
        ("alianza_sip_trunk_info", {"include": ["registration", "forwarding"]}),
        ("alianza_account_trunks_info", {}),
        ("alianza_sip_trunk_group_info", {}),
        ("alianza_caller_id_info", {}),
        ("alianza_call_flow_info", {"one_at_a_time": True}),
        ("alianza_call_path_usage_info", {}),
        ("alianza_telephone_number_info", {}),
        ("alianza_trunk_registration_info", {"trunk_name": "Other"}),
        ("alianza_account_info", {}),
        {COLLECTION + "alianza_sip_credentials_info": {"trunk_name": "Other"}, "no_log": True},
        ("alianza_login", {"state": "absent"}),
    ]
    group = {
        "module_defaults": {
            "group/alianza.sip_trunking.alianza": {
                "account_id": "LEAKY",
                "partition_id": emulator.partition_id,
                "auth_token": "{{ login.auth_token | default(omit) }}",
            }
        }
    }

    # A module that only reads does the same in check mode.
    checked = [task for task in tasks if not name_of(task).endswith("_info")]
    played, texts = play(player, *checked, check=True, play=group)
    assert not any(result["failed"] for result in played.results), played.output[-3000:]
    assert ran(played) == {module for module in MODULES if not module.endswith("_info")}
    assert not emulator.writes() and emulator.open_tokens == 0
    assert leaks(known(emulator, **ENVIRON), texts) == []

    played, texts = play(player, *tasks, play=group)
    assert not any(result["failed"] for result in played.results), played.output[-3000:]
    assert (
        emulator.trunk("LEAKY", "Other")["sipPassword"] == NEW
        and emulator.trunk("LEAKY", "Given")["sipPassword"] == DOCUMENT[0]
    )
    assert len(emulator.account("LEAKY")["trunks"]) == 6 and emulator.open_tokens == 0 and emulator.logins == 2
    assert ran(played) == MODULES
    secrets = known(emulator, **ENVIRON, **{"the password before": OTHER})
    assert len(set(secrets.values())) == 3 + len(ENVIRON) + 1 + 2, (
        "what was given, the password that was made up, two tokens"
    )
    assert leaks(secrets, texts) == []
    # What was looked through is what there is to see: the diffs, the arguments, the answers.
    assert "+++ after: Given" in played.output and "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" in played.output
    transcript = texts[str(player.folder / "transcript.har")]
    assert transcript.count('"request"') == len(emulator.log()) and "Made up" in transcript


def test_failure_leaks_nothing(player, emulator):
    names = ("ECHO", "CODE", "HTML", "TEXT", "RESET", "DEAD", "IGNORED")
    for name in names:
        seed(emulator, name)
    emulator.set(ignored_fields=["sipPassword"])
    token = emulator.sessions.login(emulator.username, emulator.password).token
    # What the API might quote, in any spelling; what prints it may escape it once more.
    told = [
        text
        for secret in (GIVEN, OTHER, token)
        for how, text in spellings(secret).items()
        if not how.endswith("in JSON in JSON")
    ]

    def fault(account, method, last, action, **fields):
        emulator.fault(action, method=method, path="/account/%s/(.*/)?%s$" % (account, last), times=None, **fields)

    emulator.fault(
        "status",
        path="/v2/authorize$",
        status=401,
        body={
            "status": 401,
            "messages": ["%s is wrong" % text for text in spellings(PASSWORD).values()][:10],
            "data": {"password": PASSWORD},
        },
    )
    fault(
        "ECHO",
        "POST",
        "siptrunk_2",
        "status",
        status=400,
        body={
            "status": 400,
            "messages": ["sipPassword: %s is bad" % "; ".join(told[start::10]) for start in range(10)],
            "data": {"was": GIVEN},
        },
    )
    fault(
        "CODE",
        "PATCH",
        "T1",
        "status",
        status=500,
        body={"code": 500, "message": "Not with %s, which is not %s" % (GIVEN, OTHER)},
    )
    page = "<html><body>%s</body></html>" % "<p>".join(told)
    fault("HTML", "GET", "siptrunk_2", "garbage", body=page)
    fault("TEXT", "POST", "siptrunk_2", "status", status=500, body="ErrorUpdatingSipCredential %s" % " ".join(told))
    fault("RESET", "PATCH", "T1", "reset")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = {"api_url": "http://127.0.0.1:%d" % unused.getsockname()[1]}
        module, create = "alianza_sip_trunk", {"name": "New", "concurrent_calls": 1, "sip_password": env("GIVEN")}
        patch = {"name": "Other", "sip_password": env("GIVEN")}
        tasks = [
            ("authentication", module, dict(create)),
            ("refused", module, dict(create, account_id="ECHO", auth_token=env("TOKEN"))),
            ("server", module, dict(patch, account_id="CODE")),
            ("invalid_response", module, dict(patch, account_id="HTML", auth_token=env("TOKEN"))),
            ("server", module, dict(create, account_id="TEXT")),
            ("network", module, dict(patch, account_id="RESET")),
            ("network", module, dict(patch, **dead)),
            ("not_applied", module, dict(patch, account_id="IGNORED")),
            ("invalid_input", module, dict(create, sip_password=env("SHORT"), primary_tn="555")),
            ("invalid_input", module, dict(create, sip_password=env("SHORT"), concurrent_calls="many")),
            (
                "invalid_input",
                "alianza_account_trunks",
                {"trunks": [dict(create, sip_password=env("SHORT")), dict(patch, primary_tn="5")]},
            ),
            ("invalid_input", "alianza_account_trunks", {"trunks": [dict(create, concurrent_calls="many"), patch]}),
        ]
        played, texts = play(player, *((module, options) for kind, module, options in tasks), token=token)
    assert all(result["failed"] for result in played.results)
    assert [(result.get("failure") or {}).get("kind") for result in played.results] == [
        kind for kind, dummy, dummy in tasks
    ], [result["msg"] for result in played.results]
    secrets = known(emulator, **ENVIRON, **{"the given token": token, "the other trunk's password": OTHER})
    assert leaks(secrets, texts) == []
    # The errors still say what they are about.
    assert "is bad" in played.results[1]["msg"] and "Not with" in played.results[2]["failure"]["messages"][0]
    assert "sip_password" in played.results[8]["msg"] and "sip_password" in played.results[7]["msg"]


ECHOES = ("plain", "base64", "base64url", "url", "url_twice", "hex", "json_escapes", "html", "list")


def inside(secret):
    """Return {how: text} of what is in an encoded request wherever the secret stands in it."""
    raw = json.dumps(secret, ensure_ascii=False)[1:-1].encode()
    once = urllib.parse.quote(raw, safe="")
    forms = {
        "URL": once,
        "URL twice": urllib.parse.quote(once, safe=""),
        "hexadecimal": raw.hex(),
        "JSON escapes": re.sub("[^A-Za-z0-9]", lambda found: "\\u%04x" % ord(found.group()), raw.decode()),
        "HTML": re.sub("[^A-Za-z0-9]", lambda found: "&#%d;" % ord(found.group()), raw.decode()),
    }
    for shift in range(3):
        # Without the characters that also hold bits of what stands beside it.
        core = base64.b64encode(b"x" * shift + raw).decode().rstrip("=")[shift + 1 if shift else 0 : -1]
        forms["base64, shifted by %d" % shift] = core
        forms["base64 for URLs, shifted by %d" % shift] = core.replace("+", "-").replace("/", "_")
    return forms


def test_a_request_that_an_error_quotes_in_an_encoding_leaks_nothing(player, emulator):
    token = emulator.sessions.login(emulator.username, emulator.password).token
    tasks = []
    for echo, part in [(echo, "request") for echo in ECHOES] + [(echo, "secrets") for echo in ("hex", "html", "list")]:
        name = "%s_%s" % (echo.upper(), part.upper())
        seed(emulator, name)
        path = "/account/%s/siptrunk_2$" % name
        emulator.fault(
            "error", method="POST", path=path, status=400, text="Not like this", echo=echo, echo_part=part, times=None
        )
        create = {"name": "New", "concurrent_calls": 1, "sip_password": env("GIVEN")}
        tasks.append(("alianza_sip_trunk", dict(create, account_id=name, auth_token=env("TOKEN"))))
    # The login's request holds the password.
    for echo in ("base64", "url_twice"):
        tasks.append(("alianza_login", {"username": emulator.username}))
        emulator.fault(
            "error", method="POST", path="/v2/authorize$", status=400, text="Not like this", echo=echo, times=1
        )
    played, texts = play(player, *tasks, token=token)
    assert {result.get("failure", {}).get("status") for result in played.results} == {400}, played.output[-3000:]
    secrets = {"the password": PASSWORD, "the SIP password": GIVEN, "the token": token}
    assert leaks(secrets, texts) == []
    found = [
        "%s: %s, %s" % (where, what, how)
        for what, secret in secrets.items()
        for how, form in inside(secret).items()
        for where, text in texts.items()
        if form in text or form.replace("\\", "\\\\") in text
    ]
    assert found == []
    # What is not secret is still said.
    assert "Not like this" in played.results[0]["msg"] and "(redacted" in played.output, [
        each["msg"] for each in played.results
    ]


def test_a_secret_is_not_cut_in_half(player, emulator):
    """Messages are shortened, and half a password is half a secret, which nobody recognises any more."""
    seed(emulator, "HALF")
    # Wherever a message is cut: in one of the two there is half a password before it.
    emulator.fault(
        "status",
        method="PATCH",
        path="/HALF/siptrunk_2/T1$",
        status=400,
        body={
            "status": 400,
            "messages": ["%s%s" % ("x" * shift, HALF * 40) for shift in (0, len(HALF) // 2)],
            "data": {},
        },
    )
    played, texts = play(
        player, ("alianza_sip_trunk", {"account_id": "HALF", "name": "Other", "sip_password": env("HALF")})
    )
    assert played.results[0]["failure"]["kind"] == "refused" and len(played.results[0]["failure"]["messages"]) == 2
    assert [where for where, text in texts.items() if HALF[:8] in text] == []


def test_a_password_under_a_misspelt_option_is_hidden_too(player):
    """Ansible shows the arguments of a task that failed, and hides only the options that it knows."""
    played, texts = play(
        player,
        ("alianza_sip_trunk", {"name": "New", "concurrent_calls": 1, "sip_pasword": env("GIVEN")}),
        ("alianza_account_trunks", {"trunks": [{"name": "New", "concurrent_calls": 1, "sip-password": env("NEW")}]}),
    )
    for result, option in zip(played.results, ("sip_pasword", "sip-password"), strict=True):
        assert result["failed"] and option in result["msg"]
    assert leaks(ENVIRON, texts) == []
