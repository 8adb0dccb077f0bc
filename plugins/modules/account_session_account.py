#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: account_session_account
short_description: Return the account of a host, or refuse the host
description:
  - Takes the host's part of what M(alianza.sip_trunking.account_session_hosts) found, and fails for a host that must not go on.
  - It is made for the role C(alianza.sip_trunking.account_session), which registers its result as C(account_session_account).
    All later tasks of the role take the account from there, so that a host that was refused or skipped has none.
  - It runs on the control node and makes no API calls.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  unchecked:
    description: The message of the failure for a host that M(alianza.sip_trunking.account_session_hosts) did not look at.
    type: str
    required: true
"""

EXAMPLES = r"""
---
- name: Fail unless the host is an account of its own
  alianza.sip_trunking.account_session_account:
    unchecked: "{{ account_session_unchecked }}"
  register: account_session_account
"""

RETURN = r"""
---
account:
  description: The option that means the account, C(account_id) or C(account_number).
  returned: success
  type: dict
  sample: {account_id: oWUgHknjS52mrdsfFDtKvg}
account_id:
  description: ID of the account; empty if it is not known.
  returned: when the accounts of the hosts were checked
  type: str
account_number:
  description: Number of the account; empty if none is given.
  returned: when the accounts of the hosts were checked
  type: str
first_host:
  description: The host that logs in before the others.
  returned: success
  type: str
same_login:
  description: Whether this host logs in as the first host does.
  returned: success
  type: bool
"""
