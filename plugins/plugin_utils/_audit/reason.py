# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Why an account could not be audited. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NOT_REACHED = "Ansible did not get as far as the audit: an earlier task failed, or the host is unreachable"
_UNKNOWN = (
    "the task '%s' failed before it could call the API: check the host's variables, and see the output of the run"
)
_MISSING_LIBRARY = "Failed to import the required Python library"
# What ansible-core puts before a message, depending on its release.
_PREFIXES = ("Task failed: ", "Action failed: ", "Module failed: ")


def reason(failed: Mapping[str, Any] | None, *results: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return (sentence, kind) of why there was no audit, (None, None) if there was one.

    Args:
        failed: {task, action, result, login} of the task that ended the audit, None if none did.
        results: results of the modules that compare and read the account, in their order; empty ones for those that did not run.
    """
    if failed:
        return _of_failure(failed)
    for result in results:
        if result.get("unreachable") or result.get("failure"):
            return _of_result(result)
    return (None, None) if results[-1] else (_NOT_REACHED, "unreachable")


def _of_failure(failed: Mapping[str, Any]) -> tuple[str, str]:
    """Return (sentence, kind) of a task that failed.

    Only what this collection itself says is quoted. The message of Ansible about a template that cannot be filled in holds
    the variable, and what stands next to it may be a password.
    """
    result, login = failed.get("result") or {}, failed.get("login") or {}
    if result.get("failure"):
        return _of_result(result)
    if str(failed.get("action")).rpartition(".")[2] == "fail":
        if result.get("msg") != login.get("msg"):
            return str(result.get("msg")), "invalid_input"
        if login.get("failure") or login.get("unreachable"):
            return _of_result(login)
    if str(result.get("msg")).startswith(_MISSING_LIBRARY):
        return str(result["msg"]), "requirements"
    return _UNKNOWN % failed.get("task"), "unknown"


def _of_result(result: Mapping[str, Any]) -> tuple[str, str]:
    """Return (sentence, kind) of the result of a module of this collection, or of a host that was not reached."""
    if result.get("unreachable"):
        return "Ansible cannot reach the host: %s" % _without_prefixes(str(result.get("msg"))), "unreachable"
    return str(result.get("msg")), str(result["failure"].get("kind"))


def _without_prefixes(msg: str) -> str:
    for prefix in _PREFIXES:
        if msg.startswith(prefix):
            return _without_prefixes(msg[len(prefix) :])
    return msg.strip()
