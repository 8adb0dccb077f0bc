# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is checked: every step as a row of data."""

from __future__ import annotations

from dataclasses import dataclass

ENDS = ("oldest", "newest")

_PYTEST = ("python", "-m", "pytest", "-q", "--color=no", "--durations=5")
_LINT_DOCS = (
    "antsibull-docs",
    "lint-collection-docs",
    "--plugin-docs",
    "--validate-collection-refs",
    "self",
    "--check-extra-docs-refs",
    "--skip-rstcheck",
    ".",
)


@dataclass(frozen=True)
class Step:
    """One line of the report: commands that run one after the other in a virtual environment.

    in_copy: run them in a real copy of the collection rather than in the checkout.
    measured: note which lines of plugins/ it runs, for COVERAGE.
    after: names of steps that have to be done before.
    shown: print what it printed although it went well.
    """

    name: str
    venv: str
    commands: tuple[tuple[str, ...], ...]
    in_copy: bool = False
    measured: bool = False
    after: tuple[str, ...] = ()
    shown: bool = False


def _unit(end: str, measured: bool = False) -> Step:
    return Step(f"unit-{end}", end, ((*_PYTEST, "-n", "2", "tests/unit"),), measured=measured)


def _integration(end: str, measured: bool = False) -> Step:
    return Step(f"integration-{end}", end, ((*_PYTEST, "-n", "2", "tests/integration"),), measured=measured)


def _sanity(end: str) -> Step:
    return Step(
        f"sanity-{end}",
        end,
        (("python", "scripts/pip_bootstrap.py"), ("ansible-test", "sanity", "--color", "no")),
        in_copy=True,
    )


YAMLLINT = Step("yamllint", "lint", (("yamllint", "--strict", "."),), in_copy=True)
# Here -rs names what was skipped and why: without the programs that bindep.txt lists, all of it.
END_TO_END = Step("end-to-end", "newest", ((*_PYTEST, "-rs", "tests/end_to_end"),))
# Every command that a guide shows is run as it stands there; one end does, because only the text is in question.
GUIDES = Step("guides-newest", "newest", ((*_PYTEST, "-n", "2", "tests/docs"),))
DOCS = Step("docs", "docs", (("python", "scripts/docs_site.py"),), shown=True)
QUICK = Step("integration-quick", "newest", ((*_PYTEST, "-n", "2", "-m", "quick", "tests/integration"),))

# Measuring takes about a tenth of a second of each process, so one end does it.
MEASURED = (_unit("newest", measured=True), _integration("newest", measured=True))
COVERAGE = Step(
    "coverage",
    "newest",
    (("python", "scripts/coverage_report.py", *(step.name for step in MEASURED)),),
    after=tuple(step.name for step in MEASURED),
    shown=True,
)

LINT = (
    YAMLLINT,
    Step("ruff", "lint", (("ruff", "check", "."), ("ruff", "format", "--check", ".")), in_copy=True),
    Step("mypy", "lint", (("mypy", "--config-file", "mypy.ini"),), in_copy=True),
    Step("codespell", "lint", (("codespell", "."),), in_copy=True),
    Step("reuse", "lint", (("reuse", "lint", "--lines"),), in_copy=True),
    Step("generated-docs", "lint", (("python", "scripts/update_docs.py", "--check"),), in_copy=True),
    Step("ansible-lint", "lint", (("ansible-lint", "--strict", "--offline", "--nocolor"),), in_copy=True),
    Step("changelog-lint", "lint", (("antsibull-changelog", "lint"),), in_copy=True),
    Step("docs-lint", "lint", (_LINT_DOCS,), in_copy=True),
    Step("build", "lint", (("python", "scripts/build_check.py"),)),
)

# Changes the checkout, so its commands have to run one after the other.
FORMAT = Step(
    "format",
    "lint",
    (("ruff", "check", "--fix", "."), ("ruff", "format", "."), ("python", "scripts/update_docs.py")),
)

# The steps of each target, in the order in which they start. The long ones first: two run at a time.
TARGETS: dict[str, tuple[Step, ...]] = {
    "lint": LINT,
    "format": (FORMAT,),
    "sanity": tuple(_sanity(end) for end in ENDS),
    "unit": tuple(_unit(end) for end in ENDS),
    "integration": tuple(_integration(end) for end in ENDS),
    **{f"integration-{end}": (_unit(end), _integration(end)) for end in ENDS},
    "coverage": (*MEASURED, COVERAGE),
    "docs": (DOCS,),
    "guides": (GUIDES,),
    "end-to-end": (END_TO_END,),
    "quick": (YAMLLINT, _unit("newest"), QUICK),
    "test": (
        _unit("oldest"),
        MEASURED[0],
        _sanity("oldest"),
        MEASURED[1],
        _sanity("newest"),
        _integration("oldest"),
        END_TO_END,
        GUIDES,
        COVERAGE,
        DOCS,
        *LINT,
    ),
}
