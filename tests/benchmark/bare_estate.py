# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The limit for many accounts: a bare script with nothing but requests and a pool of threads.

It reads what an audit or a converge has to read of each account, sets the call paths of a trunk that has others, and checks
nothing. Run as `python bare_estate.py JOB.json WORKERS` with the API's address and login in ALIANZA_*; prints the seconds
from its first request to its last answer as JSON.
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
    partition = f"{url}/partition/{token['partitionId']}/account"

    def read(account_id: str) -> int:
        base = f"{partition}/{account_id}"
        trunks = ask("GET", f"{base}/siptrunk_2").json()
        numbers = ask("GET", f"{base}/telephonenumber?limitedData=true").json()
        for trunk in trunks:
            for part in job["parts"]:
                ask("GET", f"{base}/siptrunk_2/{trunk['id']}/{part}").json()
            if "call_paths" in job and trunk["concurrentCalls"] != job["call_paths"]:
                ask("PATCH", f"{base}/siptrunk_2/{trunk['id']}", {"concurrentCalls": job["call_paths"]})
        return len(numbers)

    with ThreadPoolExecutor(workers) as pool:
        numbers = sum(pool.map(read, job["accounts"]))
    ask("PUT", f"{url}/authorize/logout")
    print(json.dumps({"seconds": time.perf_counter() - started, "numbers": numbers}))


if __name__ == "__main__":
    main()
