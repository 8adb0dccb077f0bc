# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a workflow's node or a schedule may set of the job that it starts: only what the template asks for on launch."""

from __future__ import annotations

from . import surveys
from .refusal import Refused
from .resources import PROMPTS

# Fields whose switch is not called like them.
_SWITCH = {"job_tags": "tags", "extra_data": "variables"}


def validate(store, sent, _existing):
    """Refuse prompts that the template does not ask for, and answers that its survey does not take."""
    template = sent["unified_job_template"] and store.find_template(sent["unified_job_template"])
    for name in PROMPTS:
        value = sent.get(name)
        if value in (None, "", {}) or name == "extra_data":
            continue
        if not (template or {}).get("ask_%s_on_launch" % _SWITCH.get(name, name)):
            raise Refused(**{name: "Field is not configured to prompt on launch."})
    answers = sent.get("extra_data") or {}
    if not answers or (template or {}).get("ask_variables_on_launch"):
        return
    spec = store.surveys.get(template["id"], {}) if (template or {}).get("survey_enabled") else {}
    errors = surveys.answer_errors(spec, answers, required=False)
    if errors:
        raise Refused(extra_data=errors)
