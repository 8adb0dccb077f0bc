# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""alianza_caller_id and alianza_caller_id_info: what shows which caller ID, in as few writes as possible."""

from __future__ import annotations

MODULE, INFO = "alianza_caller_id", "alianza_caller_id_info"
MAIN, SUPPORT = "18015550000", "18015550001"


def seed(emulator):
    """Seed an account in which an extension shows one caller ID, and a number of the account another one."""
    emulator.seed(
        accounts=[
            {
                "id": "CALLERS",
                "accountNumber": "801",
                "accountName": "Callers",
                "telephone_numbers": ["18015551000-18015551999"],
                "caller_ids": [SUPPORT],
                "from_numbers": ["2200", "2300"],
                "mappings": {"2200": SUPPORT, "18015551000": SUPPORT},
            }
        ]
    )


def shown(emulator):
    """Return (caller IDs, FROM numbers, mappings) of the account."""
    account = emulator.account("CALLERS")
    return sorted(account["caller_ids"]), sorted(account["from_numbers"]), account["mappings"]


def sent(emulator):
    """Return 'METHOD last-part body' of the writes since the last look, sorted, and forget them."""
    entries = emulator.writes()
    emulator.clear_log()
    return sorted(
        "%s %s %s"
        % (
            entry["method"],
            entry["path"].rpartition("/cid/")[2],
            " ".join(str(value) for value in (entry["body"] or {}).values()),
        )
        for entry in entries
    )


def test_present_exclusive_and_absent(player, emulator):
    seed(emulator)
    player.environ["ALIANZA_ACCOUNT_ID"] = "CALLERS"
    untouched = shown(emulator)
    given = {"caller_id": "+1 (801) 555-0000", "from_numbers": ["21xx", "2200", "801-555-1001"]}
    predicted, made, again, other = player.tasks(
        {"alianza.sip_trunking." + MODULE: given, "check_mode": True},
        (MODULE, given),
        (MODULE, given),
        (INFO, {}),
    ).results
    assert not predicted["failed"] and not made["failed"], (predicted, made)
    assert predicted["diff"] == made["diff"] and predicted["changed"] and made["changed"] and not again["changed"]
    assert {key: predicted[key] for key in ("mapped", "moved", "from_numbers")} == {
        key: made[key] for key in ("mapped", "moved", "from_numbers")
    }
    assert made["diff"]["before"] == {}
    assert made["diff"]["after"] == {"caller_id": MAIN, "from_numbers": ["18015551001", "21XX", "2200"]}
    assert made["caller_id"] == MAIN and made["mapped"] == ["21XX", "2200", "18015551001"]
    assert made["moved"] == [{"from_number": "2200", "from": SUPPORT}] and made["failed_from_numbers"] == []
    assert again["unchanged"] == ["21XX", "2200", "18015551001"] and again["from_numbers"] == made["from_numbers"]
    assert other["caller_ids"] == [
        {"caller_id": MAIN, "from_numbers": ["18015551001", "21XX", "2200"]},
        {"caller_id": SUPPORT, "from_numbers": ["18015551000"]},
    ]
    assert other["unmapped"] == ["2300"]
    reads = [entry["path"].rpartition("/")[2] for entry in emulator.log("GET", "/cid/")]
    assert sorted(reads) == sorted(["callerid", "fromnumber", "mapping"] * 4)
    assert sent(emulator) == [
        "POST callerid 18015550000",
        "POST fromnumber 18015551001",
        "POST fromnumber 21XX",
        "PUT mapping 18015551001 18015550000",
        "PUT mapping 21XX 18015550000",
        "PUT mapping 2200 18015550000",
    ]

    only = player.one(MODULE, caller_id=SUPPORT, from_numbers=[2300000000, "2300"], exclusive=True)
    assert only["failed"] is False and only["unmapped"] == ["18015551000"] and only["mapped"] == ["12300000000", "2300"]
    assert sent(emulator) == [
        "POST fromnumber 12300000000",
        "PUT mapping 12300000000 18015550001",
        "PUT mapping 18015551000 None",
        "PUT mapping 2300 18015550001",
    ]

    absent = [
        (MODULE, {"caller_id": MAIN, "from_numbers": ["21xx", "9999"], "state": "absent"}),
        (MODULE, {"caller_id": MAIN, "state": "absent"}),
        (MODULE, {"caller_id": SUPPORT, "state": "absent"}),
    ]
    predicted = player.tasks(*absent, check=True).results
    assert sent(emulator) == []
    part, rest, support, gone = player.tasks(*absent, absent[-1]).results
    assert part["unmapped"] == predicted[0]["unmapped"] == ["21XX"] and part["unchanged"] == ["9999"]
    assert part["diff"] == predicted[0]["diff"] and support["diff"] == predicted[2]["diff"]
    assert rest["unmapped"] == ["18015551001", "2200"] and rest["from_numbers"] == [] and rest["diff"]["after"] == {}
    assert support["unmapped"] == ["12300000000", "2300"] and not gone["changed"] and not gone["failed"]
    assert sent(emulator) == [
        "DELETE callerid/18015550000 ",
        "DELETE callerid/18015550001 ",
        "DELETE fromnumber/12300000000 ",
        "DELETE fromnumber/18015551001 ",
        "DELETE fromnumber/21XX ",
        "DELETE fromnumber/2200 ",
        "DELETE fromnumber/2300 ",
    ]
    assert shown(emulator) == ([], [], {}) and untouched != ([], [], {}) and emulator.open_tokens == 0


def test_hundreds_of_numbers_are_one_task_with_concurrent_writes(player, emulator):
    seed(emulator)
    emulator.set(latency_ms=20, own_from_numbers="refused", own_numbers_in_mappings=True)
    given = {"account_id": "CALLERS", "caller_id": SUPPORT, "from_numbers": ["18015551000-18015551399"]}
    made = player.one(MODULE, **given, concurrency=16)
    assert not made["failed"] and len(made["mapped"]) == 399 and made["unchanged"] == ["18015551000"]
    writes = emulator.writes()
    # The list of mappings shows that the account's own numbers need not be created.
    assert len(writes) == 399 and {entry["method"] for entry in writes} == {"PUT"}
    assert max(entry["in_flight"] for entry in writes) > 8
    emulator.clear_log()
    assert not player.one(MODULE, **given)["changed"] and not emulator.writes()


def test_what_is_wrong_is_said_before_anything_is_read(player, emulator):
    seed(emulator)
    results = player.tasks(
        (MODULE, {"caller_id": "555", "from_numbers": ["office", 64], "account_id": "CALLERS"}),
        (MODULE, {"caller_id": MAIN, "exclusive": True, "account_id": "CALLERS"}),
        (
            MODULE,
            {"caller_id": MAIN, "exclusive": True, "from_numbers": [], "state": "absent", "account_id": "CALLERS"},
        ),
        (MODULE, {"from_numbers": ["2101"], "account_id": "CALLERS"}),
        (INFO, {"caller_id": "office", "account_id": "CALLERS"}),
        (MODULE, {"caller_id": MAIN, "from_numbers": [], "account_id": "WRONG"}),
        (INFO, {"caller_id": "801-555-0001", "account_id": "CALLERS"}),
        (INFO, {"caller_id": "8015550009", "account_id": "CALLERS"}),
    ).results
    kinds = [result["failure"]["kind"] for result in results[:6]]
    assert kinds == ["invalid_input"] * 5 + ["not_found"], [result["msg"] for result in results]
    for part in ("3 faults", "'555'", "entry 1 is 'office'", "entry 2 is the number 64"):
        assert part in results[0]["msg"], results[0]["msg"]
    assert "exclusive needs from_numbers" in results[1]["msg"] and "state: absent" in results[2]["msg"]
    assert [len(result["caller_ids"]) for result in results[6:]] == [1, 0]
    assert not emulator.writes() and emulator.open_tokens == 0
