# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""One method per endpoint of the API, and the only place that knows their paths.

Facts: paths below /v2/partition/{partitionId}/account/{accountId}; trunks are at siptrunk_2, siptrunk is deprecated.
"""

from __future__ import annotations

from copy import copy
from typing import Any
from urllib.parse import quote, urlencode

from .._common.errors import InvalidResponse, NotFound, Unreadable
from .client import Client
from .pace import Pace
from .settings import Settings

LOGIN = "/v2/authorize"
LOGOUT = "/v2/authorize/logout"
USER = "/v2/authorize/userinfo"
_CALLER_IDS = ("siptrunk_2", "cid")


def connect(settings: Settings, pace: Pace | None = None) -> Client:
    """Return a Client for these settings.

    Args:
        settings: the Settings.
        pace: the Pace that clients of one run share; None for none.
    """
    return Client(settings, LOGIN, LOGOUT, pace=pace)


class Api:
    """The calls of one partition and, if the settings name one, of one account.

    Args:
        client: the Client.
        settings: the Settings that name partition and account.

    Attributes:
        partition_id: the partition.
        account_id: the account, or None.

    Raises:
        NotFound: there is no account with the number.
    """

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._host = settings.host
        self.partition_id = self._partition()
        self.account_id: str | None = settings.account_id
        if settings.account_number:
            self.account_id = self._id_of(settings.account_number)

    def of_account(self, account_id: str) -> Api:
        """Return the calls of another account of the partition, over the same client."""
        other = copy(self)
        other.account_id = account_id
        return other

    def _partition(self) -> str | None:
        """Return the partition of the settings, of the login or, with one more call, of the token."""
        if not self._client.partition_id:
            token = self._client.token
            if not self._client.partition_id and token:
                user = self._object("GET", USER)
                if not user.get("partitionId"):
                    raise InvalidResponse("%s did not return the partition of the login: set partition_id" % self._host)
                self._client.partition_id = str(user["partitionId"])
        return self._client.partition_id

    def _id_of(self, number: str) -> str:
        account = self.account("account_number", number)
        if account is None:
            raise NotFound(
                "Partition %s has no account with the number %s: check account_number and the login"
                % (self.partition_id, number)
            )
        return str(account["id"])

    # accounts: GET .../account, GET .../account/{value}?accountIdType=

    def accounts(self) -> list[Any]:
        """Return all accounts of the partition."""
        return self._list("GET", self._base("account"))

    def account(self, kind: str, value: str) -> dict[str, Any] | None:
        """Return one account, or None.

        Args:
            kind: what ``value`` is: account_id, account_number or phone_number.
            value: the value.
        """
        kinds = {"account_id": "Id", "account_number": "AccountNumber", "phone_number": "PhoneNumber"}
        try:
            account = self._object(
                "GET", self._base("account", value) + "?" + urlencode({"accountIdType": kinds[kind]})
            )
        except NotFound:
            return None
        if not account.get("id"):
            raise InvalidResponse(
                "%s returned account %s without an id: try again, or contact Alianza" % (self._host, value)
            )
        identity = {"account_id": "id", "account_number": "accountNumber"}.get(kind)
        return self._check_identity(account, identity, value) if identity else account

    # trunks: .../siptrunk_2

    def trunks(self) -> list[Any]:
        """Return all trunks of the account; raises NotFound if there is no such account."""
        return self._account_list("siptrunk_2")

    def trunk(self, trunk_id: str) -> dict[str, Any]:
        """Return one trunk."""
        return self._check_identity(self._object("GET", self._account("siptrunk_2", trunk_id)), "id", trunk_id)

    def create_trunk(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a trunk and return it; {} if the response is empty."""
        body = dict(body, accountId=self.account_id, partitionId=self.partition_id)
        return self._object("POST", self._account("siptrunk_2"), body)

    def patch_trunk(self, trunk_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change the fields of a trunk that are in the body, and return the trunk; {} if the response is empty."""
        trunk = self._object("PATCH", self._account("siptrunk_2", trunk_id), body, clears=None in body.values())
        return self._check_identity(trunk, "id", trunk_id)

    def delete_trunk(self, trunk_id: str) -> None:
        """Delete a trunk, if it still exists. Whether it is gone only the list says: a delete may be carried out later."""
        self._delete("siptrunk_2", trunk_id)

    def forward(self, trunk_id: str) -> dict[str, Any]:
        """Return the forwarding rules of a trunk in the list of the account; {} if the API has none."""
        try:
            rules = self._object("GET", self._account("siptrunk_2", trunk_id, "forward"))
        except NotFound:
            # Rules that could not be had must not pass for none: a trunk without rules is still there itself.
            self._exists(trunk_id)
            return {}
        return self._check_identity(rules, "sipTrunkId", trunk_id)

    def put_forward(self, trunk_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace the forwarding rules of a trunk, and return the response, which is usually empty."""
        rules = self._object("PUT", self._account("siptrunk_2", trunk_id, "forward"), body)
        return self._check_identity(rules, "sipTrunkId", trunk_id)

    def registration(self, trunk_id: str) -> dict[str, Any]:
        """Return {registered, lockedOut} of a trunk; {} if it was deleted and a stale list still has it."""
        try:
            return self._object("GET", self._account("siptrunk_2", trunk_id, "registrationstatus"))
        except NotFound:
            # A trunk that exists must not pass for one that is not registered.
            if self._exists(trunk_id):
                raise
            return {}

    def _exists(self, trunk_id: str) -> bool:
        """Return whether the API knows a trunk; any failure to look is raised."""
        try:
            self.trunk(trunk_id)
        except NotFound:
            return False
        return True

    def unlock(self, trunk_id: str) -> dict[str, Any]:
        """Unlock a trunk and return it; {} if the response is empty."""
        return self._check_identity(
            self._object("PUT", self._account("siptrunk_2", trunk_id, "unlock")), "id", trunk_id
        )

    def shareable_trunks(self) -> list[Any]:
        """Return the trunks of the account whose calling plan can be shared."""
        return self._account_list("siptrunk_2", "shared-plan-lookup", explain=False)

    def address_is_free(self, ip: str, port: int, trunk_id: str | None) -> bool:
        """Return whether no trunk of the platform has a pair of address and port.

        Args:
            ip: the address.
            port: the port.
            trunk_id: the trunk that may have it; None for none.
        """
        query = {"ip": ip, "port": str(port)}
        if trunk_id is not None:
            query["trunkId"] = trunk_id
        path = self._account("siptrunk_2", "validate")
        value = self._client.request("GET", path + "?" + urlencode(query)).value
        if not isinstance(value, bool):
            raise self._unreadable("true or false", "GET", path)
        return value

    def put_calling_plan(self, body: dict[str, Any]) -> dict[str, Any]:
        """Give a trunk another calling plan, and return the plan; {} if the response is empty."""
        return self._object("PUT", self._account("callingplan"), body)

    def groups(self) -> list[Any]:
        """Return all trunk groups of the account; [] if the API has no such list, and says so twice."""
        for last in (False, True):
            try:
                return self._account_list("siptrunkgroup", explain=False)
            except NotFound:
                if last:
                    break
        return []

    def group(self, group_id: str) -> dict[str, Any]:
        """Return one trunk group."""
        return self._check_identity(self._object("GET", self._account("siptrunkgroup", group_id)), "id", group_id)

    def create_group(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a trunk group and return it; {} if the response is empty."""
        body = dict(body, accountId=self.account_id, partitionId=self.partition_id)
        return self._object("POST", self._account("siptrunkgroup"), body)

    def put_group(self, group_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace a trunk group with its members and rules, and return it; {} if the response is empty."""
        answer = self._object("PUT", self._account("siptrunkgroup", group_id), body)
        return self._check_identity(answer, "id", group_id)

    def delete_group(self, group_id: str) -> None:
        """Delete a trunk group, if it still exists. Whether it is gone only the list says."""
        try:
            self._client.request("DELETE", self._account("siptrunkgroup", group_id))
        except NotFound:
            pass

    # telephone numbers: .../telephonenumber

    def numbers(self) -> list[Any]:
        """Return all telephone numbers of the account, with a reduced set of fields."""
        return self._account_list("telephonenumber", query="?limitedData=true")

    def number(self, number: str) -> dict[str, Any]:
        """Return one telephone number, with all fields."""
        return self._check_identity(
            self._object("GET", self._account("telephonenumber", number)), "phoneNumber", number
        )

    def patch_number(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change the fields of a number that are in the body, and return the number; {} if the response is empty."""
        answer = self._object("PATCH", self._account("telephonenumber", number), body, clears=None in body.values())
        return self._check_identity(answer, "phoneNumber", number)

    def put_number_destination(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace the destination of a number and return it; {} if the response is empty."""
        return self._object("PUT", self._account("telephonenumber", number, "destination"), body)

    def put_number(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace all fields of a number, and return the number; {} if the response is empty."""
        answer = self._object("PUT", self._account("telephonenumber", number), body)
        return self._check_identity(answer, "phoneNumber", number)

    # caller IDs: .../siptrunk_2/cid

    def caller_ids(self) -> list[Any]:
        """Return all custom caller IDs of the account."""
        return self._account_list(*_CALLER_IDS, "callerid")

    def create_caller_id(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a custom caller ID and return it; {} if the response is empty."""
        return self._object("POST", self._account(*_CALLER_IDS, "callerid"), body)

    def delete_caller_id(self, caller_id: str) -> None:
        """Delete a custom caller ID and its mappings, if it still exists. Whether it is gone only the list says."""
        self._delete(*_CALLER_IDS, "callerid", caller_id)

    def from_numbers(self) -> list[Any]:
        """Return all FROM numbers that were created for the account."""
        return self._account_list(*_CALLER_IDS, "fromnumber")

    def create_from_number(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create a FROM number and return it; {} if the response is empty."""
        return self._object("POST", self._account(*_CALLER_IDS, "fromnumber"), body)

    def delete_from_number(self, from_number: str) -> None:
        """Delete a FROM number, if it still exists. Whether it is gone only the list says."""
        self._delete(*_CALLER_IDS, "fromnumber", from_number)

    def caller_id_mappings(self) -> list[Any]:
        """Return which FROM number shows which caller ID."""
        return self._account_list(*_CALLER_IDS, "mapping")

    def put_caller_id_mapping(self, body: dict[str, Any]) -> dict[str, Any]:
        """Let a FROM number show a caller ID, or none, and return the mapping; {} if the response is empty."""
        return self._object("PUT", self._account(*_CALLER_IDS, "mapping"), body)

    # call detail records: .../cdrsearch

    def call_records(self, start: str, end: str, first: int, most: int) -> dict[str, Any]:
        """Return a page of the account's call detail records, the newest ones first: {totalRecords, results}.

        Args:
            start: the first day, YYYY-MM-DD.
            end: the last day.
            first: how many records precede the page.
            most: how many records the page may hold.
        """
        query = {"startDate": start, "endDate": end, "firstResultIndex": first, "maxResult": most}
        query.update(sort="DATE", sortOrder="DESC")
        path = self._account("cdrsearch")
        page = self._object("GET", path + "?" + urlencode(query))
        if not isinstance(page.get("results"), list):
            raise self._unreadable("a page of call records", "GET", path)
        return page

    # paths and responses

    def _base(self, *parts: str | None) -> str:
        return "/".join(
            ["/v2/partition", quote(str(self.partition_id), safe="")] + [quote(str(part), safe="") for part in parts]
        )

    def _account(self, *parts: str) -> str:
        return self._base("account", self.account_id, *parts)

    def _delete(self, *parts: str) -> None:
        try:
            self._client.request("DELETE", self._account(*parts))
        except NotFound:
            pass

    def _account_list(self, *parts: str, query: str = "", explain: bool = True) -> list[Any]:
        try:
            return self._list("GET", self._account(*parts) + query)
        except NotFound as error:
            if explain:
                error.msg = "%s has no account %s in partition %s: check account_id and the login" % (
                    self._host,
                    self.account_id,
                    self.partition_id,
                )
            raise

    def _list(self, method: str, path: str) -> list[Any]:
        value = self._client.request(method, path).value
        if not isinstance(value, list):
            raise self._unreadable("a list", method, path)
        return value

    def _object(
        self, method: str, path: str, body: dict[str, Any] | None = None, clears: bool = False
    ) -> dict[str, Any]:
        value = self._client.request(method, path, body, repeat_500=not clears).value
        if value is None and method != "GET":
            return {}
        if not isinstance(value, dict):
            raise self._unreadable("an object", method, path)
        return value

    def _check_identity(self, value: dict[str, Any], key: str, wanted: str) -> dict[str, Any]:
        """Return the object; raises Unreadable if it says that it is another one than was asked for."""
        if value.get(key) is not None and str(value[key]) != wanted:
            raise Unreadable(
                "%s returned another object than the one asked for (%s): check proxies and caches before the API, and "
                "run again" % (self._host, wanted),
            )
        return value

    def _unreadable(self, expected: str, method: str, path: str) -> Unreadable:
        path = path.partition("?")[0]
        return Unreadable(
            "%s returned something other than %s for %s %s: check that api_url is the address of the API"
            % (self._host, expected, method, path),
            200,
            (),
            method,
            path,
        )
