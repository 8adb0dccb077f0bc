# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What an audit makes of one account, and of a run over many. Pure.

The rows and the report are what ``audit.json`` holds; the other files are made from it.
"""

from __future__ import annotations

import re

from ...module_utils._common.numbers import expand, fold
from . import words

# Changes when a program that reads audit.json would have to change.
FORMAT = 1
# In the order in which people want to read them.
STATUSES = NOT_AUDITED, DRIFTED, NO_DOCUMENT, IN_LINE = ("not_audited", "drifted", "no_document", "in_line")
REGISTRATIONS = REGISTERED, UNREGISTERED, LOCKED_OUT, BY_ADDRESS = (
    "registered",
    "unregistered",
    "locked_out",
    "by_address",
)
BOTH, PLATFORM_ONLY, DOCUMENT_ONLY = ("both", "platform_only", "document_only")
_SECTIONS = ("forward_always", "forward_on_failure", "forward_on_capacity_exceeded")
# No file, page or terminal has a use for these: control characters, halves of characters, and what JSON calls no text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The report has a place of its own for these numbers; and nothing is done by an audit.
_SAID_ELSEWHERE = re.compile(r"\d+ telephone numbers? of the account rings? nowhere: ")
_DONE_ALL_THE_SAME = re.compile(r"\. It is done all the same, since force is true\Z")
_NOT_REACHED = "Ansible did not get as far as the audit: an earlier task failed, or the host is unreachable"
_UNSAID = (
    "the task '%s' failed before it could ask the platform: check the host's variables, and see the output of the run"
)
_ADO = re.compile(r"\A(?:(?:Task|Action|Module) failed: )+")
_NO_LIBRARY = "Failed to import the required Python library"


def row(told):
    """Return what there is to report of one account.

    Args:
        told: a mapping with

            - host, account_name, account_id, account_number and at (the time): who and when;
            - failed: {task, action, result} of the task that ended the audit, if one did, and login, the result of the login;
            - plan: the result of alianza_account_trunks in check mode; none where there is no document;
            - actual: the result of alianza_account_trunks_info;
            - registration: the result of alianza_sip_trunk_info with the registration;
            - document: the trunk document, of which only names and ids are looked at;
            - unlisted: whether trunks that are not in the document are drift.
    """
    told = printable(told)
    plan, actual, registration = (_result(told, part) for part in ("plan", "actual", "registration"))
    reason, kind = _reason(told, plan, actual, registration)
    document = told.get("document") if plan and not reason else None
    trunks = [_trunk(each, _documents(actual), document) for each in registration.get("sip_trunks") or ()]
    drift = [] if document is None else _drift(plan, trunks, document, bool(told.get("unlisted", True)))
    trunks.extend(_missing(step) for step in drift if (step["resource"], step["action"]) == ("sip_trunk", "create"))
    unrouted = list(actual.get("unrouted_numbers") or ())
    made = {
        "host": str(told.get("host")),
        "account_name": _text(told.get("account_name")),
        "account_id": _text(plan.get("account_id") or actual.get("account_id") or told.get("account_id")),
        "account_number": _text(told.get("account_number")),
        "audited_at": _text(told.get("at")),
        "status": NOT_AUDITED if reason else DRIFTED if drift else NO_DOCUMENT if document is None else IN_LINE,
        "reason": reason,
        "reason_kind": kind,
        "drift": drift,
        "unrouted_numbers": _numbers(unrouted),
        "warnings": _warnings(plan, actual),
        "trunks": trunks,
    }
    made["totals"] = _totals_of(made)
    made["attention"] = _attention(made["totals"])
    made["summary"] = _summary(made)
    return made


def _result(told, part):
    """Return a task's result; nothing where the task did not run."""
    result = told.get(part)
    return result if isinstance(result, dict) and not result.get("skipped") else {}


def _reason(told, *results):
    """Return (sentence, kind) of why there was no audit; (None, None) where there was one."""
    if told.get("failed"):
        return _why(told["failed"])
    for result in results:
        if result.get("unreachable") or result.get("failure"):
            return _said(result)
    return (None, None) if results[-1] else (_NOT_REACHED, "unreachable")


def _why(failed):
    """Return (sentence, kind) of a failure.

    Only what this collection itself says is quoted. Ansible's own words about a template that it cannot fill in hold the
    variable, and the next thing in it may be a password.
    """
    result, login = failed.get("result") or {}, failed.get("login") or {}
    if result.get("failure"):
        return _said(result)
    if str(failed.get("action")).rpartition(".")[2] == "fail":
        if result.get("msg") != login.get("msg"):
            return str(result.get("msg")), "invalid_input"
        if login.get("failure") or login.get("unreachable"):
            return _said(login)
    if str(result.get("msg")).startswith(_NO_LIBRARY):
        return str(result["msg"]), "requirements"
    return _UNSAID % failed.get("task"), "unknown"


def _said(result):
    """Return (sentence, kind) of the result of a module of this collection, or of a host that was not reached."""
    if result.get("unreachable"):
        return "Ansible cannot reach the host: %s" % _ADO.sub("", str(result.get("msg"))).strip(), "unreachable"
    return str(result.get("msg")), str(result["failure"].get("kind"))


def _documents(actual):
    """Return a function from a trunk to its entry in the account's document; trunks of one name are there by id."""
    entries = actual.get("trunks") or ()
    by_id = {entry["trunk_id"]: entry for entry in entries if entry.get("trunk_id")}
    by_name = {entry["name"]: entry for entry in entries if entry.get("name")}
    return lambda trunk: by_id.get(trunk["trunk_id"]) or by_name.get(trunk["name"]) or {}


def _trunk(trunk, documents, document):
    entry, status = documents(trunk), trunk.get("registration") or {}
    registration = (
        LOCKED_OUT
        if status.get("locked_out")
        else REGISTERED
        if status.get("registered")
        else BY_ADDRESS
        if trunk.get("ip_based_auth_enabled")
        else UNREGISTERED
    )
    rules = entry.get("forwarding") or {}
    return {
        "name": trunk["name"],
        "trunk_id": trunk["trunk_id"],
        "presence": None if document is None else BOTH if _meaning(document, trunk) is not None else PLATFORM_ONLY,
        "registration": registration,
        "concurrent_calls": trunk.get("concurrent_calls"),
        "telephone_numbers": _numbers(entry.get("telephone_numbers") or ()),
        "forwarding": {
            section: rules.get(section) or ({} if section == "forward_always" else []) for section in _SECTIONS
        },
    }


def _missing(step):
    """Return the trunk that is in the document and not on the platform."""
    return {
        "name": step["trunk"],
        "trunk_id": None,
        "presence": DOCUMENT_ONLY,
        "registration": None,
        "concurrent_calls": None,
        "telephone_numbers": _numbers(()),
        "forwarding": {section: {} if section == "forward_always" else [] for section in _SECTIONS},
    }


def _meaning(document, trunk):
    """Return the document's entry that means a trunk of the platform, None where none does."""
    for entry in document:
        meant = entry.get("trunk_id") == trunk["trunk_id"] if entry.get("trunk_id") else _label(entry) == trunk["name"]
        if meant:
            return entry
    return None


def _label(entry):
    return str(entry.get("name") or entry.get("trunk_name") or entry.get("trunk_id"))


def _drift(plan, trunks, document, unlisted):
    """Return the steps that would make the account what its document says, and the trunks that it does not know."""
    # A trunk that the document means by its id and gives a new name is reported under the name that people know it by.
    names = {
        _label(entry): trunk["name"] for trunk in trunks for entry in [_meaning(document, trunk)] if entry is not None
    }
    steps = [
        _step(step, names.get(step["name"], step["name"])) for step in map(_compared, plan.get("plan") or ()) if step
    ]
    if unlisted:
        steps.extend(_unlisted(trunk) for trunk in trunks if trunk["presence"] == PLATFORM_ONLY)
    return steps


def _compared(step):
    """Return a step without what nobody compared; None where nothing is left.

    A password that the API does not tell is written on every run, which the plan warns of. Whether it differs is not known.
    """
    kept = {option: each for option, each in step["changes"].items() if each["before"] != words.UNREADABLE}
    return dict(step, changes=kept) if kept or not step["changes"] else None


def _step(step, name):
    told = (words.compared(option, each["before"], each["after"]) for option, each in step["changes"].items())
    return {
        "resource": step["resource"],
        "action": step["action"],
        "trunk": name,
        "finding": words.finding(step["resource"], step["action"]),
        "changes": {option: _folded(option, each) for option, each in step["changes"].items()},
        "told": []
        if (step["resource"], step["action"]) == ("sip_trunk", "delete")
        else [each for each in told if each],
    }


def _unlisted(trunk):
    return {
        "resource": "sip_trunk",
        "action": "unlisted",
        "trunk": trunk["name"],
        "finding": words.finding("sip_trunk", "unlisted"),
        "changes": {},
        "told": [],
    }


def _folded(option, change):
    return {side: fold(change[side] or ()) for side in ("before", "after")} if option == "telephone_numbers" else change


def _numbers(entries):
    """Return {count, ranges} of numbers and ranges."""
    return {"count": len(expand(entries)[0]), "ranges": list(entries)}


def _warnings(*results):
    found = [str(warning) for result in results for warning in result.get("warnings") or ()]
    kept = [_DONE_ALL_THE_SAME.sub("", warning) for warning in found if not _SAID_ELSEWHERE.match(warning)]
    return list(dict.fromkeys(kept))


def _totals_of(account):
    there = [trunk for trunk in account["trunks"] if trunk["presence"] != DOCUMENT_ONLY]
    states = [trunk["registration"] for trunk in there]
    return dict(
        {"trunks": len(there)},
        **{state: states.count(state) for state in REGISTRATIONS},
        concurrent_calls=sum(trunk["concurrent_calls"] or 0 for trunk in there),
        telephone_numbers=sum(trunk["telephone_numbers"]["count"] for trunk in there),
        unrouted_numbers=account["unrouted_numbers"]["count"],
    )


def _attention(totals):
    """Return in words what is wrong whatever the document says."""
    return [
        words.counted(totals[key], *said)
        for key, said in {
            LOCKED_OUT: ("trunk locked out", "trunks locked out"),
            UNREGISTERED: ("trunk unregistered", "trunks unregistered"),
            "unrouted_numbers": ("number rings nowhere", "numbers ring nowhere"),
        }.items()
        if totals[key]
    ]


def _summary(account):
    """Return the account in one line."""
    if account["status"] == NOT_AUDITED:
        parts = [account["reason"]]
    elif account["status"] == DRIFTED:
        parts, more = [words.sentence(account["drift"][0], most=1)], sum(map(_differences, account["drift"])) - 1
        parts.extend([words.counted(more, "more difference", "more differences")] if more else [])
    else:
        parts = ["no document to compare with" if account["status"] == NO_DOCUMENT else "as its document says"]
    return "; ".join(parts + account["attention"])


def _differences(step):
    """Return how many differences a step tells of; a trunk that one side does not know is one."""
    return len(step["told"]) if step["action"] == "update" or step["resource"] != "sip_trunk" else 1


def _text(value):
    return None if value in (None, "") else str(value)


def report(rows, hosts, active, at):
    """Return the report of a run: what ``audit.json`` holds.

    Args:
        rows: what :func:`row` returned for each host, in their order; anything empty for a host that has none.
        hosts: all hosts of the play.
        active: those of them that have not failed. One of them without a row has its turn in a later batch.
        at: the time.
    """
    active = set(active)
    accounts, pending = [], []
    for host, made in zip(hosts, rows):
        if made:
            accounts.append(made)
        elif host in active:
            pending.append(host)
        else:
            accounts.append(row({"host": host}))
    accounts.sort(key=_urgency)
    totals = {"accounts": len(accounts)}
    totals.update({status: sum(account["status"] == status for account in accounts) for status in reversed(STATUSES)})
    for key in _totals_of({"trunks": [], "unrouted_numbers": _numbers(())}):
        totals[key] = sum(account["totals"][key] for account in accounts)
    return {
        "format": FORMAT,
        "generated_at": at,
        "complete": not pending,
        "pending": len(pending),
        "totals": totals,
        "accounts": accounts,
    }


def _urgency(account):
    quiet = account["status"] in (IN_LINE, NO_DOCUMENT)
    return (
        STATUSES.index(account["status"]) if not quiet else len(STATUSES),
        quiet and not account["attention"],
        _natural(account["host"]),
    )


def _natural(text):
    """Return a key that sorts customer-2 before customer-10."""
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part)
        for part in re.split(r"([0-9]+)", text.casefold())
    ]


def outcome(made):
    """Return the report's essence, for later tasks and jobs: totals, and the hosts that need somebody."""
    return dict(
        {"complete": made["complete"], "totals": made["totals"]},
        **{
            status: [account["host"] for account in made["accounts"] if account["status"] == status]
            for status in (DRIFTED, NOT_AUDITED)
        },
        attention=[account["host"] for account in made["accounts"] if account["attention"]],
    )


def printable(value):
    """Return a JSON value without characters that cannot be shown, in texts and in keys."""
    if isinstance(value, dict):
        return {printable(key): printable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(inner) for inner in value]
    return _UNPRINTABLE.sub("\ufffd", value) if isinstance(value, str) else value
