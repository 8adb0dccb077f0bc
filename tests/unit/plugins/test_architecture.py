# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may import whom, and that what is written twice says the same."""

from __future__ import annotations

import ast
import importlib
import pathlib
import re

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.doc_fragments import connection
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common import version
from ansible_collections.alianza.sip_trunking.plugins.module_utils._module import argspec

ROOT = pathlib.Path(__file__).resolve().parents[3]
PLUGINS = ROOT / "plugins"
ACTIONS = {path.stem for path in (PLUGINS / "action").glob("*.py")}
# The file of a module that is an action plugin is its documentation.
MODULES = sorted(path for path in (PLUGINS / "modules").glob("*.py") if path.stem not in ACTIONS)
SHARED = sorted([*(PLUGINS / "module_utils").rglob("*.py"), *(PLUGINS / "plugin_utils").rglob("*.py")])
# What runs on the control node, inside of Ansible.
ON_THE_CONTROL_NODE = sorted(
    path for kind in ("action", "filter", "inventory", "lookup") for path in (PLUGINS / kind).glob("*.py")
)

BELOW_MODULE = {"_account", "_engine", "_resource", "_http", "_common"}
HELPERS = {"_session", "_audit", "_diversion", "_pbx", "_documents", "_beta_check", "_watch"}
# package -> the packages that it may import; each may import itself
MAY_IMPORT = {
    "_module": BELOW_MODULE,
    "_account": {"_resource", "_common"},
    "_engine": {"_resource", "_common"},
    "_resource": {"_common"},
    "_http": {"_common"},
    "_common": set(),
    "plugin_utils": {"_base", "_account", "_resource", "_common"},
    "plugin_utils/_base": BELOW_MODULE | {"_module"},
    # What runs a watch: neither pure nor a part of Ansible.
    "plugin_utils/_watcher": BELOW_MODULE | {"_base", "_session", "_watch"},
    "modules": {"_module"},
    "plugins": BELOW_MODULE | HELPERS | {"_module", "_base"},
}
# Everything in these takes what it needs as arguments: no network, no clock, no chance, no files.
PURE = {"_resource", "_account", *HELPERS}
NOT_PURE = {
    "requests",
    "socket",
    "time",
    "random",
    "secrets",
    "threading",
    "subprocess",
    "os",
    "ansible",
    "datetime",
    "pathlib",
    "urllib",
    "http",
}


def package_of(path):
    """Return the package that a file is in: the folder below module_utils or plugin_utils."""
    return path.parent.name


def row_of(path):
    """Return the row of MAY_IMPORT that holds for a file."""
    if "plugin_utils" in path.parts:
        own = "plugin_utils/" + package_of(path)
        return own if own in MAY_IMPORT else "plugin_utils"
    return package_of(path)


def imports(path):
    """Return (packages of this collection, other top-level packages, whether every import of ours is relative) of a file."""
    ours, others, relative = set(), set(), True
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            others |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            others.add(node.module.split(".")[0])
            relative = relative and not node.module.startswith("ansible_collections.alianza")
        elif isinstance(node, ast.ImportFrom):
            named = [part for part in (node.module or "").split(".") if part.startswith("_")]
            if named:
                ours.add(named[0])
            elif node.level == 1 and path.parent.name.startswith("_"):
                ours.add(package_of(path))
            else:
                ours |= {alias.name for alias in node.names}
    return ours, others - {"__future__"}, relative


@pytest.mark.parametrize("path", SHARED, ids=lambda path: "%s.%s" % (package_of(path), path.stem))
def test_a_package_imports_only_what_is_below_it(path):
    row = row_of(path)
    assert row in MAY_IMPORT, "%s is in no package" % path
    ours, others, relative = imports(path)
    assert ours <= MAY_IMPORT[row] | {package_of(path)}
    assert relative, "imports inside of the collection are relative"
    assert "ansible" not in others or row in ("_module", "plugin_utils/_base")
    assert "requests" not in others or (row, path.stem) == ("_http", "client")


@pytest.mark.parametrize(
    "path",
    [path for path in SHARED if package_of(path) in PURE],
    ids=lambda path: "%s.%s" % (package_of(path), path.stem),
)
def test_a_pure_package_reaches_for_nothing_outside(path):
    assert not imports(path)[1] & NOT_PURE


def test_the_rows_have_no_circle():
    packages = {row: below for row, below in MAY_IMPORT.items() if row.startswith("_")}
    done = set()
    while len(done) < len(packages):
        ready = {row for row, below in packages.items() if row not in done and below <= done}
        assert ready, "these import each other: %s" % sorted(set(packages) - done)
        done |= ready


def test_no_two_files_import_each_other():
    """Inside of a package files may import each other in one direction only."""
    arrows = {}
    for path in SHARED:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
                arrows.setdefault(path, set()).update(path.with_name(name + ".py") for name in names)
    done = set()
    while len(done) < len(SHARED):
        ready = {path for path in SHARED if path not in done and arrows.get(path, set()) <= done}
        assert ready, "these import each other: %s" % sorted(set(SHARED) - done)
        done |= ready


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_documentation_and_one_call(path):
    ours, others, relative = imports(path)
    assert ours <= MAY_IMPORT["modules"] and not others and relative
    tree = ast.parse(path.read_text())
    functions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    assert [node.name for node in functions] == ["main"]
    assert (
        len(
            [
                node
                for node in functions[0].body
                if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant)
            ]
        )
        == 1
    )


@pytest.mark.parametrize("path", ON_THE_CONTROL_NODE, ids=lambda path: "%s.%s" % (path.parent.name, path.stem))
def test_a_plugin_imports_packages_of_the_collection_and_ansible(path):
    ours, others, relative = imports(path)
    assert (
        ours <= MAY_IMPORT["plugins"]
        and others
        <= {"ansible", "functools", "os", "sys", "time", "datetime", "typing", "collections", "dataclasses", "glob"}
        and relative
    )


def test_every_filter_is_documented():
    named = set()
    for path in (PLUGINS / "filter").glob("*.py"):
        module = importlib.import_module("ansible_collections.alianza.sip_trunking.plugins.filter." + path.stem)
        named |= set(module.FilterModule().filters())
    assert named == {path.stem for path in (PLUGINS / "filter").glob("*.yml")}


def test_every_action_plugin_is_documented_as_a_module():
    assert {path.stem for path in (PLUGINS / "modules").glob("*.py")} >= ACTIONS


def test_the_documentation_of_a_diversion_has_the_options_of_its_action_plugin():
    action = importlib.import_module("ansible_collections.alianza.sip_trunking.plugins.action.trunk_diversion")
    module = importlib.import_module("ansible_collections.alianza.sip_trunking.plugins.modules.trunk_diversion")
    documented = yaml.safe_load(module.DOCUMENTATION)
    assert _shapes(documented["options"], "suboptions") == _shapes(action.ARGUMENTS, "options")


def _shapes(options, below):
    keys = ("type", "elements", "required", "default", "choices")
    return {
        name: {**{key: option[key] for key in keys if key in option}, "below": _shapes(option.get(below, {}), below)}
        for name, option in options.items()
    }


def test_only_one_place_fails_a_module():
    found = [path.name for path in [*SHARED, *MODULES] if "fail_json" in path.read_text()]
    assert found == ["runner.py"]


def test_the_action_group_has_every_module():
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert sorted(runtime["action_groups"]["alianza"]) == [path.stem for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_return_value_has_a_name_that_means_something_to_ansible(path):
    documented = re.search(r'^RETURN = r"""(.*?)"""', path.read_text(), re.MULTILINE | re.DOTALL).group(1)
    own = {
        "failed",
        "changed",
        "skipped",
        "rc",
        "warnings",
        "deprecations",
        "exception",
        "diff",
        "invocation",
        "msg",
        "stdout",
        "stderr",
    }
    assert not own & set(yaml.safe_load(documented) or {})


def test_the_version_is_the_collections():
    assert version.VERSION == yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]


def test_plugins_document_the_connection_as_modules_take_it():
    documented = {}
    for attribute in ("DOCUMENTATION", "PLUGIN"):
        documented[attribute] = yaml.safe_load(getattr(connection.ModuleDocFragment, attribute))["options"]
    account = {"account_id", "account_number"}
    assert set(documented["DOCUMENTATION"]) == set(argspec.connection()) == set(documented["PLUGIN"]) | account
    for name, option in documented["PLUGIN"].items():
        module = documented["DOCUMENTATION"][name]
        assert (option["type"], option.get("default")) == (module["type"], module.get("default"))
        assert option["env"] == [{"name": "ALIANZA_" + name.upper()}] and option["env"][0]["name"] in str(
            module["description"]
        )
