# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the checks are run: slow ones show that they run, and every step is known to the table."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

SCRIPTS = pathlib.Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture(name="checks")
def fixture_checks(monkeypatch):
    """The package scripts/checks: (its pool, its table)."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from checks import pool, table

    yield pool, table
    for name in [name for name in sys.modules if name.partition(".")[0] == "checks"]:
        del sys.modules[name]


def test_what_runs_for_long_is_shown_until_it_ends(checks, monkeypatch, tmp_path):
    pool = checks[0]
    monkeypatch.setattr(pool, "PROGRESS", 0.05)
    told, shown = [], []

    def last(log):
        wait_until(lambda: told, "it is shown that it runs")
        return "done"

    results = pool.run_jobs([pool.Job("slow", last)], tmp_path, 2, shown.append, told.append)
    assert list(told[0]) == ["slow"]
    assert [(result.name, result.state) for result in shown] == [("slow", "ok")] and shown == results


def test_no_step_of_a_target_stands_twice_or_waits_for_one_that_is_missing(checks):
    for target, steps in checks[1].TARGETS.items():
        names = [step.name for step in steps]
        assert len(set(names)) == len(names), target
        assert {name for step in steps for name in step.after} <= set(names), target


def test_the_full_test_runs_every_integration_test_on_the_oldest_core(checks):
    steps = {step.name: step.commands[0] for step in checks[1].TARGETS["test-full"]}
    files = {name: [word for word in steps[name] if word.endswith(".py")] for name in steps}
    first, marked, rest = (files["integration-oldest" + part] for part in ("", "-marked", "-rest"))
    root = pathlib.Path(__file__).resolve().parents[3]
    assert sorted(first + rest) == sorted(
        str(path.relative_to(root)) for path in root.glob("tests/integration/test_*.py")
    )
    assert marked == first
    chosen = [
        steps["integration-oldest" + part][steps["integration-oldest" + part].index("-m", 3) + 1]
        for part in ("", "-marked")
    ]
    # Whatever markers a test has, one of both takes it, and only one.
    for slow in (True, False):
        for any_core in (True, False):
            taken = [eval(words, {"slow": slow, "any_core": any_core}) for words in chosen]  # pylint: disable=eval-used
            assert sorted(taken) == [False, True], (slow, any_core)
    assert "-m" not in steps["integration-oldest-rest"][3:] and "-m" not in steps["integration-newest"][3:]


def test_make_test_runs_molecule_and_ansible_builder(checks):
    names = {step.name for step in checks[1].TARGETS["test"]}
    assert {"molecule", "fresh-folder", "execution-environment", "docs", "docs-in-browser"} <= names


def test_virtual_environments_of_another_checkout_are_left_alone(tmp_path):
    other, checkout = tmp_path / "other", tmp_path / "checkout"
    (other / "docs").mkdir(parents=True)
    shutil.copytree(SCRIPTS, checkout / "scripts")
    (checkout / ".venv").symlink_to(other)
    done = subprocess.run(
        [sys.executable, checkout / "scripts/check.py", "docs"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "Remove the link" in done.stderr
    assert (other / "docs").is_dir()
