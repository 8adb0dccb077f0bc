# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files a name of a report stands for, and files that are no reports."""

from __future__ import annotations

import json
import os

import pytest

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base.audit_files import read_reports

REPORT = {
    "format": 1,
    "generated_at": "2026-11-25T05:00:12Z",
    "complete": True,
    "pending": 0,
    "totals": {},
    "accounts": [],
}


@pytest.fixture(name="folder")
def fixture_folder(tmp_path, monkeypatch):
    """The working directory, with reports in it."""
    monkeypatch.chdir(tmp_path)
    for path in (
        "run/s1/audit.json",
        "run/s2/audit.json",
        "flat/a.json",
        "flat/b.json",
        "day/audit.json",
        "day/x.json",
    ):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        (tmp_path / path).write_text(json.dumps(REPORT))
    return tmp_path


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("run/s1/audit.json", ["run/s1/audit.json"]),
        ("run", ["run/s1/audit.json", "run/s2/audit.json"]),
        ("run/*", ["run/s1/audit.json", "run/s2/audit.json"]),
        ("run/*/audit.json\nday\n", ["run/s1/audit.json", "run/s2/audit.json", "day/audit.json"]),
        (["flat", " day "], ["flat/a.json", "flat/b.json", "day/audit.json"]),
        (["day", "day/audit.json", "./day"], ["day/audit.json"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_names_are_files_patterns_and_directories(given, found):
    read = read_reports(given)
    assert [each["path"] for each in read] == found and all(each["report"] == REPORT for each in read)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "No report is given"),
        ([], "No report is given"),
        ("gone/audit.json", "There is no report at gone/audit.json"),
        (["day", "gone/*"], "There is no report at gone/*"),
        ({"a": 1}, "no list of files"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_does_not_exist_is_said(given, said):
    with pytest.raises(InvalidInput) as caught:
        read_reports(given)
    assert said in caught.value.msg


@pytest.mark.usefixtures("folder")
def test_what_need_not_exist_is_an_entry_without_a_report():
    assert read_reports(["gone/audit.json"], required=False) == [{"path": "gone/audit.json"}]
    assert read_reports("", required=False) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it is not JSON"),
        ("{not json", "it is not JSON"),
        ("[]", "is no report"),
        (json.dumps(dict(REPORT, accounts=None)), "is no report"),
        (json.dumps(dict(REPORT, format=2)), "has format 2"),
        ("\udcff", "it is not JSON"),
    ],
)
def test_a_file_that_is_no_report_is_refused(folder, content, said):
    (folder / "odd.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InvalidInput) as caught:
        read_reports("odd.json")
    assert "odd.json" in caught.value.msg and said in caught.value.msg
