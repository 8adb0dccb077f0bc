# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs in this process, over a real connection: the same as a module shows, in a fraction of its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import AlianzaError
from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.notices import Notice
from ansible_collections.alianza.sip_trunking.plugins.module_utils._engine.apply import apply, verdict
from ansible_collections.alianza.sip_trunking.plugins.module_utils._engine.read import read
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.api import Api, connect
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.settings import Settings
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.plan import Outcome


@dataclass
class CarriedOut:
    """What became of a job: the result that a module returns, the notices, and the error that it ends with, or None."""

    result: dict[str, Any] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    error: AlianzaError | None = None


def carry_out(emulator, job, timeout=60.0, retries=1, **account):
    """Carry out a job on ACCOUNT_1, or the account that is given, as the runner does; return what became of it.

    What the job waits for between two looks at a write passes at once, since the emulator's clock is put forward.
    """
    settings = Settings(
        api_url=emulator.url,
        username=emulator.username,
        password=emulator.password,
        timeout=timeout,
        retries=retries,
        **(account or {"account_id": "ACCOUNT_1"}),
    )
    with connect(settings) as client:
        try:
            api = Api(client, settings)
            state = read(api, job)
            plan = job.plan(state)
            outcome = Outcome() if job.check_mode else apply(api, plan, job.concurrency, emulator.advance)
        except AlianzaError as error:
            return CarriedOut(error=error)
    error = verdict(outcome)
    result = dict(job.result(state, plan, outcome), changed=outcome.wrote if error else plan.changed)
    return CarriedOut(result, [*plan.notices, *outcome.notices], error)


def run(emulator, job, timeout=60.0, retries=1):
    """Carry out a job; return what became of it, or the error that it ends with."""
    done = carry_out(emulator, job, timeout, retries)
    return done.error or done


def succeeded(done):
    """Whether a job did not end with an error."""
    return not isinstance(done, AlianzaError)
