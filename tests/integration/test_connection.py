# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the collection reaches the API: what it is told by options and environment, and what it lets the environment do.

One play has several tasks, each with an environment of its own, as an AWX credential or a shell would give it.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading

import yaml

from ansible_collections.alianza.sip_trunking.tests.support.login import ACCOUNT_NUMBER, PASSWORD
from ansible_collections.alianza.sip_trunking.tests.support.player import COLLECTION, ROOT

INFO = "alianza_sip_trunk_info"


def task(environment=None, module=INFO, **options):
    """Return a task that runs a module with further environment variables."""
    return {COLLECTION + module: options, "environment": environment or {}}


def kind(result):
    """Return the kind of a failure; None for a success."""
    return result["failure"]["kind"] if result["failed"] else None


def paths(entries):
    """Return 'METHOD path' of log entries, the path without the partition."""
    return ["%s %s" % (entry["method"], re.sub("^/v2/(partition/[^/]+/)?", "", entry["path"])) for entry in entries]


def runs(entries):
    """Return what each task sent, from the log of tasks that log in."""
    found = []
    for entry in entries:
        if (entry["method"], entry["path"]) == ("POST", "/v2/authorize"):
            found.append([])
        found[-1].append(entry)
    return found


@contextlib.contextmanager
def served(handler, context=None):
    """Serve HTTP, or HTTPS with a context, on a loopback port, and yield the port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def dead_port():
    """Yield a port on which nobody listens and which nobody else gets."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield unused.getsockname()[1]


REFUSED = [
    # options, environment, what is said
    ({"api_url": "http://api.example.net"}, {}, "in clear text: use https"),
    ({"api_url": "http://127.0.0.1.example.net"}, {}, "in clear text: use https"),
    ({"api_url": "https://somebody:something@127.0.0.1"}, {}, "use the options username and password"),
    ({}, {"ALIANZA_USERNAME": "", "ALIANZA_PASSWORD": "", "ALIANZA_AUTH_TOKEN": ""}, "The credentials are missing"),
    ({}, {"ALIANZA_PASSWORD": ""}, "The password of user@example.net is missing"),
    ({}, {"ALIANZA_ACCOUNT_ID": "", "ALIANZA_ACCOUNT_NUMBER": ""}, "The account is missing"),
    ({"account_id": "A", "account_number": "1"}, {}, "are both given"),
    ({"ca_path": "/nowhere/ca.pem", "timeout": 0, "retries": 99}, {}, "ca_path /nowhere/ca.pem does not exist"),
    ({}, {"REQUESTS_CA_BUNDLE": "/nowhere/bundle.pem"}, "/nowhere/bundle.pem, which does not exist"),
]


def test_what_is_wrong_or_missing_is_said_before_anything_is_sent(player, emulator, tmp_path):
    (tmp_path / "fake" / "requests").mkdir(parents=True)
    (tmp_path / "fake" / "requests" / "__init__.py").write_text("raise ImportError('No module named requests')\n")
    played = player.tasks(
        *(task(environment, **options) for options, environment, dummy in REFUSED),
        task({"PYTHONPATH": str(tmp_path / "fake")}),
        task({"PYTHONPATH": str(tmp_path / "fake")}, "alianza_login"),
    )
    for result, (options, environment, said) in zip(played.results[:-2], REFUSED, strict=True):
        assert kind(result) == "invalid_input" and said in result["msg"], (options, environment, result["msg"])
        assert "something" not in result["msg"]
    assert "3 faults" in played.results[7]["msg"]
    for result in played.results[-2:]:
        assert result["failed"] and "Failed to import the required Python library (requests)" in result["msg"], result
    assert emulator.log() == []


def test_options_environment_and_tokens(player, emulator):
    emulator.seed(accounts=[{"id": "ACCOUNT_2", "accountNumber": "200", "accountName": "Oak Dental"}])
    token = emulator.sessions.login(emulator.username, emulator.password).token
    blank = dict.fromkeys(
        (
            "AUTH_TOKEN",
            "PARTITION_ID",
            "ACCOUNT_NUMBER",
            "VALIDATE_CERTS",
            "CA_PATH",
            "TIMEOUT",
            "RETRIES",
            "TRANSCRIPT_PATH",
        ),
        "",
    )
    with dead_port() as port:
        played = player.tasks(
            task({"ALIANZA_AUTH_TOKEN": token}),
            task({"ALIANZA_AUTH_TOKEN": token, "ALIANZA_PARTITION_ID": emulator.partition_id}),
            task({"ALIANZA_AUTH_TOKEN": "not-" + token}, auth_token=token, partition_id=emulator.partition_id),
            task({"ALIANZA_ACCOUNT_ID": "", "ALIANZA_ACCOUNT_NUMBER": ACCOUNT_NUMBER}),
            task({"ALIANZA_ACCOUNT_NUMBER": ACCOUNT_NUMBER}, account_id="ACCOUNT_2"),
            task(account_number="200"),
            task({"ALIANZA_ACCOUNT_NUMBER": "200"}),
            task(account_number="300"),
            task(
                {
                    "ALIANZA_API_URL": "http://127.0.0.1:%d" % port,
                    "ALIANZA_USERNAME": "nobody",
                    "ALIANZA_PASSWORD": "nothing",
                },
                api_url=emulator.url + "/v2/",
                username=emulator.username,
                password=PASSWORD,
            ),
            task({"ALIANZA_" + name: value for name, value in blank.items()}),
        )
    assert [kind(result) for result in played.results] == [None] * 7 + ["not_found"] + [None] * 2, played.output
    assert "300" in played.results[7]["msg"]
    log, first, second = emulator.log(), "GET account/ACCOUNT_1/siptrunk_2", "GET account/ACCOUNT_2/siptrunk_2"
    # With a token there is neither a login nor a logout, and one more call returns its partition.
    assert paths(log[:4]) == ["GET authorize/userinfo", first, first, first]
    assert {entry["headers"]["X-AUTH-TOKEN"] for entry in log[:4]} == {token}
    tasks = [paths(entries) for entries in runs(log[4:])]
    assert {(each[0], each[-1]) for each in tasks} == {("POST authorize", "PUT authorize/logout")}
    assert [each[1:-1] for each in tasks] == [
        ["GET account/%s" % ACCOUNT_NUMBER, first],
        [second],
        ["GET account/200", second],
        [first],
        ["GET account/300"],
        [first],
        [first],
    ]
    assert emulator.log(path="/account/%s$" % ACCOUNT_NUMBER)[0]["query"] == {"accountIdType": "AccountNumber"}
    assert emulator.open_tokens == 1 and emulator.failed_logins == 0


def test_what_goes_over_the_wire(player, emulator, tmp_path):
    emulator.seed(
        accounts=[
            {
                "id": "WIRE",
                "accountNumber": "200",
                "accountName": "Wire",
                "telephone_numbers": ["18015551000-18015551019"],
                "trunks": [{"id": "T%d" % place, "trunkName": "Trunk %d" % place} for place in range(12)],
            }
        ]
    )
    # Every answer sets a cookie; a .netrc knows the host, and a proxy is set that nobody answers at.
    cookie = {"headers": {"Set-Cookie": "session=0123; Path=/"}}
    # As many as may be under way at once wait for each other.
    emulator.fault("gather", method="PATCH", times=3, seconds=60, **cookie)
    emulator.fault("gather", path="/(forward|registrationstatus)$", times=8, seconds=60, **cookie)
    emulator.fault("delay", seconds=0, times=None, **cookie)
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login netrc-user password netrc-password\n")
    (tmp_path / ".netrc").chmod(0o600)
    tunnels = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        """Refuses every tunnel."""

        def do_CONNECT(self):
            """Note where to."""
            tunnels.append(self.path)
            self.send_error(502)

        def log_message(self, *args):
            """Be quiet."""

    with served(Proxy) as proxy, dead_port() as port:
        dead = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:%d" % port)
        environment = dict(
            dead,
            HOME=str(tmp_path),
            NETRC=str(tmp_path / ".netrc"),
            NO_PROXY="",
            no_proxy="",
            ALIANZA_ACCOUNT_ID="WIRE",
        )
        played = player.tasks(
            task(
                environment,
                "alianza_tn_route",
                telephone_numbers=["18015551000-18015551019"],
                trunk_name="Trunk 0",
                concurrency=3,
            ),
            task(environment, include=["registration", "forwarding"]),
            task(
                environment,
                "alianza_tn_route",
                telephone_numbers=["18015551000-18015551019"],
                trunk_name="Trunk 1",
                concurrency=1,
            ),
            task(
                {"HTTPS_PROXY": "http://127.0.0.1:%d" % proxy, "NO_PROXY": "", "no_proxy": ""},
                api_url="https://api.example.invalid",
                retries=0,
            ),
        )
    assert [kind(result) for result in played.results] == [None, None, None, "network"], played.output
    assert tunnels == ["api.example.invalid:443"]
    assert "proxy" in played.results[3]["msg"] and "api.example.invalid" in played.results[3]["msg"]

    version = yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]
    for entry in emulator.log():
        assert "Authorization" not in entry["headers"] and "Cookie" not in entry["headers"], entry
        assert entry["headers"]["User-Agent"].startswith("alianza.sip_trunking/%s " % version)
        assert ("X-AUTH-TOKEN" in entry["headers"]) is (entry["path"] != "/v2/authorize")
        assert entry["headers"].get("Content-Type") in ((None,) if entry["body"] is None else ("application/json",))
    routing, reading, single = runs(emulator.log())
    assert len([entry for entry in routing if entry["method"] == "PATCH"]) == 20
    assert len(reading) == 1 + 1 + 2 * 12 + 1
    for entries, bound in ((routing, 3), (reading, 8), (single, 1)):
        assert len({entry["connection"] for entry in entries}) == bound
        assert max(entry["in_flight"] for entry in entries) == bound
    assert len(single) == 1 + 2 + 20 + 1


def certificate(folder, name):
    """Make a self-signed certificate for 127.0.0.1 and return (certificate, key)."""
    paths_of = [str(folder / (name + ending)) for ending in (".pem", ".key")]
    subprocess.run(
        [
            shutil.which("openssl"),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=" + name,
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-addext",
            "keyUsage=digitalSignature,keyCertSign",
            "-out",
            paths_of[0],
            "-keyout",
            paths_of[1],
        ],
        check=True,
        capture_output=True,
    )
    return paths_of


def test_certificates(player, tmp_path):
    (good, key), (other, unused) = certificate(tmp_path, "good"), certificate(tmp_path, "other")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(good, key)
    seen = []

    class Api(http.server.BaseHTTPRequestHandler):
        """The least of an API: a token, and no trunks."""

        def answer(self):
            """Answer and remember."""
            seen.append(self.command)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = {"POST": {"authToken": "t0ken", "partitionId": "P"}, "GET": [], "PUT": {}}[self.command]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        do_GET = do_POST = do_PUT = answer

        def log_message(self, *args):
            """Be quiet."""

    cases = [
        # options, environment, whether it works
        ({}, {}, False),
        ({"ca_path": other}, {"REQUESTS_CA_BUNDLE": good}, False),
        ({"ca_path": good}, {"REQUESTS_CA_BUNDLE": other, "CURL_CA_BUNDLE": other}, True),
        ({}, {"ALIANZA_CA_PATH": good}, True),
        ({}, {"REQUESTS_CA_BUNDLE": good}, True),
        ({"validate_certs": False}, {"REQUESTS_CA_BUNDLE": other}, True),
        ({}, {"ALIANZA_VALIDATE_CERTS": "false"}, True),
    ]
    with served(Api, context) as port:
        url = "https://127.0.0.1:%d" % port
        played = player.tasks(
            *(task(environment, api_url=url, retries=0, **options) for options, environment, dummy in cases)
        )
    for result, (options, environment, works) in zip(played.results, cases, strict=True):
        assert kind(result) == (None if works else "network"), (options, environment, result.get("msg"))
        if not works:
            assert "127.0.0.1:%d" % port in result["msg"] and "ca_path" in result["msg"], result["msg"]
    # A password never goes to a server that is not trusted.
    assert seen == ["POST", "GET", "PUT"] * 5
    assert "InsecureRequestWarning" not in played.output and "Unverified" not in played.output
