# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exceptions of plugins become values, and the text of an unexpected one is not quoted."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.attempt import attempt


def raising(error):
    """Return a function that raises the error."""

    def work():
        raise error

    return work


def test_a_value_has_no_error():
    assert attempt(lambda: 5) == (5, None)


def test_our_own_error_is_returned_as_it_is():
    error = InvalidInput("wrong")
    assert attempt(raising(error)) == (None, error)


def test_an_unexpected_error_is_returned_with_its_place_and_without_its_text():
    value, error = attempt(raising(KeyError("hunter2!")))
    assert value is None and error.kind == "invalid_response" and "hunter2!" not in error.msg
    assert "Unexpected error" in error.msg and "(KeyError at test_attempt.py:" in error.msg
