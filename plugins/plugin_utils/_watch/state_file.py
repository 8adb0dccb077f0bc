# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The text of a watch's state file: written, and read with distrust. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .condition import Signal
from .watch import Watch, WatchedAccount, WatchedTrunk

FORMAT = 1


def render(watch: Watch, api_host: str) -> str:
    """Return the text of the file.

    Args:
        watch: the Watch.
        api_host: host of the API that it watches.
    """
    return json.dumps(dict(asdict(watch), format=FORMAT, api_host=api_host), sort_keys=True) + "\n"


def parse(content: bytes, api_host: str) -> Watch:
    """Return the Watch that a file holds.

    Args:
        content: the whole file.
        api_host: host of the API that it has to be of.

    Raises:
        ValueError: what is wrong with the file, as a phrase.
    """
    try:
        loaded = json.loads(content.decode("utf-8"))
    except ValueError:
        raise ValueError("it is not JSON in UTF-8") from None
    if not isinstance(loaded, dict) or loaded.get("format") != FORMAT:
        raise ValueError("it is not the state of a watch")
    if loaded.get("api_host") != api_host:
        raise ValueError("it is of %s, and this watch asks %s" % (loaded.get("api_host"), api_host))
    try:
        parts = _mapping(loaded, {"format", "api_host", "api", "accounts"})
        return Watch(
            _signal(parts["api"]), {key: _account(value) for key, value in _mapping(parts["accounts"]).items()}
        )
    except (KeyError, TypeError):
        raise ValueError("a value in it is missing or has the wrong type") from None


def _account(value: Any) -> WatchedAccount:
    parts = _mapping(value, {"unreachable", "trunks"})
    return WatchedAccount(
        _signal(parts["unreachable"]), {key: _trunk(trunk) for key, trunk in _mapping(parts["trunks"]).items()}
    )


def _trunk(value: Any) -> WatchedTrunk:
    parts = _mapping(value, {"down", "locked_out", "outages"})
    if not isinstance(parts["outages"], list):
        raise TypeError
    return WatchedTrunk(
        _signal(parts["down"]), _signal(parts["locked_out"]), [_seconds(each) for each in parts["outages"]]
    )


def _signal(value: Any) -> Signal:
    parts = _mapping(value, {"reported", "since", "rounds"})
    rounds = parts["rounds"]
    if not isinstance(parts["reported"], bool) or isinstance(rounds, bool) or not isinstance(rounds, int) or rounds < 0:
        raise TypeError
    return Signal(parts["reported"], None if parts["since"] is None else _seconds(parts["since"]), rounds)


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _mapping(value: Any, keys: set[str] | None = None) -> Mapping[str, Any]:
    """Return a mapping, of exactly these keys if they are given."""
    if not isinstance(value, dict) or keys is not None and set(value) != keys:
        raise TypeError
    return value
