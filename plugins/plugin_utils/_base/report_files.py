# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The files of a report: their directory, their permissions, and what an earlier part of the same run wrote."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ...module_utils._common.errors import InvalidInput
from .files import make_directory, one_at_a_time, read_bytes, write_whole

_DIRECTORY_MODE = 0o750


@contextlib.contextmanager
def exclusive(directory: str) -> Iterator[None]:
    """Make the directory, and let no other process of this machine write there until the block ends."""
    make_directory(directory, _DIRECTORY_MODE)
    with one_at_a_time(directory):
        yield


def read_report(path: str) -> dict[str, Any]:
    """Return the report in a file, an empty one if there is none that can be read."""
    try:
        loaded = json.loads(read_bytes(path) or b"{}")
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def write_files(directory: str, files: Mapping[str, str], mode: Any) -> None:
    """Write files, each of which is whole at any time.

    Args:
        directory: an absolute path.
        files: {name: text}.
        mode: their permissions, as Ansible takes them.

    Raises:
        InvalidInput: the mode is none.
        OSError: a file cannot be written.
    """
    bits = _bits(mode, directory)
    for name, text in files.items():
        write_whole(os.path.join(directory, name), text, bits)


def _bits(mode: Any, directory: str) -> int:
    if isinstance(mode, int):
        return mode
    try:
        return int(str(mode), 8)
    except ValueError:
        pass
    try:
        # Bits of a new file that a symbolic mode leaves alone are those of one that only its owner reads and writes.
        plain_file = os.stat_result((0o100600, *os.stat(directory)[1:]))
        return int(AnsibleModule._symbolic_mode_to_octal(plain_file, str(mode)))
    except ValueError:
        raise InvalidInput("trunk_audit_mode is '%s': give permissions such as \"0640\"" % mode) from None
