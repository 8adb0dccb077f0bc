# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles say of their variables: argument specs, defaults and READMEs name the same, and every entry point has a spec."""

from __future__ import annotations

import pathlib
import re

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())
# Variables of hosts that a role reads under their own name.
OF_HOSTS = {"alianza_state_is_ephemeral"}
# Variables that are in no spec, and why.
NOT_VALIDATED = {
    "account_session_variables": "a validation is a task for each host, and compare is one for all of them",
    "account_session_concurrency": "a validation is a task for each host, and compare is one for all of them",
    "sip_trunk_onboarding_trunks": "a failed validation would show the document, which may hold passwords",
    "sip_trunk_onboarding_trunk_groups": "a failed validation would show the document, which may hold passwords",
    "sip_trunk_onboarding_caller_ids": "a failed validation would show the document, which may hold passwords",
    "trunk_audit_trunks": "a host whose validation fails would be missing from the report",
    "trunk_audit_trunk_groups": "a host whose validation fails would be missing from the report",
    "trunk_audit_caller_ids": "a host whose validation fails would be missing from the report",
    "trunk_audit_account_id": "a host whose validation fails would be missing from the report",
    "trunk_audit_account_number": "a host whose validation fails would be missing from the report",
    "trunk_audit_account_name": "a host whose validation fails would be missing from the report",
}
# Parts of the entry point main, which the playbook audit spreads over two plays, and what is one task for all hosts, where a
# validation would be one more for each.
PARTS = {
    *(("trunk_audit", name) for name in ("estate", "attention")),
    ("account_session", "estate"),
    ("account_session", "compared"),
    ("sip_trunk_onboarding", "compare"),
}
IMPORT = re.compile(r"name: alianza\.sip_trunking\.(\w+)\n\s+tasks_from: (\w+)\.yml")


def load(path):
    """Return what a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def specs(role):
    """Return {entry point: its spec} of a role."""
    return load(role / "meta" / "argument_specs.yml")["argument_specs"]


def options(role):
    """Return {option: its spec} of all entry points of a role."""
    return {name: option for spec in specs(role).values() for name, option in spec["options"].items()}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_spec_is_that_of_an_entry_point(role):
    assert {name for name in specs(role) if not (role / "tasks" / (name + ".yml")).is_file()} == set()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_defaults_and_specs_name_the_same_variables(role):
    defaults = set(load(role / "defaults" / "main.yml"))
    required = {name for name, option in options(role).items() if option.get("required")}
    assert set(options(role)) - OF_HOSTS - required == defaults - set(NOT_VALIDATED)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_plain_defaults_are_those_of_the_spec(role):
    defaults = load(role / "defaults" / "main.yml")
    plain = {name: value for name, value in defaults.items() if "{{" not in str(value) and name in options(role)}
    assert {name: options(role)[name].get("default", "") for name in plain} == plain


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_readme_names_every_variable(role):
    readme = (role / "README.md").read_text(encoding="utf-8")
    names = {*options(role), *load(role / "defaults" / "main.yml")}
    assert sorted(name for name in names if "`%s`" % name not in readme) == []


def test_every_entry_point_that_others_import_has_a_spec():
    used = set()
    for path in [*(ROOT / "playbooks").glob("*.yml"), *(ROOT / "roles").glob("*/tasks/*.yml")]:
        used |= set(IMPORT.findall(path.read_text(encoding="utf-8")))
    assert ("account_session", "confirm") in used
    without = {(role, name) for role, name in used if name not in specs(ROOT / "roles" / role)}
    assert without == PARTS
