# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's file stays in its directory, and is no other host's."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._documents.host_file import host_file_name

DIRECTORY = "/srv/documents"
NAMES = st.text(st.sampled_from("./-a\n\0") | st.characters(), max_size=300)


@pytest.mark.parametrize("host", ["maple-dental", "10.0.0.1", "Zürich {{ 1 }}", "a b", "-x"])
def test_a_name_that_can_be_a_file_name_stays(host):
    assert host_file_name(host) == host


@given(NAMES)
def test_a_file_is_directly_in_the_directory(host):
    path = "%s/%s.yml" % (DIRECTORY, host_file_name(host))
    assert os.path.dirname(os.path.normpath(path)) == DIRECTORY
    name = os.path.basename(path)
    assert not name.startswith(".") and "\0" not in name and len(name.encode("utf-8", "surrogatepass")) <= 200


@given(NAMES, NAMES)
def test_two_hosts_have_two_files(one, other):
    assert one == other or host_file_name(one) != host_file_name(other)


def test_names_that_are_changed_alike_have_two_files():
    assert len({host_file_name(host) for host in ("a/b", "a\nb", "a-b", "../b", "-/b")}) == 5
