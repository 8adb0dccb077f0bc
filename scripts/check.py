# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks behind the Makefile: makes what they need, runs them, reports.

Started by any Python 3.10 or later and needs nothing else. Everything it writes is in .venv and .cache.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from typing import NoReturn

if sys.version_info < (3, 10):
    sys.exit(
        "Python 3.10 or later is needed, this is %s (make PYTHON=python3.12 ... chooses another)"
        % sys.version.split()[0]
    )

# pylint: disable=wrong-import-position
from checks import pool, pythons, table, workspace
from checks.venvs import Venv

TEST_REQUIREMENTS = (
    "requirements.txt",
    "tests/unit/requirements.txt",
    "tests/integration/requirements.txt",
    "tests/emulator/requirements.txt",
)
PROGRAMS = {"bench": "tests/benchmark", "fleet": "tests/benchmark/fleet.py"}
DEMO = Venv("demo", ("requirements.txt", "tests/emulator/requirements.txt"), ("ansible-core>=2.16",))


def main() -> int:
    """Run the task that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=[*table.TARGETS, "demo", *PROGRAMS, "clean"])
    task = parser.parse_args().task
    os.chdir(workspace.REPO)
    if task == "clean":
        return clean()
    if workspace.VENVS.is_symlink():
        # Those of another checkout would count as out of date, and be removed.
        sys.exit(f"{workspace.VENVS} is a link, and virtual environments fit one checkout only. Remove the link")
    try:
        if task == "demo":
            return demo()
        if task in PROGRAMS:
            return program(PROGRAMS[task])
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        return check(table.TARGETS[task])
    except subprocess.CalledProcessError as exc:
        print(f"{' '.join(map(str, exc.cmd))} ended with code {exc.returncode}; see {workspace.LOGS}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


def clean() -> int:
    """Remove what the tasks made."""
    for folder in (workspace.VENVS, workspace.CACHE, workspace.REPO / "tests/output"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def demo() -> NoReturn:
    """Become the demo."""
    if not DEMO.ready:
        _make_venv(DEMO, pythons.choose(pythons.discover())["newest"].python)
    _become(DEMO, "scripts/demo.py")


def program(path: str) -> NoReturn:
    """Become a program, in the virtual environment that the tests use on the newest ansible-core."""
    end = pythons.choose(pythons.discover())["newest"]
    venv = _test_venv("newest", end)
    if not venv.ready:
        _make_venv(venv, end.python)
    _become(venv, path)


def _make_venv(venv: Venv, python: pythons.Interpreter) -> None:
    """Make a virtual environment, unless another run did so while this one waited."""
    with workspace.lock(f"venv-{venv.name}"):
        if venv.ready:
            return
        print(f"Making the virtual environment '{venv.name}' with {python} (once) ...", flush=True)
        workspace.LOGS.mkdir(parents=True, exist_ok=True)
        with open(workspace.LOGS / f"venv-{venv.name}.log", "w", encoding="utf-8") as log:
            venv.make(
                python.path, lambda command: subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT)
            )


def _become(venv: Venv, program: str) -> NoReturn:
    """Run a program of the checkout in this process's place, so that signals reach it directly."""
    interpreter = str(venv.folder / "bin/python")
    os.execv(interpreter, [interpreter, program])


def _test_venv(name: str, end: pythons.End) -> Venv:
    """The virtual environment of the tests at one end of the supported range."""
    return Venv(name, TEST_REQUIREMENTS, (end.core,), end.python.path)


def check(steps: tuple[table.Step, ...]) -> int:
    """Run steps and the making of the virtual environments that they need; report."""
    start = time.monotonic()
    found = pythons.discover()
    ends = pythons.choose(found)
    for line in pythons.report(found, ends):
        print(line)
    folders = [os.path.dirname(python.path) for python in found]
    venvs = {
        "lint": Venv("lint", ("requirements.txt", "scripts/requirements-lint.txt"), (), ends["newest"].python.path),
        "docs": Venv(
            "docs", ("requirements.txt", "scripts/requirements-docs.txt"), ("ansible-core",), ends["newest"].python.path
        ),
        "tools": Venv(
            "tools",
            ("requirements.txt", "tests/emulator/requirements.txt", "scripts/requirements-tools.txt"),
            (),
            ends["newest"].python.path,
        ),
        **{name: _test_venv(name, end) for name, end in {**pythons.between(found), **ends}.items()},
    }
    watching = [python for python in found if python.minor in pythons.RULEBOOK_MINORS]
    if watching:
        requirements = (*TEST_REQUIREMENTS, "scripts/requirements-eda.txt")
        venvs["eda"] = Venv("eda", requirements, ("ansible-core>=2.16",), watching[-1].path)
    for name in dict.fromkeys(step.venv for step in steps if step.venv not in venvs):
        fitted = "ansible-rulebook" if name == "eda" else f"ansible-core {name}"
        print(f"Not covered: no Python on this machine fits {fitted}")
    steps = tuple(step for step in steps if step.venv in venvs)
    workspace.link_tree()
    used = list(dict.fromkeys(step.venv for step in steps))
    jobs = [_venv_job(venvs[name]) for name in used] + [_step_job(step, folders) for step in steps]
    shown = {step.name for step in steps if step.shown}
    results = pool.run_jobs(jobs, workspace.LOGS, 2, lambda result: _show(result, result.name in shown), _tell)
    return _summarize(results, time.monotonic() - start)


def _venv_job(venv: Venv) -> pool.Job:
    """Make a virtual environment unless it is ready."""

    def action(log: pool.Log) -> str:
        if not venv.ready:
            venv.make(venv.python, log.run)
        answer = subprocess.run(
            [
                venv.folder / "bin/python",
                "-c",
                "import platform, importlib.metadata as m; print('ansible-core', m.version('ansible-core'), 'on Python', platform.python_version())",
            ],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return answer.stdout.strip()

    return pool.Job(f"venv-{venv.name}", action)


def _step_job(step: table.Step, folders: list[str]) -> pool.Job:
    """Run a step's commands in its place."""

    def action(log: pool.Log) -> str:
        where, collections = workspace.REPO, workspace.LINK_ROOT
        if step.in_copy:
            where = workspace.copy_tree(step.name)
            collections = where.parents[2]
        env = workspace.environment(step.venv, step.name, folders, collections)
        if step.measured:
            env.update(workspace.measurement(step.name))
        for command in step.commands:
            log.run(list(command), where, env)
        return _remark(log.text())

    return pool.Job(step.name, action, (f"venv-{step.venv}", *step.after))


def _remark(text: str) -> str:
    """How many tests a log tells of, and why if all of them were skipped."""
    tests = pool.count_tests(text)
    if tests:
        reason = re.search(r"^SKIPPED \[\d+\] \S+: (.*)$", text, re.MULTILINE) if list(tests) == ["skipped"] else None
        return ", ".join(f"{number} {word}" for word, number in tests.items()) + (f": {reason[1]}" if reason else "")
    measured = re.search(r"^(\d[\d.]* % of plugins/ was run); ", text, re.MULTILINE)
    if measured:
        return measured[1]
    sanity = len(re.findall(r"^Running sanity test ", text, re.MULTILINE))
    return f"{sanity} sanity tests" if sanity else ""


def _show(result: pool.Result, whole: bool) -> None:
    """One line for a step that ended; the end of its log if it failed, and all of it if that is wanted."""
    print(f"{result.state:7} {result.name:20} {result.seconds:6.1f} s  {result.remark}".rstrip(), flush=True)
    if whole and result.state == "ok" and result.log:
        print(textwrap.indent(result.log.text().rstrip(), "    "), flush=True)
    if result.state == "FAILED" and result.log:
        print(result.log.tail())
        print(f"    (all of it: {result.log.path.relative_to(workspace.REPO)})", flush=True)


def _tell(running: dict[str, float]) -> None:
    """One line about what has been running, and for how many seconds."""
    print("running " + ", ".join(f"{name} ({seconds:.0f} s)" for name, seconds in running.items()), flush=True)


def _summarize(results: list[pool.Result], seconds: float) -> int:
    """The closing lines; 0 if all went well."""
    bad = [result.name for result in results if result.state != "ok"]
    counts = {
        word: sum(result.tests.get(word, 0) for result in results) for word in ("passed", "failed", "error", "skipped")
    }
    remarks = {result.name: result.remark for result in results if result.state == "ok"}
    covered = [
        remarks[name]
        for name in ("venv-oldest", *(f"venv-{core}" for core in table.BETWEEN), "venv-newest")
        if name in remarks
    ]
    print()
    if covered:
        print("Covered: " + "; ".join(covered))
    total = f"{len(results) - len(bad)} of {len(results)} steps passed in {seconds:.0f} s"
    print(total + (f"; failed or skipped: {', '.join(bad)}" if bad else ""), flush=True)
    if any(counts.values()):
        print(f"{counts['passed']} passed, {counts['failed'] + counts['error']} failed, {counts['skipped']} skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
