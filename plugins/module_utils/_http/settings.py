# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The connection a user asks for, checked before anything is sent. Pure: the environment is handed in.

Facts: production is https://api.alianza.com; the token goes into the header X-AUTH-TOKEN.
"""

from __future__ import annotations

import ipaddress
import os.path
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .._common.errors import InvalidInput

DEFAULT_URL = "https://api.alianza.com"
MAX_RETRIES = 20


@dataclass(frozen=True)
class Settings:
    """How to reach the API, and as whom.

    Attributes:
        api_url: scheme, host, and what stands before /v2.
        username, password: for the login; both or neither.
        auth_token: of an earlier login, or None.
        partition_id: the partition, None for the login's own.
        account_id, account_number: the account; at most one of them.
        validate_certs: whether the server's certificate is checked.
        ca_path: a bundle of certificates to check it against, or None.
        timeout: seconds for one request.
        retries: how often a request is repeated.
        transcript_path: where a HAR file is kept, or None.
    """

    api_url: str = DEFAULT_URL
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    auth_token: str | None = field(default=None, repr=False)
    partition_id: str | None = None
    account_id: str | None = None
    account_number: str | None = None
    validate_certs: bool = True
    ca_path: str | None = None
    timeout: float = 30
    retries: int = 4
    transcript_path: str | None = None

    @property
    def host(self):
        """The API's host, with its port where one is given, for messages."""
        parts = urlsplit(self.api_url)
        return parts.hostname + (":%d" % parts.port if parts.port else "")

    @property
    def loopback(self):
        """Whether the API is on this machine."""
        return is_loopback(urlsplit(self.api_url).hostname)

    def can_log_in(self):
        """Whether there is a username and a password."""
        return bool(self.username and self.password)


def is_loopback(host):
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_settings(params, environ, needs_account, needs_login=True):
    """Return the Settings of a task.

    Args:
        params: the options; missing, None and empty are the same.
        environ: the environment, for the account (an option of either kind beats both variables).
        needs_account: whether an account must be told.
        needs_login: whether there must be credentials or a token.

    Raises:
        InvalidInput: with everything that is wrong or missing.
    """
    given = {key: value for key, value in params.items() if value not in (None, "")}
    faults = []
    url = _url(str(given.get("api_url", DEFAULT_URL)), faults)
    account_id, account_number = _account(given, environ)
    if needs_account:
        if account_id and account_number:
            faults.append("account_id and account_number are both given: give one of them")
        elif not account_id and not account_number:
            faults.append(
                "The account is missing: give account_id or account_number, or set ALIANZA_ACCOUNT_ID or ALIANZA_ACCOUNT_NUMBER"
            )
    if needs_login:
        _credentials(given, faults)
    token = str(given.get("auth_token", "")).strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        faults.append("auth_token holds characters that no token has: check how it was copied or decrypted")
    for option, least, most in (("timeout", 1, 3600), ("retries", 0, MAX_RETRIES)):
        if option in given and not least <= given[option] <= most:
            faults.append("%s is %s: give a number from %d to %d" % (option, given[option], least, most))
    if given.get("ca_path") and not os.path.exists(given["ca_path"]):
        faults.append("ca_path %s does not exist: give a file or folder of CA certificates" % given["ca_path"])
    if faults:
        raise InvalidInput(*faults)
    return Settings(
        url,
        given.get("username"),
        given.get("password"),
        token or None,
        given.get("partition_id"),
        account_id if needs_account else None,
        account_number if needs_account else None,
        given.get("validate_certs", True),
        given.get("ca_path"),
        given.get("timeout", 30),
        given.get("retries", 4),
        given.get("transcript_path"),
    )


def _url(url, faults):
    try:
        parts = urlsplit(url)
        host, unused = parts.hostname, parts.port
    except ValueError:
        host, parts = None, None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        faults.append("api_url is not the address of an API: give one such as %s" % DEFAULT_URL)
        return DEFAULT_URL
    if parts.username or parts.password:
        faults.append("api_url holds a username or password: give these in the options username and password")
        return DEFAULT_URL
    if parts.scheme == "http" and not is_loopback(host):
        faults.append("api_url %s would send the password in clear: use https (http is for this machine alone)" % url)
        return DEFAULT_URL
    url = url.rstrip("/")
    return url[:-3] if url.endswith("/v2") else url


def _account(given, environ):
    """A task's option of either kind beats both variables; of the variables, the id is one call cheaper."""
    if given.get("account_id") or given.get("account_number"):
        return given.get("account_id"), given.get("account_number")
    if environ.get("ALIANZA_ACCOUNT_ID"):
        return environ["ALIANZA_ACCOUNT_ID"], None
    return None, environ.get("ALIANZA_ACCOUNT_NUMBER") or None


def _credentials(given, faults):
    if given.get("auth_token") or given.get("username") and given.get("password"):
        return
    if given.get("username"):
        faults.append("The password of %s is missing: give password, or set ALIANZA_PASSWORD" % given["username"])
    elif given.get("password"):
        faults.append("The username is missing: give username, or set ALIANZA_USERNAME")
    else:
        faults.append(
            "The credentials are missing: give username and password or auth_token, or set ALIANZA_USERNAME and "
            "ALIANZA_PASSWORD, or ALIANZA_AUTH_TOKEN"
        )
