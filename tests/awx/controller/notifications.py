# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which notifications AWX accepts: a complete configuration of the right types, and texts that it can render."""

from __future__ import annotations

import jinja2
from jinja2 import sandbox

from .refusal import Refused

# {type: {name: (Python type, default)}}; without a default it has to be given.
_CONFIGURATION = {
    "email": {
        "host": (str,),
        "port": (int,),
        "username": (str,),
        "password": (str,),
        "use_tls": (bool,),
        "use_ssl": (bool,),
        "sender": (str,),
        "recipients": (list,),
        "timeout": (int, 30),
    },
    "slack": {"token": (str,), "channels": (list,)},
    "mattermost": {"mattermost_url": (str,), "mattermost_no_verify_ssl": (bool,)},
    "webhook": {
        "url": (str,),
        "http_method": (str, "POST"),
        "disable_ssl_verification": (bool, False),
        "username": (str, ""),
        "password": (str, ""),
        "headers": (dict,),
    },
}
SECRET = ("password", "token")
_EVENTS = {"started", "success", "error", "workflow_approval"}
# What a message is tried with before it is accepted; a real job has more.
EXAMPLE = {
    "job": {
        "id": 42,
        "name": "Stub JobTemplate",
        "status": "running",
        "artifacts": {},
        "job_type": "run",
        "limit": "bar_limit",
        "playbook": "ping.yml",
        "failed": False,
        "host_status_counts": {"ok": 5, "failures": 0},
        "summary_fields": {"inventory": {"id": 17, "name": "Stub Inventory"}},
    },
    "job_friendly_name": "Job",
    "url": "https://platformhost/#/jobs/playbook/1010",
    "job_metadata": "{}",
}


class _Strict(jinja2.StrictUndefined):
    __repr__ = __str__ = jinja2.StrictUndefined._fail_with_undefined_error


def render(text, values):
    """Return a message as AWX makes it; raises jinja2.TemplateError."""
    return sandbox.ImmutableSandboxedEnvironment(undefined=_Strict).from_string(text).render(values)


def validate(_store, sent, _existing):
    """Refuse a notification that AWX refuses, and fill in the defaults of its configuration."""
    known = _CONFIGURATION.get(sent["notification_type"])
    if known is None:
        raise Refused(notification_type="The stand-in knows no %s." % sent["notification_type"])
    given = sent["notification_configuration"]
    for name, (kind, *default) in known.items():
        if name not in given:
            if not default:
                raise Refused(
                    notification_configuration="Missing required fields for Notification Configuration: %s." % name
                )
            given[name] = default[0]
        if given[name].__class__ is not kind or (kind is list and not given[name]):
            raise Refused(notification_configuration="Configuration field '%s' incorrect type." % name)
    for name in given:
        if name not in known:
            raise Refused(notification_configuration="Unknown field %s." % name)
    for event, messages in sent["messages"].items():
        if event not in _EVENTS:
            raise Refused(messages="Event '%s' invalid" % event)
        for part, text in (messages or {}).items():
            _message(sent["notification_type"], event, part, text)


def _message(kind, event, part, text):
    if part not in ("message", "body") or not isinstance(text, str):
        raise Refused(messages="Message type '%s' of '%s' invalid" % (part, event))
    if part == "message" and "\n" in text:
        raise Refused(messages="Messages cannot contain newlines (found newline in %s event)" % event)
    if part == "body" and kind not in ("email", "pagerduty", "webhook"):
        raise Refused(messages="%s has no body" % kind)
    try:
        render(text, EXAMPLE)
    except jinja2.TemplateError as error:
        raise Refused(messages="Unable to render message '%s': %s" % (text, error)) from error
