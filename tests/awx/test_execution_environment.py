# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The execution environment: what ansible-builder finds in the collection, and the example that it takes."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import yaml

from ansible_collections.alianza.sip_trunking.tests.support.player import ROOT

BIN = pathlib.Path(sys.executable).parent


def builder(*words):
    """Run ansible-builder and return its output."""
    done = subprocess.run([BIN / "ansible-builder", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_collection_says_what_it_needs(tmp_path):
    place = tmp_path / "ansible_collections" / "alianza"
    place.mkdir(parents=True)
    (place / "sip_trunking").symlink_to(ROOT)
    found = yaml.safe_load(builder("introspect", str(tmp_path)))
    needed = {kind: [line.split("#")[0].strip() for line in found[kind]] for kind in ("python", "system")}
    assert needed["python"] == ["requests>=2.25"]
    # No system package outside of the profile for tests.
    assert all(line.endswith(" test]") for line in needed["system"])


def test_the_example_is_taken(tmp_path):
    example = ROOT / "docs" / "examples" / "execution-environment.yml"
    builder("create", "-f", str(example), "-c", str(tmp_path / "context"))
    (made,) = [path for name in ("Containerfile", "Dockerfile") for path in (tmp_path / "context").glob(name)]
    text = made.read_text()
    base = yaml.safe_load(example.read_text())["images"]["base_image"]["name"]
    assert base in text and "ansible-core" in text
    requested = yaml.safe_load((tmp_path / "context" / "_build" / "requirements.yml").read_text())
    assert requested["collections"] == [{"name": "alianza.sip_trunking"}]
