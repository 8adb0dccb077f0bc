# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the accounts of a report were read."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.environment import environment, joined

PLACES = [("api.alianza.com", "P1"), ("api.b2.alianza.com", "P2"), ("api.alianza.com", None), ("api.alianza.com", "P1")]


def test_each_host_and_partition_is_named_once():
    assert environment(PLACES, ["/srv/a.yml", "/srv/b.yml"]) == {
        "api_host": "api.alianza.com, api.b2.alianza.com",
        "partition_id": "P1, P2",
        "inventory_name": None,
        "inventory": ["/srv/a.yml", "/srv/b.yml"],
    }
    assert environment([]) == dict.fromkeys(("api_host", "partition_id", "inventory_name", "inventory"))


def test_batches_and_slices_add_up():
    first, second = environment(PLACES[:2], ["a"]), environment(PLACES[1:], ["a", "b"])
    assert joined([first, second, {}, {"inventory": "c"}]) == environment(PLACES, ["a", "b", "c"])


def test_a_long_list_of_hosts_is_no_name_of_an_inventory():
    assert environment([], ["maple,", "x," * 200, "/srv/a.yml"])["inventory"] == ["maple,", "/srv/a.yml"]


def test_in_awx_the_name_of_the_inventory_counts_and_no_file_of_the_container():
    found = environment([], ["/runner/inventory/hosts"], "Customers")
    assert (found["inventory_name"], found["inventory"]) == ("Customers", None)
    assert joined([found, environment([], [], "Others"), found])["inventory_name"] == "Customers, Others"


def test_what_was_read_can_be_printed():
    assert "\x07" not in environment([("h\x07", None)])["api_host"]
