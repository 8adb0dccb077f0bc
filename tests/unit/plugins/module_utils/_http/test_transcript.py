# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HAR file: complete after every entry, shared between threads, without secrets, mode 0600."""

from __future__ import annotations

import errno
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.redaction import Redactor
from ansible_collections.alianza.sip_trunking.plugins.module_utils._http.transcript import (
    BODY_LIMIT,
    Exchange,
    Transcript,
)


def write(transcript, value=None, size=2, status=200, method="GET"):
    """Record one exchange."""
    transcript.record(
        Exchange(
            method,
            "https://api.example.net/v2/x",
            {"X-AUTH-TOKEN": "tok-1234567"},
            {"password": "hunter2!", "name": "A"},
            started=1800000000.5,
            seconds=0.25,
            status=status,
            reason="OK",
            response_headers={"Set-Cookie": "tok-1234567", "Content-Type": "application/json"},
            value=value,
            size=size,
        )
    )


@pytest.fixture(name="transcript")
def fixture_transcript(tmp_path):
    """A transcript whose redactor has two secrets."""
    redactor = Redactor()
    redactor.learn("hunter2!", "tok-1234567")
    return Transcript(str(tmp_path / "run.har"), redactor)


def test_the_file_is_whole_and_private_from_the_start(transcript, tmp_path):
    path = tmp_path / "run.har"
    assert json.loads(path.read_text())["log"]["entries"] == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write(transcript, {"sipPassword": "other", "messages": ["hunter2! is weak"]})
    write(transcript, None, 0)
    entries = json.loads(path.read_text())["log"]["entries"]
    assert len(entries) == 2 and entries[0]["time"] == 250 and entries[0]["startedDateTime"].startswith("2027-01-15T")
    assert json.loads(entries[0]["request"]["postData"]["text"])["name"] == "A"


def test_no_secret_is_in_it(transcript, tmp_path):
    write(transcript, {"sipPassword": "other-secret", "messages": ["hunter2! is weak"]})
    text = (tmp_path / "run.har").read_text()
    assert not [secret for secret in ("hunter2!", "tok-1234567", "other-secret") if secret in text]


def test_what_cannot_be_read_is_not_kept_and_long_bodies_are_cut(transcript, tmp_path):
    write(transcript, None, 99)
    write(transcript, ["x" * BODY_LIMIT * 2])
    entries = json.loads((tmp_path / "run.har").read_text())["log"]["entries"]
    assert "text" not in entries[0]["response"]["content"] and entries[0]["response"]["content"]["size"] == 99
    assert len(entries[1]["response"]["content"]["text"]) < BODY_LIMIT + 100


def test_many_writers_share_one_file(tmp_path):
    writers = [Transcript(str(tmp_path / "run.har"), Redactor()) for unused in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda place: write(writers[place % 4], {"place": place}), range(200)))
    entries = json.loads((tmp_path / "run.har").read_text())["log"]["entries"]
    places = {json.loads(entry["response"]["content"]["text"])["place"] for entry in entries}
    assert places == set(range(200)) and len(entries) == 200


def test_another_file_is_not_changed(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    path.chmod(0o644)
    transcript = Transcript(str(path), Redactor())
    assert "is not a transcript" in transcript.warning and str(path) in transcript.warning
    write(transcript, {})
    assert path.read_text() == "mine" and stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_path_that_cannot_be_written_is_a_warning(tmp_path):
    assert "cannot be written (No such file" in Transcript(str(tmp_path / "no" / "run.har"), Redactor()).warning
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert "cannot be written" in Transcript(str(tmp_path / "link"), Redactor()).warning
    assert not (tmp_path / "target").exists()
    assert "is not a regular file" in Transcript(str(tmp_path), Redactor()).warning or "cannot be written" in (
        Transcript(str(tmp_path), Redactor()).warning
    )


def test_a_full_disk_leaves_a_whole_transcript_and_a_warning(transcript, tmp_path, monkeypatch):
    write(transcript, {"place": 1})
    before = (tmp_path / "run.har").read_bytes()
    pwrite, sizes = os.pwrite, []

    def short_then_full(descriptor, data, place):
        sizes.append(len(data))
        if len(sizes) == 1:
            return pwrite(descriptor, data[:10], place)
        if len(sizes) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return pwrite(descriptor, data, place)

    monkeypatch.setattr(os, "pwrite", short_then_full)
    write(transcript, {"place": 2})
    assert len(sizes) == 3 and "No space left" in transcript.warning and "incomplete" in transcript.warning
    assert (tmp_path / "run.har").read_bytes() == before
    json.loads(before)


def test_a_short_write_goes_on_where_it_ended(transcript, tmp_path, monkeypatch):
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda descriptor, data, place: pwrite(descriptor, data[:7], place))
    write(transcript, {"place": 1})
    monkeypatch.undo()
    assert len(json.loads((tmp_path / "run.har").read_text())["log"]["entries"]) == 1 and transcript.warning is None


def test_a_file_that_is_damaged_meanwhile_stops_nothing(transcript, tmp_path):
    (tmp_path / "run.har").write_text("gone")
    write(transcript, {})
    assert "is damaged" in transcript.warning
    assert (tmp_path / "run.har").read_text() == "gone"
