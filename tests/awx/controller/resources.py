# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources: which fields they have, of which type, what a field is when it is not given, and what it may refer to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Field:
    """One field of a resource.

    Attributes:
        kind: the Python type that JSON has for it.
        default: its value when it is not given; a callable makes it.
        to: the endpoint that it is an id of.
        required: whether it has to be given to create one.
        choices: the values that it may have.
        read_only: whether AWX ignores what is sent.
        minimum: the smallest number.
    """

    kind: type = str
    default: object = ""
    to: str = ""
    required: bool = False
    choices: tuple = ()
    read_only: bool = False
    minimum: int | None = None


@dataclass(frozen=True)
class Resource:
    """A collection of objects under /api/v2.

    Attributes:
        type: what AWX calls one.
        fields: {name: Field}.
        unique: the fields that no two objects may have alike.
        links: {name of the sub-list: endpoint of what is linked there}.
        template: whether it is one of the unified job templates.
        survey: whether it has a survey.
    """

    type: str
    fields: dict
    unique: tuple = ("name", "organization")
    links: dict = field(default_factory=dict)
    template: bool = False
    survey: bool = False


def text(**more):
    """Return a field for a text."""
    return Field(str, **dict({"default": ""}, **more))


def yes_or_no(default=False):
    """Return a field for true or false."""
    return Field(bool, default)


def number(default=0, minimum=0):
    """Return a field for a whole number."""
    return Field(int, default, minimum=minimum)


def link(to, **more):
    """Return a field for the id of something else."""
    return Field(int, **dict({"default": None, "to": to}, **more))


NAMED = {"name": text(required=True), "description": text()}
ORGANIZATION = {"organization": link("organizations")}
NOTIFIED = {"notification_templates_" + when: "notification_templates" for when in ("started", "success", "error")}
JOB_TYPES = ("run", "check")
ASKED = (
    "scm_branch diff_mode variables limit tags skip_tags job_type verbosity inventory credential execution_environment labels forks"
    " job_slice_count timeout instance_groups"
).split()
PROMPTS = {
    "extra_data": Field(dict, dict),
    "inventory": link("inventories"),
    "scm_branch": text(default=None),
    "job_type": text(default=None, choices=("", *JOB_TYPES)),
    "job_tags": text(default=None),
    "skip_tags": text(default=None),
    "limit": text(default=None),
    "diff_mode": Field(bool, None),
    "verbosity": number(None),
    "execution_environment": link("execution_environments"),
    "forks": number(None),
    "job_slice_count": number(None),
    "timeout": number(None),
}

RESOURCES = {
    "organizations": Resource(
        "organization",
        dict(NAMED, max_hosts=number(), default_environment=link("execution_environments")),
        unique=("name",),
        links=dict(NOTIFIED, galaxy_credentials="credentials"),
    ),
    "instance_groups": Resource("instance_group", {"name": text(required=True)}, unique=("name",)),
    "credential_types": Resource(
        "credential_type",
        dict(
            NAMED,
            kind=text(required=True, choices=("cloud", "net")),
            inputs=Field(dict, dict),
            injectors=Field(dict, dict),
            managed=Field(bool, False, read_only=True),
        ),
        unique=("name", "kind"),
    ),
    "credentials": Resource(
        "credential",
        dict(NAMED, credential_type=link("credential_types", required=True), inputs=Field(dict, dict), **ORGANIZATION),
        unique=("organization", "name", "credential_type"),
    ),
    "execution_environments": Resource(
        "execution_environment",
        dict(
            NAMED,
            image=text(required=True),
            pull=text(choices=("", "always", "missing", "never")),
            credential=link("credentials"),
            **ORGANIZATION,
        ),
        unique=("name",),
    ),
    "notification_templates": Resource(
        "notification_template",
        dict(
            NAMED,
            organization=link("organizations", required=True),
            notification_type=text(
                required=True,
                choices=("email", "grafana", "irc", "mattermost", "pagerduty", "slack", "twilio", "webhook"),
            ),
            notification_configuration=Field(dict, dict),
            messages=Field(dict, lambda: dict.fromkeys(("started", "success", "error", "workflow_approval"))),
        ),
        unique=("organization", "name"),
    ),
    "projects": Resource(
        "project",
        dict(
            NAMED,
            scm_type=text(choices=("", "git", "svn", "insights", "archive")),
            scm_url=text(),
            scm_branch=text(),
            scm_refspec=text(),
            scm_clean=yes_or_no(),
            scm_delete_on_update=yes_or_no(),
            scm_track_submodules=yes_or_no(),
            scm_update_on_launch=yes_or_no(),
            scm_update_cache_timeout=number(),
            allow_override=yes_or_no(),
            timeout=number(),
            credential=link("credentials"),
            default_environment=link("execution_environments"),
            **ORGANIZATION,
        ),
        links=NOTIFIED,
        template=True,
    ),
    "inventories": Resource(
        "inventory",
        dict(
            NAMED,
            organization=link("organizations", required=True),
            kind=Field(str, "", choices=("", "smart", "constructed")),
            host_filter=Field(str, None),
            variables=text(),
        ),
    ),
    "inventory_sources": Resource(
        "inventory_source",
        dict(
            NAMED,
            inventory=link("inventories", required=True),
            source=text(required=True, choices=("scm", "ec2", "gce", "azure_rm", "vmware", "controller", "terraform")),
            source_path=text(),
            source_vars=text(),
            source_project=link("projects"),
            scm_branch=text(),
            credential=link("credentials"),
            execution_environment=link("execution_environments"),
            overwrite=yes_or_no(),
            overwrite_vars=yes_or_no(),
            update_on_launch=yes_or_no(),
            update_cache_timeout=number(),
            timeout=number(),
            verbosity=number(1),
            limit=text(),
            organization=Field(int, None, read_only=True),
        ),
        unique=("name", "inventory"),
        links=NOTIFIED,
        template=True,
    ),
    "job_templates": Resource(
        "job_template",
        dict(
            NAMED,
            job_type=text(default="run", choices=JOB_TYPES),
            inventory=link("inventories"),
            project=link("projects"),
            playbook=text(),
            execution_environment=link("execution_environments"),
            scm_branch=text(),
            forks=number(),
            limit=text(),
            verbosity=number(),
            extra_vars=text(),
            job_tags=text(),
            skip_tags=text(),
            timeout=number(),
            survey_enabled=yes_or_no(),
            become_enabled=yes_or_no(),
            diff_mode=yes_or_no(),
            allow_simultaneous=yes_or_no(),
            job_slice_count=number(1),
            organization=Field(int, None, read_only=True),
            **{"ask_%s_on_launch" % name: yes_or_no() for name in ASKED},
        ),
        links=dict(NOTIFIED, credentials="credentials", labels="labels", instance_groups="instance_groups"),
        template=True,
        survey=True,
    ),
    "workflow_job_templates": Resource(
        "workflow_job_template",
        dict(
            NAMED,
            extra_vars=text(),
            inventory=link("inventories"),
            limit=text(default=None),
            allow_simultaneous=yes_or_no(),
            survey_enabled=yes_or_no(),
            **{"ask_%s_on_launch" % name: yes_or_no() for name in ("variables", "inventory", "limit", "labels")},
            **ORGANIZATION,
        ),
        links=NOTIFIED,
        template=True,
        survey=True,
    ),
    "workflow_job_template_nodes": Resource(
        "workflow_job_template_node",
        dict(
            PROMPTS,
            workflow_job_template=link("workflow_job_templates", required=True),
            unified_job_template=link("unified_job_templates"),
            identifier=text(),
            all_parents_must_converge=yes_or_no(),
            type=Field(str, "workflow_job_template_node", read_only=True),
        ),
        unique=("identifier", "workflow_job_template"),
        links={
            "success_nodes": "workflow_job_template_nodes",
            "failure_nodes": "workflow_job_template_nodes",
            "always_nodes": "workflow_job_template_nodes",
            "credentials": "credentials",
        },
    ),
    "workflow_approval_templates": Resource(
        "workflow_approval_template", dict(NAMED, timeout=number()), unique=(), template=True
    ),
    "schedules": Resource(
        "schedule",
        dict(
            PROMPTS,
            **NAMED,
            unified_job_template=link("unified_job_templates", required=True),
            rrule=text(required=True),
            enabled=yes_or_no(True),
        ),
        unique=("unified_job_template", "name"),
    ),
}
