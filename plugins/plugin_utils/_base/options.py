# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Options of plugins, taken the way modules take theirs.

Ansible's own way differs in what matters here: an empty variable would switch the check of certificates off, a word that
is no truth value would be false, and a template could only stand for text.
"""

from __future__ import annotations

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils._common.errors import InvalidInput
from ...module_utils._module import argspec


def connection():
    """Return the options of the fragment ``connection.plugin``; each falls back to its environment variable."""
    return {name: rule for name, rule in argspec.connection().items() if name not in ("account_id", "account_number")}


def account():
    """Return the options that say which account is meant; the variables of the environment are looked at with both in view."""
    return {name: rule for name, rule in argspec.connection().items() if name in ("account_id", "account_number")}


def read_options(spec, given, template):
    """Return the values of all options of an argument spec.

    Args:
        spec: the argument spec.
        given: what the user wrote; None and empty text are the same as nothing.
        template: fills in a template. Values from the environment are not handed to it: a password may hold braces.

    Raises:
        InvalidInput: with everything that is wrong.
    """
    values, faults = {}, []
    for name in spec:
        try:
            value = template(given.get(name))
            if getattr(value, "__ENCRYPTED__", False):
                # ansible-core before 2.19 decrypts what ansible-vault encrypted in place when it is made a text.
                value = str(value)
        except Exception:
            # What went wrong is not quoted: the line might be a password that only looks like a template.
            faults.append("%s is a template that could not be filled in: check the variables and lookups in it" % name)
        else:
            if value is not None and value != "":
                values[name] = value
    checked = ArgumentSpecValidator(spec).validate(values)
    faults += checked.error_messages
    if faults:
        raise InvalidInput(*faults)
    return checked.validated_parameters
