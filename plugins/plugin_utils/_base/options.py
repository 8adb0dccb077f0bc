# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Options of plugins, validated like those of modules.

The option handling of Ansible's plugins differs where it matters: an empty variable would disable the check of
certificates, an invalid boolean would be false, and a template could only produce text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils._common.errors import InvalidInput
from ...module_utils._http.client import REQUESTS_IMPORT_ERROR
from ...module_utils._module import argspec
from ...module_utils._module.raw_options import prepare


def connection() -> dict[str, Any]:
    """Return the argument spec of the fragment ``connection.plugin``; each option falls back to its variable."""
    return {name: rule for name, rule in argspec.connection().items() if name not in ("account_id", "account_number")}


def account() -> dict[str, Any]:
    """Return the argument spec of the account; its variables are read by ``parse_settings``, which sees both options."""
    return {name: rule for name, rule in argspec.connection().items() if name in ("account_id", "account_number")}


def require_requests() -> None:
    """Raise InvalidInput if the Python library requests is missing."""
    if REQUESTS_IMPORT_ERROR:
        raise InvalidInput(
            "The Python library requests is missing on the control node: install it for %s" % sys.executable
        )


def read_options(
    spec: Mapping[str, Any],
    given: Mapping[str, Any],
    template: Callable[[Any], Any] = lambda value: value,
    integers: Container[str] = (),
) -> dict[str, Any]:
    """Return the values of all options of an argument spec.

    Args:
        spec: the argument spec.
        given: the options as the user set them; None and the empty text mean that an option is not set.
        template: fills in a template. It does not get values from the environment: a password may contain braces.
        integers: options that have to be text and may be whole numbers all the same.

    Raises:
        InvalidInput: options are unknown or invalid; the message names all of them.
    """
    unknown = sorted(str(name) for name in set(given) - set(spec))
    if unknown:
        raise InvalidInput("There is no option %s: correct it, or remove it" % ", ".join(unknown))
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name in spec:
        try:
            value = template(given.get(name))
            if getattr(value, "__ENCRYPTED__", False):
                # ansible-core before 2.19 decrypts an inline vault value when it is converted to text.
                value = str(value)
        except Exception:
            # The error is not quoted: the value may be a password that only looks like a template.
            faults.append("%s is a template that could not be filled in: check the variables and lookups in it" % name)
        else:
            if value is not None and value != "":
                values[name] = value
    values, not_text = prepare(spec, values, integers)
    checked = ArgumentSpecValidator(spec).validate(values)
    faults += not_text + checked.error_messages
    if faults:
        raise InvalidInput(*faults)
    validated: dict[str, Any] = checked.validated_parameters
    return validated
