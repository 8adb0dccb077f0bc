# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What a transcript of the playbook beta_check settles about the API, and whether the emulator does the same. Pure.

Each question is a function of the calls that returns what was observed in a few words, or an empty text if the calls do not
settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .._base.plain import plain
from .calls import Call, calls
from .clearing import number_null, trunk_null
from .listing import after_create, after_delete
from .trunk_api import calling_plan, deleted_while_mapped, wildcards

_KEPT = "kept as it was sent"


def findings(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a finding for each question.

    Args:
        entries: ``log.entries`` of the HAR file.

    Returns:
        Of each ``question``, ``observed`` (None if it is not settled), ``emulator`` (what the emulator does), ``settled``, and
        ``same``, whether the two are the same (None if it is not settled).
    """
    made = list(calls(plain(entries)))
    found = []
    for question, emulated, observe in QUESTIONS:
        observed = observe(made) or None
        found.append(
            {
                "question": question,
                "observed": observed,
                "emulator": emulated,
                "settled": observed is not None,
                "same": None if observed is None else observed == emulated,
            }
        )
    return found


def _login(made: Sequence[Call]) -> str:
    return _joined(str(call.status) for call in made if call.about == "login" and call.method == "POST")


def _password(made: Sequence[Call]) -> str:
    trunks = _trunks_shown(made)
    if not trunks:
        return ""
    shown = sum(1 for trunk in trunks if trunk.get("sipPassword"))
    return "returned" if shown == len(trunks) else "not returned" if not shown else "returned at times"


def _write_statuses(made: Sequence[Call]) -> str:
    written = (("trunks", "POST"), ("trunk", "PATCH"), ("forward", "PUT"), ("number", "PATCH"), ("trunk", "DELETE"))
    parts = []
    for about, method in written:
        statuses = _joined(
            str(call.status) for call in made if (call.about, call.method) == (about, method) and call.ok
        )
        if statuses:
            parts.append("%s %s %s" % (method, about.rstrip("s"), statuses))
    return "; ".join(parts)


def _voicemail(made: Sequence[Call]) -> str:
    """Which spellings were accepted in rules, and which one is shown after them."""
    accepted: list[str] = []
    refused: list[str] = []
    shown: list[str] = []
    for call in made:
        if call.about != "forward":
            continue
        spellings = _voicemail_spellings(call.sent if call.method == "PUT" else call.answer)
        (shown if call.method == "GET" else accepted if call.ok else refused).extend(spellings)
    parts = (("accepts", accepted), ("refuses", refused), ("shows", shown))
    return "; ".join("%s %s" % (word, _joined(spellings)) for word, spellings in parts if spellings)


def _voicemail_spellings(rules: Any) -> list[str]:
    if isinstance(rules, dict):
        own = str(rules.get("referenceType"))
        return [own] * (own in ("VOICEMAIL", "VOICE_MAIL")) + _voicemail_spellings(list(rules.values()))
    return [each for rule in rules for each in _voicemail_spellings(rule)] if isinstance(rules, list) else []


def _stored(wire: str) -> Callable[[Sequence[Call]], str]:
    """Return the observer of how a field of a trunk is stored that was sent in some form."""

    def observe(made: Sequence[Call]) -> str:
        for place, call in enumerate(made):
            value = call.sent.get(wire) if call.about in ("trunk", "trunks") and isinstance(call.sent, dict) else None
            if not value or not call.ok:
                continue
            for later in _trunks_shown([call, *made[place + 1 :]], call.subject):
                if later.get(wire):
                    return _KEPT if later[wire] == value else "%s became %s" % (_words(value), _words(later[wire]))
        return ""

    return observe


def _not_found(made: Sequence[Call]) -> str:
    for call in made:
        if call.about == "account" and call.status == 404:
            keys = ", ".join(sorted(call.answer)) if isinstance(call.answer, dict) else "a text"
            return "%s with %s" % (
                call.content_type or "no content type",
                keys if call.answer is not None else "no JSON",
            )
    return ""


def _rate_limit(made: Sequence[Call]) -> str:
    limited = sum(1 for call in made if call.status == 429)
    return "HTTP 429 to %d of %d requests" % (limited, len(made)) if limited else "none seen" if made else ""


def _trunks_shown(made: Sequence[Call], trunk_id: str = "") -> list[dict[str, Any]]:
    """Return the trunks in answers, of one id or of all."""
    shown: list[dict[str, Any]] = []
    for call in made:
        if call.about in ("trunk", "trunks") and call.ok:
            each = call.answer if isinstance(call.answer, list) else [call.answer]
            shown += [trunk for trunk in each if isinstance(trunk, dict) and "trunkName" in trunk]
    return [trunk for trunk in shown if not trunk_id or trunk.get("id") == trunk_id]


def _joined(values: Iterable[str]) -> str:
    return ", ".join(sorted(set(values)))


def _words(value: Any) -> str:
    return _joined(map(str, value)) if isinstance(value, list) else str(value)


def _cannot_be_seen(made: Sequence[Call]) -> str:
    return ""


# (question, what the emulator does unless it is told otherwise, the observer)
QUESTIONS: tuple[tuple[str, str, Callable[[Sequence[Call]], str]], ...] = (
    ("Which status has the answer to a login?", "200", _login),
    ("Does the API return SIP passwords?", "returned", _password),
    (
        "Which statuses have successful writes?",
        "POST trunk 200; PATCH trunk 200; PUT forward 204; PATCH number 200; DELETE trunk 204",
        _write_statuses,
    ),
    ("Does null clear an optional field of a trunk?", "clears", trunk_null),
    ("Does null clear the destination of a number?", "clears", number_null),
    ("Does the list show a trunk right after it was created?", "at once", after_create),
    ("Does the list show a trunk after it was deleted?", "no", after_delete),
    ("Which spelling of voicemail do rules have?", "accepts VOICEMAIL; shows VOICE_MAIL", _voicemail),
    ("How are extension patterns stored?", _KEPT, _stored("extensionPatterns")),
    ("How is a language tag stored?", _KEPT, _stored("languageTag")),
    ("Which wildcards of FROM numbers does the API take?", "accepts 99XX", wildcards),
    ("Can a FROM number be deleted while it shows a caller ID?", "yes", deleted_while_mapped),
    ("Does a trunk show another calling plan after PUT of it?", "at once", calling_plan),
    ("What does a 404 look like?", "application/json with data, messages, status", _not_found),
    ("Is there a rate limit?", "none seen", _rate_limit),
    ("Do a trunk group's rules precede those of its trunks?", "not emulated", _cannot_be_seen),
    (
        "When is a trunk locked out, and for how long?",
        "after 4 refused registrations, until it is unlocked",
        _cannot_be_seen,
    ),
)
