# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The field table against everything else that knows a trunk's fields: modules, their documentation, the API, roles."""

from __future__ import annotations

import importlib
import pathlib
import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_fields
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module import argspec
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import (
    caller_id,
    caller_id_fields,
    forwarding,
    forwarding_fields,
    sip_trunk,
    sip_trunk_fields,
    sip_trunk_group,
    sip_trunk_group_fields,
    sip_trunk_status_fields,
)
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import TrunkRef, Trunks
from ansible_collections.alianza.sip_trunking.tests.emulator.models import (
    Group,
    GroupForward,
    Mapping,
    TrunkForward,
    TrunkPatch,
    parse,
)
from ansible_collections.alianza.sip_trunking.tests.emulator.trunks import READ_ONLY
from ansible_collections.alianza.sip_trunking.tests.support import strategies

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODULES = sorted((ROOT / "plugins" / "modules").glob("alianza_*.py"))
WRITABLE = {row.wire for row in sip_trunk_fields.FIELDS}
KNOWN = WRITABLE | {row.wire for row in (*sip_trunk_status_fields.READ_ONLY, *sip_trunk_fields.OPTIONS) if row.wire}

# What the API's published description calls the fields of a SIP trunk.
API_FIELDS = {
    "partitionId",
    "accountId",
    "trunkName",
    "id",
    "sipPassword",
    "sipUsername",
    "callbackNumber",
    "concurrentCalls",
    "maxBurstCalls",
    "callingPlans",
    "telephoneNumbers",
    "sipProxyServer",
    "lockedOut",
    "localServicesEnabled",
    "primaryTn",
    "extensionPatterns",
    "externalChargeNumber",
    "newCppId",
    "setupCallingPlan",
    "provisioningStatus",
    "ipBasedAuthEnabled",
    "ipAddress",
    "portNumber",
    "accessEndpoints",
    "sipTrunkGroupId",
    "pbxTnDigits",
    "languageTag",
}
# Those that are in no row of the table, and why.
NOT_IN_THE_TABLE = {
    "partitionId": "part of the path; the option partition_id of the connection",
    "accountId": "part of the path; the option account_id of the connection",
}
# Roles that name an option of a trunk, and why.
NAMED_IN_ROLES = {
    ("credential_rotation", "sip_password"): "the one option that the role is there to write",
    ("sip_trunk_onboarding", "concurrent_calls"): "a column of its registration report",
    ("trunk_audit", "concurrent_calls"): "a total of the report",
}


def test_every_field_of_the_api_is_in_the_table_or_has_a_reason():
    assert KNOWN | set(NOT_IN_THE_TABLE) == API_FIELDS
    assert not KNOWN & set(NOT_IN_THE_TABLE) and all(NOT_IN_THE_TABLE.values())


def test_the_emulator_takes_the_fields_of_the_table_and_of_the_api():
    assert set(TrunkPatch.model_fields) == API_FIELDS
    assert {row.wire for row in sip_trunk_status_fields.READ_ONLY} <= set(READ_ONLY) and not WRITABLE & set(READ_ONLY)


def test_the_emulator_takes_the_sections_of_forwarding_rules():
    own = {"partitionId", "accountId", "sipTrunkId", "sipTrunkGroupId"}
    assert {row.wire for row in forwarding_fields.SECTION_ROWS} == set(TrunkForward.model_fields) - own
    assert set(forwarding_fields.GROUP_WIRE.values()) == set(GroupForward.model_fields) - own
    assert set(forwarding_fields.GROUP_WIRE) == set(forwarding.SECTIONS)


@given(data=st.data())
@pytest.mark.parametrize("row", sip_trunk_fields.FIELDS, ids=lambda row: row.option)
def test_the_emulator_takes_every_valid_value(row, data):
    parse(TrunkPatch, {row.wire: row.to_wire(row.parse(data.draw(strategies.valid(row.kind))))})


@pytest.mark.parametrize("row", document_fields.SHOWN, ids=lambda row: row.option)
def test_every_row_says_what_people_need(row):
    assert row.label and row.doc
    assert row.sample is not None or row.rows


@pytest.mark.parametrize(
    "row",
    [
        *caller_id_fields.RESULT,
        *caller_id_fields.MOVED,
        *sip_trunk_fields.RESULT,
        *forwarding_fields.RESULT,
        *sip_trunk_group_fields.RESULT,
    ],
    ids=lambda row: row.option,
)
def test_every_result_has_a_description_and_a_sample(row):
    assert (row.returns or row.doc) and (row.sample is not None or row.rows)


def test_a_trunk_is_returned_with_the_results_of_the_table():
    trunk = sip_trunk.from_wire({"id": "T1", "trunkName": "HQ", "sipPassword": "hunter2!"})
    assert {*trunk.returned(), "account_id"} == {row.option for row in sip_trunk_fields.RESULT}
    assert "hunter2!" not in str(trunk.returned())


def test_rules_are_returned_with_the_results_of_the_table():
    returned = forwarding.returned(TrunkRef("HQ", "T1"), forwarding.Rules())
    assert set(returned) == {row.option for row in forwarding_fields.RESULT}


def test_a_trunk_group_is_returned_with_the_results_of_the_table():
    group = sip_trunk_group.from_wire({"id": "G1", "sipTrunksIds": ["T1"]})
    returned = group.returned(Trunks(()))
    assert set(returned) == {row.option for row in sip_trunk_group_fields.RESULT}
    assert set(returned["trunks"][0]) == {row.option for row in sip_trunk_group_fields.MEMBERS.rows}
    wires = {row.wire for row in sip_trunk_group_fields.RESULT}
    assert set(Group.model_fields) - wires == {"partitionId", "accountId"} and wires <= set(Group.model_fields)


def test_a_caller_id_is_returned_with_the_results_of_the_table():
    returned = caller_id.CallerIds().returned("18015550000")
    assert set(returned) == {row.option for row in caller_id_fields.RESULT}
    assert {row.wire for row in caller_id_fields.RESULT} == set(Mapping.model_fields)


def test_the_table_has_every_option_once():
    options = [row.option for row in document_fields.TRUNK]
    assert len(options) == len(set(options))
    assert set(argspec.sip_trunk()) == {
        *sip_trunk_fields.BY_OPTION,
        "trunk_id",
        "trunk_group_name",
        "update_password",
        "setup_calling_plan",
    }
    assert set(argspec.document()["trunks"]["options"]) == {
        *argspec.sip_trunk(),
        "state",
        "telephone_numbers",
        "forwarding",
    }
    assert argspec.document()["trunks"]["options"]["forwarding"]["options"] == argspec.forwarding()


def test_secrets_are_marked_for_ansible():
    spec = argspec.sip_trunk()
    assert {option for option, rule in spec.items() if rule.get("no_log")} == {"sip_password"}
    assert spec["update_password"]["no_log"] is False


def documentation(path):
    """Return (DOCUMENTATION with the fragments, RETURN) of a module."""
    module = importlib.import_module("ansible_collections.alianza.sip_trunking.plugins.modules." + path.stem)
    own = yaml.safe_load(module.DOCUMENTATION)
    options = {}
    for fragment in own.get("extends_documentation_fragment", []):
        name, dummy, part = fragment.removeprefix("alianza.sip_trunking.").partition(".")
        source = importlib.import_module("ansible_collections.alianza.sip_trunking.plugins.doc_fragments." + name)
        text = getattr(source.ModuleDocFragment, (part or "documentation").upper())
        options.update(yaml.safe_load(text).get("options") or {})
    for name, option in (own.get("options") or {}).items():
        options[name] = {**options.get(name, {}), **option}
    return options, yaml.safe_load(module.RETURN)


def declared(path, monkeypatch):
    """Return the argument spec that a module hands to the runner."""
    module = importlib.import_module("ansible_collections.alianza.sip_trunking.plugins.modules." + path.stem)
    specs = []
    for name in ("run", "run_login"):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, lambda *given: specs.append(given[-1]))
    module.main()
    return specs[0]


def compare(options, spec, where):
    """Assert that documented options are the declared ones."""
    assert set(options) == set(spec), where
    for name, option in options.items():
        rule, place = spec[name], where + (name,)
        for key in ("type", "elements", "choices", "default"):
            assert option.get(key) == rule.get(key), (place, key)
        assert bool(option.get("required")) == bool(rule.get("required")), place
        assert option.get("aliases", []) == rule.get("aliases", []), place
        assert option["description"], place
        compare(option.get("suboptions", {}), rule.get("options", {}), place)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_documents_the_options_that_it_takes(path, monkeypatch):
    compare(documentation(path)[0], declared(path, monkeypatch), (path.stem,))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_what_the_table_knows_is_generated(path, monkeypatch):
    """A module with options of a table, or with a value that several modules return, has the generated part of it."""
    parts = re.findall(r"^ *# BEGIN generated: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    spec, returned = declared(path, monkeypatch), documentation(path)[1]
    assert parts.count("returned failure") == 1 and "failure" in returned
    assert ("options of a trunk" in parts) == ("concurrent_calls" in spec)
    of_group = "group_id" in spec and "trunks" in spec
    assert ("options of a trunk group" in parts) == of_group
    assert ("options of a document" in parts) == ("trunks" in spec and not of_group)
    assert ("options of forwarding" in parts) == ("forward_always" in spec and not of_group)
    assert ("options of a caller ID" in parts) == ("from_numbers" in spec)
    assert ("option concurrency" in parts) == ("concurrency" in spec)
    trunks = [value for value in returned.values() if "sip_username" in value.get("contains", {})]
    assert ("values of a trunk" in parts) == bool(trunks)
    groups = [value for value in returned.values() if "group_id" in value.get("contains", {})]
    assert ("values of a trunk group" in parts) == bool(groups)
    caller_ids = [value for value in returned.values() if "from_numbers" in value.get("contains", {})]
    assert ("values of a caller ID" in parts) == bool(caller_ids)
    assert ("returned caller ID" in parts) == ("from_numbers" in returned)
    assert ("returned notices" in parts) == ("notices" in returned)
    assert ("returned guards" in parts) == ("guards" in returned)


def test_the_documentation_is_up_to_date():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "update_docs.py"), "--check"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_role_names_a_field():
    """An option that a role lists by hand is one that the next field is missing from."""
    options = {row.option for row in sip_trunk_fields.FIELDS} - {"name"}
    word = re.compile(r"\b(%s)\b" % "|".join(sorted(options)))
    found = {}
    for path in sorted((ROOT / "roles").glob("*/*/**/*")):
        role, folder = path.relative_to(ROOT / "roles").parts[:2]
        if path.is_file() and folder in ("defaults", "tasks", "templates", "vars"):
            for option in word.findall(path.read_text(encoding="utf-8")):
                found.setdefault((role, option), path.name)
    assert {place: name for place, name in found.items() if place not in NAMED_IN_ROLES} == {}
