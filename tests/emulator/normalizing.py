# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the platform changes values that it takes, if the settings say that it does."""

from __future__ import annotations

import unicodedata
from typing import Any

from .settings import Settings

#: Fields that people name things by.
NAMES = ("trunkName", "name")


def normalized(settings: Settings, body: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a trunk or group as the platform stores them."""
    wanted = settings.normalizations
    if not wanted:
        return body
    changed = dict(body)
    for name in NAMES:
        if name in changed and "trim" in wanted:
            changed[name] = changed[name].strip()
        if name in changed and "nfc" in wanted:
            changed[name] = unicodedata.normalize("NFC", changed[name])
    if changed.get("languageTag") and "language_tag" in wanted:
        changed["languageTag"] = language_tag(changed["languageTag"])
    return changed


def language_tag(text: str) -> str:
    """Return a language tag in the usual case: language, Script, REGION."""
    first, *rest = text.split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)])
