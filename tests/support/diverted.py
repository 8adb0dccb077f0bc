# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account and a directory of snapshots in memory, for tests of diversions: every effect is one step, and a run may end after any."""

from __future__ import annotations

from dataclasses import asdict

from ansible_collections.alianza.sip_trunking.plugins.module_utils._account import document_plan
from ansible_collections.alianza.sip_trunking.plugins.module_utils._account.document import parse_document
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import AlianzaError
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource import forwarding, sip_trunk
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.forwarding_wire import body_of
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.references import named
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.state import State
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.trunks import TrunkRef, Trunks
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._diversion import divert, restore
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._diversion.comparison import trunks_of
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._diversion.job import Job
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._diversion.snapshot_file import parse

DIRECTORY = "/srv/diversions"
OPEN = DIRECTORY + "/ACCOUNT.yml"


class World:
    """One account.

    Attributes:
        names: {id: name} of its trunks.
        wires: {id: rules as the platform holds them}; an empty section is left out.
        numbers: {id: telephone numbers that ring at the trunk}.
        files: {path: text}.
        writes: what was written: the id of a trunk whose rules were, or the path of a file.
    """

    def __init__(self, names, wires=(), numbers=()):
        self.names = dict(names)
        self.wires = {trunk_id: dict(dict(wires).get(trunk_id, {})) for trunk_id in names}
        self.numbers = dict(numbers)
        self.files = {}
        self.writes = []
        self._clock = 0

    def _state(self):
        trunks = Trunks(
            sip_trunk.from_wire({"id": key, "trunkName": name, "concurrentCalls": 5})
            for key, name in self.names.items()
        )
        return State(trunks=trunks, forwards={key: forwarding.from_wire(wire) for key, wire in self.wires.items()})

    def listed(self):
        """Return the trunks as alianza_sip_trunk_info does."""
        state = self._state()
        listed = []
        for key, name in sorted(self.names.items(), key=lambda pair: (pair[1], pair[0])):
            rules = state.forwards[key].each(lambda reference: named(reference, state.trunks))
            listed.append(
                {
                    "trunk_id": key,
                    "name": name,
                    "telephone_numbers": self.numbers.get(key, []),
                    "forwarding": forwarding.returned(TrunkRef(name, key), rules),
                }
            )
        return listed

    def job(self, **more):
        """Return the circumstances of the next run; time goes on."""
        self._clock += 1
        given = {
            "account_id": "ACCOUNT",
            "host": "maple dental",
            "directory": DIRECTORY,
            "now": "2026-11-25T03:%02d:%02dZ" % divmod(self._clock, 60),
            "inventory_sources": ("inventory.yml",),
            "default_directory": "/home/noc/.alianza/diversions",
        }
        return Job(**{**given, **more})

    def parsed(self, path):
        """Return the Snapshot that a file holds, None if there is no file."""
        return parse(self.files[path].encode(), "ACCOUNT") if path in self.files else None

    def divert(self, target, selection=(), cut=None, order=None, **more):
        """Divert as the role does, as far as the effect ``cut``; return what was planned, and the ``fault``."""
        try:
            job = self.job(**more)
            work = divert.plan(trunks_of(self.listed()), selection, target, self.parsed(OPEN), job)
        except AlianzaError as error:
            return {"fault": error.msg, "trunks": [], "snapshot": "", "report": []}
        work = dict(asdict(work), fault="")
        effects = [(OPEN, work["snapshot"])] if work["snapshot"] else []
        return self._run(work, effects + self._puts(work, order), cut)

    def restore(self, selection=(), cut=None, order=None, **more):
        """Restore as the role does, as far as the effect ``cut``; return what was planned, and the ``fault``."""
        try:
            job, saved = self.job(**more), self.parsed(OPEN)
            paths = sorted(path for path in self.files if ".closed-" in path)
            if saved:
                paths = [path for path in paths if path == job.record_path(saved.opened)]
            records, damaged = [], False
            for path in paths:
                try:
                    records.append(self.parsed(path))
                except ValueError:
                    damaged = True
            work = restore.plan(trunks_of(self.listed()), selection, saved, records, job, damaged)
        except AlianzaError as error:
            return {"fault": error.msg, "trunks": [], "closing": None, "report": []}
        work = dict(asdict(work), fault="")
        effects = self._puts(work, order)
        if work["closing"]:
            closing = work["closing"]
            effects += [(closing["record_path"], closing["record"]), (OPEN, closing["snapshot"])]
        return self._run(work, effects, cut)

    def _puts(self, work, order):
        """Return the writes of rules, as alianza_account_trunks plans them; they are done in any order."""
        document = parse_document(work["trunks"])
        steps = document_plan.plan_document(document, self._state(), document_plan.Terms(advice=False)).steps
        puts = [
            (step.source.trunk_id, {key: value for key, value in body_of(step.rules, "VOICE_MAIL").items() if value})
            for step in steps
        ]
        return puts if order is None else sorted(puts, key=lambda put: order.index(put[0]))

    def _run(self, work, effects, cut):
        for where, what in effects[:cut]:
            self.writes.append(where)
            if where in self.names:
                self.wires[where] = what
            elif what:
                self.files[where] = what
            else:
                del self.files[where]
        if cut is None or cut >= len(effects):
            left = self._puts(work, None)
            assert not left, "read back, it is not so: %s" % left
        return work
