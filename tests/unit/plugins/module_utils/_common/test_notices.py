# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices and guards: one list of kinds, and one place for their sentences."""

from __future__ import annotations

import ast
import pathlib

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import Guarded, InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.notices import GUARDS, KINDS, Guard, Notice

MODULE_UTILS = pathlib.Path(__file__).resolve().parents[5] / "plugins" / "module_utils"
BUSY = Guard("registered", "HQ", "Trunk 'HQ' is registered", "stop the PBX first")
TAKEN = Guard("reroute", "HQ", "Numbers are routed elsewhere", "leave them there")


def kinds_used(name):
    """Return the kinds with which a class is called in the shared code."""
    used = set()
    for path in MODULE_UTILS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                used |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    return used


def test_the_list_of_kinds_is_that_of_the_notices_that_are_made():
    assert kinds_used("Notice") | {"forced"} == set(KINDS)
    # The kinds of a delete come with the phrases of what sends calls to the trunk.
    assert kinds_used("Guard") <= set(GUARDS)


def test_the_sentences_for_people():
    assert Notice("gone", "HQ", "It is gone").text == "It is gone"
    assert BUSY.text == "Trunk 'HQ' is registered: stop the PBX first, or set force: true"
    assert TAKEN.text == "Numbers are routed elsewhere: leave them there, or set reroute: true"
    assert BUSY.overridden().text == "Trunk 'HQ' is registered. Done because force is true"
    assert BUSY.overridden().as_dict() == {"kind": "forced", "subject": "HQ", "msg": "Trunk 'HQ' is registered"}
    assert set(BUSY.as_dict()) == {"kind", "subject", "msg", "remedy"}


@pytest.mark.parametrize(
    "error, kind, count",
    [
        (Guarded(BUSY), "guarded", 1),
        (Guarded(BUSY, TAKEN), "guarded", 2),
        (InvalidInput("Bad", guards=[BUSY]), "invalid_input", 2),
    ],
)
def test_an_error_keeps_its_guards_as_data_and_says_them(error, kind, count):
    assert BUSY in error.guards and BUSY.text in error.msg and len(error.faults) == count
    assert error.as_dict()["kind"] == kind and set(error.as_dict()) == {"kind", "status", "messages", "method", "path"}
    assert error.msg == BUSY.text or error.msg.startswith("2 faults, nothing was written: ")
