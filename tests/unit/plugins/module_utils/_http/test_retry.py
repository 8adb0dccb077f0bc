# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long to wait before asking again."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.retry import pause

NOW = 1800000000


@pytest.mark.parametrize("attempt, most", [(1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0), (5, 8.0), (9, 8.0)])
def test_backoff_doubles_up_to_a_ceiling_with_full_jitter(attempt, most):
    assert pause(attempt, None, NOW, 1.0) == most
    assert pause(attempt, None, NOW, 0.0) == 0.0
    assert pause(attempt, None, NOW, 0.5) == most / 2


@pytest.mark.parametrize(
    "header, seconds",
    [
        ("0", 0),
        ("7", 7),
        ("1.5", 1.5),
        ("3600", 60),
        ("-5", 0),
        (formatdate(NOW + 9, usegmt=True), 9),
        (formatdate(NOW - 9, usegmt=True), 0),
        (formatdate(NOW + 9999, usegmt=True), 60),
    ],
)
def test_retry_after_is_honoured_up_to_a_minute(header, seconds):
    assert pause(1, header, NOW, 0.5) == seconds


@pytest.mark.parametrize("header", ["", None, "soon", "12 apples", "nan days"])
def test_a_retry_after_that_says_nothing_is_ignored(header):
    assert pause(1, header, NOW, 1.0) == 0.5
