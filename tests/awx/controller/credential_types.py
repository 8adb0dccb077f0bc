# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX accepts as a credential type, and what jobs get from a credential."""

from __future__ import annotations

import jinja2
import jsonschema
from jinja2 import sandbox

from .refusal import Refused

_INPUTS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "required": {"type": "array", "items": {"type": "string"}},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "label"],
                "properties": {
                    "id": {"type": "string", "pattern": "^[a-zA-Z_]+[a-zA-Z0-9_]*$"},
                    "label": {"type": "string"},
                    "help_text": {"type": "string"},
                    "type": {"enum": ["string", "boolean"]},
                    "format": {"enum": ["ssh_private_key", "url"]},
                    "choices": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
                    "multiline": {"type": "boolean"},
                    "secret": {"type": "boolean"},
                    "default": {},
                },
            },
        },
    },
}
_INJECTORS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "env": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {"^[a-zA-Z_]+[a-zA-Z0-9_]*$": {"type": "string", "pattern": "^[\x00-\x7f]*$"}},
        },
        "extra_vars": {"type": "object"},
        "file": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {r"^template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?$": {"type": "string"}},
        },
    },
}
# Variables that AWX sets for jobs, or that change how they run.
_RESERVED = frozenset(
    "VIRTUAL_ENV PATH PYTHONPATH JOB_ID INVENTORY_ID INVENTORY_SOURCE_ID INVENTORY_UPDATE_ID AD_HOC_COMMAND_ID REST_API_URL"
    " REST_API_TOKEN MAX_EVENT_RES CALLBACK_QUEUE CALLBACK_CONNECTION CACHE JOB_CALLBACK_DEBUG INVENTORY_HOSTVARS AWX_HOST"
    " PROJECT_REVISION SUPERVISOR_CONFIG_PATH".split()
)
_TEXT_ONLY = ("choices", "multiline", "format", "secret")


def validate(_store, sent, _existing):
    """Refuse inputs and injectors that AWX refuses."""
    _schema("inputs", sent["inputs"], _INPUTS)
    _schema("injectors", sent["injectors"], _INJECTORS)
    known = _inputs(sent["inputs"].get("fields", []))
    for name in sent["inputs"].get("required", []):
        if name not in known:
            raise Refused(inputs="%s is required and no field" % name)
    for name, template in sent["injectors"].get("env", {}).items():
        if name.startswith("ANSIBLE_") or name in _RESERVED:
            raise Refused(injectors="Environment variable %s is not allowed to be used in credentials." % name)
        _render(name, template, dict.fromkeys(known, "EXAMPLE"))


def validate_credential(store, sent, _existing):
    """Refuse the values of a credential that its type does not know, or that are no text where a text belongs."""
    kinds = store.get("credential_types", sent["credential_type"])["inputs"]
    known = _inputs(kinds.get("fields", []))
    for name, value in sent["inputs"].items():
        if name not in known:
            raise Refused(inputs="Additional properties are not allowed (%r was unexpected)" % name)
        if not isinstance(value, bool if known[name]["type"] == "boolean" else str):
            raise Refused(inputs={name: "%r is not of type %s" % (type(value).__name__, known[name]["type"])})
        if "choices" in known[name] and value not in known[name]["choices"]:
            raise Refused(inputs={name: "%s is not one of %s" % (value, known[name]["choices"])})
    for name in kinds.get("required", []):
        if name not in sent["inputs"]:
            raise Refused(inputs={name: "required for this type"})
    if sent["organization"] is None:
        raise Refused(detail="Missing 'user', 'team', or 'organization'.")


def secrets(kind):
    """Return the ids of the inputs that AWX encrypts."""
    return {one["id"] for one in kind["inputs"].get("fields", []) if one.get("secret")}


def environment(kind, inputs):
    """Return the environment that a job gets from a credential; what was not given renders as nothing."""
    given = {name: value for name, value in inputs.items() if value != ""}
    for one in kind["inputs"].get("fields", []):
        if one["type"] == "boolean":
            given.setdefault(one["id"], False)
    template = sandbox.ImmutableSandboxedEnvironment()
    return {name: template.from_string(text).render(**given) for name, text in kind["injectors"].get("env", {}).items()}


def _inputs(fields):
    """Return {id: field}; refuse what the schema cannot say."""
    known = {}
    for one in fields:
        one.setdefault("type", "string")
        if one["id"] == "tower" or one["id"] in known:
            raise Refused(inputs="%s is reserved or not unique" % one["id"])
        if one["type"] == "boolean" and any(key in one for key in _TEXT_ONLY):
            raise Refused(inputs="%s is a boolean and cannot have %s" % (one["id"], ", ".join(_TEXT_ONLY)))
        if "default" in one and not isinstance(one["default"], bool if one["type"] == "boolean" else str):
            raise Refused(inputs="%s is not a %s" % (one["default"], one["type"]))
        known[one["id"]] = one
    return known


def _schema(name, value, schema):
    try:
        jsonschema.validate(value, schema)
    except jsonschema.ValidationError as error:
        raise Refused(**{name: error.message}) from error


def _render(name, template, values):
    try:
        sandbox.ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined).from_string(template).render(values)
    except jinja2.UndefinedError as error:
        raise Refused(injectors="%s uses an undefined field (%s)" % (name, error)) from error
    except jinja2.TemplateError as error:
        raise Refused(injectors="Syntax error rendering template for %s (%s)" % (name, error)) from error
