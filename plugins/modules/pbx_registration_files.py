#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: pbx_registration_files
short_description: Compose the registration files of PBXs
description:
  - Validates descriptions of PBXs, reads the SIP credentials of all their trunks, and returns the values for the templates of the role
    P(alianza.sip_trunking.pbx_registration#role), quoted for the format of each PBX. It writes nothing.
  - B(The result holds secrets.) Set C(no_log=true) on the task.
  - It is an action plugin for the role P(alianza.sip_trunking.pbx_registration#role). It runs on the control node, so that the PBX
    needs neither the API nor its credentials.
  - It fails if a description is invalid, if a format cannot represent a character of a user name or password, or if the API did not
    return the SIP proxy of a trunk. One message names all faults, with trunk, format and kind of character, and never a password.
  - The options of the connection default to the variables C(alianza_api_url), C(alianza_username) and so on of the host, as
    P(alianza.sip_trunking.connection_options#lookup) reads them, then to the environment.
  - It costs one login, one logout and one read of the trunks, whatever the number of PBXs, and one more call for O(account_number).
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.connection
attributes:
  action:
    description: The module has an action plugin, which runs on the control node.
    support: full
  check_mode:
    description: The module also runs in C(check_mode).
    support: full
    details:
      - It only reads.
  diff_mode:
    description: The module returns no diff.
    support: N/A
    details:
      - It only reads.
options:
  pbxs:
    description:
      - The PBXs, one file each, with the keys that the README of the role P(alianza.sip_trunking.pbx_registration#role) lists.
      - A host whose value is missing or the empty text is no PBX, which is an error.
    type: raw
  defaults:
    description:
      - The same keys, for PBXs that lack them.
    type: dict
    default: {}
  account_id:
    description:
      - ID of the account of the trunks. It takes precedence over O(account_number). One of the two is required.
      - E(ALIANZA_ACCOUNT_ID) is not used, because it would be the same account for every host.
    type: str
  account_number:
    description:
      - Number of the account of the trunks. E(ALIANZA_ACCOUNT_NUMBER) is not used.
    type: str
seealso:
  - plugin: alianza.sip_trunking.sip_credentials
    plugin_type: lookup
"""

EXAMPLES = r"""
---
- name: Compose the files of the PBXs of this host
  alianza.sip_trunking.pbx_registration_files:
    account_number: "10022"
    pbxs:
      - format: asterisk
        path: /etc/asterisk/pjsip_alianza.conf
        trunks: [Lindon HQ, Provo DR]
  register: composed
  no_log: true

- name: Write the files
  ansible.builtin.template:
    src: registration.j2
    dest: "{{ item.path }}"
    mode: "0600"
  loop: "{{ composed.files }}"
  loop_control:
    label: "{{ item.path }}"
  diff: false
  no_log: true
"""

RETURN = r"""
---
pbxs:
  description: The PBXs in the order of O(pbxs), with all keys. They hold no secret.
  type: list
  elements: dict
  returned: success
folders:
  description: The folders of the files, each once.
  type: list
  elements: str
  returned: success
  sample: [/etc/asterisk]
files:
  description: The PBXs again, with dictionaries as their C(trunks). B(They hold secrets.)
  type: list
  elements: dict
  returned: success
  contains:
    trunks:
      description:
        - The values for the template, one dictionary for each trunk. All formats have C(title), and C(section), which is the unique name
          for sections and gateways.
      type: list
      elements: dict
failure:
  description: The kind of the failure, and the request that failed, if any.
  type: dict
  returned: failure
  contains:
    kind:
      description: The kind of the failure, as in all modules of this collection.
      type: str
      sample: invalid_input
    status:
      description: HTTP status, if the API responded.
      type: int
      sample: 401
    messages:
      description: Messages of the API.
      type: list
      elements: str
      sample: []
    method:
      description: HTTP method of the request.
      type: str
      sample: GET
    path:
      description: Path of the request.
      type: str
      sample: /v2/partition/Ep1BqVbxTbyl6jZQ0yKfWw/account/oWUgHknjS52mrdsfFDtKvg/siptrunk_2
"""
