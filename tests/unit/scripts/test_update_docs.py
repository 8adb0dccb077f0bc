# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script that writes the generated parts of the documentation, in a copy of the checkout."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common import errors

ROOT = pathlib.Path(__file__).resolve().parents[3]
TABLE = "plugins/module_utils/_resource/sip_trunk_fields.py"
MODULE = "plugins/modules/alianza_sip_trunk.py"


@pytest.fixture(name="copy")
def fixture_copy(tmp_path):
    """A checkout with the parts that the script needs."""
    for folder in ("plugins", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def update(copy, *options):
    """Run the script in the copy; return (return code, output)."""
    done = subprocess.run(
        [sys.executable, "-I", str(copy / "scripts" / "update_docs.py"), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def edit(path, old, new):
    """Replace a text that is in the file once or more."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def section(path, name):
    """Return DOCUMENTATION or RETURN of a module's file."""
    return yaml.safe_load(path.read_text(encoding="utf-8").split(name + ' = r"""')[1].split('"""')[0])


def test_a_change_of_the_table_reaches_every_page(copy):
    assert update(copy, "--check") == (0, "")
    edit(copy / TABLE, "Burst limit of the trunk, in calls.", "Calls above the limit.")
    code, said = update(copy, "--check")
    stale = ["alianza_account_trunks", "alianza_sip_trunk", "alianza_sip_trunk_info"]
    assert code == 1 and [name for name in stale if "out of date: plugins/modules/%s.py" % name in said] == stale
    assert "Burst limit" in (copy / MODULE).read_text(encoding="utf-8")
    assert update(copy)[0] == 0 and update(copy, "--check") == (0, "")
    options = section(copy / MODULE, "DOCUMENTATION")["options"]
    assert options["max_burst_calls"]["description"] == ["Calls above the limit. V(0) clears it."]
    values = section(copy / MODULE, "RETURN")["sip_trunk"]["contains"]
    assert values["max_burst_calls"]["description"] == "Calls above the limit; null if it is not set."


def test_text_between_the_markers_is_replaced_and_text_around_them_stays(copy):
    edit(copy / MODULE, "Burst limit of the trunk", "Something that somebody typed")
    edit(copy / MODULE, "  - An option that is omitted", "  - A sentence of this module. An option that is omitted")
    assert update(copy, "--check")[0] == 1
    assert update(copy)[0] == 0
    text = (copy / MODULE).read_text(encoding="utf-8")
    assert "Something that somebody typed" not in text and "A sentence of this module." in text


def test_references_to_siblings_have_the_path_of_the_document(copy):
    document = section(copy / "plugins/modules/alianza_account_trunks.py", "DOCUMENTATION")["options"]
    trunk = document["trunks"]["suboptions"]
    assert "O(trunks[].name)" in str(trunk["name"]) and "O(prune)" in str(trunk["state"])
    always = trunk["forwarding"]["suboptions"]["forward_always"]
    assert "O(trunks[].forwarding.forward_always.enabled)" in str(always["description"])
    assert "O(trunks[].forwarding.forward_always.trunk_name)" in str(always["suboptions"]["reference_type"])
    assert "O(alianza.sip_trunking.alianza_tn_route#module:telephone_numbers)" in str(trunk["primary_tn"])


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("# BEGIN generated: options of a trunk", "# BEGIN generated: options of a tree", "no generated part"),
        ("# END generated", "# The end", "has no end"),
    ],
)
def test_a_marker_that_is_wrong_is_a_fault(copy, old, new, said):
    edit(copy / MODULE, old, new)
    code, output = update(copy)
    assert code == 1 and said in output and "Traceback" not in output


def test_every_part_stands_in_a_page():
    parts = re.findall(
        r'^    "([^"]+)": lambda page', (ROOT / "scripts/module_docs/parts.py").read_text(), re.MULTILINE
    )
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins/modules").glob("*.py"))
    assert len(parts) > 10 and set(re.findall(r"# BEGIN generated: (.*)", pages)) == set(parts)


def test_every_kind_of_failure_is_documented():
    kinds, waiting = set(), [errors.AlianzaError]
    while waiting:
        error = waiting.pop()
        kinds.add(error.kind)
        waiting.extend(error.__subclasses__())
    documented = section(ROOT / MODULE, "RETURN")["failure"]["contains"]["kind"]["description"]
    assert [text for kind in kinds for text in documented if text.startswith("V(%s)" % kind)] and len(
        documented
    ) == len(kinds)
