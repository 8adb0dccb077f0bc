# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules: which room may import which, and that what is written twice says the same."""

from __future__ import annotations

import ast
import pathlib
import re

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.doc_fragments import connection
from ansible_collections.alianza.sip_trunking.plugins.module_utils import _argspec, _sip_trunk, _version

ROOT = pathlib.Path(__file__).resolve().parents[4]
ROOMS = ROOT / "plugins" / "module_utils"
MODULES = sorted((ROOT / "plugins" / "modules").glob("*.py"))
# What runs on the control node, inside of Ansible.
PLUGINS = sorted(path for kind in ("inventory", "lookup") for path in (ROOT / "plugins" / kind).glob("*.py"))
HELPERS = sorted((ROOT / "plugins" / "plugin_utils").glob("*.py"))
FILTERS = sorted((ROOT / "plugins" / "filter").glob("*.py"))

# Rooms that know nothing of the rest.
GROUND = {"_errors", "_fields", "_numbers", "_plan", "_state", "_redact", "_retry", "_version", "_credentials"}
RESOURCES = {"_sip_trunk", "_forwarding", "_tn_route"}

# room -> what it may import of this collection
ALLOWED = {
    **{room: set() for room in GROUND},
    "_settings": {"_errors"},
    "_summary": {"_numbers"},
    "_answers": {"_errors"},
    "_workers": {"_errors"},
    "_trunks": {"_errors", "_plan"},
    "_references": {"_numbers", "_plan"},
    "_sip_trunk": {"_errors", "_fields", "_numbers", "_plan"},
    "_sip_trunk_plan": {"_errors", "_numbers", "_plan", "_references", "_sip_trunk"},
    "_forwarding": {"_errors", "_fields", "_plan", "_references", "_trunks"},
    "_tn_route": {"_errors", "_fields", "_plan", "_references"},
    "_document": {"_forwarding", "_sip_trunk_plan", "_errors", "_numbers"},
    "_outlook": {"_references"},
    "_advice": {"_numbers", "_references"},
    "_export": {"_forwarding", "_sip_trunk", "_errors", "_numbers", "_references"},
    "_prune": {"_tn_route", "_sip_trunk_plan", "_errors", "_export", "_numbers", "_outlook", "_state", "_trunks"},
    "_document_plan": {"_forwarding", "_tn_route", "_sip_trunk_plan", "_advice", "_prune", "_errors", "_numbers", "_outlook", "_plan",
                       "_references", "_state", "_trunks"},
    "_job": {"_errors"},
    "_jobs": RESOURCES | {"_sip_trunk_plan", "_document", "_document_plan", "_job", "_summary", "_errors", "_numbers", "_plan", "_references",
                          "_state", "_trunks"},
    "_info_jobs": {"_job", "_export", "_outlook", "_tn_route", "_forwarding", "_errors", "_fields", "_numbers", "_plan", "_references", "_state",
                   "_trunks"},
    "_inventory": {"_errors", "_fields", "_redact"},
    "_transcript": {"_errors", "_redact", "_version"},
    "_client": {"_answers", "_errors", "_redact", "_retry", "_transcript", "_version"},
    "_api": {"_client", "_errors"},
    "_read": RESOURCES | {"_fields", "_state", "_trunks", "_workers"},
    "_write_trunk": {"_forwarding", "_sip_trunk", "_credentials", "_errors"},
    "_write_number": {"_tn_route", "_errors"},
    "_apply": {"_write_trunk", "_write_number", "_errors", "_plan", "_workers"},
    "_argspec": set(),
    "_runner": {"_api", "_apply", "_client", "_errors", "_plan", "_read", "_settings"},
}
# room of plugin_utils -> what of this collection, and what else, it may import
ON_THE_CONTROL_NODE = {
    "_options": ({"_argspec", "_errors"}, {"ansible"}),
    "_trust": (set(), {"ansible", "re"}),
    "_audit": ({"_audit_words", "_numbers"}, {"re"}),
    "_audit_csv": ({"_audit_words"}, {"csv", "io"}),
    "_audit_filters": ({"_audit", "_audit_csv", "_audit_picture", "_trust"}, set()),
    "_audit_picture": ({"_audit_words"}, {"dataclasses", "html", "unicodedata"}),
    "_audit_words": ({"_numbers"}, {"re"}),
    "_choice": ({"_plain"}, {"json"}),
    "_diversion": ({"_choice", "_diversion_snapshot", "_plain", "_errors", "_forwarding", "_references", "_trunks"}, {"dataclasses", "shlex"}),
    "_diversion_divert": ({"_diversion", "_diversion_snapshot", "_plain", "_errors", "_references"}, {"dataclasses", "yaml"}),
    "_diversion_restore": ({"_diversion", "_diversion_snapshot", "_forwarding"}, {"dataclasses"}),
    "_diversion_snapshot": ({"_plain", "_forwarding", "_references"}, {"base64", "dataclasses", "re", "yaml"}),
    "_host_variables": ({"_plain"}, {"yaml"}),
    "_offboarding": ({"_choice", "_errors", "_export", "_trunks"}, {"dataclasses"}),
    "_pbx": ({"_errors", "_pbx_baresip", "_pbx_names", "_pbx_text"}, {"re"}),
    "_pbx_baresip": ({"_pbx_text"}, set()),
    "_pbx_filters": ({"_errors", "_pbx", "_pbx_plan", "_trust"}, {"ansible"}),
    "_pbx_names": (set(), {"hashlib", "re", "unicodedata"}),
    "_pbx_plan": (set(), {"re"}),
    "_pbx_text": (set(), {"re"}),
    "_plain": (set(), set()),
}
# Pure rooms take what they need as arguments: no network, no clock, no chance, no files.
IMPURE = {"_client", "_transcript", "_api", "_read", "_write_trunk", "_write_number", "_apply", "_runner", "_argspec", "_workers", "_credentials"}
NOT_PURE = {"requests", "socket", "time", "random", "secrets", "threading", "subprocess", "os", "datetime", "ansible"}


def imports(path):
    """Return (rooms of this collection, other top-level packages) that a file imports."""
    rooms, others = set(), set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            others |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            name = (node.module or "").rpartition(".")[2]
            rooms |= {name} if name.startswith("_") else {alias.name for alias in node.names}
    return rooms, others - {"__future__"}


@pytest.mark.parametrize("path", sorted(ROOMS.glob("*.py")), ids=lambda path: path.stem)
def test_a_room_imports_only_what_is_below_it(path):
    assert path.stem in ALLOWED, "a new room needs a place in the table"
    rooms, others = imports(path)
    assert rooms <= ALLOWED[path.stem]
    if path.stem not in ("_runner", "_argspec"):
        assert "ansible" not in others
    if path.stem not in ("_client",):
        assert "requests" not in others


@pytest.mark.parametrize("room", sorted(set(ALLOWED) - IMPURE))
def test_a_pure_room_reaches_for_nothing_outside(room):
    others = imports(ROOMS / (room + ".py"))[1]
    allowed = {"os"} if room == "_settings" else {"threading"} if room == "_redact" else set()
    assert not others & NOT_PURE - allowed


def test_the_table_has_no_circle():
    done = set()
    while len(done) < len(ALLOWED):
        ready = {room for room, below in ALLOWED.items() if room not in done and below <= done}
        assert ready, "these import each other: %s" % sorted(set(ALLOWED) - done)
        done |= ready


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_documentation_and_one_call(path):
    rooms, others = imports(path)
    assert rooms <= {"_argspec", "_runner", "_jobs", "_info_jobs", "_references"} and not others
    tree = ast.parse(path.read_text())
    functions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    assert [node.name for node in functions] == ["main"]
    assert len([node for node in functions[0].body if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant)]) == 1


@pytest.mark.parametrize("path", PLUGINS, ids=lambda path: path.stem)
def test_a_plugin_is_glue(path):
    rooms, others = imports(path)
    ours = {"_api", "_client", "_errors", "_info_jobs", "_inventory", "_read", "_settings", "_state"}
    assert rooms <= ours | {helper.stem for helper in HELPERS} and others <= {"ansible", "os", "sys"}


@pytest.mark.parametrize("path", HELPERS, ids=lambda path: path.stem)
def test_a_room_of_the_control_node_imports_only_what_it_needs(path):
    assert path.stem in ON_THE_CONTROL_NODE, "a new room needs a place in the table"
    rooms, others = imports(path)
    assert rooms <= ON_THE_CONTROL_NODE[path.stem][0] and others <= ON_THE_CONTROL_NODE[path.stem][1]


@pytest.mark.parametrize("path", FILTERS, ids=lambda path: path.stem)
def test_a_filter_is_a_name_for_a_function_of_the_control_node(path):
    rooms, others = imports(path)
    assert rooms <= set(ON_THE_CONTROL_NODE) and not others
    assert path.with_suffix(".yml").exists() and '{"%s": ' % path.stem in path.read_text()


def test_only_one_place_fails_a_module():
    found = [path.name for path in [*ROOMS.glob("*.py"), *MODULES] if "fail_json" in path.read_text()]
    assert found == ["_runner.py"]


def test_the_action_group_has_every_module():
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert sorted(runtime["action_groups"]["alianza"]) == [path.stem for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_return_value_has_a_name_that_means_something_to_ansible(path):
    documented = re.search(r'^RETURN = r"""(.*?)"""', path.read_text(), re.MULTILINE | re.DOTALL).group(1)
    own = {"failed", "changed", "skipped", "rc", "warnings", "deprecations", "exception", "diff", "invocation", "msg", "stdout", "stderr"}
    assert not own & set(yaml.safe_load(documented) or {})


def test_the_version_is_the_collections():
    assert _version.VERSION == yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]


def test_plugins_document_the_connection_as_modules_take_it():
    documented = {}
    for attribute in ("DOCUMENTATION", "PLUGIN"):
        documented[attribute] = yaml.safe_load(getattr(connection.ModuleDocFragment, attribute))["options"]
    account = {"account_id", "account_number"}
    assert set(documented["DOCUMENTATION"]) == set(_argspec.connection()) == set(documented["PLUGIN"]) | account
    for name, option in documented["PLUGIN"].items():
        module = documented["DOCUMENTATION"][name]
        assert (option["type"], option.get("default")) == (module["type"], module.get("default"))
        assert option["env"] == [{"name": "ALIANZA_" + name.upper()}] and option["env"][0]["name"] in str(module["description"])


@pytest.mark.parametrize("role, name", [
    ("account_session", "connection"), ("account_session", "lookup"), ("pbx_registration", "connection")])
def test_roles_pass_on_every_option_of_the_connection(role, name):
    known = yaml.safe_load((ROOT / "roles" / role / "vars" / "main.yml").read_text())["%s_%s" % (role, name)]
    assert set(known) - {"account_id", "account_number"} == set(_argspec.connection()) - {"account_id", "account_number"}


def test_every_field_of_a_trunk_is_an_option():
    options = set(_argspec.sip_trunk()) - {"trunk_id", "update_password"}
    assert options == set(_sip_trunk.BY_OPTION)
