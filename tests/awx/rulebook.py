# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rulebook for EDA controllers starts: job templates by their names, and the variables that it hands over."""

from __future__ import annotations

import pathlib

import jinja2.nativetypes
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULEBOOK = ROOT / "extensions" / "eda" / "rulebooks" / "trunk_failover_controller.yml"


def started(event, **variables):
    """Return [{name, organization, extra_vars}] of the job templates that the rulebook starts for an event.

    Args:
        event: {event: ..., and so on}, as the event source emits it.
        variables: those of the activation.
    """
    (ruleset,) = yaml.safe_load(RULEBOOK.read_text())
    found = []
    for rule in ruleset["rules"]:
        name = rule["condition"].partition("==")[2].strip().strip('"')
        if name != event["event"]:
            continue
        action = rule["action"]["run_job_template"]
        values = dict(variables, event={"trunk_registration": event})
        extra_vars = {key: _rendered(text, values) for key, text in action["job_args"]["extra_vars"].items()}
        # ansible-rulebook adds what it was.
        extra_vars["ansible_eda"] = {"ruleset": ruleset["name"], "rule": rule["name"], "event": values["event"]}
        found.append(
            {
                "name": _rendered(action["name"], values),
                "organization": _rendered(action["organization"], values),
                "extra_vars": extra_vars,
            }
        )
    return found


def _rendered(text, values):
    return jinja2.nativetypes.NativeEnvironment().from_string(text).render(values)
