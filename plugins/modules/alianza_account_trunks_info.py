#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: alianza_account_trunks_info
short_description: Read all SIP trunks of an account as one document
description:
  - Returns the trunk document of an account that exists, which is what M(alianza.sip_trunking.alianza_account_trunks) takes. Applying it to the
    same account changes nothing; applying it to an empty account that has the same telephone numbers makes the same trunks.
  - It is made to be read and kept. Trunks are sorted by name, what is not set is left out, runs of telephone numbers are written as ranges, and
    other trunks are meant by their names.
  - Passwords are not in it. A trunk that is created from the document gets a new one unless one is added.
  - What cannot be given as an option, such as a callback number that is no telephone number, is left out with a warning.
  - In API calls, it costs one read of the trunks, one of the numbers and one of the rules of each trunk.
version_added: 0.1.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.attributes
  - alianza.sip_trunking.attributes.info
  - alianza.sip_trunking.connection
options:
  concurrency:
    description:
      - How many requests are under way at the same time, from V(1) to V(64). A lower number is gentler on the API.
    type: int
    default: 8
notes:
  - Names are returned as the platform holds them. A name with double braces in it is a template once it stands in a file of variables, unless it
    is marked with C(!unsafe) there. The filter C(alianza.sip_trunking.to_host_variables) sees to that.
seealso:
  - module: alianza.sip_trunking.alianza_account_trunks
    description: Applies the document.
  - module: alianza.sip_trunking.alianza_sip_trunk_info
    description: Everything that is known of each trunk, also what cannot be set.
"""

EXAMPLES = r"""
---
- name: Read the account
  alianza.sip_trunking.alianza_account_trunks_info:
    account_id: oWUgHknjS52mrdsfFDtKvg
  register: actual

- name: Keep it as host variables
  ansible.builtin.copy:
    content: "{{ {'alianza_account_id': actual.account_id, 'alianza_trunks': actual.trunks} | alianza.sip_trunking.to_host_variables }}"
    dest: host_vars/maple-dental.yml
    mode: "0600"

- name: Make another account like it
  alianza.sip_trunking.alianza_account_trunks:
    account_id: Zk2vQm1uTtGQy7lEw0bXcA
    trunks: "{{ actual.trunks }}"
"""

RETURN = r"""
---
account_id:
  description: ID of the account.
  returned: success
  type: str
  sample: oWUgHknjS52mrdsfFDtKvg
trunks:
  description:
    - The trunks, as O(alianza.sip_trunking.alianza_account_trunks#module:trunks) takes them. A trunk whose name others have too is given by its
      C(trunk_id) instead.
  returned: success
  type: list
  elements: dict
  sample:
    - name: Lindon HQ
      concurrent_calls: 20
      sip_username: lindon-hq-pbx
      local_services_enabled: true
      telephone_numbers: ["18015551212", "18015551300-18015551399"]
      forwarding:
        forward_on_failure:
          - reference_type: SIP_TRUNK
            trunk_name: Provo DR
    - name: Provo DR
      concurrent_calls: 20
      sip_username: provo-dr-pbx
identities:
  description: ID and name of each trunk, in the order of RV(trunks).
  returned: success
  type: list
  elements: dict
  contains:
    trunk_id:
      description: ID of the trunk.
      returned: always
      type: str
      sample: LhmtrbuvQZ6qjIqW5ZF_mQ
    name:
      description: Name of the trunk. Others may have it too.
      returned: always
      type: str
      sample: Lindon HQ
unrouted_numbers:
  description:
    - Telephone numbers of the account that ring nowhere, because they have no destination or one that is a trunk which no longer exists.
      Runs of them are written as ranges.
  returned: success
  type: list
  elements: str
  sample: ["18015551400-18015551499"]
failure:
  description:
    - Why the task failed, for conditions to test. C(msg) says it in one sentence, and what to do about it.
    - It is missing only when the module cannot start, because the Python library C(requests) is not installed.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - V(invalid_input) means that what was asked for cannot be done; nothing was written.
        - V(authentication) means that the login or the token was refused.
        - V(not_found) means that an object does not exist, V(ambiguous) that several have the name that was given.
        - V(guarded) means that a safeguard of this collection stopped the change; the message names the option that overrides it.
        - V(refused) means that the API refused a request for good, V(rate_limited) that it kept answering HTTP 429, V(server) that it
          kept failing.
        - V(network) means that the API could not be reached or the connection broke, V(timeout) that something did not happen in time.
        - V(invalid_response) means that an answer was not what the API gives.
        - V(not_applied) means that the API accepted a write and did not carry it out.
        - V(partial) means that some writes were done and others were not; a rerun does the rest.
      returned: always
      type: str
      sample: refused
    status:
      description: HTTP status of the answer; null when there was none, or when no request is to blame.
      returned: always
      type: int
      sample: 400
    messages:
      description: What the API itself said, without secrets.
      returned: always
      type: list
      elements: str
      sample: ["Trunk name already exists"]
    method:
      description: HTTP method of the request that failed; null when no request is to blame.
      returned: always
      type: str
      sample: POST
    path:
      description: Path of the request that failed; null when no request is to blame.
      returned: always
      type: str
      sample: /v2/partition/Ep1BqVbxTbyl6jZQ0yKfWw/account/oWUgHknjS52mrdsfFDtKvg/siptrunk_2
"""

from ..module_utils._module.account_trunks_info import AccountTrunksInfo
from ..module_utils._module.argspec import concurrency, connection
from ..module_utils._module.runner import run


def main():
    """Run the module."""
    run(AccountTrunksInfo, dict(**connection(), **concurrency()))


if __name__ == "__main__":
    main()
