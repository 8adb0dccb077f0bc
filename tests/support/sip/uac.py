# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kamailio as a PBX that registers at trunks, with its module uac."""

from __future__ import annotations

from ansible_collections.alianza.sip_trunking.tests.support.sip.kamailio import HOST, free_port
from ansible_collections.alianza.sip_trunking.tests.support.sip.programs import find
from ansible_collections.alianza.sip_trunking.tests.support.sip.service import Service

# What Kamailio's own kamdbctl makes: every module looks up there which version of its table it has.
VERSIONS = "id(int,auto) table_name(string) table_version(int)\n1:version:1\n2:uacreg:5\n"
CONFIG = """\
#!KAMAILIO
debug=1
log_stderror=yes
children=1
disable_tcp=yes
{modules}
modparam("db_text", "db_mode", 1)
modparam("uac", "reg_db_url", "text://{folder}")
modparam("uac", "reg_timer_interval", 1)
modparam("uac", "reg_contact_addr", "{address}")
modparam("uac", "restore_mode", "none")
request_route {{ exit; }}
"""


class Pbx(Service):
    """A PBX whose configuration is a folder; its registrations are the table `uacreg` in it, which somebody else writes.

    Attributes:
        registrations: that file.
    """

    def __init__(self, folder):
        """Take its folder, and write into it all that is not about registration."""
        super().__init__(folder)
        self.registrations = self.folder / "uacreg"
        address = "%s:%d" % (HOST, free_port())
        self.define(
            [
                find("kamailio"),
                "-f",
                str(self.folder / "kamailio.cfg"),
                "-l",
                "udp:" + address,
                "-DD",
                "-E",
                "-m",
                "16",
                "-M",
                "4",
                "-Y",
                str(self.folder),
                "-w",
                str(self.folder),
            ]
        )
        (self.folder / "version").write_text(VERSIONS)
        (self.folder / "kamailio.cfg").write_text(
            CONFIG.format(
                folder=self.folder,
                address=address,
                modules="\n".join('loadmodule "%s.so"' % name for name in ("tm", "sl", "pv", "rr", "db_text", "uac")),
            )
        )
