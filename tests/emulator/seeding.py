# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the store from a seed: users, and accounts with numbers, trunks, groups and rules.

A seed may hold what the API would refuse (two trunks of one name, destinations that do not exist): tests need that.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from . import call_records, calling_plans, forwarding, models, numbers, trunks
from .store import PARTITION, Account, Group, Store, Trunk, new_id

Range = Annotated[str, StringConstraints(pattern=r"^[0-9]{11}(-[0-9]{11})?$")]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class SeedUser(_Part):
    """A user to add."""

    username: str
    password: str
    partitionId: str = PARTITION


class SeedNumber(models.Number):
    """A telephone number with fields of its own; a SIP_TRUNK's referenceId may be a trunk's name."""

    phoneNumber: models.Tn


class SeedTrunk(models.TrunkPatch):
    """A trunk; whatever is not given is made up. `registered` is not a field of the API's trunk."""

    trunkName: models.Name
    registered: bool = False


class SeedAccount(_Part):
    """An account to add."""

    id: str = Field(default_factory=new_id)
    partitionId: str = PARTITION
    accountNumber: str
    accountName: str
    status: str = "ACTIVE"
    telephone_numbers: list[Range | SeedNumber] = []
    trunks: list[SeedTrunk] = []
    groups: list[models.Group] = []
    caller_ids: list[models.Tn] = []
    #: Wildcards, and what they show.
    from_numbers: list[str] = []
    mappings: dict[str, str] = {}
    #: Fields of the API's records; `startTime` is required.
    call_records: list[dict[str, Any]] = []
    #: Rules by the trunk's id or name; SIP_TRUNK targets may be names too.
    forwards: dict[str, models.TrunkForward] = {}


class Seed(_Part):
    """Everything to add."""

    users: list[SeedUser] = []
    accounts: list[SeedAccount] = []


def sow(store: Store, document: dict[str, Any]) -> dict[str, Any]:
    """Add what a seed document describes.

    Returns {"accounts": [{id, partitionId, accountNumber, accountName, trunks, groups, telephoneNumbers}]} with ids and
    credentials. Raises pydantic.ValidationError or ValueError for a faulty document; nothing was added then.
    """
    seed = Seed.model_validate(document)
    with store.lock:
        accounts = [_account(store, part) for part in seed.accounts]
        ids = [account.id for account in accounts]
        if len(set(ids)) < len(ids) or set(ids) & set(store.accounts):
            raise ValueError("An account with this id exists already")
        for user in seed.users:
            store.sessions.add_user(user.username, user.password, user.partitionId)
        for account in accounts:
            store.accounts[account.id] = account
        return {"accounts": [_made(account) for account in accounts]}


def expand(text: str) -> list[str]:
    """Return the numbers of `18015551300-18015551399`, or the one number; raises ValueError for a range that runs backwards."""
    first, dummy, last = text.partition("-")
    if last and int(last) < int(first):
        raise ValueError(f"{text} runs backwards")
    return [f"{number:011d}" for number in range(int(first), int(last or first) + 1)]


def _account(store: Store, seed: SeedAccount) -> Account:
    account = Account(seed.id, seed.partitionId, _info(seed))
    account.caller_ids, account.from_numbers, account.mappings = seed.caller_ids, seed.from_numbers, seed.mappings
    account.call_records = [call_records.record(seed.id, seed.partitionId, given) for given in seed.call_records]
    for part in seed.trunks:
        trunk = _trunk(store, part)
        account.trunks[trunk.id] = trunk
    for entry in seed.telephone_numbers:
        for tn in [entry.phoneNumber] if isinstance(entry, SeedNumber) else expand(entry):
            account.numbers[tn] = numbers.new_number(account.id, account.partition_id, tn)
        if isinstance(entry, SeedNumber):
            account.numbers[entry.phoneNumber].update(_resolved(store, account, entry.given()))
    for key, rules in seed.forwards.items():
        store.find_trunk(account, key).forward = _rules(store, account, rules.given(), forwarding.TRUNK_SECTIONS)
    for group in seed.groups:
        _add_group(store, account, group)
    return account


def _trunk(store: Store, seed: SeedTrunk) -> Trunk:
    given = seed.given()
    data = {
        "trunkName": given["trunkName"],
        "sipPassword": given.get("sipPassword", new_id()),
        "sipUsername": given.get("sipUsername", "u" + re.sub(r"[^A-Za-z0-9]", "x", new_id())),
        "concurrentCalls": given.get("concurrentCalls", 10),
        "localServicesEnabled": given.get("localServicesEnabled", False),
    }
    skipped = (*trunks.READ_ONLY, *trunks.PLAN_FIELDS, "registered")
    data.update({name: value for name, value in given.items() if name not in skipped})
    trunk = Trunk(given.get("id", new_id()), data, locked_out=given.get("lockedOut", False), registered=seed.registered)
    trunk.calling_plans = given.get("callingPlans", [calling_plans.new_plan(store, trunk, given.get("newCppId", ""))])
    return trunk


def _add_group(store: Store, account: Account, seed: models.Group) -> None:
    given = seed.given()
    group = Group(given.get("id", new_id()), given["name"], _rules(store, account, given, forwarding.GROUP_SECTIONS))
    account.groups[group.id] = group
    for key in given.get("sipTrunksIds", []):
        store.find_trunk(account, key).data["sipTrunkGroupId"] = group.id


def _rules(store: Store, account: Account, given: dict[str, Any], sections: tuple[str, ...]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    for section in sections:
        value = given.get(section)
        if isinstance(value, dict):
            rules[section] = forwarding.normal(_resolved(store, account, value), switch=True)
        elif value:
            rules[section] = [forwarding.normal(_resolved(store, account, item), switch=False) for item in value]
    return {**rules, **forwarding.future(given)}


def _resolved(store: Store, account: Account, given: dict[str, Any]) -> dict[str, Any]:
    """Return a destination with the trunk's id where it names a trunk; a name that no trunk has is taken for an id."""
    if given.get("referenceType") == "SIP_TRUNK" and given.get("referenceId"):
        try:
            return {**given, "referenceId": store.find_trunk(account, given["referenceId"]).id}
        except LookupError:
            pass
    return given


def _info(seed: SeedAccount) -> dict[str, Any]:
    return {
        "id": seed.id,
        "partitionId": seed.partitionId,
        "accountNumber": seed.accountNumber,
        "accountName": seed.accountName,
        "billingCycleDay": 1,
        "status": seed.status,
        "timeZone": "US/Mountain",
        "languageTag": "en-US",
        "accountType": "ADVANCED",
        "platformType": "CPE2",
        "inboundRatePlanProductId": "Zk4fDbHUQv2mVnJ1x3cTgA",
        "extensionLength": 4,
        "dialingBehaviorType": "TEN_DIGIT",
        "allowDangerousExtensions": False,
        "regulatoryType": "COMMERCIAL",
        "endUserCount": 0,
        "callingPlans": [],
    }


def _made(account: Account) -> dict[str, Any]:
    return {
        **{name: account.info[name] for name in ("id", "partitionId", "accountNumber", "accountName")},
        "trunks": [
            {"id": trunk.id, **{name: trunk.data[name] for name in ("trunkName", "sipUsername", "sipPassword")}}
            for trunk in account.trunks.values()
        ],
        "groups": [{"id": group.id, "name": group.name} for group in account.groups.values()],
        "telephoneNumbers": list(account.numbers),
    }
