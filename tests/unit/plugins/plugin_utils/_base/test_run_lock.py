# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock of one run at a time: held against others, taken over from the dead alone."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from dataclasses import asdict, replace

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base import run_lock

NOW = "2026-11-25T03:00:00Z"


@pytest.fixture(name="path")
def fixture_path(tmp_path):
    return str(tmp_path / "ACCOUNT.yml.lock")


@pytest.fixture(name="child")
def fixture_child():
    """A process of its own that lives as long as the test, or until it is killed."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def me():
    return run_lock.current_run("site", NOW, os.getpid())


def test_a_lock_is_held_until_it_is_released(path, child):
    other = run_lock.current_run("site", NOW, child.pid)
    assert run_lock.acquire(path, other) is None and os.stat(path).st_mode & 0o777 == 0o600
    with pytest.raises(run_lock.Held, match="process %d of .*, for host site, since %s" % (child.pid, NOW)):
        run_lock.acquire(path, me())
    run_lock.release(path, me())
    assert run_lock.is_held(path, other) and not run_lock.is_held(path, me())
    assert run_lock.acquire(path, other) is None, "whoever holds it may take it again"
    run_lock.release(path, other)
    assert not os.path.exists(path) and run_lock.acquire(path, me()) is None
    run_lock.release(path, me())
    run_lock.release(path, me())


def test_another_host_of_the_same_run_does_not_share_it(path):
    run_lock.acquire(path, me())
    with pytest.raises(run_lock.Held):
        run_lock.acquire(path, replace(me(), host="the same account"))


def test_the_lock_of_a_process_that_was_killed_is_taken_over(path, child):
    dead = run_lock.current_run("site", NOW, child.pid)
    run_lock.acquire(path, dead)
    child.kill()
    child.wait()
    assert run_lock.acquire(path, me()) == dead and run_lock.is_held(path, me())


@pytest.mark.parametrize(
    "started, taken_over",
    [("2", True), ("1", False), ("", False)],
    ids=["started later", "the same", "not told by the system"],
)
def test_a_process_that_has_the_number_of_a_dead_one_is_another_one(path, child, monkeypatch, started, taken_over):
    run_lock.acquire(path, replace(run_lock.current_run("site", NOW, child.pid), started="1"))
    monkeypatch.setattr(run_lock, "_started", lambda pid: started)
    if taken_over:
        assert run_lock.acquire(path, me()).started == "1"
    else:
        with pytest.raises(run_lock.Held):
            run_lock.acquire(path, me())


def test_processes_are_told_apart_by_when_they_started(child):
    ours, its = me().started, run_lock.current_run("site", NOW, child.pid).started
    assert ours == me().started
    assert ours != its or ours == its == "" and not os.path.exists("/proc/self/stat")


@pytest.mark.parametrize("where", [{"machine": "elsewhere"}, {"system": "another container"}])
def test_a_process_of_another_machine_or_container_is_not_judged(path, child, where):
    run_lock.acquire(path, replace(run_lock.current_run("site", NOW, child.pid), **where))
    child.kill()
    child.wait()
    with pytest.raises(run_lock.Held) as held:
        run_lock.acquire(path, me())
    assert held.value.holder.pid == child.pid


@pytest.mark.parametrize("content", ["", "{}", "[]", "7", '{"pid": 1}', "\x00"])
def test_a_lock_that_does_not_say_whose_it_is_stays(path, content):
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(content)
    with pytest.raises(run_lock.Held) as held:
        run_lock.acquire(path, me())
    assert held.value.holder is None and not run_lock.is_held(path, me())
    run_lock.release(path, me())
    assert os.path.exists(path)


def _take(path, place, start, results, end):
    start.wait(300)
    holder = replace(run_lock.current_run("site", NOW, os.getpid()), host="host %d" % place)
    try:
        run_lock.acquire(path, holder)
        results.put(place)
    except run_lock.Held:
        results.put(None)
    end.wait(300)


def test_of_many_that_find_a_dead_lock_one_gets_it(path, child):
    child.kill()
    child.wait()
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(dict(asdict(me()), pid=child.pid, started="1"), stream)
    # A fork of a process with threads, such as that of other tests, may never get anywhere.
    context = multiprocessing.get_context("spawn")
    start, results, end = context.Barrier(8), context.Queue(), context.Event()
    takers = [context.Process(target=_take, args=(path, place, start, results, end)) for place in range(8)]
    for taker in takers:
        taker.start()
    winners = [place for place in [results.get(timeout=300) for dummy in takers] if place is not None]
    end.set()
    for taker in takers:
        taker.join()
    with open(path, encoding="utf-8") as stream:
        assert ["host %d" % place for place in winners] == [json.load(stream)["host"]]
