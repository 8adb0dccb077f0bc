# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What each info module reads and returns; none of them has anything to write. Pure."""

from __future__ import annotations

from . import _tn_route
from ._errors import InvalidInput, InvalidResponse, NotFound, RequestTimeout
from ._export import document_of, identities_of
from ._fields import snake
from ._forwarding import returned as rules_returned
from ._job import Job, parse_concurrency, refuse, require_trunk
from ._numbers import expand, fold, parse_number
from ._outlook import Outlook
from ._plan import KNOWN_AFTER_APPLY, Plan
from ._references import SIP_TRUNK, Reference, named
from ._state import NUMBERS, TRUNKS, accounts, forward, registration
from ._trunks import TrunkRef


class InfoJob(Job):
    """A job without a plan."""

    def plan(self, state):
        return Plan()

    def diff(self, plan, outcome):
        return None


class SipTrunkInfo(InfoJob):
    """alianza_sip_trunk_info: all trunks, or the one meant."""

    def _chosen(self, state):
        name, trunk_id = self.params.get("name"), self.params.get("trunk_id")
        if not name and not trunk_id:
            return sorted(state.trunks.all, key=lambda trunk: (trunk.name, trunk.trunk_id))
        if trunk_id == KNOWN_AFTER_APPLY:
            trunk_id = None
        return [
            trunk for trunk in state.trunks.all
            if (not name or trunk.name == name) and (not trunk_id or trunk.trunk_id == trunk_id) and (name or trunk_id)
        ]

    def needs(self, state):
        include = self.params.get("include") or ()
        wanted = [TRUNKS]
        for trunk in self._chosen(state) if state.trunks is not None else ():
            wanted += [forward(trunk.trunk_id)] if "forwarding" in include else []
            wanted += [registration(trunk.trunk_id)] if "registration" in include else []
        return wanted

    def result(self, state, plan, outcome):
        include = self.params.get("include") or ()
        trunks = []
        for trunk in self._chosen(state):
            value = dict(trunk.returned(), account_id=state.account_id)
            if "forwarding" in include:
                rules = state.forwards[trunk.trunk_id].each(lambda reference: named(reference, state.trunks))
                value["forwarding"] = rules_returned(TrunkRef(trunk.name, trunk.trunk_id), rules)
            if "registration" in include:
                value["registration"] = state.registrations[trunk.trunk_id]
            trunks.append(value)
        return {"sip_trunks": trunks}


class AccountTrunksInfo(InfoJob):
    """alianza_account_trunks_info: the whole account, as the document that would make it."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        refuse(faults)

    def needs(self, state):
        every = state.trunks.all if state.trunks is not None else ()
        return [TRUNKS, NUMBERS] + [forward(trunk.trunk_id) for trunk in every]

    def plan(self, state):
        document, warnings = document_of(state)
        return Plan(warnings=warnings, facts={
            "trunks": document, "identities": identities_of(state), "unrouted_numbers": fold(Outlook(state).nowhere())})

    def result(self, state, plan, outcome):
        return dict(plan.facts, account_id=state.account_id)


class TelephoneNumberInfo(InfoJob):
    """alianza_telephone_number_info: the account's numbers, all or some."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        self.numbers = None
        self.warnings = []
        if params.get("telephone_numbers") is not None:
            self.numbers, faults = expand(params["telephone_numbers"])
            refuse(faults)
        if params.get("unrouted_only") and (params.get("trunk_name") or params.get("trunk_id")):
            raise InvalidInput("unrouted_only does not go with a trunk: a number that rings at one is routed; leave one out")

    def needs(self, state):
        return [NUMBERS] + ([TRUNKS] if self.params.get("trunk_name") else [])

    def plan(self, state):
        target = None
        if self.params.get("trunk_name"):
            trunk = self.trunks(state).refer(self.params["trunk_name"], self.params.get("trunk_id"), self.warnings)
            target = Reference(SIP_TRUNK, trunk.trunk_id, trunk.name)
        elif self.params.get("trunk_id"):
            target = Reference(SIP_TRUNK, self.params["trunk_id"])
        if self.numbers is not None:
            missing = _tn_route.unknown_numbers(self.numbers, state.numbers)
            if missing:
                self.warnings.append("Not on the account: %s" % ", ".join(missing))
        wanted = None if self.numbers is None else set(self.numbers)
        found = [
            _tn_route.returned(number, each, state.trunks) for number, each in sorted(state.numbers.items())
            if (wanted is None or number in wanted)
            and (target is None or each.reference == target)
            and not (self.params.get("unrouted_only") and each.reference is not None)
        ]
        return Plan(warnings=self.warnings, facts={"found": found})

    def result(self, state, plan, outcome):
        return {"telephone_numbers": plan.facts["found"]}


class RegistrationInfo(InfoJob):
    """alianza_trunk_registration_info: whether a trunk is registered, now or within a time."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        require_trunk(params)
        for option, least in (("wait_timeout", 0), ("poll_interval", 0.1)):
            if params.get(option) is not None and params[option] < least:
                raise InvalidInput("%s is %s: give at least %s seconds" % (option, params[option], least))
        self.warnings = []

    def _source(self, state, warnings=None):
        return self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), warnings)

    def needs(self, state):
        if state.trunks is None:
            return [TRUNKS]
        source = self._source(state)
        return [TRUNKS] + ([registration(source.trunk_id)] if source.trunk_id is not None else [])

    def _seen(self, state):
        source = self._source(state, self.warnings)
        return source, state.registrations.get(source.trunk_id) or {"registered": False, "locked_out": False}

    def waits(self, state):
        source, seen = self._seen(state)
        wanted = self.params.get("wait_for")
        if not wanted or source.trunk_id is None or seen["registered"] == (wanted == "registered"):
            return None
        return self.params["poll_interval"]

    def timed_out(self, state, waited):
        """Return the error for a wait that came to nothing, with what was seen last."""
        source, seen = self._seen(state)
        hint = ": unlock it with alianza_trunk_unlock" if seen["locked_out"] else ": check the PBX and its credentials"
        if self.params["wait_for"] == "unregistered":
            hint = ": check that the PBX is stopped"
        return RequestTimeout("Trunk '%s' is not %s after %d s; seen last: registered %s, locked out %s%s" % (
            source.label, self.params["wait_for"], waited, str(seen["registered"]).lower(),
            str(seen["locked_out"]).lower(), hint))

    def plan(self, state):
        source, seen = self._seen(state)
        return Plan(warnings=list(dict.fromkeys(self.warnings)), facts=dict(
            seen, trunk_name=source.name, trunk_id=source.trunk_id or KNOWN_AFTER_APPLY))

    def result(self, state, plan, outcome):
        return plan.facts


class SipCredentialsInfo(InfoJob):
    """alianza_sip_credentials_info: what a PBX needs to register; the one job whose result is a secret."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        require_trunk(params)

    def needs(self, state):
        return [TRUNKS]

    def plan(self, state):
        warnings = []
        source = self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), warnings)
        if source.trunk_id is None:
            unknown = dict.fromkeys(("sip_username", "sip_password", "sip_proxy_host", "sip_proxy_port"), KNOWN_AFTER_APPLY)
            return Plan(warnings=warnings, facts=dict(unknown, trunk_name=source.name, trunk_id=KNOWN_AFTER_APPLY))
        return Plan(facts=_credentials(state.trunks.by_id[source.trunk_id]))

    def result(self, state, plan, outcome):
        return plan.facts


class SipCredentialsOfMany(InfoJob):
    """The lookup sip_credentials: the same of several trunks, each meant by its name or its id; a name comes first."""

    def needs(self, state):
        return [TRUNKS]

    def plan(self, state):
        return Plan(facts={"credentials": [_credentials(self._meant(term, state.trunks)) for term in self.params["terms"]]})

    @staticmethod
    def _meant(term, trunks):
        trunk = trunks.named(term) or trunks.by_id.get(term)
        if trunk is None:
            raise NotFound(trunks.missing(name=term))
        return trunk

    def result(self, state, plan, outcome):
        return plan.facts


def _credentials(trunk):
    """Return what a PBX needs to register at a trunk; the password is in it."""
    if trunk.values["sip_password"] is None:
        raise InvalidResponse(
            "The API does not tell the SIP password of trunk '%s': set a new one with alianza_sip_trunk" % trunk.name)
    host, port = trunk.proxy
    return {
        "trunk_name": trunk.name, "trunk_id": trunk.trunk_id, "sip_username": trunk.values["sip_username"],
        "sip_password": trunk.values["sip_password"], "sip_proxy_host": host, "sip_proxy_port": port}


class AccountInfo(InfoJob):
    """alianza_account_info: the accounts of the partition, all or the one meant."""

    needs_account = False

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        if params.get("account_number") and params.get("phone_number"):
            raise InvalidInput("account_number and phone_number are both given: give one of them")
        chosen = [option for option in ("account_number", "phone_number", "account_id") if params.get(option)]
        self.kind, self.value = (chosen[0], params[chosen[0]]) if chosen else (None, None)
        if self.kind == "phone_number":
            try:
                self.value = parse_number(self.value)
            except ValueError as error:
                raise InvalidInput("phone_number: %s" % error) from None

    def needs(self, state):
        return [accounts(self.kind, self.value)]

    def result(self, state, plan, outcome):
        found = [dict(snake(wire), account_id=wire.get("id")) for wire in state.accounts]
        for each in found:
            each.pop("id", None)
        return {"accounts": sorted(found, key=lambda each: (str(each.get("account_name")), str(each.get("account_id"))))}
