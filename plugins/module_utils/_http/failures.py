# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Errors of the network, in words that say what to do: names, certificates, proxies, connections that end early. Pure."""

from __future__ import annotations

import socket
import ssl
from typing import Any, Collection, Iterator

from .._common.errors import NetworkError, RequestTimeout
from .bounded import InterimResponse
from .settings import Settings

# What an exception of the HTTP library is.
TIMEOUT, PROXY, CLOSED = "timeout", "proxy", "closed"


def network_failure(
    error: Exception, kinds: Collection[str], settings: Settings, method: str, path: str, timeout: float
) -> NetworkError | RequestTimeout:
    """Return our error for one of a library; its text is not used, it may quote the request.

    Args:
        error: the exception.
        kinds: what it is in the words of the library that raised it: some of TIMEOUT, PROXY and CLOSED.
        settings: the Settings.
        method, path: of the request.
        timeout: seconds that it was given.
    """
    facts: dict[str, Any] = {"method": method, "path": path}
    causes = list(_causes(error))
    if TIMEOUT in kinds or any(isinstance(cause, (socket.timeout, TimeoutError)) for cause in causes):
        return RequestTimeout(
            "%s did not respond completely within %s s: check the network, or raise timeout" % (settings.host, timeout),
            **facts,
        )
    if PROXY in kinds:
        return NetworkError(
            "%s could not be reached through the proxy in the environment: check HTTPS_PROXY and NO_PROXY"
            % (settings.host),
            **facts,
        )
    for cause in causes:
        if isinstance(cause, InterimResponse):
            return NetworkError(
                "%s sent an interim response (%s) in place of a final one: check proxies and gateways before the API"
                % (settings.host, cause),
                **facts,
            )
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NetworkError(_certificate_fault(cause, settings.host), **facts)
        if isinstance(cause, ssl.SSLError):
            return NetworkError(
                "The TLS connection to %s failed (%s): check api_url" % (settings.host, cause.reason), **facts
            )
        if isinstance(cause, socket.gaierror):
            return NetworkError("The name %s could not be resolved: check api_url and DNS" % settings.host, **facts)
        if isinstance(cause, ConnectionRefusedError):
            return NetworkError("%s refused the connection: check api_url and the network" % settings.host, **facts)
    if CLOSED in kinds:
        return NetworkError(
            "%s closed the connection before the response was complete: check the network and try again"
            % (settings.host),
            **facts,
        )
    return NetworkError(
        "The request to %s failed (%s): check api_url and the network" % (settings.host, type(error).__name__), **facts
    )


def _certificate_fault(error: ssl.SSLCertVerificationError, host: str) -> str:
    """Return what is wrong with a certificate, and what to do about it."""
    if error.verify_code in (9, 10):
        return "The certificate of %s is not valid at this time (%s): check the clock here, or renew it there" % (
            host,
            error.verify_message,
        )
    if error.verify_code in (62, 64):
        return "The certificate is not one of %s (%s): check api_url" % (host, error.verify_message)
    return "The certificate of %s is not trusted (%s): set ca_path to the certificate of its CA" % (
        host,
        error.verify_message,
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception and everything that caused it."""
    seen: set[int] = set()
    queue: list[Any] = [error]
    while queue:
        current = queue.pop(0)
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        queue.extend((current.__cause__, current.__context__, getattr(current, "reason", None)))
        queue.extend(arg for arg in current.args if isinstance(arg, BaseException))
