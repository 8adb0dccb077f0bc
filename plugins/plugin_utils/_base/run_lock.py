# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A lock that one run of Ansible holds over several tasks: a file that says who holds it.

Tasks run in processes of their own, so the lock belongs to the process that started them all. The file is made with O_EXCL, which
holds among machines that share a directory. A lock whose process is known to be dead is taken over; whether a process of another
machine or container lives cannot be known here, so that its lock is left to people.
"""

from __future__ import annotations

import getpass
import json
import os
import pathlib
import socket
from dataclasses import asdict, dataclass

from .files import one_at_a_time, read_bytes


@dataclass(frozen=True)
class Holder:
    """Who holds a lock.

    Attributes:
        host: the inventory host for which it is held.
        since: the time in UTC, as text.
        user: name of the user who runs Ansible.
        machine: name of the machine.
        system: what tells apart machines, boots and containers of one name; empty if the system does not say.
        pid: ID of the process that runs the playbook.
        started: when that process started, in the system's own unit; empty if the system does not say.
    """

    host: str
    since: str
    user: str
    machine: str
    system: str
    pid: int
    started: str

    def same_run(self, other: Holder) -> bool:
        """Whether both are the same run of Ansible, working on the same host."""
        return (self.host, self.machine, self.system, self.pid, self.started) == (
            other.host,
            other.machine,
            other.system,
            other.pid,
            other.started,
        )

    def dead(self) -> bool:
        """Whether its process is known to be dead."""
        return (self.machine, self.system) == (_machine(), _system()) and (
            not _alive(self.pid) or _started(self.pid) not in ("", self.started)
        )

    def __str__(self) -> str:
        return "process %d of %s on %s, for host %s, since %s" % (
            self.pid,
            self.user,
            self.machine,
            self.host,
            self.since,
        )


class Held(Exception):
    """Another run holds the lock.

    Args:
        holder: who holds it, None if the file does not say.
    """

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(str(holder))
        self.holder = holder


def current_run(host: str, since: str, pid: int) -> Holder:
    """Return the Holder that stands for a run of Ansible on this machine.

    Args:
        host: the inventory host.
        since: the time in UTC, as text.
        pid: ID of the process that runs the playbook.
    """
    return Holder(host, since, _user(), _machine(), _system(), pid, _started(pid))


def acquire(path: str, holder: Holder) -> Holder | None:
    """Take a lock; return the dead Holder whose lock was taken over, None if there was none.

    Args:
        path: the file of the lock, in a directory that exists.
        holder: who takes it; one that has it already keeps it.

    Raises:
        Held: another run holds it.
        OSError: the file cannot be written.
    """
    with one_at_a_time(os.path.dirname(path)) as exclusive:
        found = read_bytes(path)
        previous = _parse(found) if found is not None else None
        if previous is not None and previous.same_run(holder):
            return None
        if found is not None and (previous is None or not previous.dead() or not exclusive):
            raise Held(previous)
        if found is not None:
            os.remove(path)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Held(_parse(read_bytes(path) or b"")) from None
        try:
            with os.fdopen(descriptor, "w") as stream:
                json.dump(asdict(holder), stream)
        except OSError:
            os.remove(path)
            raise
    return previous


def is_held(path: str, holder: Holder) -> bool:
    """Whether a run holds a lock."""
    found = _parse(read_bytes(path) or b"")
    return found is not None and found.same_run(holder)


def release(path: str, holder: Holder) -> None:
    """Remove a lock if this run holds it.

    Raises:
        OSError: it cannot be removed.
    """
    if is_held(path, holder):
        os.remove(path)


def _parse(content: bytes) -> Holder | None:
    try:
        return Holder(**json.loads(content))
    except (ValueError, TypeError):
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        # A container may run as a user without a name.
        return str(os.getuid())


def _machine() -> str:
    return socket.gethostname()


def _system() -> str:
    try:
        boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return "%s %s" % (boot, os.readlink("/proc/self/ns/pid"))
    except OSError:
        return ""


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _started(pid: int) -> str:
    """Return when a process started, since its ID may be in use again; empty if the system does not say."""
    try:
        # The name of the program comes before, in brackets, and may hold anything.
        stat = (
            pathlib.Path("/proc/%d/stat" % pid).read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
        return "ended" if stat[0] in "ZX" else stat[19]
    except (OSError, IndexError):
        return ""
