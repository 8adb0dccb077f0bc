# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is released under a tag is the version that the tag names, with all its changes in the changelog."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.scripts.release_check import faults


@pytest.fixture(name="checkout")
def fixture_checkout(tmp_path):
    """A checkout that can be released as 1.2.3."""
    (tmp_path / "changelogs" / "fragments").mkdir(parents=True)
    (tmp_path / "galaxy.yml").write_text("version: 1.2.3\n")
    (tmp_path / "changelogs" / "changelog.yaml").write_text("releases:\n  1.2.3: {}\n")
    return tmp_path


def test_a_release(checkout):
    assert faults("1.2.3", checkout) == []


def test_another_tag(checkout):
    (fault,) = faults("1.2.4", checkout)
    assert "1.2.4" in fault and "1.2.3" in fault


def test_no_changelog(checkout):
    (checkout / "changelogs" / "changelog.yaml").write_text("releases: {}\n")
    (checkout / "changelogs" / "fragments" / "new.yml").write_text("minor_changes: [new]\n")
    release, fragment = faults("1.2.3", checkout)
    assert "no release 1.2.3" in release and "new.yml" in fragment
