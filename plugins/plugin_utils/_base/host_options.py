# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The options of the connection that a host's variables give: the one list of the variables ``alianza_<option>``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .filling import Filling
from .options import connection, read_options

PREFIX = "alianza_"


def host_options(variables: Mapping[str, Any], template: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the options of the connection that variables give; what they leave out or leave blank is not in it.

    Text stays text, so that a password may look like a number. Other types are the modules' to check.

    Args:
        variables: the host's variables.
        template: fills in a template.

    Raises:
        InvalidInput: a variable could not be filled in; the message has its name and not its value.
    """
    kinds = {name: "str" if rule["type"] in ("str", "path") else "raw" for name, rule in connection().items()}
    # Without defaults and environment variables: these are for the module or plugin that the options are handed to.
    spec = {PREFIX + name: {"type": kind, "no_log": False} for name, kind in kinds.items()}
    given = {name: variables[name] for name in spec if name in variables}
    texts = (PREFIX + "username", PREFIX + "password")
    values = read_options(spec, given, Filling(variables, template).fill_in, texts)
    return {name[len(PREFIX) :]: value for name, value in values.items() if value is not None}
