# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random accounts in the API's words, and a simulator that walks a call through one, one step at a time.

It shares nothing with the collection: it knows wire fields only, keeps no memory of what it tried but the path that it is on,
and so walks every possible attempt. That is exponential, and fine for small accounts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

TRUNKS = ("A", "B", "C", "D", "E")
NUMBERS = ("18015550001", "18015550002", "18015550003", "18015550004")
OUTSIDE = "18015559999"


@dataclass
class Call:
    """What a simulated call did.

    Attributes:
        walked: [(trunk ID, what happened there)] of every arrival at a trunk, repeated ones included.
        result: how it ended.
        destination: the wire's reference that ended it, None for none.
        circles: whether it ever came back to something that was forwarding it.
    """

    walked: list = field(default_factory=list)
    result: str = ""
    destination: dict | None = None
    circles: bool = False


def simulate(account, number):
    """Return the Call to a number.

    Args:
        account: {trunks: set of IDs, numbers: {number: reference or None}, rules: {ID: wire's rules}, down: IDs, full: IDs}.
        number: the number that is dialed.
    """
    call = Call()
    if not _ring(account, account["numbers"][number], (), call):
        call.result = "loop" if call.circles else "lost"
    return call


def _end(call, result, destination):
    call.result, call.destination = result, destination
    return True


def _ring(account, target, path, call):
    """Send the call somewhere; return whether it ended there."""
    if target is None:
        return _end(call, "busy", None)
    kind, key = target["referenceType"], target.get("referenceId")
    if kind == "BUSY":
        return _end(call, "busy", target)
    own_number = kind == "TELEPHONE" and key in account["numbers"]
    if kind != "SIP_TRUNK" and not own_number:
        return _end(call, "forwarded", target)
    if (kind, key) in path:
        call.circles = True
        return False
    path = (*path, (kind, key))
    if own_number:
        return _ring(account, account["numbers"][key], path, call)
    if key not in account["trunks"]:
        call.walked.append((key, "unavailable"))
        return False
    rules = account["rules"].get(key, {})
    always = rules.get("forwardAlways")
    if always and always["enabled"]:
        call.walked.append((key, "forwards"))
        return _ring(account, always, path, call)
    if key in account["down"]:
        call.walked.append((key, "unavailable"))
        return any(_ring(account, attempt, path, call) for attempt in rules.get("forwardOnFailure", []))
    if key in account["full"]:
        call.walked.append((key, "full"))
        return any(_ring(account, attempt, path, call) for attempt in rules.get("forwardOnCapacityExceeded", []))
    call.walked.append((key, "rings"))
    return _end(call, "answered", target)


def accounts():
    """Return the strategy of accounts as :func:`simulate` takes them; targets may be dead, loops are frequent."""
    trunks = st.sets(st.sampled_from(TRUNKS), min_size=1)
    to_trunk = st.builds(lambda key: {"referenceType": "SIP_TRUNK", "referenceId": key}, st.sampled_from(TRUNKS))
    to_number = st.builds(
        lambda key: {"referenceType": "TELEPHONE", "referenceId": key}, st.sampled_from((*NUMBERS, OUTSIDE))
    )
    elsewhere = st.just({"referenceType": "IVR", "referenceId": "menu"})
    busy = st.just({"referenceType": "BUSY"})
    # Mostly trunks: a call that is answered at once shows little.
    targets = st.one_of(to_trunk, to_trunk, to_trunk, to_trunk, to_number, elsewhere, busy)
    attempts = st.lists(targets, max_size=3)
    always = st.builds(lambda target, enabled: dict(target, enabled=enabled), targets, st.booleans())
    rules = st.fixed_dictionaries(
        {}, optional={"forwardAlways": always, "forwardOnFailure": attempts, "forwardOnCapacityExceeded": attempts}
    )
    return st.fixed_dictionaries(
        {
            "trunks": trunks,
            "numbers": st.fixed_dictionaries(
                {number: st.one_of(st.none(), to_trunk, to_trunk, to_number, elsewhere) for number in NUMBERS}
            ),
            "rules": st.dictionaries(st.sampled_from(TRUNKS), rules),
            "down": st.sets(st.sampled_from(TRUNKS)),
            "full": st.sets(st.sampled_from(TRUNKS)),
        }
    )
