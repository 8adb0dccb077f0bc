# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that says what was there before: read back as written, and never taken for what it is not."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.forwarding import LISTS, Rules
from ansible_collections.alianza.sip_trunking.plugins.module_utils._resource.references import Reference
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._diversion.snapshot import (
    Entry,
    Snapshot,
    file_name,
)
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._diversion.snapshot_file import parse, render
from ansible_collections.alianza.sip_trunking.tests.support.diverted import DIRECTORY, OPEN, World

TEXTS = st.text(min_size=1, max_size=12) | st.sampled_from(
    [
        "{{ 7 * 7 }}",
        "!unsafe x",
        "yes",
        "null",
        "0123",
        "1e3",
        "2026-11-25",
        "- x",
        "a: b",
        "#",
        "'",
        " a ",
        "a\x85",
        "\u2028",
        "\ud800",
        "\ufeff",
    ]
)
REFERENCES = st.builds(Reference, TEXTS, TEXTS, TEXTS | st.none()) | st.just(Reference("BUSY"))
LISTED = st.lists(REFERENCES, max_size=2).map(tuple)
RULES = st.builds(
    lambda always, enabled, lists: Rules(always, enabled and always is not None, dict(zip(LISTS, lists, strict=True))),
    REFERENCES | st.none(),
    st.booleans(),
    st.tuples(LISTED, LISTED),
)
ENTRIES = st.builds(
    Entry,
    TEXTS,
    TEXTS,
    RULES,
    st.lists(REFERENCES, min_size=1, max_size=2),
    st.sampled_from([{}, {"put_back": "2026-11-25"}]),
)
SNAPSHOTS = st.builds(
    Snapshot, TEXTS, TEXTS, TEXTS, st.lists(ENTRIES, max_size=2, unique_by=lambda entry: entry.trunk_id)
)


@given(SNAPSHOTS, st.lists(TEXTS, max_size=2))
def test_what_is_written_is_read_back(snapshot, comment):
    text = render(snapshot, comment)
    again = parse(text.encode("utf-8", "surrogatepass"), snapshot.account_id)
    assert again == snapshot and render(again, comment) == text
    names = [[target.trunk_name for target in entry.rules.references()] for entry in snapshot.entries]
    assert [[target.trunk_name for target in entry.rules.references()] for entry in again.entries] == names
    assert yaml.safe_load(text)["trunks"] == [] or all(
        len(each["forwarding"]) == 3 for each in yaml.safe_load(text)["trunks"]
    )


FINE = """account_id: ACCOUNT
host: site
opened: 2026-11-25T03:00:00Z
trunks:
  - trunk_id: T1
    name: 7
    diverted_to: [{reference_type: TELEPHONE, reference_id: 18015552222}]
    forwarding:
      forward_always: {reference_type: TELEPHONE, reference_id: 18015559999, enabled: false}
      forward_on_failure: []
      forward_on_capacity_exceeded: [{reference_type: BUSY}]
"""


def test_a_file_that_was_mended_by_hand_is_read():
    snapshot = parse(FINE.encode(), "ACCOUNT")
    entry = snapshot.of("T1")
    assert (
        entry.name == "7" and entry.diverted_to == [Reference("TELEPHONE", "18015552222")] and snapshot.of("T2") is None
    )
    assert entry.rules == Rules(
        Reference("TELEPHONE", "18015559999"),
        False,
        {"forward_on_failure": (), "forward_on_capacity_exceeded": (Reference("BUSY"),)},
    )


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "wrong type"),
        ("[]", "wrong type"),
        ("text", "wrong type"),
        ("account_id: {", "not YAML"),
        (b"\xff\xfe", "not text in UTF-8"),
        (FINE.replace("opened: 2026-11-25T03:00:00Z\n", ""), "'opened' is missing"),
        (FINE.replace("ACCOUNT", "OTHER"), "it is of account OTHER"),
        (FINE[: FINE.index("      forward_on_capacity")], "'forward_on_capacity_exceeded' is missing"),
        (FINE.replace(", enabled: false", ""), "'enabled' is missing"),
        (FINE.replace("enabled: false", "enabled: perhaps"), "wrong type"),
        (FINE.replace("forward_on_failure: []", "forward_on_failure: {a: b}"), "wrong type"),
        (FINE.replace("[{reference_type: TELEPHONE, reference_id: 18015552222}]", "[]"), "wrong type"),
        (FINE + FINE[FINE.index("  - trunk_id") :], "it has a trunk twice"),
        (FINE[: FINE.index("trunks:")] + "trunks: 7\n", "wrong type"),
    ],
)
def test_a_damaged_snapshot_is_refused(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        parse(text if isinstance(text, bytes) else text.encode(), "ACCOUNT")


@given(SNAPSHOTS.filter(lambda snapshot: snapshot.entries), st.data())
def test_a_snapshot_that_was_cut_short_is_refused(snapshot, data):
    content = render(snapshot, ["comment"]).encode("utf-8", "surrogatepass")
    # Without the last line break nothing is missing.
    cut = data.draw(st.integers(0, len(content.rstrip()) - 1))
    with pytest.raises(ValueError):
        parse(content[:cut], snapshot.account_id)


@pytest.mark.parametrize("count", ["0", "2", "true", "'1'", "null", "many"])
def test_a_snapshot_of_another_count_is_refused(count):
    with pytest.raises(ValueError, match="its count is .*, and it has 1 trunks"):
        parse((FINE + "count: %s\n" % count).encode(), "ACCOUNT")
    assert len(parse((FINE + "count: 1\n").encode(), "ACCOUNT").entries) == 1


def test_a_damaged_record_stays_as_it_is_and_stops_nothing():
    world = World({"T1": "HQ"})
    world.divert("801-555-2222")
    record = DIRECTORY + "/ACCOUNT.closed-20261125T030001Z.yml"
    world.files[record] = "trunks: {"
    assert world.restore()["fault"] == "" and world.wires == {"T1": {}} and OPEN not in world.files
    assert world.files[record] == "trunks: {" and len(world.files) == 2


@given(TEXTS, TEXTS)
def test_every_account_has_a_file_of_its_own_and_none_elsewhere(one, other):
    names = {file_name(each) for each in (one, other)}
    assert len(names) == len({one, other}) and all(
        set(name) <= set("%-_.") | set(map(chr, range(48, 123))) and "/" not in name for name in names
    )


def test_names_of_files():
    assert (
        file_name("oWUgHknjS52mrdsfFDtKvg") == "oWUgHknjS52mrdsfFDtKvg.yml"
        and file_name("../a b") == "%2E%2E%2Fa%20b.yml"
    )
    assert (
        file_name("A", "2026-11-25T03:00:00Z") == "A.closed-20261125T030000Z.yml"
        and file_name("A", "*") == "A.closed-*.yml"
    )
