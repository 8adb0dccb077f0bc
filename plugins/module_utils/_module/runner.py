# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Where Ansible meets the collection: options in, one job done, a result out. The only place that fails a module.

read, plan, apply: check mode stops after the plan, and the result is made from the plan, so that a check-mode run tells
what a real run does.
"""

from __future__ import annotations

import os
import time

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.errors import UnsupportedError

from .._common.errors import AlianzaError, AuthenticationFailed, InvalidInput, unexpected_error
from .._engine.apply import apply, verdict
from .._engine.read import read
from .._http.api import LOGOUT, Api, connect
from .._http.client import REQUESTS_IMPORT_ERROR
from .._http.settings import parse_settings
from .._resource.plan import Outcome


class _Module(AnsibleModule):
    """An AnsibleModule that tells every fault of its options at once, where the original stops at the first."""

    def fail_json(self, msg, **kwargs):
        faults = self._option_faults()
        if faults and "failure" not in kwargs:
            if len(faults) > 1:
                msg = "%d faults in the options: %s" % (len(faults), "; ".join(faults))
            kwargs["failure"] = InvalidInput(msg).as_dict()
            # Ansible would show all options, and hide the secrets only of those that are spelt right.
            kwargs.setdefault("invocation", {"module_args": {}})
        super().fail_json(msg, **kwargs)

    def _option_faults(self):
        """Return what Ansible found wrong with the options, a sentence each; nothing once the options are accepted."""
        errors = getattr(getattr(self, "validation_result", None), "errors", ())
        return list(
            dict.fromkeys(
                ("unsupported: %s" if isinstance(error, UnsupportedError) else "%s") % error.msg for error in errors
            )
        )


def run(job_class, argument_spec):
    """Run a job as a module.

    Args:
        job_class: the Job; made from the options and the mode.
        argument_spec: the module's options.
    """
    _run(argument_spec, lambda module: _carry_out(module, job_class))


def run_login(argument_spec):
    """Run alianza_login, which is about the token itself."""
    _run(argument_spec, _log_in_or_out)


def _run(argument_spec, work):
    module = _Module(argument_spec=argument_spec, supports_check_mode=True)
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    try:
        result, error = work(module)
    except AlianzaError as failed:
        result, error = {}, failed
    except Exception as unexpected:
        result, error = {}, unexpected_error(unexpected)
    # Outside of the except blocks: Ansible would add the traceback of an exception that is being handled.
    if error is not None:
        module.fail_json(msg=error.msg, failure=error.as_dict(), **result)
    module.exit_json(**result)


def _carry_out(module, job_class):
    """Return (result, error) of a job."""
    settings = parse_settings(module.params, os.environ, job_class.needs_account)
    job = job_class(module.params, module.check_mode)
    with connect(settings) as client:
        try:
            return _read_plan_apply(module, job, Api(client, settings))
        finally:
            if client.transcript_warning:
                module.warn(client.transcript_warning)


def _read_plan_apply(module, job, api):
    state = _settled(api, job)
    plan = job.plan(state)
    for warning in dict.fromkeys(plan.warnings):
        module.warn(warning)
    outcome = Outcome() if module.check_mode else apply(api, plan, job.concurrency)
    error = verdict(outcome)
    result = dict(job.result(state, plan, outcome), changed=plan.changed if error is None else outcome.wrote)
    diff = job.diff(plan, outcome) if module._diff else None
    return dict(result, **({"diff": diff} if diff else {})), error


def _settled(api, job):
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


def _log_in_or_out(module):
    if module.params["state"] == "absent":
        return _log_out(module), None
    # A token that is given here would only be censored out of the result that holds the new one.
    given, module.params["auth_token"] = module.params["auth_token"], None
    settings = parse_settings(module.params, os.environ, needs_account=False)
    with connect(settings) as client:
        told = client.login()
        client.keep_token()
        if given == told["authToken"]:
            module.no_log_values.discard(given)
        return {"changed": False, "auth_token": told["authToken"], "partition_id": client.partition_id}, None


def _log_out(module):
    if not module.params["auth_token"]:
        raise InvalidInput("auth_token is missing: give the token that is to be logged out")
    only_token = dict(module.params, username=None, password=None)
    with connect(parse_settings(only_token, os.environ, needs_account=False)) as client:
        try:
            client.request("PUT", LOGOUT)
        except AuthenticationFailed:
            pass
    return {"changed": False}
