# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading the SIP credentials of trunks, for plugins: one login and one read, whatever the number of trunks."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

from ...module_utils._common.errors import InvalidInput
from ...module_utils._common.given import not_text
from ...module_utils._engine.read import read
from ...module_utils._http.api import Api, connect
from ...module_utils._http.settings import parse_settings
from ...module_utils._module.sip_credentials_lookup import SipCredentialsLookupJob
from .options import account, connection, read_options, require_requests


def read_credentials(
    terms: Sequence[Any], given: Mapping[str, Any], environ: Mapping[str, str], warn: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Return the credentials of each term, in order; they hold passwords.

    Args:
        terms: names or ids of trunks, as the user gave them.
        given: the options of the connection and the account.
        environ: the environment, for the account; {} if the account must come from the options.
        warn: shows a warning.

    Raises:
        AlianzaError: an option is invalid, the API cannot be used, or there is no such trunk.
    """
    require_requests()
    params = read_options({**connection(), **account()}, given)
    settings = parse_settings(params, environ, needs_account=True)
    if not terms:
        return []
    wrong = ["term %d %s" % (place, fault) for place, fault in enumerate(map(not_text, terms), 1) if fault]
    if wrong:
        raise InvalidInput(*wrong)
    job = SipCredentialsLookupJob({"terms": [str(term) for term in terms]})
    with connect(settings) as client:
        try:
            credentials: list[dict[str, Any]] = job.plan(read(Api(client, settings), job)).facts["credentials"]
        finally:
            for warning in client.warnings:
                warn(warning)
    return credentials
