# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator's request log, as tests compare it."""

from __future__ import annotations


def below_account(path):
    """Return the part of a path after the account, such as siptrunk_2/T1; a path without an account as it is."""
    return path.partition("/account/")[2].partition("/")[2] if "/account/" in path else path


def calls(entries):
    """Return 'METHOD path' of log entries, in their order; paths begin below the account."""
    return ["%s %s" % (entry["method"], below_account(entry["path"])) for entry in entries]


def reads(entries):
    """Return 'METHOD path' of the reads among log entries, sorted; paths begin below the account."""
    return sorted(calls(entry for entry in entries if entry["method"] == "GET"))


def per_task(emulator):
    """Return the log entries of each task that logged in, logins and logouts aside; paths begin below the account."""
    tasks = []
    for entry in emulator.log():
        if entry["path"] == "/v2/authorize":
            tasks.append([])
        elif not entry["path"].startswith("/v2/authorize"):
            tasks[-1].append(dict(entry, path=below_account(entry["path"])))
    return tasks
