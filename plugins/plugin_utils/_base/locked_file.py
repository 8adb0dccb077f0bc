# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""A small file that several runs on one machine change: one at a time, and each of them as a whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from typing import Optional, Tuple, TypeVar

from .files import make_directory, read_bytes, write_whole

_Result = TypeVar("_Result")


def update(path: str, change: Callable[[Optional[bytes]], Tuple[Optional[str], _Result]]) -> _Result:
    """Change a file, and return what the change returns beside the text.

    Args:
        path: the file; its directory is made if it is missing, with mode 0700.
        change: takes the content of the file, None if there is none, and returns (the new text, None to leave the file as it is;
            a result).

    Raises:
        OSError: the file cannot be read, locked or written.
    """
    make_directory(os.path.dirname(path), 0o700)
    descriptor = os.open(path + ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        text, result = change(read_bytes(path))
        if text is not None:
            write_whole(path, text)
        return result
    finally:
        os.close(descriptor)


def hold(path: str) -> int:
    """Keep other processes from using a file, until they are released or this process ends; return what to release.

    Args:
        path: the file; its directory is made if it is missing, with mode 0700.

    Raises:
        BlockingIOError: another process holds it.
        OSError: it cannot be locked.
    """
    make_directory(os.path.dirname(path), 0o700)
    descriptor = os.open(path + ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def release(descriptor: int) -> None:
    """Let other processes use what :func:`hold` returned."""
    os.close(descriptor)
