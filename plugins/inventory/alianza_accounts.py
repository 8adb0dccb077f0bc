# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts of a partition as inventory hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
---
name: alianza_accounts
short_description: Accounts of the partition as inventory hosts
description:
  - Adds a host for every account of a partition, so that plays, C(--limit), C(--forks) and job slicing work on accounts.
  - The name of the configuration file must end in C(alianza_accounts.yml) or C(alianza_accounts.yaml).
  - Host variables are C(alianza_account_id), C(alianza_account_number) and C(alianza_account_name), and C(alianza_account), a dictionary
    of everything that the API returns for the account, with the keys that M(alianza.sip_trunking.alianza_account_info) returns. With
    O(include_trunks) there is C(alianza_actual_trunks) too, in the form that M(alianza.sip_trunking.alianza_account_trunks) takes, and with
    O(include_trunk_groups) and O(include_caller_ids) there are C(alianza_actual_trunk_groups) and C(alianza_actual_caller_ids).
  - What an account has is not what it is to have. Roles and playbooks take the document from C(alianza_trunks), C(alianza_trunk_groups) and
    C(alianza_caller_ids), which this plugin does not set.
  - An account is not a machine to log in to. Therefore C(ansible_connection) is V(local) and C(ansible_python_interpreter) the Python that
    runs Ansible; O(compose) can set both to something else.
  - If anything cannot be read, the plugin fails and adds no host, because a play on some of the accounts would look like one on all
    of them.
  - Passwords and tokens are in no variable and not in the cache.
  - The inventory costs one login, one logout and one call for the list of accounts. With O(include_trunks) each account costs two
    more calls, and one for each of its trunks; O(include_trunk_groups) costs one more for each account, O(include_caller_ids) three.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.connection.plugin
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - The name of this plugin.
    type: str
    required: true
    choices:
      - alianza.sip_trunking.alianza_accounts
  hostname:
    description:
      - What to use as the names of hosts.
      - Everything but letters, digits, C(.), C(_) and C(-) becomes C(-).
      - A host whose name would be missing or not unique is named after the ID of the account, with a warning. If that is not unique either,
        a part of its checksum is appended.
    type: str
    choices:
      - account_number
      - account_name
      - account_id
    default: account_number
  account_numbers:
    description:
      - Add only the accounts with these numbers. There is a warning for a number that no account has.
      - By default all accounts are added; with an empty list none is.
    type: list
    elements: str
  exclude_statuses:
    description:
      - Do not add accounts with these statuses.
    type: list
    elements: str
    default:
      - DELETED
      - DELETE_PENDING
  include_trunks:
    description:
      - Read the trunks of every account, with their telephone numbers and forwarding rules, into C(alianza_actual_trunks).
      - It is the document of the current state. Applying it with M(alianza.sip_trunking.alianza_account_trunks) changes nothing. What
        is no option of that module is left out, with a warning.
      - A cached document is as old as the cache. Applying it would undo later changes.
    type: bool
    default: false
  include_trunk_groups:
    description:
      - Read the trunk groups of every account into C(alianza_actual_trunk_groups). It needs O(include_trunks=true).
      - A trunk of a group does not have C(sip_trunk_group_id) in C(alianza_actual_trunks) then, since the group lists its trunks.
    type: bool
    default: false
  include_caller_ids:
    description:
      - Read the caller IDs of every account into C(alianza_actual_caller_ids). It needs O(include_trunks=true).
    type: bool
    default: false
  concurrency:
    description:
      - The maximum number of requests at a time, over all accounts, from V(1) to V(64).
    type: int
    default: 8
notes:
  - All options above but O(plugin) may be templates. They can use lookups and extra variables (C(-e), also C(-e @vault.yml)), but no
    variables of the inventory, which does not exist yet. Values encrypted with C(ansible-vault encrypt_string) are supported.
  - Keep no password in clear text in the file. If Ansible cannot parse an inventory source it tries other plugins, which may quote the
    file.
  - An unknown option is an error, so that a misspelt restriction is noticed.
  - By default Ansible only warns if an inventory source fails, and continues without it. Set
    E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED=true) to make it an error.
  - A cache in files is readable by its owner alone.
  - A cache is valid for the same file, API, partition and selection of accounts only. Without O(partition_id) it is valid for the same
    user or token instead; so set O(partition_id) if tokens change.
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
# Credentials from a vault file, passed with: ansible-playbook -i alianza_accounts.yml -e @vault.yml ...
plugin: alianza.sip_trunking.alianza_accounts
username: api-user@example.net
password: "{{ vault_alianza_password }}"

---
# Two customers, by name.
plugin: alianza.sip_trunking.alianza_accounts
account_numbers: ["10021", "10022"]
hostname: account_name

---
# Groups and variables from the current state.
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
  without_trunks: alianza_actual_trunks | length == 0
  # At least one trunk has no forward for calls that its PBX does not take.
  without_failover: alianza_actual_trunks | rejectattr('forwarding.forward_on_failure', 'defined') | list | length > 0
compose:
  alianza_call_capacity: alianza_actual_trunks | sum(attribute='concurrent_calls')

---
# A large partition: read at most once an hour. --flush-cache reads it again.
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
from typing import Any, Iterable

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._common.errors import AlianzaError, InvalidInput, unexpected_error
from ..module_utils._engine.read import Reading, read_all
from ..module_utils._http.api import Api, connect
from ..module_utils._http.settings import Settings, parse_settings
from ..module_utils._module.account_trunks_info import AccountTrunksInfoJob
from ..module_utils._resource.plan import Plan
from ..module_utils._resource.state import State
from ..plugin_utils._base.document_parts import OPTIONAL, PARTS
from ..plugin_utils._base.options import connection, read_options, require_requests
from ..plugin_utils._base.trust import harmless, trusted
from ..plugin_utils._session.inventory_hosts import (
    GONE,
    HOSTNAMES,
    accounts_of,
    fingerprint,
    host_names,
    host_variables,
    label,
    select_accounts,
)

OWN = dict(
    connection(),
    hostname={"type": "str", "choices": list(HOSTNAMES), "default": "account_number"},
    account_numbers={"type": "list", "elements": "str"},
    exclude_statuses={"type": "list", "elements": "str", "default": list(GONE)},
    **{"include_" + option: {"type": "bool", "default": False} for option in PARTS},
    concurrency={"type": "int", "default": 8},
)
LOCAL = {"ansible_connection": trusted("local"), "ansible_python_interpreter": trusted("{{ ansible_playbook_python }}")}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Reads accounts, or takes them from the cache, and adds them as hosts once everything was read."""

    NAME = "alianza.sip_trunking.alianza_accounts"

    def verify_file(self, path: str) -> bool:
        """Return whether the name of the file is that of a configuration of this plugin."""
        return bool(super().verify_file(path)) and path.endswith(("alianza_accounts.yml", "alianza_accounts.yaml"))

    def set_options(self, task_keys: Any = None, var_options: Any = None, direct: dict[str, Any] | None = None) -> None:
        """Pass the options of Ansible's fragments to Ansible; ``read_options`` reads our own."""
        theirs = {name: value for name, value in (direct or {}).items() if name not in OWN}
        super().set_options(task_keys=task_keys, var_options=var_options, direct=theirs)

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Fill the inventory from a configuration file."""
        super().parse(inventory, loader, path, cache)
        self._cached: list[str] = []
        config: dict[str, Any] = self._read_config_data(path)
        hosts: list[tuple[str, dict[str, Any]]] = []
        msg = None
        try:
            hosts = self._hosts(config, path, cache)
        except AnsibleError:
            raise
        except AlianzaError as error:
            msg = error.msg
        except Exception as error:
            msg = unexpected_error(error).msg
        # Outside of the except blocks: Ansible would show the original exception, which may quote a secret.
        if msg is not None:
            raise AnsibleParserError(msg)
        self._populate(hosts)

    def update_cache_if_changed(self) -> None:
        """Write the cache, and let only the user read it: it holds customers' names, numbers and rules."""
        super().update_cache_if_changed()
        for key in self._cached:
            name = getattr(getattr(self._cache, "_plugin", None), "_get_cache_file_name", None)
            folder = os.path.dirname(name(key)) if name else ""
            # Some releases of Ansible put the version of their format between the prefix and the key.
            for entry in os.listdir(folder) if os.path.isdir(folder) else ():
                if entry.endswith(key):
                    os.chmod(os.path.join(folder, entry), 0o600)

    def _hosts(self, config: dict[str, Any], path: str, cache: bool) -> list[tuple[str, dict[str, Any]]]:
        """Return [(host name, host variables)]."""
        require_requests()
        unknown = sorted(str(name) for name in set(config) - set(self._options) - set(OWN) - {"plugin"})
        if unknown:
            raise InvalidInput("There is no option %s: correct it, or remove it" % ", ".join(unknown))
        self.templar.available_variables = self._vars
        own = {name: value for name, value in config.items() if name in OWN}
        params = read_options(OWN, own, self.templar.template)
        needless = [option for option in PARTS if params["include_" + option] and not params["include_trunks"]]
        if needless:
            raise InvalidInput("include_%s needs include_trunks: true" % needless[0])
        lists = {part.option: params["include_" + part.option] for part in OPTIONAL}
        settings = parse_settings(params, os.environ, needs_account=False)
        job = AccountTrunksInfoJob(dict(params, **lists))
        job.optional_reads = {need: "include_" + option for need, option in job.optional_reads.items()}
        key = "%s_%s" % (
            self.get_cache_key(path),
            fingerprint(
                settings,
                *(params[name] for name in ("account_numbers", "exclude_statuses")),
                *(params["include_" + option] for option in PARTS),
            ),
        )
        self._cached = [key] if self.get_option("cache") else []
        entries = self._cache.get(key) if cache and self.get_option("cache") else None
        if entries is None:
            entries = self._read(settings, params, job)
            if self.get_option("cache"):
                self._cache[key] = entries
        names, warnings = host_names([entry["account"] for entry in entries], params["hostname"])
        self._warn(warnings)
        return [(name, dict(harmless(host_variables(entry)), **LOCAL)) for name, entry in zip(names, entries)]

    def _read(self, settings: Settings, params: dict[str, Any], job: AccountTrunksInfoJob) -> list[dict[str, Any]]:
        """Return an entry for each account, as host_variables takes it: JSON without secrets."""
        with connect(settings) as client:
            try:
                api = Api(client, settings)
                accounts, warnings = select_accounts(
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
                self._warn(client.warnings)

    def _with_trunks(self, account: dict[str, Any], plan: Plan) -> dict[str, Any]:
        self._warn("%s: %s" % (label(account), notice.text) for notice in plan.notices)
        # A list that was not read is None.
        return {
            "account": account,
            **{option: plan.facts[option] for option in PARTS if plan.facts[option] is not None},
        }

    def _populate(self, hosts: list[tuple[str, dict[str, Any]]]) -> None:
        """Add all hosts or, on an error, none: Ansible would continue with an incomplete inventory."""
        new = [name for name, dummy in hosts if name not in self.inventory.hosts]
        try:
            for name, variables in hosts:
                self._add(name, variables)
        except Exception:
            for name in new:
                if name in self.inventory.hosts:
                    self.inventory.remove_host(self.inventory.hosts[name])
            raise

    def _add(self, name: str, variables: dict[str, Any]) -> None:
        strict = self.get_option("strict")
        self.inventory.add_host(name)
        for variable, value in variables.items():
            self.inventory.set_variable(name, variable, value)
        known = self.inventory.hosts[name].get_vars()
        self._set_composite_vars(self.get_option("compose"), known, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), known, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, name, strict=strict)

    def _warn(self, warnings: Iterable[str]) -> None:
        for warning in warnings:
            self.display.warning(warning)
