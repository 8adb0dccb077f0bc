# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts of a partition as hosts of an inventory."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: alianza_accounts
short_description: Accounts of the partition as inventory hosts
description:
  - Makes a host of every account of a partition, so that plays, C(--limit), C(--forks) and job slicing work on accounts.
  - The configuration file has to end in C(alianza_accounts.yml) or C(alianza_accounts.yaml).
  - Host variables are C(alianza_account_id), C(alianza_account_number) and C(alianza_account_name), and C(alianza_account), a dictionary
    of everything that the API tells of the account, with the keys that M(alianza.sip_trunking.alianza_account_info) returns. With
    O(include_trunks) there is C(alianza_trunks) too, the trunk document that M(alianza.sip_trunking.alianza_account_trunks) takes.
  - An account is no machine to log in to. Therefore C(ansible_connection) is V(local) and C(ansible_python_interpreter) the Python that
    runs Ansible; O(compose) can set both to something else.
  - The inventory is all or nothing. If anything cannot be read, the plugin fails and there is no host, since a play on some of the
    accounts would look as if it had been on all of them.
  - Passwords and tokens are in no variable and not in the cache.
  - In API calls, the whole inventory costs one login, one logout and one call for the list of accounts. With O(include_trunks) each
    account costs two calls more, and one for each of its trunks.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.connection.plugin
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - Says that the file is for this plugin.
    type: str
    required: true
    choices:
      - alianza.sip_trunking.alianza_accounts
  hostname:
    description:
      - What hosts are named after.
      - In numbers and names, everything but letters, digits, C(.), C(_) and C(-) becomes C(-).
      - An account whose name would be missing or not unique is named after its ID instead, with a warning.
    type: str
    choices:
      - account_number
      - account_name
      - account_id
    default: account_number
  account_numbers:
    description:
      - Make hosts of the accounts with these numbers only. A number that no account has is warned about.
      - If it is not set, all accounts count; with an empty list none does.
    type: list
    elements: str
  exclude_statuses:
    description:
      - Make no hosts of accounts in these states.
    type: list
    elements: str
    default:
      - DELETED
      - DELETE_PENDING
  include_trunks:
    description:
      - Read the trunks of every account, with their telephone numbers and forwarding rules, into C(alianza_trunks).
      - It is the document that would make the account what it is now. Handing it to M(alianza.sip_trunking.alianza_account_trunks)
        changes nothing. What cannot be given as an option is left out of it, with a warning.
      - From a cache the document is as old as the cache. Applying it would undo what changed since.
    type: bool
    default: false
  concurrency:
    description:
      - How many requests run at a time, over all accounts, from V(1) to V(64).
    type: int
    default: 8
notes:
  - All options above but O(plugin) may be templates. They can use lookups and extra variables (C(-e), also C(-e @vault.yml)), but no
    variables of the inventory, which is only being made. Values that C(ansible-vault encrypt_string) made may be given in place.
  - Keep no password in clear in the file. When Ansible cannot parse an inventory source it tries other plugins, and these may quote the
    file.
  - An option that does not exist is an error, so that a misspelt restriction does not go unnoticed.
  - By default Ansible only warns when an inventory fails, and goes on without it. Set E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED=true)
    to stop there.
  - A cache is used for the same file, API, partition and choice of accounts only. If O(partition_id) is not set, the user or the token
    stands in for it; so set it if tokens change and the cache is to last.
seealso:
  - module: alianza.sip_trunking.alianza_account_info
  - module: alianza.sip_trunking.alianza_account_trunks
"""

EXAMPLES = r"""
# fmt: code
---
# Every account of the login's partition; ALIANZA_USERNAME and ALIANZA_PASSWORD are set.
# File: alianza_accounts.yml
plugin: alianza.sip_trunking.alianza_accounts

---
# Credentials from a vault file, handed over with: ansible-playbook -i alianza_accounts.yml -e @vault.yml ...
plugin: alianza.sip_trunking.alianza_accounts
username: api-user@example.net
password: "{{ vault_alianza_password }}"

---
# Two customers, by name.
plugin: alianza.sip_trunking.alianza_accounts
account_numbers: ["10021", "10022"]
hostname: account_name

---
# Groups and variables from what is there.
plugin: alianza.sip_trunking.alianza_accounts
include_trunks: true
strict: true
keyed_groups:
  # status_ACTIVE, status_SUSPENDED
  - prefix: status
    key: alianza_account.status
  # zone_US_Mountain
  - prefix: zone
    key: alianza_account.time_zone | default('unknown', true)
groups:
  without_trunks: alianza_trunks | length == 0
  # At least one trunk says nowhere what is to happen to calls when its PBX is down.
  without_failover: alianza_trunks | rejectattr('forwarding.forward_on_failure', 'defined') | list | length > 0
compose:
  alianza_call_capacity: alianza_trunks | sum(attribute='concurrent_calls')

---
# A large partition: read once an hour. --flush-cache reads it anew.
plugin: alianza.sip_trunking.alianza_accounts
partition_id: Ep1BqVbxTbyl6jZQ0yKfWw
include_trunks: true
concurrency: 16
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/alianza_inventory
cache_timeout: 3600
"""

import os
import sys

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._common.errors import AlianzaError, InvalidInput, unexpected_error
from ..module_utils._engine.read import Reading, read_all
from ..module_utils._http.api import Api, connect
from ..module_utils._http.client import REQUESTS_IMPORT_ERROR
from ..module_utils._http.settings import parse_settings
from ..module_utils._module.account_trunks_info import AccountTrunksInfo
from ..module_utils._resource.state import State
from ..plugin_utils._base.options import connection, read_options
from ..plugin_utils._base.trust import harmless, trusted
from ..plugin_utils._session.inventory_hosts import (
    GONE,
    HOSTNAMES,
    accounts_of,
    chosen,
    fingerprint,
    host_names,
    host_variables,
    label,
)

OWN = dict(
    connection(),
    hostname={"type": "str", "choices": list(HOSTNAMES), "default": "account_number"},
    account_numbers={"type": "list", "elements": "str"},
    exclude_statuses={"type": "list", "elements": "str", "default": list(GONE)},
    include_trunks={"type": "bool", "default": False},
    concurrency={"type": "int", "default": 8},
)
LOCAL = {"ansible_connection": trusted("local"), "ansible_python_interpreter": trusted("{{ ansible_playbook_python }}")}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads accounts, or takes them from the cache, and makes hosts of them once everything is there."""

    NAME = "alianza.sip_trunking.alianza_accounts"

    def verify_file(self, path):
        """Whether the file is a configuration of this plugin, going by its name."""
        return super().verify_file(path) and path.endswith(("alianza_accounts.yml", "alianza_accounts.yaml"))

    def set_options(self, task_keys=None, var_options=None, direct=None):
        """Hand Ansible the options of its fragments; our own are read in our own way, templates and all."""
        theirs = {name: value for name, value in (direct or {}).items() if name not in OWN}
        super().set_options(task_keys=task_keys, var_options=var_options, direct=theirs)

    def parse(self, inventory, loader, path, cache=True):
        """Fill the inventory from a configuration file."""
        super().parse(inventory, loader, path, cache)
        config, fault = self._read_config_data(path), None
        try:
            hosts = self._hosts(config, path, cache)
        except AnsibleError:
            raise
        except AlianzaError as error:
            fault = error.msg
        except Exception as error:
            fault = unexpected_error(error).msg
        # Outside of the except blocks, so that nothing but the sentence is shown, at any verbosity.
        if fault is not None:
            raise AnsibleParserError(fault)
        self._populate(hosts)

    def _hosts(self, config, path, cache):
        """Return [(host name, host variables)]."""
        if REQUESTS_IMPORT_ERROR:
            raise InvalidInput(
                "The Python library requests is missing where Ansible runs: install it for %s" % sys.executable
            )
        unknown = sorted(str(name) for name in set(config) - set(self._options) - set(OWN) - {"plugin"})
        if unknown:
            raise InvalidInput("There is no option %s: correct it, or leave it out" % ", ".join(unknown))
        self.templar.available_variables = self._vars
        params = read_options(OWN, config, self.templar.template)
        settings, job = parse_settings(params, os.environ, needs_account=False), AccountTrunksInfo(params)
        key = "%s_%s" % (
            self.get_cache_key(path),
            fingerprint(settings, params["account_numbers"], params["exclude_statuses"], params["include_trunks"]),
        )
        entries = self._cache.get(key) if cache and self.get_option("cache") else None
        if entries is None:
            entries = self._read(settings, params, job)
            if self.get_option("cache"):
                self._cache[key] = entries
        names, warnings = host_names([entry["account"] for entry in entries], params["hostname"])
        self._warn(warnings)
        return [(name, dict(harmless(host_variables(entry)), **LOCAL)) for name, entry in zip(names, entries)]

    def _read(self, settings, params, job):
        """Return an entry for each account, as host_variables takes it: JSON, and nothing secret."""
        with connect(settings) as client:
            try:
                api = Api(client, settings)
                accounts, warnings = chosen(
                    accounts_of(api.accounts()), params["account_numbers"], params["exclude_statuses"]
                )
                self._warn(warnings)
                if not params["include_trunks"]:
                    return [{"account": account} for account in accounts]
                states = read_all(
                    [
                        Reading(
                            api.of_account(account["account_id"]),
                            State(account_id=account["account_id"]),
                            label(account),
                        )
                        for account in accounts
                    ],
                    job,
                )
                return [self._with_trunks(account, job.plan(state)) for account, state in zip(accounts, states)]
            finally:
                self._warn([client.complaint] if client.complaint else [])

    def _with_trunks(self, account, plan):
        self._warn("%s: %s" % (label(account), notice.text) for notice in plan.notices)
        return {"account": account, "trunks": plan.facts["trunks"]}

    def _populate(self, hosts):
        """Add the hosts, all of them or none: what a failure leaves behind would be taken for the inventory."""
        new = [name for name, dummy in hosts if name not in self.inventory.hosts]
        try:
            for name, variables in hosts:
                self._add(name, variables)
        except Exception:
            for name in new:
                if name in self.inventory.hosts:
                    self.inventory.remove_host(self.inventory.hosts[name])
            raise

    def _add(self, name, variables):
        strict = self.get_option("strict")
        self.inventory.add_host(name)
        for variable, value in variables.items():
            self.inventory.set_variable(name, variable, value)
        known = self.inventory.hosts[name].get_vars()
        self._set_composite_vars(self.get_option("compose"), known, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), known, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, name, strict=strict)

    def _warn(self, warnings):
        for warning in warnings:
            self.display.warning(warning)
