# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module has what CONTRIBUTING.md asks for: a README row, an action-group entry, tests and a changelog entry."""

from __future__ import annotations

import ast
import pathlib
import re

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
INTEGRATION = ROOT / "tests" / "integration"
LEAKS = INTEGRATION / "test_leaks.py"
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("alianza_*.py"))


def strings(node):
    """Return all text constants of Python code, docstrings excepted."""
    docstrings = {
        id(part.body[0].value)
        for part in ast.walk(node)
        if isinstance(part, (ast.Module, ast.FunctionDef, ast.ClassDef)) and isinstance(part.body[0], ast.Expr)
    }
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in docstrings
    }


def changelog():
    """Return the text of all changelog entries: fragments, and releases that have taken theirs in."""
    fragments = sorted((ROOT / "changelogs" / "fragments").glob("*.yml"))
    return "\n".join(path.read_text(encoding="utf-8") for path in [*fragments, ROOT / "changelogs" / "changelog.yaml"])


def named(module, node):
    """Whether code names a module, alone or after the collection's name."""
    return any(re.fullmatch(r"(alianza\.sip_trunking\.)?%s" % module, text) for text in strings(node))


def parsed(path):
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_the_readme_has_one_row(module):
    rows = re.findall(r"^\| `%s` \| \S.* \|$" % module, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 1


@pytest.mark.parametrize("module", MODULES)
def test_the_action_group_has_an_entry(module):
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["action_groups"]["alianza"].count(module) == 1


@pytest.mark.parametrize("module", MODULES)
def test_an_integration_test_runs_it(module):
    others = [path for path in sorted(INTEGRATION.glob("test_*.py")) if path != LEAKS]
    assert any(named(module, parsed(path)) for path in others)


@pytest.mark.parametrize("module", MODULES)
def test_the_leak_test_runs_it(module):
    """Named in a list of the file it need not be run: the test that plays every module has to name it itself."""
    (test,) = [
        node
        for node in parsed(LEAKS).body
        if getattr(node, "name", None) == "test_success_leaks_nothing_in_check_mode_and_for_real"
    ]
    assert named(module, test)


@pytest.mark.parametrize("module", [module for module in MODULES if not module.endswith("_info")])
def test_a_module_that_writes_is_tried_with_faults(module):
    assert any(named(module, parsed(path)) for path in sorted(INTEGRATION.glob("test_faults_*.py")))


@pytest.mark.parametrize("module", MODULES)
def test_the_changelog_mentions_it(module):
    assert re.search(r"\b%s\b" % module, changelog())


def test_tables_in_the_readme_have_no_blank_lines():
    """A blank line ends a table, and the rows after it are shown as text."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^\|.*\n(?:\|.*\n)*", readme, re.MULTILINE):
        assert len(block.splitlines()) >= 3 and re.match(r"\|[-:| ]+\|$", block.splitlines()[1]), block
