# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What happens to options before Ansible converts them: blank answers, lists given as text, and numbers in place of text.

Ansible turns a number into text, so that 0012345 without quotes becomes the account 5349. This has to be seen before.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from .._common.given import is_blank, not_text, secrets_in
from .._common.numbers import split_text


def prepare(
    spec: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any], integers: Container[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """Return (options, faults) of what the user gave.

    A blank answer of a survey is taken out, where it does not unset a text; so the default, or the environment, applies.

    Args:
        spec: the argument spec.
        given: the options as the user set them; what the spec does not name stays as it is.
        integers: options that have to be text and may be whole numbers all the same, such as telephone numbers.
    """
    options = dict(given)
    faults: list[str] = []
    for option, rule in spec.items():
        for name in (option, *rule.get("aliases", ())):
            value = options.get(name)
            if value is None:
                continue
            if _is_no_answer(rule, value):
                del options[name]
                continue
            if _is_list_of_texts(rule):
                options[name] = value = split_text(value) if isinstance(value, str) else value
                faults.extend(_faults_in_list(name, value, option in integers))
            elif rule.get("type", "str") == "str" and not rule.get("choices"):
                wrong = not_text(value, bool(rule.get("no_log")), option in integers)
                faults.extend(["%s %s" % (name, wrong)] if wrong else [])
    return options, faults


def hidden(spec: Mapping[str, Mapping[str, Any]], value: Any) -> set[str]:
    """Return the secrets in the value of an option that Ansible does not look into.

    Args:
        spec: the argument spec of the option's suboptions, which may have suboptions themselves.
        value: what the user gave.
    """
    names = _secret_names(spec)
    return secrets_in(value, lambda key: key in names)


def _secret_names(spec: Mapping[str, Mapping[str, Any]]) -> set[str]:
    names: set[str] = set()
    for option, rule in spec.items():
        if rule.get("no_log"):
            names.update((option, *rule.get("aliases", ())))
        names |= _secret_names(rule.get("options") or {})
    return names


def _is_no_answer(rule: Mapping[str, Any], value: Any) -> bool:
    """Whether blank text says nothing; of plain text options of a trunk it unsets the field."""
    kind = rule.get("type", "str")
    if kind == "str" and not rule.get("choices"):
        return value == "" and "fallback" in rule
    return is_blank(value)


def _is_list_of_texts(rule: Mapping[str, Any]) -> bool:
    return rule.get("type") == "list" and rule.get("elements") == "str" and not rule.get("choices")


def _faults_in_list(name: str, value: Any, integers: bool) -> list[str]:
    if not isinstance(value, (list, tuple)):
        wrong = not_text(value, integers=integers)
        return ["%s %s" % (name, wrong)] if wrong else []
    wrongs = [(place, not_text(each, integers=integers)) for place, each in enumerate(value, 1)]
    return ["%s entry %d %s" % (name, place, wrong) for place, wrong in wrongs if wrong]
