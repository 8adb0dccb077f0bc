# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests set AWX up with."""

from __future__ import annotations

import pathlib

PROJECT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "examples" / "awx_project"
TOKEN = "awx-t0ken-that-is-secret"
USERNAME = "user@example.net"
# It looks like a template too.
PASSWORD = 'p"w\\/ <ä&%+>{{ x }}1'
SETTINGS = {
    "awx_setup_project_url": "https://git.example.net/voice/alianza.git",
    "awx_setup_execution_environment_image": "registry.example.net/voice/alianza-ee:1",
    "awx_setup_notification_type": "webhook",
    "awx_setup_notification_configuration": {"url": "https://chat.example.net/hook"},
    "awx_setup_job_slice_count": 3,
}
