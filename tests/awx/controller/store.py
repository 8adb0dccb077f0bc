# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that was set up, and the rules that every write goes through."""

from __future__ import annotations

import copy

from . import credential_types, notifications, projects, prompts, schedules, surveys
from .refusal import Refused
from .resources import RESOURCES

ENCRYPTED = "$encrypted$"
_RULES = {
    "credential_types": credential_types.validate,
    "credentials": credential_types.validate_credential,
    "notification_templates": notifications.validate,
    "projects": projects.validate,
    "inventory_sources": projects.validate_inventory_source,
    "job_templates": projects.validate_job_template,
    "workflow_job_template_nodes": prompts.validate,
    "schedules": schedules.validate,
}


class Store:
    """Objects by endpoint and id.

    Args:
        playbooks: the playbooks of every project, relative to it.
    """

    def __init__(self, playbooks):
        self.playbooks = playbooks
        self.objects = {endpoint: {} for endpoint in RESOURCES}
        self.links = {}
        self.surveys = {}
        self._last = 0

    def get(self, endpoint, key):
        """Return an object as it is stored, or None."""
        return self.objects.get(endpoint, {}).get(key)

    def find_template(self, key):
        """Return the unified job template with an id, or None."""
        return next((found for name in _templates() for found in [self.get(name, key)] if found), None)

    def listed(self, endpoint, wanted):
        """Return [(endpoint, object)] whose fields are as wanted; texts are compared, as in a query."""
        names = _templates() if endpoint == "unified_job_templates" else [endpoint]
        found = []
        for name in names:
            for each in self.objects.get(name, {}).values():
                seen = dict(each, type=RESOURCES[name].type)
                if all(str(seen.get(key)) == value for key, value in wanted.items()):
                    found.append((name, each))
        return found

    def save(self, endpoint, sent, existing=None):
        """Create or change an object and return it; raises Refused."""
        resource = RESOURCES[endpoint]
        unknown = set(sent) - set(resource.fields)
        if unknown:
            raise Refused(**dict.fromkeys(sorted(unknown), "Unknown field."))
        made = copy.deepcopy(existing) if existing else {}
        for name, field in resource.fields.items():
            if name in sent and not field.read_only:
                made[name] = self._value(name, field, sent[name], existing)
            elif not existing:
                if field.required:
                    raise Refused(**{name: "This field is required."})
                made[name] = field.default() if callable(field.default) else field.default
        if endpoint == "credentials" and existing:
            made["inputs"] = {
                name: existing["inputs"].get(name) if value == ENCRYPTED else value
                for name, value in made["inputs"].items()
            }
        if endpoint in _RULES:
            _RULES[endpoint](self, made, existing)
        self._refuse_twice(endpoint, resource, made)
        if not existing:
            self._last += 1
            made["id"] = self._last
        self.objects[endpoint][made["id"]] = made
        return made

    def _value(self, name, field, value, existing):
        if value is None and (field.default is None or field.to):
            if field.required:
                raise Refused(**{name: "This field may not be null."})
            return None
        if value is None and field.kind is str and not existing:
            return field.default
        if not isinstance(value, field.kind) or (field.kind is int and isinstance(value, bool)):
            raise Refused(**{name: "Not a valid %s." % field.kind.__name__})
        if field.choices and value not in field.choices:
            raise Refused(**{name: '"%s" is not a valid choice.' % value})
        if field.minimum is not None and value < field.minimum:
            raise Refused(**{name: "Ensure this value is greater than or equal to %d." % field.minimum})
        if field.required and value == "":
            raise Refused(**{name: "This field may not be blank."})
        if field.to:
            found = self.find_template(value) if field.to == "unified_job_templates" else self.get(field.to, value)
            if not found:
                raise Refused(**{name: 'Invalid pk "%s" - object does not exist.' % value})
        return copy.deepcopy(value)

    def _refuse_twice(self, endpoint, resource, made):
        for other in self.objects[endpoint].values():
            same = resource.unique and all(other.get(name) == made.get(name) for name in resource.unique)
            if same and other["id"] != made.get("id"):
                raise Refused(
                    __all__=["%s with this %s already exists." % (resource.type, " and ".join(resource.unique))]
                )

    def linked(self, endpoint, key, link):
        """Return the ids that are linked to an object."""
        return self.links.setdefault((endpoint, key, link), [])

    def relink(self, endpoint, key, link, sent):
        """Link or unlink an object; raises Refused."""
        if set(sent) - {"id", "disassociate"} or not isinstance(sent.get("id"), int):
            raise Refused(id='"id" is required to associate or disassociate, and nothing else is known.')
        if not self.get(RESOURCES[endpoint].links[link], sent["id"]):
            raise Refused(id="Object does not exist.")
        linked = self.linked(endpoint, key, link)
        if sent.get("disassociate"):
            linked.remove(sent["id"])
        elif sent["id"] not in linked:
            self._refuse_second_credential(endpoint, link, linked, sent["id"])
            linked.append(sent["id"])

    def _refuse_second_credential(self, endpoint, link, linked, key):
        if endpoint == "job_templates" and link == "credentials":
            kind = self.get("credentials", key)["credential_type"]
            if any(self.get("credentials", other)["credential_type"] == kind for other in linked):
                raise Refused(msg="Cannot assign multiple credentials of one type.")

    def set_survey(self, key, spec):
        """Keep a survey; raises Refused."""
        surveys.validate(spec)
        self.surveys[key] = copy.deepcopy(spec)


def _templates():
    return [name for name, resource in RESOURCES.items() if resource.template]
