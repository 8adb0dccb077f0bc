# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times as the control node shows them."""

from __future__ import annotations

import time

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.local_time import local_time, utc_time


@pytest.fixture(name="zone")
def fixture_zone(monkeypatch):
    """Set the time zone of this process."""

    def choose(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield choose
    monkeypatch.undo()
    time.tzset()


def test_a_time_is_shown_in_the_zone_of_the_control_node(zone):
    zone("MST7MDT,M3.2.0,M11.1.0")
    assert local_time("2026-11-25T05:00:12Z")[1:] == ("Tuesday", "2026-11-24", "22:00", "MST")
    assert local_time("2026-07-25T05:00:12Z")[1:] == ("Friday", "2026-07-24", "23:00", "MDT")
    assert local_time("2026-11-25T05:00:12Z").day + 1 == utc_time("2026-11-25T05:00:12Z").day


@pytest.mark.parametrize("name", ["UTC0", "GMT0"])
def test_a_control_node_in_utc_is_recognised_by_any_name(zone, name):
    zone(name)
    assert local_time("2026-11-25T05:00:12Z") == utc_time("2026-11-25T05:00:12Z")
    assert utc_time("2026-11-25T05:00:12Z").zone == "UTC"
