# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which directories outlive the job that writes to them."""

from __future__ import annotations

import pytest

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._base import persistence

AWX = {"AWX_HOST": "https://awx.example.net", "JOB_ID": "7"}
# What podman shows to a job of AWX with one path exposed, and what a pod has.
MOUNTS = r"""
600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/a:/b
601 600 0:51 / /proc rw - proc proc rw
602 600 0:52 / /dev/shm rw - tmpfs shm rw
603 600 8:1 /tmp/awx_7_x /runner rw,relatime - xfs /dev/sda1 rw
604 600 8:1 /srv/alianza /srv/alianza rw,relatime - xfs /dev/sda1 rw
605 600 8:1 /with\040blank /srv/with\040blank rw shared:1 - ext4 /dev/sda2 rw
606 600 0:60 / /srv/scratch rw - tmpfs tmpfs rw
607 600 0:61 / /srv/copy rw - overlay overlay rw
608 600 8:1 /var/lib/kubelet/pods/ab/volumes/kubernetes.io~empty-dir/state /srv/pod rw - ext4 /dev/sda1 rw
609 600 8:2 / /srv/scratch/disk rw - ext4 /dev/sdb rw
610 609 0:62 / /srv/scratch/disk rw - tmpfs tmpfs rw
not a line of it
"""


def why(directory, declared=None, environment=None, files=(), mounts=MOUNTS):
    environment = AWX if environment is None else environment
    return persistence.why_lost(directory, declared, {"environment": environment, "files": files, "mounts": mounts})


@pytest.mark.parametrize("directory", ["/srv/alianza", "/srv/alianza/diversions/new", "/srv/with blank/x"])
def test_what_is_mounted_stays(directory):
    assert why(directory) == ""


@pytest.mark.parametrize(
    "directory, reason",
    [
        ("/home/runner/.alianza/diversions", "nothing that stays"),
        ("/srv/alianza2", "nothing that stays"),
        ("/runner", "own folder"),
        ("/runner/project/state", "own folder"),
        ("/srv/scratch/x", "tmpfs"),
        ("/srv/copy", "overlay"),
        ("/srv/pod/diversions", "emptyDir"),
        # The later mount hides the earlier one.
        ("/srv/scratch/disk", "tmpfs"),
    ],
)
def test_what_is_the_jobs_own_is_lost(directory, reason):
    assert reason in why(directory)


@pytest.mark.parametrize(
    "environment, files, lost",
    [
        ({}, [], False),
        ({"JOB_ID": "7"}, [], False),
        # A container that a person works in may live for years.
        ({}, ["/.dockerenv"], False),
        ({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, [], False),
        ({}, ["/runner"], False),
        # An execution environment that ansible-navigator or ansible-runner started.
        ({}, ["/run/.containerenv", "/runner"], True),
        ({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, ["/runner"], True),
        (AWX, [], True),
    ],
)
def test_only_containers_of_jobs_count(environment, files, lost):
    assert bool(why("/home/runner/state", environment=environment, files=files)) is lost


@pytest.mark.parametrize("declared", [None, "", "  "])
def test_a_blank_answer_is_none(declared):
    assert why("/home/runner/state", declared) and not why("/srv/alianza", declared)


@pytest.mark.parametrize("declared, lost", [(True, True), ("yes", True), ("True", True), (False, False), ("no", False)])
def test_what_the_user_says_counts(declared, lost):
    assert bool(why("/srv/alianza", declared)) is lost
    assert bool(why("/home/runner/state", declared, environment={})) is lost


def test_what_is_no_truth_value_is_refused():
    with pytest.raises(ValueError, match="true or false"):
        why("/srv/alianza", "perhaps")


def test_without_a_list_of_mounts_nothing_stays():
    assert "nothing that stays" in why("/srv/alianza", mounts="")


def test_the_surroundings_are_read(monkeypatch, tmp_path):
    monkeypatch.setenv("AWX_HOST", "https://awx.example.net")
    around = persistence.surroundings()
    assert around["environment"]["AWX_HOST"] and isinstance(around["files"], list)
    assert " - " in around["mounts"]
    assert isinstance(persistence.why_lost(str(tmp_path), None, around), str)
