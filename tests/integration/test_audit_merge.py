# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook audit_merge: reports of slices on disk become one page, and yesterday is compared with."""

from __future__ import annotations

import csv
import json

from ansible_collections.alianza.sip_trunking.tests.support.audited import HOSTILE, crowd, hostile, reported
from ansible_collections.alianza.sip_trunking.tests.support.html_page import Page

MERGE = "alianza.sip_trunking.audit_merge"


def test_slices_become_one_page_that_says_what_is_new(player, emulator, tmp_path):
    rows = [dict(each, account_id=each["host"]) for each in [*crowd(40)["accounts"], hostile()]]
    down = next(each for each in rows if each["totals"]["registered"] == 0 and each["trunks"])
    fine = next(each for each in rows if each["status"] == "in_line" and not each["attention"])
    yesterday = [
        dict(fine, host=down["host"], account_id=down["account_id"]) if each is down else each for each in rows
    ]
    for path, listed in (
        ("slices/1/audit.json", rows[:25]),
        ("slices/2/audit.json", rows[20:]),
        ("yesterday/audit.json", yesterday),
    ):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(json.dumps(dict(reported(*listed), environment={"api_host": HOSTILE[:20]})))
    given = {
        "audit_merge_files": "slices/*/audit.json",
        "audit_merge_previous": "yesterday",
        "audit_merge_directory": "",
    }
    played = player.playbook(MERGE, "-e", json.dumps(given), check=True)
    assert played.code == 0, played.output
    folder = tmp_path / "trunk_audit_merged"
    made = json.loads((folder / "audit.json").read_text())
    assert made["totals"]["accounts"] == 41 and len(made["repeated"]) == 5
    assert [(each["host"], each["aspect"], each["after"]) for each in made["changes"]["worse"]] == [
        (down["host"], "health", "down")
    ]
    page = Page((folder / "audit.html").read_text())
    assert page.faults == [] and "New findings (1) %s : down, was ok" % down["host"] in page.words
    assert "is in several files" in page.text and len(page.all("script")) == 1
    with open(folder / "audit.csv", encoding="utf-8", newline="") as stream:
        assert {row["host"].lstrip("'") for row in csv.DictReader(stream)} == {each["host"] for each in rows}
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == dict.fromkeys(
        ("audit.csv", "audit.html", "audit.json"), 0o640
    )
    assert "trunk_audit_merged/audit.html: 41 accounts" in played.output and "changed=0" in played.output
    assert "Worse since %s: %s" % (made["changes"]["since"], down["host"]) in played.output
    assert not emulator.log()

    # A directory of slices, and a day that left no report.
    again = {"audit_merge_files": ["slices"], "audit_merge_previous": "no/such.json", "audit_merge_directory": "again"}
    played = player.playbook(MERGE, "-e", json.dumps(again))
    assert played.code == 0 and "Not compared: the earlier report no/such.json does not exist." in played.output
    assert json.loads((tmp_path / "again" / "audit.json").read_text())["accounts"] == made["accounts"]

    played = player.playbook(MERGE, "-e", "audit_merge_files=slices/3/audit.json")
    assert played.code == 2 and "There is no report at slices/3/audit.json" in played.output


def test_a_run_fails_after_it_wrote_what_it_found(player, tmp_path):
    rows = [dict(each, account_id=each["host"]) for each in crowd(3)["accounts"]]
    (tmp_path / "audit.json").write_text(json.dumps(reported(*rows)))
    given = {
        "audit_merge_files": "audit.json",
        "audit_merge_hosts": "elm\n%s\n" % rows[0]["host"],
        "trunk_audit_fail_on": "not_audited",
    }
    played = player.playbook(MERGE, "-e", json.dumps(given))
    assert played.code == 2 and "elm: None of the reports has this host" in played.output, played.output
    made = json.loads((tmp_path / "trunk_audit_merged" / "audit.json").read_text())
    assert made["totals"]["accounts"] == 4 and made["totals"]["not_audited"] == 1
    played = player.playbook(MERGE, "-e", json.dumps(dict(given, trunk_audit_fail_on="")))
    assert played.code == 0, played.output
    played = player.playbook(MERGE, "-e", json.dumps(dict(given, trunk_audit_fail_on="dwon")))
    assert played.code == 2 and "trunk_audit_fail_on has dwon" in played.output


def test_a_report_that_would_be_lost_with_the_job_is_not_written(player, tmp_path):
    (tmp_path / "audit.json").write_text(json.dumps(reported(*crowd(2)["accounts"])))
    played = player.playbook(MERGE, "-e", "audit_merge_files=audit.json", "-e", "alianza_state_is_ephemeral=true")
    assert played.code == 2 and "set audit_merge_directory to a directory that is mounted" in played.output
    assert not (tmp_path / "trunk_audit_merged").exists()
