# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which surveys AWX accepts, and which answers to them."""

from __future__ import annotations

from .refusal import Refused

_TYPES = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": (int, float),
}
_KNOWN = {
    "type",
    "question_name",
    "question_description",
    "variable",
    "required",
    "default",
    "choices",
    "min",
    "max",
    "new_question",
}


def validate(spec):
    """Refuse a survey that AWX refuses, and one with keys that it would never look at."""
    for name, kind in (("name", str), ("description", str), ("spec", list)):
        if name not in spec:
            raise Refused(error="Field '%s' is missing from survey spec." % name)
        if not isinstance(spec[name], kind):
            raise Refused(error="Expected %s for field '%s'." % (kind.__name__, name))
    if not spec["spec"]:
        raise Refused(error="'spec' doesn't contain any items.")
    if set(spec) != {"name", "description", "spec"}:
        raise Refused(error="Unknown fields: %s" % sorted(spec))
    seen = set()
    for place, question in enumerate(spec["spec"]):
        _question(place, question)
        if question["variable"] in seen:
            raise Refused(error="'variable' '%s' duplicated." % question["variable"])
        seen.add(question["variable"])


def _question(place, question):
    for name, kind in (("type", str), ("question_name", str), ("variable", str), ("required", bool)):
        if not isinstance(question.get(name), kind):
            raise Refused(error="'%s' in survey question %d expected to be %s." % (name, place, kind.__name__))
    if set(question) - _KNOWN:
        raise Refused(error="Unknown fields in survey question %d: %s" % (place, sorted(set(question) - _KNOWN)))
    kind = question["type"]
    if kind not in _TYPES:
        raise Refused(error="'%s' in survey question %d is no allowed question type." % (kind, place))
    default = question.get("default", "")
    if default != "" and (not isinstance(default, _TYPES[kind]) or isinstance(default, bool)):
        raise Refused(error="Default value %s in survey question %d has a wrong type." % (default, place))
    for limit in ("min", "max"):
        value = question.get(limit)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise Refused(error="The %s limit in survey question %d expected to be integer." % (limit, place))
    if kind in ("multiplechoice", "multiselect"):
        if not question.get("choices"):
            raise Refused(error="Survey question %d must specify choices." % place)
        chosen = str(default).splitlines()
        if kind == "multiplechoice" and len(chosen) > 1:
            raise Refused(error="Multiple Choice (Single Select) can only have one default value.")
        if any(choice not in choices(question) for choice in chosen):
            raise Refused(error="Default choice must be answered from the choices listed.")


def choices(question):
    """Return what may be chosen."""
    listed = question["choices"]
    return [choice for choice in listed.splitlines() if choice.strip()] if isinstance(listed, str) else list(listed)


def answer_errors(spec, answers, required=True):
    """Return what AWX says of answers to a survey: a list of sentences.

    Args:
        spec: the survey.
        answers: {variable: answer}.
        required: whether questions that have to be answered are looked for.
    """
    errors = []
    for question in spec.get("spec", []):
        name = question["variable"]
        if name not in answers:
            if required and question["required"]:
                errors.append("'%s' value missing" % name)
            continue
        errors += _answer_errors(question, answers[name])
    known = {question["variable"] for question in spec.get("spec", [])}
    return errors + ["Variable %s is not allowed on launch." % name for name in answers if name not in known]


def _answer_errors(question, value):
    name, kind = question["variable"], question["type"]
    if kind == "multiplechoice":
        return (
            []
            if value in choices(question)
            else ["Value %s for '%s' expected to be one of the choices." % (value, name)]
        )
    if kind == "multiselect":
        wrong = [one for one in value if one not in choices(question)] if isinstance(value, list) else [value]
        return ["Value %s for '%s' expected to be one of the choices." % (one, name) for one in wrong]
    if not isinstance(value, _TYPES[kind]) or isinstance(value, bool):
        return ["Value %s for '%s' has a wrong type." % (value, name)]
    size = len(value) if isinstance(value, str) else value
    lowest, highest = question.get("min"), question.get("max")
    if lowest is not None and size < lowest:
        return ["'%s' value %s is too small (must be at least %s)." % (name, value, lowest)]
    if highest is not None and size > highest:
        return ["'%s' value %s is too large (must be no more than %s)." % (name, value, highest)]
    return []
