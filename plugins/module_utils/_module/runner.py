# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where Ansible meets the collection: options in, one job done, a result out. The only place that fails a module.

Read, plan, apply: check mode stops after the plan, and the result is made from the plan, so that a check-mode run
predicts what a real run does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Dict, Optional, Tuple

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.errors import UnsupportedError

from .._common.errors import AlianzaError, InvalidInput, unexpected_error
from .._common.given import structure
from .._engine.apply import apply, verdict
from .._engine.read import read
from .._http.api import Api, connect
from .._http.client import REQUESTS_IMPORT_ERROR, Client
from .._http.settings import Settings, parse_settings
from .._resource.plan import Outcome
from .._resource.state import State
from .job import Job
from .raw_options import hidden, prepare

# What a module returns, and the error that it fails with.
Done = Tuple[Dict[str, Any], Optional[AlianzaError]]


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no type hints
    """An AnsibleModule that reports every fault of its options at once, and sees them before they are converted.

    Args:
        always: {return value: value} that a failed result holds even if it was not reached.
        integers: options that are text and may be given as whole numbers.
        unchecked: options that Ansible neither converts nor checks.
        settings: what AnsibleModule takes.

    Attributes:
        unchecked: {option: value as the user gave it} of the options that Ansible does not see.
    """

    argument_spec: dict[str, Any]
    params: dict[str, Any]

    def __init__(
        self, always: dict[str, Any], integers: Sequence[str] = (), unchecked: Sequence[str] = (), **settings: Any
    ) -> None:
        self._always = always
        self._integers = integers
        self._faults: list[str] = []
        self.unchecked: dict[str, Any] = dict.fromkeys(unchecked)
        super().__init__(**settings)
        if self._faults:
            self.fail_json(msg=self._faults[0])

    def _load_params(self) -> None:
        """Load the options, and take out of them what Ansible would convert to something else."""
        super()._load_params()
        self.params, self._faults = prepare(self.argument_spec, self.params, (*self._integers, *self.unchecked))
        # What Ansible is handed stays the documented spec; only the copy that it validates with knows less.
        self.argument_spec = dict(self.argument_spec)
        for option in self.unchecked:
            rule = self.argument_spec[option]
            self.argument_spec[option] = {"type": "raw"}
            value = self.unchecked[option] = structure(self.params.pop(option, None))
            self.no_log_values.update(hidden(rule.get("options") or {}, value))
            if value is None and rule.get("required"):
                self._faults.append("%s is missing or empty: give it" % option)

    def show_unchecked(self) -> None:
        """Show the options that the job checked itself with the others, once it found nothing wrong."""
        self.params.update(self.unchecked)

    @contextmanager
    def connection(self, settings: Settings) -> Iterator[Client]:
        """Connect for as long as the context lasts, and then show the warnings of the connection.

        Args:
            settings: the Settings of the task.
        """
        client = connect(settings)
        try:
            with client:
                yield client
        finally:
            for warning in client.warnings:
                self.warn(warning)

    def fail_json(self, msg: str, **kwargs: Any) -> None:
        """Fail the task with the faults of its options, or with the message."""
        faults = self._option_faults()
        if faults and "failure" not in kwargs:
            if len(faults) > 1:
                msg = "%d faults in the options: %s" % (len(faults), "; ".join(faults))
            kwargs["failure"] = InvalidInput(msg).as_dict()
            # Ansible would show all options, and hide the secrets only of those that are spelt right.
            kwargs.setdefault("invocation", {"module_args": {}})
        super().fail_json(msg, **dict(self._always, **kwargs))

    def _option_faults(self) -> list[str]:
        """Return what is wrong with the options, a sentence each; nothing once the options are accepted."""
        errors = getattr(getattr(self, "validation_result", None), "errors", ())
        found = (("unsupported: %s" if isinstance(error, UnsupportedError) else "%s") % error.msg for error in errors)
        return list(dict.fromkeys([*self._faults, *found]))


def run(job_class: type[Job], argument_spec: dict[str, Any]) -> None:
    """Run a job as a module.

    Args:
        job_class: the Job; made from the options and the mode.
        argument_spec: the module's options.
    """
    always: dict[str, Any] = {}
    if job_class.returns_notices:
        always["notices"] = []
    if job_class.returns_guards:
        always["guards"] = []
    run_work(
        argument_spec, lambda module: _carry_out(module, job_class), always, job_class.integers, job_class.unchecked
    )


def run_work(
    argument_spec: dict[str, Any],
    work: Callable[[Module], Done],
    always: dict[str, Any],
    integers: Sequence[str] = (),
    unchecked: Sequence[str] = (),
) -> None:
    """Run a function as a module, and end the process with its result or its error.

    Args:
        argument_spec: the module's options.
        work: takes the Module, returns (result, error); it may raise the error as well.
        always: {return value: value} that a failed result holds even if it was not reached.
        integers: options that are text and may be given as whole numbers.
        unchecked: options that Ansible neither converts nor checks.
    """
    module = Module(always, integers, unchecked, argument_spec=argument_spec, supports_check_mode=True)
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    result: dict[str, Any] = {}
    error: AlianzaError | None
    try:
        result, error = work(module)
    except AlianzaError as failed:
        error = failed
    except Exception as unexpected:
        error = unexpected_error(unexpected)
    # Outside of the except blocks: Ansible would add the traceback of an exception that is being handled.
    if error is not None:
        if "guards" in always:
            result["guards"] = [guard.as_dict() for guard in error.guards]
        module.fail_json(msg=error.msg, failure=error.as_dict(), **result)
    module.exit_json(**result)


def _carry_out(module: Module, job_class: type[Job]) -> Done:
    """Return (result, error) of a job."""
    settings = parse_settings(module.params, os.environ, job_class.needs_account)
    job = job_class(dict(module.params, **module.unchecked), module.check_mode)
    module.show_unchecked()
    with module.connection(settings) as client:
        return _read_plan_apply(module, job, Api(client, settings))


def _read_plan_apply(module: Module, job: Job, api: Api) -> Done:
    state = _settled(api, job)
    plan = job.plan(state)
    notices = list(dict.fromkeys(plan.notices))
    for notice in notices:
        module.warn(notice.text)
    outcome = Outcome() if module.check_mode else apply(api, plan, job.concurrency)
    error = verdict(outcome)
    for notice in outcome.notices:
        module.warn(notice.text)
        notices.append(notice)
    result = dict(job.result(state, plan, outcome), changed=plan.changed if error is None else outcome.wrote)
    if job.returns_notices:
        result["notices"] = [notice.as_dict() for notice in notices]
    diff = job.diff(plan, outcome) if module._diff else None
    return dict(result, **({"diff": diff} if diff else {})), error


def _settled(api: Api, job: Job) -> State:
    """Return the state, once what the job waits for has happened."""
    started = time.monotonic()
    state = read(api, job)
    pause = job.waits(state)
    while pause is not None:
        waited = time.monotonic() - started
        left = job.params["wait_timeout"] - waited
        if left <= 0:
            raise job.timed_out(state, waited)
        time.sleep(min(pause, left))
        state.registrations.clear()
        state = read(api, job, state)
        pause = job.waits(state)
    return state
