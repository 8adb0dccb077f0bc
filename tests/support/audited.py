# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules of the audit return of an account, made by the jobs that they run, and the page that is made from it."""

from __future__ import annotations

import pathlib
from datetime import datetime, timedelta

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import report
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.account_row import account_row
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.page import page as render
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.audited_account import AuditedAccount
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.document_parts import PARTS, TRUNKS
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.local_time import utc_time
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to

ROLE = pathlib.Path(__file__).resolve().parents[2] / "roles" / "trunk_audit"
AT = "2026-11-25T05:00:12Z"
HOSTILE = "\"><script>alert(1)</script> <!-- {{ 7*7 }} {% raw %} ' &amp; ]]> \u202e\u0007\ud800 =1+1"


def audit(state, document=None, host="customer", **more):
    """Return the row of an account of a known state, as the role makes it.

    Args:
        state: the State.
        document: its trunks; None for an account without a document.
        host: name of the host.
        more: other lists of the document, and what else the row is made from.
    """
    state.account_id = "ACCOUNT"
    lists = {option: more.pop(option) for option in PARTS if option in more}
    audited = AuditedAccount(
        None if document is None else {TRUNKS.option: document, **lists}, more.get("unlisted", True)
    )
    assert all(state.has(need) for need in audited.needs(state)), "the state lacks what is needed"
    return account_row(dict({"host": host, "at": AT, "document": document}, **dict(audited.results(state), **more)))


def reported(*rows):
    """Return the report of some rows."""
    hosts = [row["host"] for row in rows]
    return report.report(rows, hosts, hosts, AT)


def utah(at):
    """Return a time of a report as a control node in Utah shows it; no test crosses the change of the clocks."""
    earlier = datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ") - timedelta(hours=7)
    return utc_time(earlier.strftime("%Y-%m-%dT%H:%M:%SZ"))._replace(zone="MST")


def page(report, clock=utc_time):
    """Return the page of a report, with the role's style sheet and script.

    Args:
        report: what ``audit.json`` holds.
        clock: returns a time as the control node shows it.
    """
    css, script = ((ROLE / "files" / name).read_text() for name in ("audit.css", "audit.js"))
    return render(report, css, script, clock)


def hostile():
    """Return the row of an account of which every text is an attack, or at least unwise."""
    state = account(
        {"T1": HOSTILE, "T2": {"trunkName": "=cmd|' /C calc'!A0", "concurrentCalls": 7}},
        {
            "T1": {
                "forwardOnFailure": [to("T2"), to(HOSTILE), {"referenceType": "<b>", "referenceId": "<i>"}],
                "forwardAlways": dict(to("T2"), enabled=True),
            }
        },
        {"18015550001": to("T1"), "<u>": to("T1"), "18015550002": None},
    )
    document = [
        {"name": HOSTILE, "language_tag": "en-US", "forwarding": {"forward_on_failure": []}},
        {"name": "<s>", "concurrent_calls": 2},
    ]
    return audit(state, document, host="<h1>", account_name="<h2>%s" % HOSTILE, account_number="@SUM(A1)")


def refused():
    """Return the row of an account that was not audited for a hostile reason."""
    return account_row({"host": "<p>", "error": {"msg": HOSTILE, "kind": "<q>"}})


SITES = ("Lindon HQ", "Provo DR", "Salt Lake City Call Center", "Ogden", "St. George Warehouse", "Boise Front Desk")
TRADES = (
    "Dental",
    "Furniture",
    "Credit Union",
    "Brewing",
    "Law Group",
    "Clinic",
    "School District",
    "Auto Parts",
    "Hardware",
    "Hotel",
)
PLACES = ("Maple", "Wasatch", "Cedar", "Juniper", "Aspen", "Granite", "Bonneville", "Timpanogos", "Sego", "Beehive")


def customer(place):
    """Return the row of a customer; what there is to see of it is decided by its place in the list."""
    name = "%s %s" % (PLACES[place % 10], TRADES[place // 10 % 10])
    host = "%s-%d" % (name.lower().replace(" ", "-"), place)
    known = {"host": host, "account_name": name, "account_number": str(10000 + place)}
    if place % 61 == 7:
        return account_row(
            dict(
                known,
                at=AT,
                error={
                    "msg": "api.alianza.com refused the connection: check api_url and the network (5 attempts)",
                    "kind": "network",
                },
            )
        )
    first = 18010000000 + place * 1000
    sites = SITES[: 1 + (place % 7 in (2, 4, 5)) + (place % 11 == 3) + 3 * (place % 97 == 20)]
    ids = {site: "T%d" % spot for spot, site in enumerate(sites)}
    trunks = {
        ids[site]: {
            "trunkName": site,
            "concurrentCalls": 6 + 4 * (place % 5),
            "sipUsername": "site-user-%d" % spot,
            "ipBasedAuthEnabled": place % 29 == 3 and spot == 0,
            "lockedOut": False,
        }
        for spot, site in enumerate(sites)
    }
    mobile = {"referenceType": "TELEPHONE", "referenceId": str(first + 999)}
    forwards = {
        key: {
            "forwardOnFailure": [*(to(other) for other in list(ids.values())[:2] if other != key), mobile],
            "forwardOnCapacityExceeded": [to("T1")] if key == "T0" and len(sites) > 1 else [],
        }
        for key in ids.values()
    }
    if place % 23 == 6:
        forwards = {key: {} for key in ids.values()}
    if place % 83 == 11:
        forwards["T0"]["forwardAlways"] = dict(mobile, enabled=True)
    if place % 50 == 4:
        forwards["T0"]["forwardAlways"] = {"referenceType": "VOICE_MAIL", "referenceId": "vm-77", "enabled": False}
    share = (10 + place % 40) // len(sites) + 1
    numbers = {str(first + spot): to("T%d" % (spot // share)) for spot in range(10 + place % 40)}
    numbers.update({str(first + 500 + spot): None for spot in range(12 if place % 37 == 5 else place % 67 == 33)})
    registered = [key for key in ids.values() if (place + int(key[1])) % 43 and not trunks[key]["ipBasedAuthEnabled"]]
    state = account(trunks, forwards, numbers, registered)
    for key in ids.values():
        state.registrations[key]["locked_out"] = (place + int(key[1])) % 71 == 9
    document = [
        {
            "name": site,
            "concurrent_calls": 6 + 4 * (place % 5) + 2 * (place % 31 == 8),
            "local_services_enabled": place % 53 == 30,
            "telephone_numbers": [number for number, where in numbers.items() if where == to(key)][
                : None if place % 47 != 13 else -2
            ],
            "forwarding": {
                "forward_on_failure": []
                if place % 23 == 6
                else (
                    [{"trunk_name": other} for other in sites[:2] if other != site]
                    + [{"reference_type": "TELEPHONE", "reference_id": str(first + 999)}]
                )[:: -1 if place % 41 == 17 else 1]
            },
        }
        for site, key in ids.items()
        if place % 59 != 20 or site != SITES[1]
    ]
    if place % 67 == 33:
        document.append({"name": "Vernal", "concurrent_calls": 4, "telephone_numbers": [str(first + 500)]})
    if place % 101 == 50:
        document[0]["telephone_numbers"] = ["1801999%04d" % place]
    return audit(state, None if place % 73 == 40 else document, **known)


def crowd(count=300):
    """Return the report of many customers."""
    return reported(*map(customer, range(count)))
