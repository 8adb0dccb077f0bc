# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: which requests they hit, how often, and what they do to them."""

from __future__ import annotations

import itertools
import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator

Action = Literal[
    "status",
    "reset",
    "close_midway",
    "truncate",
    "garbage",
    "hang",
    "delay",
    "gather",
    "redirect",
    "expire_tokens",
    "drip",
    "trickle",
    "error",
    "interim",
    "huge",
    "bom",
    "odd_json",
    "other_object",
]
#: These damage the real answer, so unless told otherwise the operation is carried out first.
DAMAGES = ("close_midway", "truncate", "drip", "trickle", "bom", "odd_json", "other_object")
#: These make an answer of their own.
OWN = ("status", "garbage", "redirect", "error", "huge")
#: After these the answer is what the API gives.
HARMLESS = ("delay", "expire_tokens", "gather", "interim")
#: The shapes of an error's body.
Shape = Literal[
    "envelope",
    "message",
    "code_message",
    "code_description",
    "errors",
    "error_objects",
    "problem",
    "word",
    "page",
    "empty",
]
#: How an error may write down what it was sent.
Echo = Literal["plain", "base64", "base64url", "url", "url_twice", "hex", "json_escapes", "html", "list"]


class Fault(BaseModel):
    """A rule: requests that match it get something else than the proper answer."""

    model_config = ConfigDict(strict=True, extra="forbid")

    #: What happens; see the README for each.
    action: Action
    #: Chosen by the emulator if not given.
    id: str = ""
    #: Regular expression that the whole method has to match, None for any.
    method: str | None = None
    #: Regular expression that is searched in the path as sent (without the query), None for any.
    path: str | None = None
    #: How many matching requests are let through first.
    skip: int = Field(default=0, ge=0)
    #: How many requests are hit after that, None for all.
    times: int | None = Field(default=1, ge=0)
    #: Before: the operation is not carried out; after: it is, and then its answer is lost or damaged.
    when: Literal["before", "after"] | None = None
    #: status, redirect, garbage, error, huge: the answer's status; interim: that of the answers before it.
    status: int | None = Field(default=None, ge=100, le=599)
    #: Further headers of the answer, such as Retry-After.
    headers: dict[str, str] = {}
    #: The answer's body: text, or something that is written as JSON.
    body: Any = None
    #: The answer's content type.
    content_type: str | None = None
    #: redirect: where to.
    location: str | None = None
    #: hang, delay, drip: how long; gather: how long at most; trickle: for each byte.
    seconds: float = Field(default=5, ge=0)
    #: error: the shape of the body, its text, and whether it echoes the request or the secrets in it.
    shape: Shape = "envelope"
    text: str = "Fault"
    echo: Echo | None = None
    echo_part: Literal["request", "secrets"] = "request"
    #: interim: how many there are.
    count: int = Field(default=1, ge=1)
    #: trickle: what comes byte by byte.
    part: Literal["body", "all"] = "body"
    #: huge: how many bytes there are (once they are unpacked), and whether they travel as gzip.
    size: int = Field(default=65 * 2**20, ge=2)
    gzip: bool = False
    #: odd_json: what is odd.
    kind: Literal["infinity", "nan", "nested", "number", "text", "null"] = "infinity"

    _matched: int = PrivateAttr(default=0)
    _hits: int = PrivateAttr(default=0)

    @field_validator("method", "path")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"not a regular expression: {error}") from error
        return value

    @property
    def after(self) -> bool:
        """Whether the operation is carried out before the fault acts."""
        return self.when == "after" if self.when else self.action in DAMAGES

    @property
    def hits(self) -> int:
        """How many requests it has hit."""
        return self._hits

    def as_dict(self) -> dict[str, Any]:
        """Return the rule with `hits` (requests it hit) and `matched` (those and the ones it let through)."""
        return {
            **self.model_dump(),
            "when": "after" if self.after else "before",
            "hits": self._hits,
            "matched": self._matched,
        }

    def takes(self, method: str, path: str) -> bool:
        """Tell whether the rule hits a request, and count it."""
        if self.method is not None and not re.fullmatch(self.method, method):
            return False
        if self.path is not None and not re.search(self.path, path):
            return False
        if self.times is not None and self._hits >= self.times:
            return False
        self._matched += 1
        if self._matched <= self.skip:
            return False
        self._hits += 1
        return True


class Faults:
    """The rules in their order."""

    def __init__(self) -> None:
        """Start without a rule."""
        self.rules: list[Fault] = []
        self._ids = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        """Append a rule and return it with its id; raises ValueError if the id is in use."""
        fault.id = fault.id or f"fault-{next(self._ids)}"
        if any(rule.id == fault.id for rule in self.rules):
            raise ValueError(f"There is a fault {fault.id} already")
        self.rules.append(fault)
        return fault

    def pick(self, method: str, path: str) -> Fault | None:
        """Return the first rule that hits a request, None if none does."""
        return next((rule for rule in self.rules if rule.takes(method, path)), None)

    def clear(self) -> None:
        """Remove every rule."""
        self.rules.clear()
