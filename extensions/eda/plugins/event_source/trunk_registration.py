# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source of ansible-rulebook: changes of the registration of SIP trunks."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import Any

DOCUMENTATION = r"""
---
short_description: Changes of the registration of SIP trunks
description:
  - Reads the registration of the SIP trunks of accounts in rounds, and emits an event when it has changed and the change has lasted.
  - The events are V(unregistered), V(registered), V(locked_out), V(unlocked), V(api_unreachable), and V(api_back).
  - An outage of the API is not an outage of trunks. While the platform cannot be asked, nothing is reported about trunks, and what
    was about to be reported has to be seen anew from the beginning.
  - A trunk that is not registered when the watch begins is reported like any other. A trunk with IP-based authentication never
    registers and is left out.
  - It logs in once, and logs out at the end. A round costs one call for each account and one for each trunk that registers; with all
    accounts of the partition one more. Trouble costs one more call for the account, for its telephone numbers.
  - At most a thousand trunks a minute are asked for. With more trunks the rounds are further apart.
  - A login that is refused ends the source if it is the first one. Later on it counts as an outage of the API, and is tried again after
    15 minutes, so that the user is not locked out.
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
requirements:
  - requests >= 2.25
options:
  accounts:
    description:
      - The accounts to watch, each a dictionary of C(account_id) or C(account_number). Quote numbers.
      - By default all accounts of the partition are watched, also those that are created later.
    type: list
    elements: dict
  interval:
    description:
      - Seconds from the beginning of one round to that of the next, from V(1) to V(3600).
    type: float
    default: 30
  hold_down:
    description:
      - Seconds for which a change has to last before it is reported, from V(0) to V(86400). Three rounds in a row have to see it, too,
        which may take longer.
      - V(0) reports what the first round sees.
    type: float
    default: 60
  flap_damping:
    description:
      - Seconds for which a trunk has to be registered without a break before V(registered) is reported after an outage, from V(0) to
        V(86400). Each further outage within an hour doubles them, up to eight times.
      - V(0) leaves it at O(hold_down).
    type: float
    default: 300
  state_file:
    description:
      - File that keeps what was reported, so that after a restart nothing is repeated and nothing is lost. It begins with C(/) or C(~),
        and is written whole with mode 0600. Each watch needs one of its own.
      - Without it, trunks that are down are reported again after a restart.
    type: path
  concurrency:
    description:
      - The maximum number of requests at a time, over all accounts, from V(1) to V(64).
    type: int
    default: 16
  api_url:
    description:
      - URL of the API, without the version. C(http://) is accepted for the loopback interface only.
    type: str
    default: https://api.alianza.com
    env:
      - name: ALIANZA_API_URL
  username:
    description:
      - User to log in as. O(password) is required too.
    type: str
    env:
      - name: ALIANZA_USERNAME
  password:
    description:
      - Password of O(username). Rather set the variable than write it into a rulebook.
    type: str
    env:
      - name: ALIANZA_PASSWORD
  auth_token:
    description:
      - Token of an earlier login, to use instead of logging in. It is valid for 8 hours after its last use.
    type: str
    env:
      - name: ALIANZA_AUTH_TOKEN
  partition_id:
    description:
      - ID of the partition. The default is the partition of the login.
    type: str
    env:
      - name: ALIANZA_PARTITION_ID
  validate_certs:
    description:
      - Whether the TLS certificate of the API is validated.
    type: bool
    default: true
    env:
      - name: ALIANZA_VALIDATE_CERTS
  ca_path:
    description:
      - File or directory with CA certificates for validating the certificate of the API.
    type: path
    env:
      - name: ALIANZA_CA_PATH
  timeout:
    description:
      - Seconds to wait for the response to one request, from V(1) to V(3600).
    type: float
    default: 30
    env:
      - name: ALIANZA_TIMEOUT
  retries:
    description:
      - How often a request is repeated after a connection error, a timeout, HTTP 429 or a server error, from V(0) to V(20). The next
        round asks again anyway, so the default is lower than that of modules.
    type: int
    default: 1
    env:
      - name: ALIANZA_RETRIES
  transcript_path:
    description:
      - File to which every request and its response are appended, without secrets.
    type: path
    env:
      - name: ALIANZA_TRANSCRIPT_PATH
notes:
  - Options take precedence over environment variables. An empty option or variable is treated as not set.
  - An event is C({"trunk_registration":{...}}) with C(event), C(account_id), C(account_number), C(trunk_id), C(trunk_name), C(since) (when
    the change was first seen, ISO 8601 in UTC), C(telephone_numbers) (how many are routed to the trunk), and C(api_host).
  - V(api_unreachable) and V(api_back) have neither trunk nor numbers, and no account if all accounts are meant.
  - No event and no line of the log holds a password or a token.
"""

EXAMPLES = r"""
# ALIANZA_USERNAME and ALIANZA_PASSWORD are in the environment of ansible-rulebook.
- alianza.sip_trunking.trunk_registration:
    state_file: /var/lib/alianza/trunk_registration.json

# Two accounts, asked every ten seconds; a trunk is down after half a minute.
- alianza.sip_trunking.trunk_registration:
    accounts:
      - account_number: "10021"
      - account_id: oWUgHknjS52mrdsfFDtKvg
    interval: 10
    hold_down: 30
"""


def _parts() -> tuple[Any, Any, Any]:
    """Return (what reads options, what watches, what they raise), wherever the collection is installed."""
    try:
        import ansible_collections.alianza.sip_trunking  # noqa: F401
    except ImportError:
        # ansible-rulebook finds collections by itself and does not teach Python where they are.
        from ansible.plugins.loader import init_plugin_loader

        init_plugin_loader()
    from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import AlianzaError
    from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watcher.options import read
    from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watcher.watcher import Watcher

    return read, Watcher, AlianzaError


async def main(queue: asyncio.Queue[dict[str, Any]], args: dict[str, Any]) -> None:
    """Watch until the rulebook ends; what ansible-rulebook calls.

    Args:
        queue: takes the events.
        args: the options of the source in the rulebook.
    """
    read, watcher_class, error_class = _parts()
    try:
        await _watch(queue, watcher_class(read(args, os.environ), os.environ))
        return
    except error_class as error:
        fault = error.msg
    # Outside of the except block: the sentence is all that is shown.
    raise RuntimeError(fault)


def _take_signals_back() -> None:
    """Let Python handle the signals that end the rulebook, as ansible-rulebook intends.

    The Java virtual machine that it starts takes them, and then exits on the spot: nothing would log out.
    """
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            if handler is not None:
                signal.signal(number, handler)


async def _watch(queue: asyncio.Queue[dict[str, Any]], watcher: Any) -> None:
    try:
        while True:
            _take_signals_back()
            for event in await asyncio.to_thread(watcher.round):
                await queue.put(event)
            await asyncio.to_thread(watcher.save)
            await asyncio.sleep(watcher.pause)
    finally:
        await asyncio.to_thread(watcher.close)


if __name__ == "__main__":
    # Prints events; options come from the environment.
    class _Printer:
        """Prints what is put into it."""

        async def put(self, event: dict[str, Any]) -> None:
            """Print an event."""
            print(event, flush=True)

    asyncio.run(main(_Printer(), {}))  # type: ignore[arg-type]
