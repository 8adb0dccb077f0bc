# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users and their tokens (/v2/authorize)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .errors import ApiError

LIFE_HOURS = 8


@dataclass
class User:
    """Somebody who may log in; sees one partition."""

    username: str
    password: str
    user_id: str
    partition_id: str


@dataclass
class Session:
    """A token in use."""

    token: str
    user: User
    last_used: float
    #: How many calls it is not known for yet.
    unknown_for: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the body of POST /v2/authorize and GET /v2/authorize/userinfo (LoginTokenX)."""
        user = self.user
        return {
            "authToken": self.token,
            "userId": user.user_id,
            "userType": "ManagementUser",
            "username": user.username,
            "firstName": "Api",
            "lastName": "User",
            "emailAddress": user.username,
            "partitionId": user.partition_id,
            "partitionName": "Emulated partition",
            "permissions": {"ACCOUNT": "DELETE", "SIP_TRUNK": "DELETE", "TELEPHONE_NUMBER": "DELETE"},
            "featureToggles": {},
            "mustChangePassword": False,
            "subPartitionIds": [],
            "tokenSource": "PASSWORD",
            "grantedAuthorities": [],
            "mustAddEmail": False,
            "maxLifeInHours": LIFE_HOURS,
        }


class Sessions:
    """The users, the open tokens, and how often somebody logged in."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take the clock that tokens age by: a function that returns seconds."""
        self.clock = clock
        self.users: dict[str, User] = {}
        self._open: dict[str, Session] = {}
        self.logins = 0
        self.failed_logins = 0
        self.logouts = 0

    def add_user(self, username: str, password: str, partition_id: str) -> User:
        """Add a user, or give an existing one another password and partition."""
        user = User(username, password, secrets.token_urlsafe(16), partition_id)
        self.users[username] = user
        return user

    def clear(self) -> None:
        """Forget users, tokens and counts."""
        self.users.clear()
        self._open.clear()
        self.logins = self.failed_logins = self.logouts = 0

    def login(self, username: str, password: str) -> Session:
        """Return a new session; raises ApiError 401 for a wrong name or password (POST /v2/authorize)."""
        user = self.users.get(username)
        if user is None or not secrets.compare_digest(user.password.encode(), password.encode()):
            self.failed_logins += 1
            raise ApiError(401, "Unauthorized", "The username or password is wrong")
        session = Session(secrets.token_urlsafe(16), user, self.clock())
        self._open[session.token] = session
        self.logins += 1
        return session

    def use(self, token: str | None) -> Session:
        """Return the session of a token and prolong it; raises ApiError 401 for a missing, wrong or old token."""
        session = self._open.get(token or "")
        now = self.clock()
        if session is None or now - session.last_used > LIFE_HOURS * 3600:
            self._open.pop(token or "", None)
            raise ApiError(401, "Unauthorized", "The token is missing, wrong or expired")
        if session.unknown_for:
            session.unknown_for -= 1
            raise ApiError(401, "Unauthorized", "The token is missing, wrong or expired")
        session.last_used = now
        return session

    def logout(self, session: Session) -> None:
        """End a session (PUT /v2/authorize/logout)."""
        self._open.pop(session.token, None)
        self.logouts += 1

    def expire_all(self) -> int:
        """Make every open token worthless, as if its time had passed; returns how many there were."""
        count = len(self.open_tokens())
        self._open.clear()
        return count

    def open_tokens(self) -> list[str]:
        """Return the tokens that were neither logged out nor have expired."""
        oldest = self.clock() - LIFE_HOURS * 3600
        return [token for token, session in self._open.items() if session.last_used >= oldest]
