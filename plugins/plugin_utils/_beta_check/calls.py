# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The calls of a transcript, as the findings look at them. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TRUNKS = re.compile(r"/siptrunk_2$")
_TRUNK = re.compile(r"/siptrunk_2/([^/]+)$")
_FORWARD = re.compile(r"/siptrunk_2/([^/]+)/forward$")
_NUMBERS = re.compile(r"/telephonenumber$")
_NUMBER = re.compile(r"/telephonenumber/([^/]+)$")
_DESTINATION = re.compile(r"/telephonenumber/([^/]+)/destination$")
# What a path is about -> its pattern, whose group is the object's id
_KINDS = (
    ("trunks", _TRUNKS),
    ("trunk", _TRUNK),
    ("forward", _FORWARD),
    ("numbers", _NUMBERS),
    ("number", _NUMBER),
    ("destination", _DESTINATION),
    ("from_numbers", re.compile(r"/cid/fromnumber$")),
    ("from_number", re.compile(r"/cid/fromnumber/([^/]+)$")),
    ("mapping", re.compile(r"/cid/mapping$")),
    ("calling_plan", re.compile(r"/callingplan$")),
    ("login", re.compile(r"/v2/authorize$")),
    ("account", re.compile(r"/account/([^/]+)$")),
)


@dataclass(frozen=True)
class Call:
    """One request and its answer.

    Attributes:
        method: of the request.
        about: what the path is about: trunks, trunk, forward, numbers, number, destination, from_numbers, from_number, mapping,
            calling_plan, login, account; empty for others.
        subject: the id in the path; empty without one.
        sent, answer: the JSON bodies; None if there was none or it was no JSON.
        status: of the answer; 0 without one.
        content_type: of the answer, without parameters.
    """

    method: str
    about: str
    subject: str
    sent: Any
    answer: Any
    status: int
    content_type: str

    @property
    def ok(self) -> bool:
        """Whether the API accepted it."""
        return 200 <= self.status < 300


def calls(entries: Iterable[Mapping[str, Any]]) -> Iterator[Call]:
    """Yield the calls of the ``entries`` of a HAR file, in order."""
    for entry in entries:
        request, response = entry["request"], entry["response"]
        path = request["url"].partition("?")[0]
        about, subject = _about(path)
        content = response.get("content") or {}
        yield Call(
            request["method"],
            about,
            subject,
            _parsed((request.get("postData") or {}).get("text")),
            _parsed(content.get("text")),
            int(response["status"]),
            str(content.get("mimeType") or "").partition(";")[0],
        )


def _about(path: str) -> tuple[str, str]:
    """Return what a path is about, and the id in it."""
    for about, pattern in _KINDS:
        match = pattern.search(path)
        if match:
            return about, match[1] if pattern.groups else ""
    return "", ""


def _parsed(text: Any) -> Any:
    """Return a JSON text's value; None if it is none, for example because it was cut."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None
