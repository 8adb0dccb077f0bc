# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is checked: every step as a row of data."""

from __future__ import annotations

from dataclasses import dataclass

from .pythons import OLDEST_CORES
from .workspace import REPO

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


def _integration(end: str, measured: bool = False, chosen: tuple[str, ...] = ()) -> Step:
    return Step(f"integration-{end}", end, ((*_PYTEST, "-n", "2", *chosen, "tests/integration"),), measured=measured)


def _sanity(end: str) -> Step:
    return Step(
        f"sanity-{end}",
        end,
        (("python", "scripts/pip_bootstrap.py"), ("ansible-test", "sanity", "--color", "no")),
        in_copy=True,
    )


def _awx(end: str) -> Step:
    return Step(f"awx-{end}", end, ((*_PYTEST, "-n", "2", "tests/awx"),))


# On the oldest ansible-core "make test" runs what goes through code that differs between releases of ansible-core: templates,
# variables, strategies, inventories, conversions of options. The rest goes through AnsiballZ and HTTP, which the newest one covers,
# and runs on the oldest one with "make test-full".
OLDEST_FILES = (
    "tests/integration/test_onboarding.py",
    "tests/integration/test_documents.py",
    "tests/integration/test_trunk_audit.py",
    "tests/integration/test_session.py",
    "tests/integration/test_given_values.py",
    "tests/integration/test_inventory.py",
    "tests/integration/test_sip_trunk.py",
    "tests/integration/test_export.py",
    "tests/integration/test_diversion.py",
    "tests/integration/test_what_if.py",
    "tests/integration/test_unlock_playbook.py",
)
# Two markers leave tests to "make test-full", which runs all of them on both ends:
# slow, on every ansible-core: test_beta_check.py, a walk through every write with waits, and test_trunk_watch.py, a playbook for
#   each thing that may happen at night, of which the step night-watch runs the most important ones: a minute for each test; and in
#   test_credential_rotation.py a run that is killed during the hand-over or the wait, which ends as one that is killed at the write.
# any_core, on the oldest one: in test_diversion.py what a run refuses, runs that are killed or meet, and directories that cannot be
#   written. Modules and their files decide these; what templates do is in the tests that stay.
NOT_SLOW = ("-m", "not slow")
OLDEST_CHOICE = ("-m", "not slow and not any_core")
OLDEST_REMAINDER = ("-m", "slow or any_core")
# Between the ends only what is quick and knows the core best: all of ansible-test, and everything that is pure.
BETWEEN = tuple(name for name in OLDEST_CORES if name != min(OLDEST_CORES))

YAMLLINT = Step("yamllint", "lint", (("yamllint", "--strict", "."),), in_copy=True)
# Here -rs names what was skipped and why: without the programs that bindep.txt lists, all of it.
_NIGHT_WATCH = "tests/end_to_end/test_night_watch.py"
_SITE = "tests/browser/test_site_in_browser.py"
END_TO_END = (
    Step(
        "end-to-end",
        "newest",
        (
            (
                *_PYTEST,
                "-rs",
                "tests/end_to_end",
                "tests/browser",
                f"--ignore={_NIGHT_WATCH}",
                f"--ignore={_SITE}",
            ),
        ),
    ),
    # ansible-rulebook brings its own ansible-core and many packages, which must not decide what the other tests run on.
    Step("night-watch", "eda", ((*_PYTEST, "-rs", _NIGHT_WATCH),)),
)
# Every command that a guide shows is run as it stands there; one end does, because only the text is in question.
GUIDES = Step("guides-newest", "newest", ((*_PYTEST, "-n", "2", "tests/docs"),))
DOCS = Step("docs", "docs", (("python", "scripts/docs_site.py"),), shown=True)
DOCS_IN_BROWSER = Step("docs-in-browser", "newest", ((*_PYTEST, "-rs", _SITE),), after=(DOCS.name,))
# What ansible-builder finds in the collection, and makes of the example. It takes seconds, and no container engine.
EXECUTION_ENVIRONMENT = Step(
    "execution-environment", "newest", ((*_PYTEST, "tests/awx/test_execution_environment.py"),)
)
# A minute and a half of one core each: few starts of Ansible, but all of it from outside, as a user has it.
# Molecule keeps what an interrupted run left behind, and would not start the emulator again.
_FORGET = "import pathlib, shutil; shutil.rmtree(pathlib.Path.home() / '.ansible/tmp', ignore_errors=True)"
MOLECULE = Step("molecule", "tools", (("python", "-c", _FORGET), ("molecule", "test", "--all")))
FRESH_FOLDER = Step("fresh-folder", "tools", (("python", "scripts/fresh_folder.py"),))
GALAXY_IMPORTER = Step("galaxy-importer", "tools", (("python", "scripts/galaxy_import.py"),))
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

# The long steps first, so that two cores end at about the same time.
TEST = (
    _integration("newest", chosen=NOT_SLOW),
    Step("integration-oldest", "oldest", ((*_PYTEST, "-n", "2", *OLDEST_CHOICE, *OLDEST_FILES),)),
    _sanity("oldest"),
    _sanity("newest"),
    *END_TO_END,
    MOLECULE,
    _unit("oldest"),
    _unit("newest"),
    FRESH_FOLDER,
    DOCS,
    EXECUTION_ENVIRONMENT,
    DOCS_IN_BROWSER,
    *LINT,
)
# What "make test" leaves out to stay below 20 minutes on two cores: the commands of the guides and the jobs of AWX, which only start
# the same playbooks from outside once more, measuring, the importer of Galaxy, versions between the ends, and what no version of
# ansible-core matters to on the oldest one.
_INTEGRATION_FILES = [str(path.relative_to(REPO)) for path in sorted(REPO.glob("tests/integration/test_*.py"))]
_REST = (
    Step(
        "integration-oldest-rest",
        "oldest",
        (
            (
                *_PYTEST,
                "-n",
                "2",
                *(name for name in _INTEGRATION_FILES if name not in OLDEST_FILES),
            ),
        ),
    ),
    Step("integration-oldest-marked", "oldest", ((*_PYTEST, "-n", "2", *OLDEST_REMAINDER, *OLDEST_FILES),)),
)
FULL = (
    *MEASURED,
    COVERAGE,
    *_REST,
    _awx("newest"),
    _awx("oldest"),
    GUIDES,
    GALAXY_IMPORTER,
    *(step for core in BETWEEN for step in (_sanity(core), _unit(core))),
)
_NAMES = {step.name for step in FULL}

# The steps of each target, in the order in which they start: two run at a time.
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
    "end-to-end": (DOCS, *END_TO_END, DOCS_IN_BROWSER),
    "quick": (YAMLLINT, _unit("newest"), QUICK),
    "molecule": (MOLECULE, FRESH_FOLDER),
    "awx": (_awx("newest"),),
    "galaxy": (GALAXY_IMPORTER,),
    "test": TEST,
    "test-full": (*(step for step in TEST if step.name not in _NAMES), *FULL),
}
