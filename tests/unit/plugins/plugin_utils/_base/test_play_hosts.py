# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The variables of other hosts, against what Ansible itself gives a task of these hosts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible import context
from ansible.inventory.manager import InventoryManager
from ansible.module_utils.common.collections import ImmutableDict
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play import Play
from ansible.vars.hostvars import HostVars
from ansible.vars.manager import VariableManager

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.play_hosts import PlayHosts

HOSTS = ("alpha", "bravo", "charlie")


@pytest.fixture
def manager(monkeypatch, tmp_path):
    """Return a manager of the variables of three hosts, each of which has one of its own."""
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict())
    source = tmp_path / "inventory.yml"
    source.write_text("all: {hosts: {%s}}" % ", ".join("%s: {own: of %s}" % (host, host) for host in HOSTS))
    loader = DataLoader()
    inventory = InventoryManager(loader=loader, sources=[str(source)])
    made = VariableManager(loader=loader, inventory=inventory)
    made._hostvars = HostVars(inventory=inventory, variable_manager=made, loader=loader)
    return made


@pytest.fixture
def play(manager):
    """Return a play over these hosts, with a variable and a task."""
    data = {"hosts": "all", "gather_facts": False, "vars": {"of_play": 1}, "tasks": [{"name": "Wait", "meta": "noop"}]}
    made = Play().load(data, variable_manager=manager, loader=manager._loader)
    return made


def host_of(manager, name):
    return manager._inventory.get_host(name)


def made_of(manager, play, batch=HOSTS):
    task = SimpleNamespace(get_play=lambda: play)
    variables = manager.get_vars(play=play, host=host_of(manager, "alpha"), _hosts=list(batch), _hosts_all=list(HOSTS))

    def get_vars(play, host, task, _hosts=None, _hosts_all=None):
        return VariableManager.get_vars(manager, play=play, host=host, _hosts=_hosts, _hosts_all=_hosts_all)

    manager.get_vars = get_vars
    return PlayHosts(task, None, dict(variables, inventory_hostname="alpha")), variables


def test_another_host_has_its_own_variables_and_the_lists_of_the_task(manager, play):
    expected = manager.get_vars(
        play=play, host=host_of(manager, "bravo"), _hosts=["alpha", "bravo"], _hosts_all=list(HOSTS)
    )
    hosts, of_task = made_of(manager, play, ["alpha", "bravo"])
    found = hosts.variables("bravo")
    assert found["own"] == "of bravo" and found["of_play"] == 1
    assert found["ansible_play_hosts_all"] == list(HOSTS) and found["ansible_play_batch"] == ["alpha", "bravo"]
    assert {key: found[key] for key in expected if key != "vars"} == {
        key: expected[key] for key in expected if key != "vars"
    }
    for name in ("ansible_play_hosts_all", "ansible_play_hosts", "ansible_play_batch"):
        assert found["vars"][name] == expected["vars"][name], name


def test_lists_of_all_hosts_are_not_made_again_for_each_host(manager, play):
    hosts, of_task = made_of(manager, play)
    for host in HOSTS[1:]:
        assert hosts.variables(host)["ansible_play_hosts_all"] is of_task["ansible_play_hosts_all"]


def test_a_release_that_takes_no_lists_makes_them_by_itself(manager, play):
    hosts, dummy = made_of(manager, play)
    manager.get_vars = lambda play, host, task: VariableManager.get_vars(manager, play=play, host=host)
    found = hosts.variables("charlie")
    assert found["own"] == "of charlie" and found["ansible_play_hosts_all"] == list(HOSTS)
