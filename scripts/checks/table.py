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


def _integration(end: str, measured: bool = False, left_out: tuple[str, ...] = ()) -> Step:
    command = (*_PYTEST, "-n", "2", "tests/integration", *(f"--ignore={name}" for name in _files(left_out)))
    return Step(f"integration-{end}", end, (command,), measured=measured)


def _sanity(end: str) -> Step:
    return Step(
        f"sanity-{end}",
        end,
        (("python", "scripts/pip_bootstrap.py"), ("ansible-test", "sanity", "--color", "no")),
        in_copy=True,
    )


def _files(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(path.relative_to(REPO)) for pattern in patterns for path in sorted(REPO.glob(pattern)))


def _awx(end: str) -> Step:
    return Step(f"awx-{end}", end, ((*_PYTEST, "-n", "2", "tests/awx"),))


# What the API answers and how modules cope with it goes through no code of ansible-core but AnsiballZ, which all other
# tests go through too. On the oldest ansible-core these are left to "make test-full", to keep "make test" below 20 minutes.
ANY_CORE = (
    "tests/integration/test_faults_*.py",
    "tests/integration/test_properties.py",
    "tests/integration/test_wire.py",
)
# Between the ends only what is quick and knows the core best: all of ansible-test, and everything that is pure.
BETWEEN = tuple(name for name in OLDEST_CORES if name != min(OLDEST_CORES))

YAMLLINT = Step("yamllint", "lint", (("yamllint", "--strict", "."),), in_copy=True)
# Here -rs names what was skipped and why: without the programs that bindep.txt lists, all of it.
END_TO_END = Step("end-to-end", "newest", ((*_PYTEST, "-rs", "tests/end_to_end"),))
# Every command that a guide shows is run as it stands there; one end does, because only the text is in question.
GUIDES = Step("guides-newest", "newest", ((*_PYTEST, "-n", "2", "tests/docs"),))
DOCS = Step("docs", "docs", (("python", "scripts/docs_site.py"),), shown=True)
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

# The long steps first, so that two cores end at about the same time. About 36 minutes of one core, 18 of two: integration 8.5 on
# the newest ansible-core and 6 on the oldest, sanity 3.5 each, units 1.5 each, AWX 3 (with ansible-builder and ansible-runner),
# guides 2, end to end 1.5, Molecule 1.5, documentation, linters, the importer and the fresh folder 3.
TEST = (
    MEASURED[1],
    _integration("oldest", left_out=ANY_CORE),
    _sanity("oldest"),
    _sanity("newest"),
    _awx("newest"),
    GUIDES,
    MOLECULE,
    END_TO_END,
    _unit("oldest"),
    MEASURED[0],
    FRESH_FOLDER,
    COVERAGE,
    DOCS,
    GALAXY_IMPORTER,
    *LINT,
)
# What "make test" leaves out to stay below 20 minutes: versions between the ends, AWX on the oldest one (what is sent to AWX is
# data), and the tests that no version of ansible-core matters to.
_REST = Step("integration-oldest-rest", "oldest", ((*_PYTEST, "-n", "2", *_files(ANY_CORE)),))
FULL = (
    _awx("oldest"),
    _REST,
    *(step for core in BETWEEN for step in (_sanity(core), _unit(core))),
)

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
    "end-to-end": (END_TO_END,),
    "quick": (YAMLLINT, _unit("newest"), QUICK),
    "molecule": (MOLECULE, FRESH_FOLDER),
    "awx": (_awx("newest"),),
    "test": TEST,
    "test-full": (*TEST, *FULL),
}
