# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What each writing module does: what it needs to know, what it would do, what it tells. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from . import _document, _document_plan, _forwarding, _sip_trunk, _sip_trunk_plan, _tn_route
from ._errors import Guarded, NotFound
from ._job import Job, parse_concurrency, refuse, require_trunk
from ._numbers import expand
from ._plan import KNOWN_AFTER_APPLY, Plan, Step, change
from ._references import ROUTE_TYPES, SIP_TRUNK, Reference, parse, resolve
from ._state import GROUPS, NUMBERS, TRUNKS, forward, registration
from ._summary import summary
from ._trunks import TrunkRef


class SipTrunk(Job):
    """alianza_sip_trunk: one trunk."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        self.wish, faults = _sip_trunk_plan.parse_wish(params)
        refuse(faults)

    def needs(self, state):
        wanted = [TRUNKS]
        if self.absent and not self.params.get("force") and state.trunks is not None:
            doomed = _sip_trunk_plan.doomed(self.wish, self.trunks(state))
            if doomed is not None:
                wanted += [NUMBERS, GROUPS]
                wanted += [forward(trunk.trunk_id) for trunk in state.trunks.all if trunk is not doomed]
        return wanted

    def plan(self, state):
        state.trunks = self.trunks(state)
        if self.absent:
            return _sip_trunk_plan.plan_absent(self.wish, state, bool(self.params.get("force")))
        return _sip_trunk_plan.plan_present(self.wish, state.trunks)

    def result(self, state, plan, outcome):
        if self.absent or "values" not in plan.facts:
            return {"sip_trunk": {}}
        answer, actual = outcome.answers.get(plan.header), plan.facts["actual"]
        known = answer or actual
        values = plan.facts["values"]
        if answer is not None and actual is None:
            values = dict(values, **{
                option: answer.values[option] or values.get(option) for option in _sip_trunk.SET_AT_CREATION})
        if known is None:
            values = dict({"calling_plan_product_id": KNOWN_AFTER_APPLY}, **values)
        options = {
            each.option: each.shown(values.get(each.option, each.empty)) for each in _sip_trunk.FIELDS if not each.secret
        }
        read_only = known.read_only if known else _sip_trunk.NOT_KNOWN_YET
        return {"sip_trunk": dict(
            options, **read_only, trunk_id=known.trunk_id if known else KNOWN_AFTER_APPLY, account_id=state.account_id)}


class Forwarding(Job):
    """alianza_trunk_forwarding: one trunk's rules."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        require_trunk(params)
        if self.absent:
            given = [option for option in _forwarding.SECTIONS if params.get(option) is not None]
            refuse(["state: absent clears all three sections: leave out %s" % " and ".join(given)] if given else [])
            self.wish = _forwarding.CLEARED
        else:
            self.wish, faults = _forwarding.parse_wish(params)
            refuse(faults)

    def _source(self, state, warnings=None):
        """Return the TrunkRef of the trunk, None when it is gone and nothing is asked of it."""
        try:
            return self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), warnings)
        except NotFound as error:
            if not self.absent:
                raise
            if warnings is not None:
                warnings.append("%s. A trunk that is gone has no rules" % error.msg)
            return None

    def needs(self, state):
        wanted = [TRUNKS]
        if state.trunks is not None:
            source = self._source(state)
            if source is not None and source.trunk_id is not None:
                wanted.append(forward(source.trunk_id))
        return wanted

    def plan(self, state):
        warnings = []
        source = self._source(state, warnings)
        if source is None:
            return Plan(warnings=warnings, facts={"source": TrunkRef(
                self.params.get("trunk_name"), self.params.get("trunk_id")), "rules": _forwarding.Rules()})
        actual = state.forwards.get(source.trunk_id) or _forwarding.Rules()
        plan, faults = _forwarding.plan_rules(self.wish, source, actual, self.trunks(state))
        refuse(faults)
        plan.warnings = warnings + plan.warnings
        plan.facts["source"] = TrunkRef(source.name, source.trunk_id or KNOWN_AFTER_APPLY)
        return plan

    def result(self, state, plan, outcome):
        return {"forwarding": _forwarding.returned(plan.facts["source"], plan.facts["rules"])}


class TnRoute(Job):
    """alianza_tn_route: a set of telephone numbers and one destination."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        # Kept until the account's numbers are read, so that malformed and missing ones are told together.
        self.numbers, self.malformed = expand(params.get("telephone_numbers") or ())
        self.target, fault = self._destination()
        faults.extend([fault] if fault else [])
        if self.absent and params.get("exclusive"):
            faults.append("exclusive does not go with state: absent: leave it out")
        if faults:
            refuse(faults + self.malformed)

    def _destination(self):
        """Return (reference or None, fault or None) of the destination that the options name."""
        name, trunk_id = self.params.get("trunk_name"), self.params.get("trunk_id")
        kind, key = self.params.get("reference_type"), self.params.get("reference_id")
        if (name or trunk_id) and (kind or key):
            return None, "both a trunk and a reference are given: give trunk_name or trunk_id, or reference_type and reference_id"
        if name or trunk_id:
            return Reference(SIP_TRUNK, trunk_id or None, name or None), None
        if not kind and not key:
            missing = "there is no destination: give trunk_name or trunk_id, or reference_type and reference_id"
            return None, None if self.absent else missing
        return parse({"reference_type": kind, "reference_id": key}, ROUTE_TYPES, "the destination")

    def _by_name(self):
        return self.target is not None and self.target.reference_type == SIP_TRUNK and (
            not self.absent or self.target.trunk_name is not None)

    def needs(self, state):
        return [NUMBERS] + ([TRUNKS] if self._by_name() else [])

    def plan(self, state):
        missing = _tn_route.unknown_numbers(self.numbers, state.numbers)
        faults = list(self.malformed)
        if missing:
            faults.append("not on the account: %s; add them to the account first, or take them out" % ", ".join(missing))
        trunks, target, warnings = None, self.target, []
        if self._by_name():
            # To a trunk that an earlier task would create no number can ring yet.
            trunks = state.trunks.expecting(lenient=self.check_mode and not self.absent)
            try:
                target = resolve(target, trunks, warnings)
            except NotFound as error:
                if not self.absent:
                    faults.append(error)
                elif target.reference_id is None:
                    return self._nobody_to_leave(state, trunks, error, faults)
        refuse(faults)
        label = "(any destination)" if target is None else target.trunk_name or target.described()
        plan, faults = _tn_route.plan_routes(_tn_route.RouteWish(
            self.numbers, target, label, self.absent, bool(self.params.get("exclusive")),
            self.params.get("reroute") is not False), state.numbers, trunks)
        refuse(faults, Guarded)
        plan.warnings = warnings + plan.warnings
        return plan

    def _nobody_to_leave(self, state, trunks, error, faults):
        """The trunk to be left is gone by name, so which numbers rang there cannot be told."""
        refuse(faults)
        warnings = ["%s. Nothing was unrouted" % error.msg]
        lost = _tn_route.dangling(self.numbers, state.numbers, trunks)
        if lost:
            warnings[0] += "; these numbers ring at a trunk that no longer exists, give its trunk_id to clear them: %s" % ", ".join(lost)
        return Plan(before={}, after={}, header=self.target.trunk_name, warnings=warnings, facts={
            "routed": [], "unrouted": [], "unchanged": list(self.numbers), "moved": []})

    def result(self, state, plan, outcome):
        failed = outcome.failed_numbers
        result = {key: [number for number in plan.facts[key] if number not in failed] for key in ("routed", "unrouted", "unchanged")}
        result["moved"] = [each for each in plan.facts["moved"] if each["telephone_number"] not in failed]
        result["failed_numbers"] = [{"telephone_number": number, "msg": failed[number]} for number in sorted(failed)]
        return result

    def diff(self, plan, outcome):
        diff = plan.diff()
        for side in ("before", "after"):
            diff[side] = {number: shown for number, shown in diff[side].items() if number not in outcome.failed_numbers}
        return diff


class AccountTrunks(Job):
    """alianza_account_trunks: the whole trunk document of an account."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        self.concurrency, faults = parse_concurrency(params)
        self.document = _document.parse_document(params.get("trunks") or ())
        self.document.faults.extend(faults)
        self.terms = _document_plan.Terms(**{
            option: params[option] for option in ("reroute", "prune", "force", "advice") if params.get(option) is not None})

    def needs(self, state):
        return _document_plan.needs(self.document, state, self.terms)

    def plan(self, state):
        return _document_plan.plan_document(self.document, state, self.terms)

    def result(self, state, plan, outcome):
        return {
            "account_id": state.account_id,
            "plan": [step.public() for step in plan.steps],
            "summary": summary(plan.steps),
            "removed": plan.facts["removed"],
            "failed_objects": [{"resource": step.resource, "name": step.name, "msg": error.msg} for step, error in outcome.failed],
        }


@dataclass
class UnlockStep(Step):
    """Unlock one trunk."""

    trunk_id: str | None = None
    resource = "sip_trunk"
    phase = "unlock"


class Unlock(Job):
    """alianza_trunk_unlock: one trunk that was locked out after failed registrations."""

    def __init__(self, params, check_mode=False):
        super().__init__(params, check_mode)
        require_trunk(params)

    def needs(self, state):
        wanted = [TRUNKS]
        if state.trunks is not None:
            source = self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"))
            if source.trunk_id is not None and not state.trunks.by_id[source.trunk_id].locked_out:
                wanted.append(registration(source.trunk_id))
        return wanted

    def plan(self, state):
        warnings = []
        source = self.trunks(state).refer(self.params.get("trunk_name"), self.params.get("trunk_id"), warnings)
        status = state.registrations.get(source.trunk_id) or {"locked_out": source.trunk_id is not None}
        plan = Plan(before={"locked_out": status["locked_out"]}, after={"locked_out": False}, header=source.label,
                    warnings=warnings, facts={"source": source})
        if status["locked_out"]:
            plan.steps.append(UnlockStep("update", source.label, {"locked_out": change(True, False)}, source.trunk_id))
        return plan

    def result(self, state, plan, outcome):
        source = plan.facts["source"]
        return {"trunk_name": source.name, "trunk_id": source.trunk_id or KNOWN_AFTER_APPLY, "locked_out": bool(outcome.failed)}
