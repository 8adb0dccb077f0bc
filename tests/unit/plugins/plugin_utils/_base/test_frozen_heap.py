# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What garbage collection leaves alone, and for how long."""

from __future__ import annotations

import gc

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.frozen_heap import frozen_heap


def test_only_what_is_made_within_the_block_is_collected():
    with frozen_heap():
        frozen = gc.get_freeze_count()
        cycle: list = []
        cycle.append(cycle)
        del cycle
        assert frozen > 0 and gc.collect() >= 1
    assert gc.get_freeze_count() == 0


def test_the_heap_is_thawed_after_an_error():
    with pytest.raises(ValueError), frozen_heap():
        raise ValueError
    assert gc.get_freeze_count() == 0
