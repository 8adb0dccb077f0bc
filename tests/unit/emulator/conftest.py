# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulator with one account for each test, and a client that talks to it over HTTP."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.contract import Gate
from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator

SEED = {
    "accounts": [
        {
            "id": "acme",
            "accountNumber": "1001",
            "accountName": "Acme",
            "telephone_numbers": [
                "18015551212",
                "18015551300-18015551309",
                {"phoneNumber": "18015551400", "referenceType": "SIP_TRUNK", "referenceId": "HQ"},
            ],
            "trunks": [
                {"id": "trunk-hq", "trunkName": "HQ", "sipUsername": "acme-hq-1", "sipPassword": "hq-secret"},
                {
                    "id": "trunk-dr",
                    "trunkName": "DR",
                    "sipUsername": "acme-dr-1",
                    "sipPassword": "dr-secret",
                    "maxBurstCalls": 5,
                },
            ],
            "forwards": {"HQ": {"forwardOnFailure": [{"referenceType": "SIP_TRUNK", "referenceId": "DR"}]}},
            "groups": [{"id": "group-1", "name": "Both", "sipTrunksIds": ["HQ"]}],
        },
        {"id": "other", "accountNumber": "10/02 ü", "accountName": "Other", "telephone_numbers": ["18005550000"]},
    ]
}


class Client:
    """A session with a token, whose paths start at the account `acme`."""

    def __init__(self, emulator: Emulator) -> None:
        """Log in."""
        self.session = requests.Session()
        self.session.trust_env = False
        answer = self.session.post(
            emulator.url + "/v2/authorize", json={"username": emulator.username, "password": emulator.password}
        )
        self.login = answer.json()
        self.session.headers["X-AUTH-TOKEN"] = self.login["authToken"]
        self.partition = f"{emulator.url}/v2/partition/{self.login['partitionId']}/account"
        self.base = self.partition + "/acme"

    def __call__(self, method: str, path: str, document: Any = None, **options: Any) -> requests.Response:
        """Send a request; a path that starts with http is taken as it is."""
        url = path if path.startswith("http") else self.base + path
        if document is not None:
            options["json"] = document
        return self.session.request(method, url, timeout=60, **options)

    def send(self, method: str, path: str, document: Any) -> http.client.HTTPConnection:
        """Send a request without reading the answer; closing the connection that is returned gives up on it."""
        url = urllib.parse.urlsplit(self.base + path)
        connection = http.client.HTTPConnection(url.netloc, timeout=60)
        headers = {"X-AUTH-TOKEN": self.login["authToken"], "Content-Type": "application/json"}
        connection.request(method, url.path, json.dumps(document), headers)
        return connection


@pytest.fixture(scope="session")
def server() -> Iterator[Emulator]:
    """One server for all tests."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emu(server: Emulator) -> Emulator:
    """The emulator in the state that the seed describes."""
    server.reset()
    server.seed(SEED)
    return server


@pytest.fixture(scope="session")
def gate() -> Gate:
    """Holds the emulator's answers against the description of the API."""
    return Gate()


@pytest.fixture
def api(emu: Emulator, gate: Gate) -> Iterator[Client]:
    """A client that is logged in; its login is not in the log. What it is answered has to be as described."""
    exchanges = emu.journal.record()
    client = Client(emu)
    emu.clear_log()
    yield client
    client.session.close()
    assert gate.check(exchanges, requests=False) == []
