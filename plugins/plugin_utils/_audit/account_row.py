# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What there is to report of one account: an entry of ``accounts`` in ``audit.json``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .drift import drift
from .health import health
from .printable import printable
from .reason import reason
from .states import DOCUMENT_FAULTY, DRIFTED, IN_LINE, NO_DOCUMENT, NOT_AUDITED
from .totals import attention, summary, totals
from .trunks import counted_numbers, trunk_in_document, trunks_on_platform

# The kind of notice that the report has a place of its own for.
_UNROUTED = "unrouted_numbers"


def account_row(read: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is to report of one account.

    Args:
        read: a mapping with

            - host, account_name, account_id, account_number and at (the time): which account, and when;
            - error: {msg, kind} of what kept the account from being read, if anything did;
            - plan: the result of alianza_account_trunks in check mode; none if there is no document;
            - actual: the result of alianza_account_trunks_info;
            - registration: the result of alianza_sip_trunk_info with the registration;
            - points: {trunk_id, lost_numbers} of the trunks whose failure alone would lose calls;
            - flow: the result of alianza_call_flow_info while trunks are not registered, empty if all of them are;
            - document: the trunk document, of which only names and IDs are looked at;
            - unlisted: whether trunks that are not in the document are drift;
            - others: {resource: names} of what the account has beside trunks, and the document does not.
    """
    read = printable(dict(read))
    plan, actual, registration = (_result(read, part) for part in ("plan", "actual", "registration"))
    sentence, kind = reason(read.get("error"), plan, actual, registration)
    faulty = bool(plan.get("failure")) and _read(actual) and _read(registration)
    document = read.get("document") if plan and not sentence else None
    trunks = trunks_on_platform(registration, actual, document, read.get("points"))
    steps = (
        [] if document is None else drift(plan, trunks, document, bool(read.get("unlisted", True)), read.get("others"))
    )
    trunks += [trunk_in_document(step["trunk"]) for step in steps if _creates_trunk(step)]
    unrouted = counted_numbers(actual.get("unrouted_numbers") or ())
    status = NOT_AUDITED if sentence else DRIFTED if steps else NO_DOCUMENT if document is None else IN_LINE
    account: dict[str, Any] = {
        "host": str(read.get("host")),
        "account_name": _text(read.get("account_name")),
        "account_id": _text(plan.get("account_id") or actual.get("account_id") or read.get("account_id")),
        "account_number": _text(read.get("account_number")),
        "audited_at": _text(read.get("at")),
        "status": status,
        "conformity": DOCUMENT_FAULTY if faulty else status,
        "health": health(trunks) if not sentence or faulty else None,
        "reason": sentence,
        "reason_kind": kind,
        "drift": steps,
        "unrouted_numbers": unrouted,
        "warnings": _warnings(plan, actual),
        "trunks": trunks,
    }
    flow = _result(read, "flow")
    account["lost_numbers"] = counted_numbers(flow.get("lost_numbers") or ())
    account["call_flows"] = flow.get("call_flows") or []
    account["totals"] = totals(trunks, unrouted["count"])
    account["attention"] = attention(account["totals"])
    account["summary"] = summary(account)
    return account


def _result(read: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    """Return the result of a module, an empty one if it did not run."""
    result = read.get(part)
    return result if isinstance(result, dict) else {}


def _read(result: Mapping[str, Any]) -> bool:
    """Return whether a module has read what it was to read."""
    return bool(result) and not result.get("failure")


def _creates_trunk(step: Mapping[str, Any]) -> bool:
    return (step["resource"], step["action"]) == ("sip_trunk", "create")


def _warnings(*results: Mapping[str, Any]) -> list[str]:
    """Return the notices of some results as sentences: the facts alone, since an audit forces nothing."""
    notices = [notice for result in results for notice in result.get("notices") or ()]
    return list(dict.fromkeys(str(notice["msg"]) for notice in notices if notice["kind"] != _UNROUTED))


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
