# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Files on the control node that must not be lost: written whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pathlib
from collections.abc import Iterator


def read_bytes(path: str) -> bytes | None:
    """Return the content of a file, None if there is no such file.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return pathlib.Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def make_directory(path: str, mode: int) -> None:
    """Make a directory and those above it, each with the given mode; one that exists keeps its mode.

    Raises:
        OSError: it cannot be made.
    """
    place = pathlib.Path(path)
    for missing in reversed([each for each in (place, *place.parents) if not each.is_dir()]):
        try:
            missing.mkdir(mode)
        except FileExistsError:
            if not missing.is_dir():
                raise
        else:
            # The mode of mkdir is subject to the umask.
            missing.chmod(mode)


@contextlib.contextmanager
def one_at_a_time(directory: str) -> Iterator[bool]:
    """Keep other processes of this machine out of a directory until the block ends; yield whether the file system can do that.

    Raises:
        OSError: the directory cannot be opened.
    """
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def write_whole(path: str, text: str, mode: int = 0o600) -> None:
    """Write a file so that after a crash either the old content or the new one is there, and on disk when this returns.

    Args:
        path: the file. Only one process may write it at a time.
        text: the content.
        mode: permissions of the file.

    Raises:
        OSError: it cannot be written; the old content is still there.
    """
    temporary = path + ".new"
    content = text.encode("utf-8", "surrogatepass")
    remove(temporary)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            os.fchmod(stream.fileno(), mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if read_bytes(temporary) != content:
            raise OSError("%s does not hold what was written to it" % temporary)
        os.replace(temporary, path)
    except OSError:
        remove(temporary)
        raise
    _sync(os.path.dirname(path))


def remove(path: str) -> None:
    """Remove a file; one that does not exist is fine.

    Raises:
        OSError: it cannot be removed.
    """
    try:
        os.remove(path)
    except FileNotFoundError:
        pass


def _sync(directory: str) -> None:
    """Put the entries of a directory on disk, where the file system can."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
