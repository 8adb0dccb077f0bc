# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""An audit in words that people read over coffee: options, destinations, and what differs. Pure."""

from __future__ import annotations

import re

from ...module_utils._account import document_fields
from ...module_utils._common.fields import labels
from ...module_utils._common.numbers import fold

WHAT = labels(document_fields.SHOWN)
NOTHING = "none"
# What plans say of a value that the API does not tell.
UNREADABLE = "(not readable)"
_KINDS = {"BUSY": "busy tone", "VOICE_MAIL": "voice mail", "IVR": "IVR", "END_USER": "user"}
# What plans say in place of a value that nobody may see, or that is still to be made up.
_VEILED = re.compile(r"\((generated|hidden|new|not readable|known after apply)\)\Z")
# More ranges than this are counted instead of spelt out.
_SPELT_OUT = 12


def destination(target, names=None):
    """Return a destination in a few words.

    Args:
        target: {reference_type, trunk_name or reference_id}.
        names: {id: name} of the trunks that are there, for targets that are given by id.
    """
    kind, key = str(target.get("reference_type")), target.get("reference_id")
    if kind == "SIP_TRUNK":
        return "trunk %s" % (target.get("trunk_name") or (names or {}).get(key) or key)
    if kind == "TELEPHONE":
        return str(key)
    return " ".join(filter(None, (_KINDS.get(kind) or kind.lower().replace("_", " "), key)))


def value(told):
    """Return a value of an option in words."""
    if told in (None, "", [], {}):
        return NOTHING
    if isinstance(told, bool):
        return "yes" if told else "no"
    if isinstance(told, list):
        return ", then ".join(map(destination, told)) if isinstance(told[0], dict) else ", ".join(map(str, told))
    if isinstance(told, dict):
        return destination(told) + {True: " (on)", False: " (off)"}.get(told.get("enabled"), "")
    return str(told)


def ranges(numbers):
    """Return numbers and ranges in one text, many of them cut short."""
    more = len(numbers) - _SPELT_OUT
    return ", ".join(numbers[:_SPELT_OUT]) + (" and %d more" % more if more > 0 else "")


def compared(option, before, after):
    """Return {what, platform, document} of an option that differs; None where there is nothing to see.

    Args:
        option: its name.
        before: its value on the platform; of telephone_numbers, each number.
        after: its value in the document.
    """
    what = WHAT.get(option, option)
    if option == "telephone_numbers":
        here, wanted = set(before or ()), set(after or ())
        return _told("Numbers that differ", ranges(fold(here - wanted)), ranges(fold(wanted - here)))
    if option == "sip_password":
        return None if before is None else _told(what, "(not shown)", "another one (not shown)")
    if before is None and (option == "name" or _VEILED.match(str(after))):
        return None
    return _told(what, value(before), value(after))


def _told(what, platform, document):
    return {"what": what, "platform": platform or NOTHING, "document": document or NOTHING}


def forwarding(rules):
    """Return the forwarding rules of a trunk in one line; empty where there are none.

    Args:
        rules: {section: what it holds}.
    """
    return "; ".join("%s: %s" % (WHAT[section].lower(), value(held)) for section, held in rules.items() if held)


FINDINGS = {
    ("sip_trunk", "create"): "is not on the platform",
    ("sip_trunk", "update"): "is not as in the document",
    ("sip_trunk", "delete"): "is there, and the document wants it gone",
    ("sip_trunk", "unlisted"): "is not in the document",
    ("trunk_forwarding", None): "forwards otherwise than in the document",
    ("tn_route", None): "does not have the numbers of the document",
}


def finding(resource, action):
    """Return what is the matter with an object, as a phrase that follows the trunk's name."""
    return FINDINGS.get((resource, action)) or FINDINGS[(resource, None)]


def sentence(step, most=None):
    """Return one step of the drift as a line of text.

    Args:
        step: the step.
        most: how many of its differences are told; None for all.
    """
    if not step["told"] or step["action"] != "update" and step["resource"] == "sip_trunk":
        return "%s %s" % (step["trunk"], step["finding"])
    return "%s: %s" % (
        step["trunk"],
        "; ".join(map(_differing if step["resource"] == "tn_route" else _compared, step["told"][:most])),
    )


def _compared(told):
    return "%s %s on the platform, %s in the document" % (_within(told["what"]), told["platform"], told["document"])


def _differing(told):
    sides = (("numbers not in the document", told["platform"]), ("numbers not on the platform", told["document"]))
    return ", ".join("%s %s" % side for side in sides if side[1] != NOTHING)


def _within(what):
    """Return a label as it stands within a sentence."""
    return what if what[:2].isupper() else what[0].lower() + what[1:]


def counted(count, one, many):
    """Return a count with its noun."""
    return "%d %s" % (count, one if count == 1 else many)
