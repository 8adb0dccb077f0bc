# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One report of several, and what changed since the one before."""

from __future__ import annotations

import random

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit import report as reports
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.account_row import account_row
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.fail_on import failing_lines, parse_fail_on
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._audit.merge import merge
from ansible_collections.alianza.sip_trunking.tests.support.accounts import account, to
from ansible_collections.alianza.sip_trunking.tests.support.audited import AT, audit, crowd, page
from ansible_collections.alianza.sip_trunking.tests.support.html_page import Page

EARLIER, LATER = "2026-11-24T05:00:00Z", "2026-11-25T05:09:00Z"
DOCUMENT = [{"name": "HQ", "telephone_numbers": ["18015550001"]}]


def row(host="oak", registered=True, key="OAK", paths=5, at=AT, failed=None, document=True):
    """Return the row of an account with one trunk."""
    if failed:
        error = {"msg": "it went wrong", "kind": failed}
        return account_row({"host": host, "at": at, "account_id": key, "error": error})
    state = account({"T1": "HQ"}, {}, {"18015550001": to("T1")}, ["T1"] if registered else [])
    wanted = [dict(DOCUMENT[0], concurrent_calls=paths)]
    return dict(audit(state, wanted if document else None, host=host, at=at), account_id=key)


def written(*rows, path="slice.json", at=AT, **more):
    """Return the report of some rows as it is read from a file."""
    hosts = [each["host"] for each in rows]
    return {"path": path, "report": dict(reports.report(rows, hosts, hosts, at), **more)}


def test_slices_together_are_the_report_of_one_run():
    whole = crowd(60)
    rows = random.Random(7).sample(whole["accounts"], 60)
    # The accounts of a crowd have one ID.
    rows = [dict(each, account_id=each["host"]) for each in rows]
    made = merge([written(*rows[start::3], path="%d.json" % start) for start in range(3)])
    assert made["totals"] == whole["totals"]
    assert sorted(each["host"] for each in made["accounts"]) == sorted(each["host"] for each in whole["accounts"])
    assert [each["accounts"] for each in made["slices"]] == [20, 20, 20]
    assert (made["complete"], made["pending"], made["format"], made["changes"]) == (True, 0, 1, None)
    assert made["notes"] == made["repeated"] == []


def test_a_host_that_no_report_has_is_not_audited():
    made = merge([written(row())], [written(row(), row("elm", key="ELM"))], ["elm", "oak", "elm"])
    assert [(each["host"], each["conformity"], each["health"]) for each in made["accounts"]] == [
        ("elm", "not_audited", None),
        ("oak", "in_line", "ok"),
    ]
    assert "None of the reports has this host" in made["accounts"][0]["reason"]
    assert (made["totals"]["accounts"], made["totals"]["not_audited"]) == (2, 1)
    assert [(each["host"], each["after"]) for each in made["changes"]["worse"]] == [("elm", "not_audited")]
    assert made["changes"]["removed"] == []
    assert failing_lines(made["accounts"], parse_fail_on("", True)) == ["elm: " + made["accounts"][0]["summary"]]
    assert failing_lines(made["accounts"], parse_fail_on("down", False)) == []


def test_many_accounts_that_fail_are_counted():
    lines = failing_lines([row(str(each), failed="server") for each in range(140)], ("not_audited",))
    assert len(lines) == 101 and lines[-1] == "and 40 more"


def test_the_newest_row_of_an_account_counts_and_the_others_are_named():
    old, new = row(registered=False, host="oak-old"), row(at=LATER)
    for slices in (
        [written(old, path="a"), written(new, path="b")],
        [written(new, path="b"), written(old, path="a")],
    ):
        made = merge(slices)
        assert [each["host"] for each in made["accounts"]] == ["oak"]
        assert made["repeated"] == [
            {
                "host": "oak-old",
                "account_id": "OAK",
                "path": "a",
                "audited_at": AT,
                "kept_from": "b",
                "kept_at": LATER,
            }
        ]
        assert made["totals"]["accounts"] == made["totals"]["trunks"] == made["totals"]["registered"] == 1
        (note,) = made["notes"]
        assert note in Page(page(made)).text and "the row of %s in b counts" % LATER in note


@pytest.mark.parametrize(("first", "second", "left"), [("OAK", None, 1), (None, None, 1), ("OAK", "OTHER", 2)])
def test_a_row_without_an_id_is_the_account_of_its_host(first, second, left):
    made = merge([written(row(key=first)), written(row(key=second, at=LATER))])
    assert len(made["accounts"]) == left


def test_a_row_without_a_time_has_the_time_of_its_report():
    made = merge([written(dict(row(registered=False), audited_at=None), at=LATER), written(row())])
    assert made["accounts"][0]["trunks"][0]["registration"] == "unregistered"


def test_a_part_that_is_not_complete_makes_the_whole_not_complete():
    made = merge([written(row(), complete=False, pending=3), written(row("elm", key="ELM"), at=LATER)])
    assert (made["complete"], made["pending"], made["generated_at"]) == (False, 3, LATER)


def test_the_environment_is_that_of_all_slices():
    places = {"api_host": "api.example.net", "partition_id": "P1", "inventory": "a.yml"}
    made = merge(
        [
            written(row(), environment=places),
            written(row("elm", key="ELM"), environment=dict(places, inventory=["a.yml", "b.yml"], partition_id=None)),
            written(row("fir", key="FIR")),
        ]
    )
    assert made["environment"] == {
        "api_host": "api.example.net",
        "partition_id": "P1",
        "inventory_name": None,
        "inventory": ["a.yml", "b.yml"],
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (row(), row(), []),
        (row(), row(registered=False), [("worse", "health", "ok", "down")]),
        (row(registered=False), row(), [("fixed", "health", "down", "ok")]),
        (row(), row(paths=9), [("worse", "conformity", "in_line", "drifted")]),
        (row(paths=9), row(), [("fixed", "conformity", "drifted", "in_line")]),
        (row(), row(failed="network"), [("worse", "conformity", "in_line", "not_audited")]),
        (row(failed="network"), row(paths=9), [("better", "conformity", "not_audited", "drifted")]),
        (row(document=False), row(), []),
        (row(), row(document=False), []),
        (
            row(registered=False),
            row(paths=9),
            [("worse", "conformity", "in_line", "drifted"), ("fixed", "health", "down", "ok")],
        ),
        # What was not known becomes a finding when it is known; an account of which nothing is known has not become better.
        (
            row(failed="network"),
            row(registered=False),
            [("worse", "health", None, "down"), ("fixed", "conformity", "not_audited", "in_line")],
        ),
        (row(registered=False), row(failed="network"), [("worse", "conformity", "in_line", "not_audited")]),
    ],
)
def test_what_changed_since_the_run_before(before, after, expected):
    made = merge([written(after)], [written(before, at=EARLIER)])["changes"]
    found = [
        (key, each["aspect"], each["before"], each["after"])
        for key in ("worse", "fixed", "better")
        for each in made[key]
    ]
    assert found == expected and made["since"] == EARLIER and made["added"] == made["removed"] == []


def test_accounts_that_are_new_or_gone():
    made = merge(
        [written(row(), row("elm", key="ELM", registered=False))], [written(row(), row("fir", key="FIR"), at=EARLIER)]
    )["changes"]
    assert [[each["host"] for each in made[key]] for key in ("added", "removed", "worse")] == [
        ["elm"],
        ["fir"],
        ["elm"],
    ]
    assert made["worse"][0]["before"] is None


def test_a_host_that_got_another_name_is_the_same_account():
    made = merge([written(row("new-name", registered=False))], [written(row(), at=EARLIER)])["changes"]
    assert made["added"] == made["removed"] == [] and [each["host"] for each in made["worse"]] == ["new-name"]


def test_the_page_says_what_changed():
    made = merge(
        [written(row(registered=False), row("elm", key="ELM"))],
        [written(row(), row("elm", key="ELM", paths=9), at=EARLIER)],
    )
    parsed = Page(page(made))
    assert "Changes since 2026-11-24 05:00:00 UTC New findings (1) oak : down, was ok Fixed (1) elm" in parsed.words
    assert parsed.faults == [] and parsed.words.count("was drifted") == 1
    quiet = Page(page(merge([written(row())], [written(row(), at=EARLIER)])))
    assert "Changes since 2026-11-24 05:00:00 UTC Nothing changed." in quiet.words


def test_an_earlier_report_that_does_not_exist_is_said():
    made = merge([written(row())], [{"path": "yesterday/audit.json"}])
    assert made["changes"] is None
    assert "Not compared: the earlier report yesterday/audit.json does not exist." in Page(page(made)).words
