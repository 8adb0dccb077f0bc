# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of a guide works as the guide says, and prints what the guide shows."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.tests.docs.comparison import missing
from ansible_collections.alianza.sip_trunking.tests.docs.estates import PASSWORD, USERNAME
from ansible_collections.alianza.sip_trunking.tests.docs.guides import blocks
from ansible_collections.alianza.sip_trunking.tests.docs.reader import Reader
from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator
from ansible_collections.alianza.sip_trunking.tests.support.player import ROOT

GUIDES = sorted((ROOT / "docs/docsite/rst").glob("*.rst"))
# Each start of Ansible takes seconds; a guide that needs more than these says too much.
MOST_STARTS = 31


class _Loader(yaml.SafeLoader):
    """Takes Ansible's tags for the values that they mark."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: loader.construct_scalar(node))


def _run(guide):
    """Return the console blocks of a guide that are run."""
    return [block for block in blocks(guide) if block.language == "console" and not block.skipped]


@pytest.fixture(name="server", scope="session")
def fixture_server():
    """The emulator of the platform, for all tests of a process."""
    with Emulator(username=USERNAME, password=PASSWORD) as emulator:
        yield emulator


@pytest.fixture(name="reader")
def fixture_reader(server):
    """Follows a guide, on a platform without accounts."""
    server.reset()
    # The guides' paths are short; a long one would be wrapped elsewhere.
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        yield Reader(Path(folder), server)
    assert server.open_tokens == 0, "a command did not log out"


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if _run(guide)], ids=lambda guide: guide.stem)
def test_the_commands_print_what_the_guide_shows(guide, reader):
    for typed in reader.follow(guide):
        place = "%s, block in line %d: %s" % (guide.name, typed.block.line, typed.command.text)
        assert typed.code == typed.expected_code, "%s\nended with %d\n%s" % (place, typed.code, typed.printed)
        lacking = missing(typed.command.output, typed.printed) if typed.command.output.strip() else ""
        assert not lacking, "%s\ndid not print: %s\nbut:\n%s" % (place, lacking, typed.printed)
        assert PASSWORD not in typed.printed, place


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_is_not_run_says_why_and_all_yaml_can_be_read(guide):
    for block in blocks(guide):
        place = "%s, block in line %d" % (guide.name, block.line)
        assert all(rest for word, rest in block.remarks if word == "skip"), "%s: skip needs a reason" % place
        assert block.language != "shell", "%s: commands stand in console blocks, which are tested" % place
        if block.language == "console":
            assert block.commands(), "%s: a command begins with a dollar" % place
        if block.language == "yaml":
            assert yaml.load(block.text, _Loader) is not None, place


def test_a_rulebook_is_started_with_an_inventory():
    """Because ansible-rulebook refuses to run playbooks without one."""
    typed = [command.text for guide in GUIDES for block in blocks(guide) for command in block.commands()]
    comments = [
        line.removeprefix("#").strip()
        for rulebook in sorted((ROOT / "extensions/eda/rulebooks").glob("*.yml"))
        for line in rulebook.read_text().splitlines()
    ]
    starts = [text for text in [*typed, *comments] if text.startswith("ansible-rulebook --rulebook ")]
    assert len(starts) > 2 and [text for text in starts if " -i " not in text] == []


def test_the_guides_start_ansible_rarely():
    starts = [
        command.text
        for guide in GUIDES
        for block in _run(guide)
        for command in block.commands()
        if "ansible-playbook" in command.text or "ansible-inventory" in command.text
    ]
    assert 10 <= len(starts) <= MOST_STARTS, "\n".join(starts)
