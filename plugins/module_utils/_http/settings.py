# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The connection settings, checked before anything is sent. Pure: the caller passes the environment.

Facts: the production API is https://api.alianza.com; the header X-AUTH-TOKEN carries the token.
"""

from __future__ import annotations

import ipaddress
import os.path
from dataclasses import dataclass, field
from typing import Any, Mapping
from urllib.parse import urlsplit

from .._common.errors import InvalidInput

DEFAULT_URL = "https://api.alianza.com"
MAX_RETRIES = 20


@dataclass(frozen=True)
class Settings:
    """How to reach the API, and as which user.

    Attributes:
        api_url: the address of the API, without /v2.
        username, password: for the login; both or neither.
        auth_token: the token of an earlier login, or None.
        partition_id: the partition; None for that of the login.
        account_id, account_number: the account; at most one of them.
        validate_certs: whether the certificate of the server is checked.
        ca_path: file or folder of CA certificates to check it with, or None.
        timeout: seconds for one request.
        retries: how often a request is repeated.
        transcript_path: the HAR file to write, or None.
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
    def host(self) -> str:
        """The host of the API, with its port if the URL has one, for messages."""
        parts = urlsplit(self.api_url)
        return (parts.hostname or "") + (":%d" % parts.port if parts.port else "")

    @property
    def loopback(self) -> bool:
        """Whether the API is on this machine."""
        return is_loopback(urlsplit(self.api_url).hostname or "")

    def can_log_in(self) -> bool:
        """Return whether there are a username and a password."""
        return bool(self.username and self.password)


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is that of this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_settings(params: Mapping[str, Any], environ: Mapping[str, str], needs_account: bool) -> Settings:
    """Return the Settings of a task.

    Args:
        params: the options; None and the empty text mean that an option is not set.
        environ: the environment, for the account (either option takes precedence over both variables).
        needs_account: whether an account is required.

    Raises:
        InvalidInput: options are invalid or missing; the message names all of them.
    """
    given = {key: value for key, value in params.items() if value not in (None, "")}
    faults: list[str] = []
    url = _url(str(given.get("api_url", DEFAULT_URL)), faults)
    account_id, account_number = _account(given, environ)
    if needs_account:
        if account_id and account_number:
            faults.append("account_id and account_number are both given: set only one of them")
        elif not account_id and not account_number:
            faults.append(
                "The account is missing: set account_id or account_number, or ALIANZA_ACCOUNT_ID or ALIANZA_ACCOUNT_NUMBER"
            )
    _check_credentials(given, faults)
    token = str(given.get("auth_token", "")).strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        faults.append("auth_token contains characters that no token has: check how it was copied or decrypted")
    for option, least, most in (("timeout", 1, 3600), ("retries", 0, MAX_RETRIES)):
        if option in given and not least <= given[option] <= most:
            faults.append("%s is %s: set a number from %d to %d" % (option, given[option], least, most))
    if given.get("ca_path") and not os.path.exists(given["ca_path"]):
        faults.append("ca_path %s does not exist: set a file or folder of CA certificates" % given["ca_path"])
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


def _url(url: str, faults: list[str]) -> str:
    try:
        parts = urlsplit(url)
        # Reading the port raises ValueError for one that is no number.
        host, unused = parts.hostname, parts.port
    except ValueError:
        host = None
    # First, since the other messages quote the address.
    if "@" in (url.partition("://")[2] or url).partition("/")[0]:
        faults.append("api_url contains a username or password: use the options username and password instead")
        return DEFAULT_URL
    if "://" not in url and url.strip("/"):
        faults.append("api_url %s lacks its scheme: write https://%s" % (url, url))
        return DEFAULT_URL
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        faults.append("api_url is not the address of an API: set one such as %s" % DEFAULT_URL)
        return DEFAULT_URL
    if parts.scheme == "http" and not is_loopback(host):
        faults.append(
            "api_url %s would send the password in clear text: use https (http is allowed for this machine only)" % url
        )
        return DEFAULT_URL
    url = url.rstrip("/")
    return url[:-3] if url.endswith("/v2") else url


def _account(given: Mapping[str, Any], environ: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Either option takes precedence over both variables; of the variables, the id saves one call."""
    if given.get("account_id") or given.get("account_number"):
        return given.get("account_id"), given.get("account_number")
    if environ.get("ALIANZA_ACCOUNT_ID"):
        return environ["ALIANZA_ACCOUNT_ID"], None
    return None, environ.get("ALIANZA_ACCOUNT_NUMBER") or None


def _check_credentials(given: Mapping[str, Any], faults: list[str]) -> None:
    if given.get("auth_token") or given.get("username") and given.get("password"):
        return
    if given.get("username"):
        faults.append("The password of %s is missing: set password or ALIANZA_PASSWORD" % given["username"])
    elif given.get("password"):
        faults.append("The username is missing: set username or ALIANZA_USERNAME")
    else:
        faults.append(
            "The credentials are missing: set username and password, or auth_token, or the variables ALIANZA_USERNAME and "
            "ALIANZA_PASSWORD, or ALIANZA_AUTH_TOKEN"
        )
