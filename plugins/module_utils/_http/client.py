# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The HTTP client: one session, one token, retries, and errors that a user can act on.

It knows how to ask, not what: paths are in _api. No secret leaves it but in a request: whatever goes into an error or
the transcript has been through the redactor, and the text of library exceptions is never passed on.
"""

from __future__ import annotations

import json
import os
import platform
import random
import socket
import ssl
import threading
import time
import traceback
import warnings
from http.cookiejar import DefaultCookiePolicy

from .._common.errors import (
    AlianzaError,
    AuthenticationFailed,
    InvalidInput,
    InvalidResponse,
    NetworkError,
    RateLimited,
    RequestTimeout,
    ServerError,
    Unreadable,
)
from .._common.redaction import Redactor
from .._common.version import VERSION
from . import answers
from .retry import WAIT_MOST, pause
from .transcript import Transcript

try:
    import requests
    from requests.adapters import HTTPAdapter

    REQUESTS_IMPORT_ERROR = None
except ImportError:
    requests = None
    REQUESTS_IMPORT_ERROR = traceback.format_exc()

CONNECTIONS = 64
_LOGOUT_TIMEOUT = 10
_POST = "POST"


class Client:
    """Asks the API, as one user. Threads may share it.

    Args:
        settings: the Settings.
        login_path, logout_path: where a token is had and given back.
        sleep, chance, now: for tests; waiting, a number from 0 to 1, seconds since the epoch.

    Use it as a context manager: what it logged in by itself it logs out at the end, also on failure.
    """

    def __init__(self, settings, login_path, logout_path, sleep=time.sleep, chance=random.random, now=time.time):
        self.settings = settings
        self.redactor = Redactor()
        self.redactor.learn(settings.password, settings.auth_token)
        self.partition_id = settings.partition_id
        self._paths = (login_path, logout_path)
        self._sleep, self._chance, self._now = sleep, chance, now
        self._token, self._own, self._proven = settings.auth_token, False, settings.auth_token is not None
        # Once the login is refused no thread tries again: repeated attempts would lock the user out.
        self._refusal = None
        self._lock = threading.RLock()
        self._transcript = Transcript(settings.transcript_path, self.redactor) if settings.transcript_path else None
        self._session = self._new_session()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        """Give back the token, if this client got it, and close the connections; never raises."""
        if self._own and self._token:
            try:
                self._exchange("PUT", self._paths[1], None, self._token, min(_LOGOUT_TIMEOUT, self.settings.timeout))
            except AlianzaError:
                pass
            self._token, self._own = None, False
        self._session.close()

    @property
    def complaint(self):
        """What is wrong with the transcript, or None."""
        return self._transcript.broken if self._transcript else None

    @property
    def token(self):
        """The token in use; logs in when there is none."""
        with self._lock:
            if self._token is None:
                self.login()
            return self._token

    def keep_token(self):
        """Leave the token open when the client closes: whoever asked for it gives it back."""
        self._own = False

    def login(self):
        """Log in and return what the API tells of the login (POST /v2/authorize).

        Raises:
            AuthenticationFailed: the credentials were refused; this is final.
        """
        with self._lock:
            if self._refusal is not None:
                raise self._refusal
            try:
                answer = self._ask(
                    _POST,
                    self._paths[0],
                    {"username": self.settings.username, "password": self.settings.password},
                    None,
                )
            except AuthenticationFailed as error:
                error.msg = "%s refused the login as %s (HTTP %s): check username and password" % (
                    self.settings.host,
                    self.settings.username,
                    error.status,
                )
                self._refusal = error
                raise
            told = answer.value if isinstance(answer.value, dict) else {}
            if not isinstance(told.get("authToken"), str) or not told["authToken"]:
                raise InvalidResponse(
                    "%s answered the login without a token: check that api_url is the API itself"
                    % (self.settings.host),
                    answer.status,
                    (),
                    _POST,
                    self._paths[0],
                )
            self._token, self._own, self._proven = told["authToken"], True, False
            if not self.partition_id and told.get("partitionId"):
                self.partition_id = str(told["partitionId"])
            return told

    def request(self, method, path, body=None):
        """Ask, and return the Answer of a success.

        Everything but POST is asked again when the answer was lost or said to come back later. When a token that had
        worked is refused, the client logs in again, once for all threads, and repeats the request.

        Args:
            method: the HTTP method.
            path: path and query.
            body: a JSON value, or None.

        Raises:
            AlianzaError: of the kind that fits.
        """
        token = self.token
        try:
            answer = self._ask(method, path, body, token)
        except AuthenticationFailed as error:
            answer = self._ask(method, path, body, self._another(token, error))
        self._proven = True
        return answer

    def _another(self, refused, error):
        """Return a token to use instead of the one that was refused."""
        with self._lock:
            if self._token not in (refused, None):
                return self._token
            if not self.settings.can_log_in():
                error.msg = (
                    "%s refused the auth_token (HTTP 401), it is wrong or has expired: give a new one, or username and password"
                    % (self.settings.host)
                )
                raise error
            if not self._proven:
                raise error
            self._token = None
            self.login()
            return self._token

    def _ask(self, method, path, body, token):
        """Send the request until it is answered for good."""
        attempt, waited = 0, 0.0
        while True:
            attempt += 1
            try:
                answer = self._exchange(method, path, body, token, self.settings.timeout)
                error = answers.failure(answer, method, path.partition("?")[0], self.settings.host, self.redactor)
                if error is None:
                    return answer
            except (NetworkError, RequestTimeout) as lost:
                answer, error = None, lost
            if method == "DELETE" and attempt > 1 and error.status == 404:
                return answers.Answer(204, {})
            wait = pause(attempt, answer and answer.headers.get("Retry-After"), self._now(), self._chance())
            if (
                attempt > self.settings.retries
                or waited + wait > WAIT_MOST
                or not self._may_repeat(method, path, error)
            ):
                if attempt > 1:
                    error.msg += " (asked %d times)" % attempt
                raise error
            waited += wait
            self._sleep(wait)

    def _may_repeat(self, method, path, error):
        if isinstance(error, RateLimited):
            return True
        if isinstance(error, Unreadable):
            return method == "GET"
        return isinstance(error, (NetworkError, RequestTimeout, ServerError)) and (
            method != _POST or path == self._paths[0]
        )

    def _exchange(self, method, path, body, token, timeout):
        """Send the request once and return the Answer, whatever it says."""
        url = self.settings.api_url + path
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": _user_agent()}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode("utf-8")
            self.redactor.learn_from(body)
        if token is not None:
            headers["X-AUTH-TOKEN"] = token
        started, clock = self._now(), time.monotonic()
        response = answer = fault = None
        try:
            prepared = requests.Request(method, url, headers=headers, data=data).prepare()
            response = self._session.send(
                prepared, timeout=timeout, allow_redirects=False, verify=self._verify, proxies=self._proxies
            )
            answer = answers.read(response.status_code, response.headers, response.content)
            self.redactor.learn_from(answer.value)
        except (requests.RequestException, OSError, ValueError) as error:
            fault = _fault(error, self.settings, method, path.partition("?")[0], timeout)
        finally:
            if self._transcript:
                self._write_down(method, url, headers, body, response, answer, started, time.monotonic() - clock, fault)
        if fault is not None:
            raise fault
        return answer

    def _write_down(self, method, url, headers, body, response, answer, started, seconds, fault):
        got = None
        if answer is not None:
            value = answer.value if answer.word is None else answer.word
            got = (
                answer.status,
                response.reason,
                response.headers,
                response.headers.get("Content-Type"),
                value,
                len(response.content),
            )
        self._transcript.record(method, url, (headers, body), got, started, seconds, fault and fault.msg)

    def _new_session(self):
        """Return a session that takes from the environment what users mean to give it, and nothing else.

        requests would also read .netrc, and let REQUESTS_CA_BUNDLE override what a task says of certificates.
        """
        session = requests.Session()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS, max_retries=0)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        url = self.settings.api_url
        self._proxies = {} if self.settings.loopback else requests.utils.get_environ_proxies(url, no_proxy=None)
        if not self.settings.validate_certs:
            self._verify = False
            warnings.filterwarnings("ignore", message="Unverified HTTPS request")
        else:
            self._verify = (
                self.settings.ca_path
                or os.environ.get("REQUESTS_CA_BUNDLE")
                or os.environ.get("CURL_CA_BUNDLE")
                or True
            )
            if self._verify is not True and not os.path.exists(self._verify):
                raise InvalidInput(
                    "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names %s, which does not exist: correct it, or give ca_path"
                    % self._verify
                )
        return session


def _user_agent():
    return "alianza.sip_trunking/%s (Python %s; requests %s)" % (
        VERSION,
        platform.python_version(),
        requests.__version__,
    )


def _fault(error, settings, method, path, timeout):
    """Return our error for one of a library's; its text is never passed on, it may quote what was sent."""
    facts = {"method": method, "path": path}
    causes = list(_causes(error))
    if isinstance(error, requests.Timeout) or any(
        isinstance(cause, (socket.timeout, TimeoutError)) for cause in causes
    ):
        return RequestTimeout(
            "%s gave no answer within %s s: check the network, or raise timeout" % (settings.host, timeout), **facts
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return NetworkError(
            "%s could not be reached through the proxy of the environment: check HTTPS_PROXY and NO_PROXY"
            % (settings.host),
            **facts,
        )
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NetworkError(
                "The certificate of %s is not trusted (%s): give the CA with ca_path"
                % (settings.host, cause.verify_message),
                **facts,
            )
        if isinstance(cause, ssl.SSLError):
            return NetworkError(
                "No TLS connection to %s could be made (%s): check api_url" % (settings.host, cause.reason), **facts
            )
        if isinstance(cause, socket.gaierror):
            return NetworkError("The name %s could not be resolved: check api_url and DNS" % settings.host, **facts)
        if isinstance(cause, ConnectionRefusedError):
            return NetworkError("%s refused the connection: check api_url and the network" % settings.host, **facts)
    if isinstance(error, requests.ConnectionError) or isinstance(error, requests.exceptions.ChunkedEncodingError):
        return NetworkError(
            "%s closed the connection before its answer was whole: check the network and try again" % (settings.host),
            **facts,
        )
    return NetworkError(
        "%s could not be asked (%s): check api_url and the network" % (settings.host, type(error).__name__), **facts
    )


def _causes(error):
    """Yield the exception and all that stand behind it."""
    seen, queue = set(), [error]
    while queue:
        current = queue.pop(0)
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        queue.extend((current.__cause__, current.__context__, getattr(current, "reason", None)))
        queue.extend(arg for arg in current.args if isinstance(arg, BaseException))
