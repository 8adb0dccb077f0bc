# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The options of the event source trunk_registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils._common.errors import InvalidInput
from ...module_utils._http.settings import Settings, parse_settings
from .._base.options import connection, read_options, require_requests
from .._watch.watch import Timing

KINDS = ("account_id", "account_number")
OWN: dict[str, Any] = {
    "accounts": {"type": "list", "elements": "dict"},
    "interval": {"type": "float", "default": 30.0},
    "hold_down": {"type": "float", "default": 60.0},
    "flap_damping": {"type": "float", "default": 300.0},
    "state_file": {"type": "path"},
    "concurrency": {"type": "int", "default": 16},
}
# (option, the least and the most that it may be)
_RANGES = (("interval", 1, 3600), ("hold_down", 0, 86400), ("flap_damping", 0, 86400), ("concurrency", 1, 64))
# What a template of a rulebook makes of text that is a number.
_MAY_BE_NUMBERS = ("username", "password", "auth_token", "partition_id")


@dataclass(frozen=True)
class WatchOptions:
    """What a watch is to do.

    Attributes:
        accounts: {account_id or account_number: value} of each account; None for all accounts of the partition.
        interval: seconds from the beginning of one round to that of the next.
        timing: how long a change has to last.
        state_file: absolute path of the state file; None for none.
        concurrency: how many requests may be in flight.
        connection: the options of the connection.
        settings: the Settings that they make.
    """

    accounts: tuple[Mapping[str, str], ...] | None
    interval: float
    timing: Timing
    state_file: str | None
    concurrency: int
    connection: Mapping[str, Any]
    settings: Settings


def spec() -> dict[str, Any]:
    """Return the argument spec of the event source."""
    rules = connection()
    # The next round asks again anyway, and one that takes minutes would be late for everybody.
    rules["retries"] = dict(rules["retries"], default=1)
    return {**OWN, **rules}


def read(given: Mapping[str, Any], environ: Mapping[str, str]) -> WatchOptions:
    """Return the options as they were given, checked.

    Args:
        given: the arguments of the source in the rulebook.
        environ: the environment, for options of the connection that are not given.

    Raises:
        InvalidInput: options are unknown, invalid or missing.
    """
    require_requests()
    values = read_options(spec(), given, integers=_MAY_BE_NUMBERS)
    faults = [
        "%s is %s: set a number from %d to %d" % (name, values[name], least, most)
        for name, least, most in _RANGES
        if not least <= values[name] <= most
    ]
    path = values["state_file"]
    if path and not path.startswith("/"):
        faults.append("state_file is '%s': give a path that begins with / or ~" % path)
    accounts = None if values["accounts"] is None else _accounts(given["accounts"], faults)
    if faults:
        raise InvalidInput(*faults)
    options = {name: values[name] for name in connection() if values[name] is not None}
    return WatchOptions(
        accounts,
        values["interval"],
        Timing(values["hold_down"], values["flap_damping"]),
        path or None,
        values["concurrency"],
        options,
        parse_settings(options, environ, needs_account=False),
    )


def _accounts(given: Any, faults: list[str]) -> tuple[Mapping[str, str], ...]:
    accounts: list[Mapping[str, str]] = []
    for place, each in enumerate(given, 1):
        if not isinstance(each, Mapping) or len(each) != 1 or next(iter(each)) not in KINDS:
            faults.append("accounts entry %d has to be a dictionary of account_id or account_number" % place)
        elif not isinstance(next(iter(each.values())), str) or not next(iter(each.values())):
            faults.append("accounts entry %d is not text, YAML drops leading zeros of a number: quote it" % place)
        elif each in accounts:
            faults.append("accounts entry %d is there twice: remove one" % place)
        else:
            accounts.append(dict(each))
    if not given:
        faults.append("accounts is empty: name accounts, or leave it out to watch all of the partition")
    return tuple(accounts)
