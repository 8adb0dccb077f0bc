# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onboards the two customers of docs/examples/inventory.yml on an emulated API: predicts it, does it, and does it again.

Run by a Python whose virtual environment holds ansible-core, requests and what tests/emulator/requirements.txt lists.
It changes nothing outside a temporary folder, and ends everything that it started.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

REPO = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPO / "tests"))

from emulator.process import NotStarted, Remote, running  # noqa: E402

INVENTORY = REPO / "docs/examples/inventory.yml"
COMMAND = ["ansible-playbook", "alianza.sip_trunking.onboard", "-i", str(INVENTORY)]
LETTERS = "bcdghjkmpqtvwxz"
USERNAME = "demo@example.net"

# The customers exist and own their numbers; trunks they have none. Numbers are those of the inventory, and some more.
ACCOUNTS = [
    {"accountNumber": "10021", "accountName": "Maple Dental Clinic", "telephone_numbers": ["13855550140-13855550149"]},
    {
        "accountNumber": "10022",
        "accountName": "Wasatch Furniture",
        "telephone_numbers": ["18015551212", "18015551300-18015551399"],
    },
]
REGISTERS = ("10022", "Lindon HQ")

BOLD, RED, GREEN, PLAIN = ("\033[1m", "\033[31m", "\033[32m", "\033[0m") if sys.stdout.isatty() else ("", "", "", "")


class DemoError(Exception):
    """The demo did not go as it should; the text says how."""


@dataclass
class Act:
    """One run of the playbook, and what it cost."""

    title: str
    seconds: float
    changed: int
    sessions: int
    reads: int
    writes: int


class Children:
    """The processes that the demo starts; SIGINT, SIGTERM and SIGHUP end them and the demo."""

    def __init__(self) -> None:
        """Start without any."""
        self._running: list[subprocess.Popen[str]] = []
        self._starting = False
        self._caught: int | None = None

    def __enter__(self) -> Children:
        """Take over the signals."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._interrupt)
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End what still runs; from here on nothing interrupts."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in reversed(self._running):
            self.end(process)

    def start(self, command: list[str], env: dict[str, str], **streams: Any) -> subprocess.Popen[str]:
        """Start a command in a session of its own, so that Ctrl-C reaches the demo alone, which then ends it."""
        self._starting = True
        process = subprocess.Popen(
            command, env=env, cwd=REPO, text=True, start_new_session=True, stdin=subprocess.DEVNULL, **streams
        )
        self._running.append(process)
        self._starting = False
        if self._caught is not None:
            self._interrupt(self._caught)
        return process

    def end(self, process: subprocess.Popen[str]) -> None:
        """End a process and its group: politely, then by force."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                pass
            try:
                process.wait(timeout=5)
                break
            except subprocess.TimeoutExpired:
                continue
        if process.stdout:
            process.stdout.close()
        self._running.remove(process)

    def _interrupt(self, number: int, frame: object = None) -> None:
        if self._starting:
            self._caught = number
        else:
            raise SystemExit(128 + number)


def count_calls(api: Remote) -> tuple[int, int, int]:
    """Return how many logins and logouts, reads and writes there were since the last time."""
    log, writes = api.ask("GET", "log"), len(api.ask("GET", "log?writes=true"))
    api.ask("DELETE", "log")
    reads = sum(entry["method"] == "GET" for entry in log)
    return len(log) - reads - writes, reads, writes


def main() -> int:
    """Run the demo; returns the exit status."""
    with temporary_folder() as folder, Children() as children:
        try:
            acts, accounts, open_tokens = perform(children, folder)
        except DemoError as error:
            print(f"\n{RED}The demo failed: {error}{PLAIN}", file=sys.stderr)
            return 1
        faults = list(check(acts, accounts, open_tokens))
        summarize(acts, accounts, faults)
    return 1 if faults else 0


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder for the time of the demo.

    Ansible parses paths as expressions, and Python warns of a name in which a keyword follows a digit, as in 5in or 0or. So there are
    no digits in the name, and no vowels that would make a keyword.
    """
    folder = Path(tempfile.gettempdir()) / ("alianza-demo-" + "".join(secrets.choice(LETTERS) for unused in range(12)))
    folder.mkdir(0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def perform(children: Children, folder: Path) -> tuple[list[Act], list[dict[str, Any]], int]:
    """Run the three acts; return what they cost, the accounts as they are in the end, and how many tokens are open."""
    password = secrets.token_urlsafe(12)
    with emulator(children, folder, password) as api:
        env = environment(folder, api.url, password)
        acts = [
            play(children, api, env, "1. What would happen", "--check", "--diff"),
            play(children, api, env, "2. Make it so"),
        ]
        account, trunk = REGISTERS
        api.ask("PUT", "registration", {"account_id": account, "name": trunk, "registered": True})
        headline(f"Meanwhile, the PBX at {trunk} registers")
        acts.append(play(children, api, env, "3. The same again: nothing is left to do"))
        state = api.ask("GET", "state")
    return acts, state["accounts"], state["open_tokens"]


@contextmanager
def emulator(children: Children, folder: Path, password: str) -> Iterator[Remote]:
    """Run the emulated API on a free port."""
    seed = folder / "seed.json"
    seed.write_text(
        json.dumps({"users": [{"username": USERNAME, "password": password}], "accounts": ACCOUNTS}), encoding="utf-8"
    )

    def start(command: list[str], output: TextIO) -> subprocess.Popen[str]:
        return children.start(command, dict(os.environ), stdout=output, stderr=subprocess.STDOUT)

    try:
        with running(folder, ["--seed", str(seed)], start, children.end) as api:
            yield api
    except NotStarted as error:
        raise DemoError(str(error)) from error


def environment(folder: Path, url: str, password: str) -> dict[str, str]:
    """Return the environment of ansible-playbook: this checkout as the collection, the emulated API, nothing of the caller's."""
    tree = folder / "tree"
    link = tree / "ansible_collections/alianza/sip_trunking"
    link.parent.mkdir(parents=True)
    link.symlink_to(REPO)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "ALIANZA_", "PYTHON"))}
    if "UTF" not in (env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "").upper():
        env["LC_ALL"] = "C.UTF-8"
    env.update(
        PATH=os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", os.defpath)]),
        ALIANZA_API_URL=url,
        ALIANZA_USERNAME=USERNAME,
        ALIANZA_PASSWORD=password,
        ANSIBLE_CONFIG=str(REPO / "docs/examples/ansible.cfg"),
        ANSIBLE_COLLECTIONS_PATH=str(tree),
        # An ansible-playbook that is interrupted leaves files behind: they go with the folder.
        TMPDIR=str(folder),
        ANSIBLE_HOME=str(folder / "ansible"),
        ANSIBLE_REMOTE_TEMP=str(folder / "ansible/tmp"),
        ANSIBLE_PIPELINING="1",
        ANSIBLE_NOCOWS="1",
        **({"ANSIBLE_FORCE_COLOR": "1"} if PLAIN else {"ANSIBLE_NOCOLOR": "1"}),
    )
    return env


def play(children: Children, api: Remote, env: dict[str, str], title: str, *options: str) -> Act:
    """Run the playbook, showing what it prints."""
    headline(title)
    shown = [*COMMAND[:-1], str(INVENTORY.relative_to(REPO)), *options]
    print(f"$ {' '.join(shown)}", flush=True)
    start = time.monotonic()
    process = children.start(
        [str(Path(sys.executable).parent / COMMAND[0]), *COMMAND[1:], *options],
        env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    changed = 0
    for line in process.stdout:
        print(line, end="", flush=True)
        recap = re.search(r"ok=\d+.*changed=(\d+).*failed=\d+", re.sub(r"\033\[[0-9;]*m", "", line))
        changed += int(recap.group(1)) if recap else 0
    status = process.wait()
    seconds = time.monotonic() - start
    children.end(process)
    if status:
        raise DemoError(f"ansible-playbook ended with status {status}")
    return Act(title, seconds, changed, *count_calls(api))


def check(acts: list[Act], accounts: list[dict[str, Any]], open_tokens: int) -> Iterator[str]:
    """Yield what is not as it should be, a sentence each."""
    predicted, done, again = acts
    if predicted.writes:
        yield f"check mode wrote {predicted.writes} times"
    if not done.writes:
        yield "the run for real wrote nothing"
    if predicted.changed != done.changed:
        yield f"check mode predicted {predicted.changed} changes, the run for real made {done.changed}"
    if again.writes or again.changed:
        yield f"the second run was to change nothing; it reported {again.changed} changes and wrote {again.writes} times"
    if open_tokens:
        yield f"{open_tokens} tokens were not logged out"
    for account in accounts:
        if not account["trunks"]:
            yield f"{account['accountName']} has no trunk"


def summarize(acts: list[Act], accounts: list[dict[str, Any]], faults: list[str]) -> None:
    """Print what came of it."""
    headline("What came of it")
    for account in accounts:
        print(f"{account['accountName']}, account {account['accountNumber']}")
        for trunk in account["trunks"]:
            status = "registered" if trunk["registered"] else "not registered"
            print(
                f"    {trunk['trunkName']:14} {trunk['concurrentCalls']:3} call paths  {len(trunk['telephoneNumbers']):3} numbers  {status}"
            )
    print(f"\n{'API calls':42} {'login, logout':>13} {'reads':>6} {'writes':>6} {'time':>8}")
    for act in acts:
        print(f"{act.title:42} {act.sessions:13} {act.reads:6} {act.writes:6} {act.seconds:6.1f} s")
    if faults:
        print("".join(f"\n{RED}Not as it should be: {fault}{PLAIN}" for fault in faults), flush=True)
        return
    print(
        f"""
{GREEN}Second run: 0 writes. Open tokens: 0.{PLAIN}

On the real API it is the same playbook. Write your customers into an inventory like {INVENTORY.relative_to(REPO)}, then:

    ansible-galaxy collection install .
    export ALIANZA_USERNAME=... ALIANZA_PASSWORD=...
    ansible-playbook alianza.sip_trunking.onboard -i inventory.yml --check --diff""",
        flush=True,
    )


def headline(text: str) -> None:
    """Print the title of what follows."""
    print(f"\n{BOLD}{text}\n{'=' * len(text)}{PLAIN}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # Whoever read the output went away; what was started has been ended.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
