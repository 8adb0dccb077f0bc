# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The limit: the job done by a bare script, with nothing but requests and a pool of threads.

It reads what it must, writes what differs, and checks nothing: no retries, no errors in words, no plan to show. Run as
`python bare.py JOB.json WORKERS` with the API's address and login in ALIANZA_*; prints the seconds from its first
request to its last answer as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests
from requests.adapters import HTTPAdapter


def main() -> None:
    """Do the job that the command line names."""
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    workers = int(sys.argv[2])
    url = os.environ["ALIANZA_API_URL"] + "/v2"
    # One session for all threads: as fast as one for each, and it keeps the connections from one phase to the next.
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=workers))
    started = time.perf_counter()

    def ask(method: str, path: str, body: dict | None = None) -> requests.Response:
        answer = session.request(method, path, json=body)
        answer.raise_for_status()
        return answer

    login = {"username": os.environ["ALIANZA_USERNAME"], "password": os.environ["ALIANZA_PASSWORD"]}
    token = ask("POST", f"{url}/authorize", login).json()
    session.headers["X-AUTH-TOKEN"] = token["authToken"]
    with ThreadPoolExecutor(workers) as pool:
        converge(ask, pool, f"{url}/partition/{token['partitionId']}/account/{job['account_id']}", job["trunks"])
    ask("PUT", f"{url}/authorize/logout")
    print(json.dumps({"seconds": time.perf_counter() - started}))


def converge(ask, pool, base, wanted) -> None:
    """Make the account's trunks what is wanted: trunks, then the rules that point at them, then numbers."""
    listed, numbers = pool.map(
        lambda path: ask("GET", base + path).json(), ("/siptrunk_2", "/telephonenumber?limitedData=true")
    )
    trunks = {trunk["trunkName"]: trunk for trunk in listed}
    rings = {number["phoneNumber"]: number.get("referenceId") for number in numbers}
    ruled = [each for each in wanted if each["fallback"]]

    def read_rules(each):
        name = each["trunk"]["trunkName"]
        return name, ask("GET", f"{base}/siptrunk_2/{trunks[name]['id']}/forward").json()

    rules = dict(pool.map(read_rules, [each for each in ruled if each["trunk"]["trunkName"] in trunks]))

    def write_trunk(each):
        trunk = trunks.get(each["trunk"]["trunkName"])
        if trunk is None:
            return ask("POST", f"{base}/siptrunk_2", each["trunk"]).json()
        if any(trunk.get(key) != value for key, value in each["trunk"].items()):
            ask("PATCH", f"{base}/siptrunk_2/{trunk['id']}", each["trunk"])
        return trunk

    ids = {trunk["trunkName"]: trunk["id"] for trunk in pool.map(write_trunk, wanted)}

    def write_rules(each):
        name = each["trunk"]["trunkName"]
        targets = [{"referenceType": "SIP_TRUNK", "referenceId": ids[each["failover"]]}] if each["failover"] else []
        targets.append({"referenceType": "TELEPHONE", "referenceId": each["fallback"]})
        body = {"forwardOnFailure": targets, "forwardOnCapacityExceeded": targets}
        if any(rules.get(name, {}).get(key) != value for key, value in body.items()):
            ask("PUT", f"{base}/siptrunk_2/{ids[name]}/forward", body)

    def write_number(move):
        number, trunk_id = move
        ask("PATCH", f"{base}/telephonenumber/{number}", {"referenceType": "SIP_TRUNK", "referenceId": trunk_id})

    list(pool.map(write_rules, ruled))
    moves = [(number, ids[each["trunk"]["trunkName"]]) for each in wanted for number in each["numbers"]]
    list(pool.map(write_number, [(number, trunk_id) for number, trunk_id in moves if rings[number] != trunk_id]))


if __name__ == "__main__":
    main()
