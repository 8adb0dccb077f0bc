#!/usr/bin/python
# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: account_session_document
short_description: Fail for a host without a usable trunk document
description:
  - Fails if the trunk document in the variables of the host is missing, misspelt, no list of trunks, or cannot be filled in. The message
    names the host, the trunk and the key, and no value.
  - It returns nothing of the document, which may hold passwords; the lookup P(alianza.sip_trunking.trunk_document#lookup) does.
  - It runs on the control node and makes no API calls.
version_added: 1.0.0
author:
  - Alianza SIP Trunking collection authors (@alianza-community)
extends_documentation_fragment:
  - alianza.sip_trunking.session_attributes
options:
  variable:
    description: Name of the variable that holds the trunks of the document.
    type: str
    default: alianza_trunks
  trunk_groups:
    description: Name of the variable that holds the trunk groups of the document, if it has any.
    type: str
    default: alianza_trunk_groups
  caller_ids:
    description: Name of the variable that holds the caller IDs of the document, if it has any.
    type: str
    default: alianza_caller_ids
  deletes:
    description: Whether the document may delete anything. With V(false) an entry with C(state=absent) is refused.
    type: bool
    default: true
"""

EXAMPLES = r"""
---
- name: Fail unless the host has a document
  alianza.sip_trunking.account_session_document:
"""

RETURN = r"""
---
{}
"""
