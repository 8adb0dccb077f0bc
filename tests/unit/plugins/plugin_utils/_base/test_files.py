# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import resource
import signal

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base import files


@contextlib.contextmanager
def full_disk():
    """Let no file grow beyond a few bytes; that holds for what pytest writes too, so be brief."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "file"
    for text in ("one\n", "tw\u00f6\n"):
        (tmp_path / "file.new").write_text("left by a run that was killed")
        files.write_whole(str(path), text)
        assert path.read_text(encoding="utf-8") == text and path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path] and files.read_bytes(str(tmp_path / "none")) is None


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    path = tmp_path / "file"
    files.write_whole(str(path), "old")
    with pytest.raises(OSError, match="File too large"), full_disk():
        files.write_whole(str(path), "something longer than that")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_link_in_place_of_the_temporary_file_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / "file.new").symlink_to(tmp_path / "elsewhere")
    files.write_whole(str(tmp_path / "file"), "text")
    assert (tmp_path / "elsewhere").read_text() == "kept" and not (tmp_path / "file").is_symlink()


def test_directories_are_made_with_their_mode_and_keep_the_one_they_have(tmp_path):
    tmp_path.chmod(0o755)
    files.make_directory(str(tmp_path / "one" / "two"), 0o700)
    files.make_directory(str(tmp_path), 0o700)
    modes = [each.stat().st_mode & 0o777 for each in (tmp_path, tmp_path / "one", tmp_path / "one" / "two")]
    assert modes == [0o755, 0o700, 0o700]
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        files.make_directory(str(tmp_path / "file"), 0o700)
