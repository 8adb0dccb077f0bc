# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kamailio as the platform's edge: PBXs register there, and it asks and tells the emulator."""

from __future__ import annotations

import pathlib
import re
import socket
import subprocess

from ansible_collections.alianza.sip_trunking.tests.support.sip import sip_client
from ansible_collections.alianza.sip_trunking.tests.support.sip.programs import find
from ansible_collections.alianza.sip_trunking.tests.support.sip.service import Service
from ansible_collections.alianza.sip_trunking.tests.support.waiting import wait_until

HOST = "127.0.0.1"
CONFIG = pathlib.Path(__file__).resolve().parent / "registrar.cfg"


def absent_modules():
    """Return the first of our modules that Kamailio does not find, as a list; an empty one if it finds all."""
    checked = subprocess.run(
        [find("kamailio"), "-c", "-f", str(CONFIG), "-l", "udp:%s:5060" % HOST],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return [
        "Kamailio's module %s" % name
        for name in re.findall(r"could not find module <(\S+?)>", checked.stdout + checked.stderr)
    ][:1]


class Registrar(Service):
    """A registrar.

    Attributes:
        host: where it listens.
        port: on which port.
    """

    def __init__(self, folder, emulator_url, lifetime=60):
        """Take its folder, where the emulator is, and how many seconds a registration lasts."""
        super().__init__(folder)
        self.host = HOST
        self.port = 0
        self._emulator_url = emulator_url
        self._lifetime = lifetime

    @property
    def address(self):
        """Where PBXs register, as the API tells it."""
        return "%s:%d" % (self.host, self.port)

    def start(self):
        """Start it on a free port, and return when it answers; raises RuntimeError with its log if it ends instead."""
        # The port is free when it is chosen, and may be somebody else's when Kamailio takes it.
        for last in (False, False, True):
            self.port = free_port()
            self.define(
                [
                    find("kamailio"),
                    "-f",
                    str(CONFIG),
                    "-l",
                    "udp:%s" % self.address,
                    "-A",
                    "LIFETIME=%d" % self._lifetime,
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
                ],
                EMULATOR_URL=self._emulator_url,
            )
            super().start()
            wait_until(lambda: self._answers() or not self.running, "Kamailio answers")
            if self.running:
                return
            if last or "bind" not in self.log():
                raise RuntimeError("Kamailio ended:\n" + self.log())

    def register_once(self, username, password, **more):
        """Register as a PBX does, and return the status of the answer; see sip_client.register for what else there is."""
        return sip_client.register(self.host, self.port, username, password, **more)

    def _answers(self):
        try:
            return sip_client.options(self.host, self.port, patience=0.2) == 200
        except TimeoutError:
            return False


def free_port():
    """Return a UDP port that nobody uses."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
