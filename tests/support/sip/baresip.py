# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""baresip as a PBX that registers at a trunk."""

from __future__ import annotations

import pathlib

from ansible_collections.alianza.sip_trunking.tests.support.sip.programs import find
from ansible_collections.alianza.sip_trunking.tests.support.sip.service import Service

MODULES = pathlib.Path("/usr/lib/baresip/modules")
CONFIG = f"""\
sip_listen 127.0.0.1:0
net_interface 127.0.0.1
module_path {MODULES}
module account.so
"""


def absent_modules():
    """Return which of our modules baresip does not have where Debian keeps them."""
    return [] if (MODULES / "account.so").exists() else ["baresip's module account"]


class Pbx(Service):
    """A PBX whose configuration is a folder; its registration is the file `accounts` in it, which somebody else writes.

    Attributes:
        accounts: that file.
    """

    def __init__(self, folder):
        """Take its folder, and write into it all that is not about registration."""
        super().__init__(folder)
        self.accounts = self.folder / "accounts"
        self.define([find("baresip"), "-f", str(self.folder)], HOME=str(self.folder))
        (self.folder / "config").write_text(CONFIG)
