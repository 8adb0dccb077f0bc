# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The HTTP client: one session, one token, retries, and errors that a user can act on.

The paths of the API are in ``api``. Secrets leave it in requests only: text for errors and the transcript goes through
the redactor, and the text of exceptions of libraries, which may quote a request, is not used.
"""

from __future__ import annotations

import json
import os
import platform
import random
import threading
import time
import traceback
import warnings
from contextlib import nullcontext
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any, Callable

from .._common.errors import (
    AlianzaError,
    AuthenticationFailed,
    ForeignResponse,
    InvalidInput,
    InvalidResponse,
    NetworkError,
    NotFound,
    RateLimited,
    RequestTimeout,
    ServerError,
    Unreadable,
)
from .._common.redaction import Redactor
from .._common.version import VERSION
from . import answers, bounded
from .failures import CLOSED, PROXY, TIMEOUT, network_failure
from .pace import ATTEMPTS_MOST, Pace
from .retry import WAIT_MOST, pause
from .settings import Settings
from .transcript import Exchange, Transcript

REQUESTS_IMPORT_ERROR: str | None = None
try:
    import requests
    from requests.adapters import HTTPAdapter
    from requests.packages import urllib3  # type: ignore[attr-defined]
except ImportError:
    requests = None  # type: ignore[assignment]
    HTTPAdapter = object  # type: ignore[assignment,misc]
    REQUESTS_IMPORT_ERROR = traceback.format_exc()

CONNECTIONS = 64
_LOGOUT_TIMEOUT = 10
_POST = "POST"
# Seconds before a request is repeated whose token was issued a moment ago and is not known everywhere yet.
_TOKEN_PAUSE = 1.0


class _BoundedAdapter(HTTPAdapter):
    """Opens connections whose responses end at the deadline of the thread; see :mod:`bounded`."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _bound(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return _bound(super().proxy_manager_for(proxy, **kwargs))


def _bound(manager: Any) -> Any:
    """Make a pool manager open bounded connections, and return it."""
    manager.pool_classes_by_scheme = {
        scheme: type(pool.__name__, (pool,), {"ConnectionCls": bounded.bounded(pool.ConnectionCls)})
        for scheme, pool in manager.pool_classes_by_scheme.items()
    }
    return manager


class Client:
    """Sends requests to the API, as one user. Threads may share it.

    Args:
        settings: the Settings.
        login_path, logout_path: the paths for logging in and out.
        sleep, chance, now: for tests: waits some seconds, returns a random number from 0 to 1, returns the seconds since
            the epoch.
        pace: the Pace that clients of one run share; None for no limit but the number of threads.

    Attributes:
        partition_id: the partition; None until it is known.
        redactor: the Redactor with the secrets of this client.

    Use it as a context manager: a token that it got by logging in is logged out at the end, also on failure.
    """

    def __init__(
        self,
        settings: Settings,
        login_path: str,
        logout_path: str,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        now: Callable[[], float] = time.time,
        pace: Pace | None = None,
    ) -> None:
        self.settings = settings
        self.redactor = Redactor()
        self.redactor.learn(settings.password, settings.auth_token)
        self.partition_id = settings.partition_id
        self._login_path, self._logout_path = login_path, logout_path
        self._sleep, self._chance, self._now = sleep, chance, now
        self._pace = pace
        self._token = settings.auth_token
        # Whether to log the token out at the end, and whether the API has accepted it.
        self._owns_token, self._token_proven = False, settings.auth_token is not None
        # Once the login is refused no thread tries again: repeated attempts would lock the user out.
        self._refusal: AuthenticationFailed | None = None
        self._lock = threading.RLock()
        self._transcript = Transcript(settings.transcript_path, self.redactor) if settings.transcript_path else None
        self._proxies = _proxies(settings)
        self._verify = _verify(settings)
        self._session = _new_session()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Log out, if this client logged in, and close the connections; never raises."""
        if self._owns_token and self._token:
            try:
                self._send("PUT", self._logout_path, None, self._token, min(_LOGOUT_TIMEOUT, self.settings.timeout))
            except AlianzaError:
                pass
            self._token, self._owns_token = None, False
        self._session.close()

    @property
    def warnings(self) -> list[str]:
        """What the user should know of the connection: certificates that are not checked, an incomplete transcript."""
        found = []
        if not self.settings.validate_certs and not self.settings.loopback:
            found.append(
                "The certificate of %s is not checked (validate_certs: false), so that anybody between here and there could "
                "read the password: set ca_path to its CA instead" % self.settings.host
            )
        if self._transcript and self._transcript.warning:
            found.append(self._transcript.warning)
        return found

    @property
    def token(self) -> str | None:
        """The current token; logs in if there is none."""
        with self._lock:
            if self._token is None:
                self.login()
            return self._token

    def keep_token(self) -> None:
        """Do not log out when the client closes: the caller does."""
        self._owns_token = False

    def login(self) -> dict[str, Any]:
        """Log in and return the response of the API (POST /v2/authorize).

        Raises:
            AuthenticationFailed: the credentials were refused; further calls raise the same error, without a request.
        """
        with self._lock:
            if self._refusal is not None:
                raise self._refusal
            try:
                answer = self._send_until_final(
                    _POST,
                    self._login_path,
                    {"username": self.settings.username, "password": self.settings.password},
                    None,
                )
            except AuthenticationFailed as error:
                error.msg = "%s refused the login as %s (HTTP %s): check username and password%s" % (
                    self.settings.host,
                    self.settings.username,
                    error.status,
                    _line_break_hint(self.settings.username, self.settings.password),
                )
                self._refusal = error
                raise
            login: dict[str, Any] = answer.value if isinstance(answer.value, dict) else {}
            if not isinstance(login.get("authToken"), str) or not login["authToken"]:
                raise InvalidResponse(
                    "%s returned no token for the login: check that api_url is the address of the API"
                    % (self.settings.host),
                    answer.status,
                    (),
                    _POST,
                    self._login_path,
                )
            self._token, self._owns_token, self._token_proven = login["authToken"], True, False
            if not self.partition_id and login.get("partitionId"):
                self.partition_id = str(login["partitionId"])
            return login

    def request(self, method: str, path: str, body: Any = None, repeat_500: bool = True) -> answers.Answer:
        """Send a request and return the Answer of a success.

        A request is repeated after a lost response, a server error and HTTP 429; a POST only after HTTP 429. When a token
        is refused that was accepted before, the client logs in again, once for all threads, and repeats the request.

        Args:
            method: the HTTP method.
            path: path and query.
            body: a JSON value, or None.
            repeat_500: whether HTTP 500 is repeated; not where it may mean that the API takes no such body, and there is
                another way. Any other 5xx says nothing about the body.

        Raises:
            AlianzaError: the request failed; the class says how.
        """
        token, proven = self.token, self._token_proven
        try:
            answer = self._send_until_final(method, path, body, token, repeat_500)
        except AuthenticationFailed as error:
            answer = self._send_until_final(method, path, body, self._next_token(token, proven, error), repeat_500)
        self._token_proven = True
        return answer

    def _next_token(self, refused: str | None, proven: bool, error: AuthenticationFailed) -> str | None:
        """Return the token to repeat a refused request with; raises the error where none can be had.

        Args:
            refused: the token of the request.
            proven: whether it had been accepted before the request was sent.
            error: the refusal.
        """
        with self._lock:
            if self._token not in (refused, None):
                return self._token
            if not self.settings.can_log_in():
                error.msg = (
                    "%s refused the auth_token (HTTP 401), it is wrong or has expired: set a new one, or username and password"
                    % self.settings.host
                )
                raise error
            if proven:
                self._token = None
                self.login()
                return self._token
        # The login was a moment ago: the token may not be known to every server of the platform yet.
        self._sleep(_TOKEN_PAUSE)
        return refused

    def _send_until_final(
        self, method: str, path: str, body: Any, token: str | None, repeat_500: bool = True
    ) -> answers.Answer:
        """Send the request, and repeat it while that may help; return the Answer of a success."""
        attempt, waited = 0, 0.0
        error: AlianzaError | None
        while True:
            attempt += 1
            retry_after, sent = None, 0.0
            try:
                with self._pace.turn() if self._pace else nullcontext(0.0) as sent:
                    answer = self._send(method, path, body, token, self.settings.timeout)
                error = answers.failure(answer, method, path.partition("?")[0], self.settings.host, self.redactor)
                if self._pace and answer.status != 429:
                    self._pace.accepted()
                if error is None:
                    return answer
                retry_after = answer.headers.get("Retry-After")
            except (NetworkError, RequestTimeout) as lost:
                error = lost
            if method == "DELETE" and attempt > 1 and isinstance(error, NotFound):
                return answers.Answer(204, {})
            wait = pause(attempt, retry_after, self._now(), self._chance())
            most = self.settings.retries
            if self._pace and isinstance(error, RateLimited):
                self._pace.refused(sent, wait)
                # Others of the run cause it too, so that it says little of this request.
                most = ATTEMPTS_MOST if most else 0
            if (
                attempt > most
                or waited + wait > WAIT_MOST
                or not self._may_repeat(method, path, error)
                or isinstance(error, ServerError)
                and error.status == 500
                and not repeat_500
            ):
                if attempt > 1:
                    error.msg += " (%d attempts)" % attempt
                raise error
            waited += wait
            self._sleep(wait)

    def _may_repeat(self, method: str, path: str, error: AlianzaError) -> bool:
        if isinstance(error, RateLimited):
            return True
        if isinstance(error, (Unreadable, ForeignResponse)):
            return method == "GET"
        return isinstance(error, (NetworkError, RequestTimeout, ServerError)) and (
            method != _POST or path == self._login_path
        )

    def _send(self, method: str, path: str, body: Any, token: str | None, timeout: float) -> answers.Answer:
        """Send the request once and return the Answer, whatever its status."""
        url = self.settings.api_url + path
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": _user_agent()}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode("utf-8")
            self.redactor.learn_from(body)
        if token is not None:
            headers["X-AUTH-TOKEN"] = token
        exchange = Exchange(method, url, headers, body, self._now(), 0.0)
        clock = time.monotonic()
        answer = answers.Answer(0, {})
        failure: AlianzaError | None = None
        try:
            prepared = requests.Request(method, url, headers=headers, data=data).prepare()
            with bounded.deadline(timeout):
                response = self._session.send(
                    prepared,
                    timeout=timeout,
                    allow_redirects=False,
                    verify=self._verify,
                    proxies=self._proxies,
                    stream=True,
                )
                content = _content(response)
            answer = answers.read(response.status_code, response.headers, content)
            self.redactor.learn_from(answer.value)
            exchange.status, exchange.reason = answer.status, response.reason or ""
            exchange.response_headers, exchange.size = response.headers, len(content)
            exchange.value = answer.value if answer.word is None else answer.word
        except bounded.TooLarge:
            failure = InvalidResponse(
                "%s returned more than %d MiB for %s %s: check that api_url is the address of the API"
                % (self.settings.host, bounded.SIZE_MOST // 1024**2, method, path.partition("?")[0]),
                None,
                (),
                method,
                path.partition("?")[0],
            )
            exchange.reason = failure.msg
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            bounded.Truncated,
            OSError,
            ValueError,
        ) as error:
            failure = network_failure(error, _kinds(error), self.settings, method, path.partition("?")[0], timeout)
            exchange.reason = failure.msg
        finally:
            if self._transcript:
                exchange.seconds = time.monotonic() - clock
                self._transcript.record(exchange)
        # Outside of the except block, so that the library's exception is not part of ours.
        if failure is not None:
            raise failure
        return answer


def _content(response: requests.Response) -> bytes:
    """Return the body of a response, and give its connection back, or close it where the body was not read to its end."""
    try:
        content = bounded.read_body(bounded.pieces_of(response.raw), response.headers.get("Content-Encoding", ""))
    except BaseException:
        response.raw.close()
        raise
    response.close()
    return content


def _line_break_hint(*values: str | None) -> str:
    """Return a hint for credentials that end in a line break, as text has that echo piped into ansible-vault."""
    if any(value and not value.isprintable() for value in values):
        return " (they hold a line break or another control character: encrypt them with echo -n)"
    return ""


def _new_session() -> requests.Session:
    """Return a session that reads nothing from the environment.

    requests would read .netrc, and let REQUESTS_CA_BUNDLE override the option validate_certs; proxies and certificates are
    passed with each request instead.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    adapter = _BoundedAdapter(pool_connections=1, pool_maxsize=CONNECTIONS, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _proxies(settings: Settings) -> dict[str, str]:
    """Return the proxies of the environment; none for this machine."""
    if settings.loopback:
        return {}
    return dict(requests.utils.get_environ_proxies(settings.api_url, no_proxy=None))


def _verify(settings: Settings) -> bool | str:
    """Return what to check the certificate with: a path, True for the default, False for no check."""
    if not settings.validate_certs:
        warnings.filterwarnings("ignore", message="Unverified HTTPS request")
        return False
    path = settings.ca_path or os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if path and not os.path.exists(path):
        raise InvalidInput(
            "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE is %s, which does not exist: correct it, or set ca_path" % path
        )
    return path or True


def _user_agent() -> str:
    return "alianza.sip_trunking/%s (Python %s; requests %s)" % (
        VERSION,
        platform.python_version(),
        requests.__version__,
    )


def _kinds(error: Exception) -> list[str]:
    """Return what an exception of requests is, in the words of :mod:`failures`."""
    kinds: dict[str, tuple[type[BaseException], ...]] = {
        TIMEOUT: (requests.Timeout,),
        PROXY: (requests.exceptions.ProxyError,),
        CLOSED: (requests.ConnectionError, requests.exceptions.ChunkedEncodingError, bounded.Truncated),
    }
    return [kind for kind, classes in kinds.items() if isinstance(error, classes)]
