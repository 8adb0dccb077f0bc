# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading the reports that audits have written."""

from __future__ import annotations

import glob
import json
import os
from typing import Any

from ...module_utils._common.errors import InvalidInput
from .choice import chosen_names
from .files import read_bytes

FORMAT = 1
_PARTS = {"generated_at": str, "complete": bool, "pending": int, "totals": dict, "accounts": list}


def read_reports(given: Any, required: bool = True) -> list[dict[str, Any]]:
    """Return {path, report} of each report, in the order given; one that does not exist and need not has no report.

    Args:
        given: files, patterns and directories, as a list or as text with one in each line. A directory stands for the
            ``audit.json`` in it, or else for those in the directories below and for all other ``.json`` files in it.
        required: whether what does not exist is an error.

    Raises:
        InvalidInput: there are none, or one cannot be read or is no report.
    """
    try:
        names = chosen_names(given)
    except ValueError:
        raise InvalidInput("The reports are no list of files: give paths, as a list or one in each line") from None
    if not names and required:
        raise InvalidInput("No report is given: give files, patterns or directories, as a list or one in each line")
    paths = [(path, name) for name in names for path in _files(os.path.expanduser(name.strip())) or [""]]
    for path, name in paths:
        if not path and required:
            raise InvalidInput("There is no report at %s: check the path, and whether the audit wrote it" % name)
    found: dict[str, dict[str, Any]] = {}
    for path, name in paths:
        if not path:
            found.setdefault(name, {"path": name})
        elif os.path.realpath(path) not in found:
            found[os.path.realpath(path)] = {"path": path, "report": _read(path)}
    return list(found.values())


def _files(name: str) -> list[str]:
    """Return the files that one name stands for."""
    if os.path.isdir(name):
        own = os.path.join(name, "audit.json")
        if os.path.exists(own):
            return [own]
        return sorted(glob.glob(os.path.join(glob.escape(name), "*.json"))) + sorted(
            glob.glob(os.path.join(glob.escape(name), "*", "audit.json"))
        )
    if os.path.exists(name):
        return [name]
    return sorted(path for each in sorted(glob.glob(name)) for path in _files(each))


def _read(path: str) -> dict[str, Any]:
    try:
        content = read_bytes(path)
        report = json.loads(content or b"")
    except OSError as error:
        raise InvalidInput("The report %s cannot be read: %s" % (path, error.strerror)) from None
    except ValueError:
        raise InvalidInput("%s is no report: it is not JSON; give the audit.json of an audit" % path) from None
    if not isinstance(report, dict) or not all(isinstance(report.get(key), kind) for key, kind in _PARTS.items()):
        raise InvalidInput("%s is no report: give the audit.json of an audit" % path)
    if report.get("format") != FORMAT:
        raise InvalidInput(
            "%s has format %s, and only format %d can be merged: merge it with the release of the collection that wrote it"
            % (path, report.get("format"), FORMAT)
        )
    return report
