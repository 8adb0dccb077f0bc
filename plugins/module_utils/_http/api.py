# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""One method per endpoint of the API, and the only place that knows their paths.

Facts: API paths under /v2/partition/{partitionId}/account/{accountId}; always siptrunk_2, the other one is deprecated.
"""

from __future__ import annotations

from copy import copy
from urllib.parse import quote, urlencode

from .._common.errors import InvalidResponse, NotFound, Unreadable
from .client import Client

LOGIN = "/v2/authorize"
LOGOUT = "/v2/authorize/logout"
USER = "/v2/authorize/userinfo"


def connect(settings):
    """Return a Client for these settings."""
    return Client(settings, LOGIN, LOGOUT)


class Api:
    """The calls of one partition and, when one is given, of one account.

    Args:
        client: the Client.
        settings: the Settings that name partition and account.

    Raises:
        NotFound: there is no account of that number.
    """

    def __init__(self, client, settings):
        self._client = client
        self._host = settings.host
        self.partition_id = self._partition()
        self.account_id = settings.account_id
        if settings.account_number:
            self.account_id = self._id_of(settings.account_number)

    def of_account(self, account_id):
        """Return the calls of another account of the same partition, over the same client."""
        other = copy(self)
        other.account_id = account_id
        return other

    def _partition(self):
        """The partition that was given, that the login told, or (one more call) that the token has."""
        if not self._client.partition_id:
            token = self._client.token
            if not self._client.partition_id and token:
                told = self._object("GET", USER)
                if not told.get("partitionId"):
                    raise InvalidResponse(
                        "%s does not tell the partition of this login: give partition_id" % self._host
                    )
                self._client.partition_id = str(told["partitionId"])
        return self._client.partition_id

    def _id_of(self, number):
        account = self.account("account_number", number)
        if account is None:
            raise NotFound(
                "There is no account with the number %s in partition %s: check account_number and the login"
                % (number, self.partition_id)
            )
        return str(account["id"])

    # accounts: GET .../account, GET .../account/{value}?accountIdType=

    def accounts(self):
        """Return all accounts of the partition."""
        return self._list("GET", self._base("account"))

    def account(self, kind, value):
        """Return the account whose account_id, account_number or phone_number is ``value``, None where there is none."""
        kinds = {"account_id": "Id", "account_number": "AccountNumber", "phone_number": "PhoneNumber"}
        try:
            account = self._object(
                "GET", self._base("account", value) + "?" + urlencode({"accountIdType": kinds[kind]})
            )
        except NotFound:
            return None
        if not account.get("id"):
            raise InvalidResponse(
                "%s describes account %s without an id: try again, or ask Alianza" % (self._host, value)
            )
        return account

    # trunks: .../siptrunk_2

    def trunks(self):
        """Return all trunks of the account; NotFound means that the account is wrong."""
        return self._account_list("siptrunk_2")

    def trunk(self, trunk_id):
        """Return one trunk."""
        return self._object("GET", self._account("siptrunk_2", trunk_id))

    def create_trunk(self, body):
        """Create a trunk; return it, or {} where the answer was empty."""
        body = dict(body, accountId=self.account_id, partitionId=self.partition_id)
        return self._object("POST", self._account("siptrunk_2"), body)

    def patch_trunk(self, trunk_id, body):
        """Change the fields of a trunk that are in the body; return it, or {} where the answer was empty."""
        return self._object("PATCH", self._account("siptrunk_2", trunk_id), body)

    def delete_trunk(self, trunk_id):
        """Delete a trunk; one that is gone already is fine."""
        try:
            self._client.request("DELETE", self._account("siptrunk_2", trunk_id))
        except NotFound:
            pass

    def forward(self, trunk_id):
        """Return the forwarding rules of a trunk of the account's list; rules that are not known are none."""
        try:
            return self._object("GET", self._account("siptrunk_2", trunk_id, "forward"))
        except NotFound:
            return {}

    def put_forward(self, trunk_id, body):
        """Replace the forwarding rules of a trunk; return what the answer holds, usually nothing."""
        return self._object("PUT", self._account("siptrunk_2", trunk_id, "forward"), body)

    def registration(self, trunk_id):
        """Return {registered, lockedOut} of a trunk, {} of one that is gone although a list that lags behind still has it."""
        try:
            return self._object("GET", self._account("siptrunk_2", trunk_id, "registrationstatus"))
        except NotFound as error:
            # Nobody may take a trunk that is there for one that is not registered.
            try:
                self.trunk(trunk_id)
            except NotFound:
                return {}
            raise error

    def unlock(self, trunk_id):
        """Unlock a trunk; return it, or {} where the answer was empty."""
        return self._object("PUT", self._account("siptrunk_2", trunk_id, "unlock"))

    def groups(self):
        """Return all trunk groups of the account; where groups are not known there are none."""
        try:
            return self._account_list("siptrunkgroup", explain=False)
        except NotFound:
            return []

    # telephone numbers: .../telephonenumber

    def numbers(self):
        """Return all telephone numbers of the account, with fewer fields, as large lists want it."""
        return self._account_list("telephonenumber", query="?limitedData=true")

    def number(self, number):
        """Return one telephone number, whole."""
        return self._object("GET", self._account("telephonenumber", number))

    def patch_number(self, number, body):
        """Change the fields of a number that are in the body; return it, or {} where the answer was empty."""
        return self._object("PATCH", self._account("telephonenumber", number), body)

    def put_number_destination(self, number, body):
        """Replace the destination of a number; return it, or {} where the answer was empty."""
        return self._object("PUT", self._account("telephonenumber", number, "destination"), body)

    def put_number(self, number, body):
        """Replace a number's whole object; return it, or {} where the answer was empty."""
        return self._object("PUT", self._account("telephonenumber", number), body)

    # what the paths and answers have in common

    def _base(self, *parts):
        return "/".join(
            ["/v2/partition", quote(str(self.partition_id), safe="")] + [quote(str(part), safe="") for part in parts]
        )

    def _account(self, *parts):
        return self._base("account", self.account_id, *parts)

    def _account_list(self, *parts, query="", explain=True):
        try:
            return self._list("GET", self._account(*parts) + query)
        except NotFound as error:
            if explain:
                error.msg = "%s does not know account %s in partition %s: check account_id and the login" % (
                    self._host,
                    self.account_id,
                    self.partition_id,
                )
            raise

    def _list(self, method, path):
        value = self._client.request(method, path).value
        if not isinstance(value, list):
            raise self._odd("a list", method, path)
        return value

    def _object(self, method, path, body=None):
        value = self._client.request(method, path, body).value
        if value is None and method != "GET":
            return {}
        if not isinstance(value, dict):
            raise self._odd("an object", method, path)
        return value

    def _odd(self, wanted, method, path):
        path = path.partition("?")[0]
        return Unreadable(
            "%s answered %s %s with something else than %s: check that api_url is the API itself"
            % (self._host, method, path, wanted),
            200,
            (),
            method,
            path,
        )
