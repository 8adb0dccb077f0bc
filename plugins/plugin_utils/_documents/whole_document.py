# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""All lists of the trunk document in the variables of a host, as options of alianza_account_trunks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Dict, List

from ...module_utils._common.errors import InvalidInput
from .._base.document_parts import PARTS, TRUNKS
from .optional_document import optional_document
from .trunk_document import read_document

# {option of alianza_account_trunks: its entries}
Document = Dict[str, List[Dict[str, Any]]]
ALONE = "Host %s has %s, and no trunk document: give it alianza_trunks too"


def whole_document(
    host: str, names: Mapping[str, str], variables: Mapping[str, Any], template: Callable[[Any], Any]
) -> Document:
    """Return the lists that a host's document has. They may hold passwords.

    Args:
        host: the host's name, for messages.
        names: {option: the variable that holds the list}; of those that are left out, the usual one.
        variables: the host's variables, not filled in.
        template: fills in a template.

    Raises:
        InvalidInput: there are no trunks, or one of the lists is faulty; with all that is wrong.
    """
    return _lists(host, names, variables, template, True)


def optional_whole_document(
    host: str, names: Mapping[str, str], variables: Mapping[str, Any], template: Callable[[Any], Any]
) -> Document | None:
    """Return the lists that a host's document has, None if it has no document. They may hold passwords.

    Args:
        host: the host's name, for messages.
        names: {option: the variable that holds the list}; of those that are left out, the usual one.
        variables: the host's variables, not filled in.
        template: fills in a template.

    Raises:
        InvalidInput: one of the lists is faulty, or there are others without trunks; with all that is wrong.
    """
    document = _lists(host, names, variables, template, False)
    if document and TRUNKS.option not in document:
        raise InvalidInput(ALONE % (host, " and ".join(PARTS[option].variable for option in document)))
    return document or None


def _lists(
    host: str,
    names: Mapping[str, str],
    variables: Mapping[str, Any],
    template: Callable[[Any], Any],
    required: bool,
) -> Document:
    """Return the lists that a host's document has; raise InvalidInput with all that is wrong with them."""
    document: Document = {}
    faults: list[str] = []
    for option, part in PARTS.items():
        read = read_document if required and part is TRUNKS else optional_document
        try:
            entries = read(host, names.get(option, part.variable), variables, template, part)
        except InvalidInput as error:
            faults.extend(error.faults)
        else:
            if entries is not None:
                document[option] = entries
    if faults:
        raise InvalidInput(*faults)
    return document
