# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kamailio and baresip as PBXs on 127.0.0.1, with files that a test has written.

Both are packages of Debian (kamailio, baresip-core). Where one is missing the test says so and is skipped.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

import pytest

SECONDS = 20


def program(name, module):
    """Return (path of the program, folder of its modules); skips the test if it is not installed, or lacks a module."""
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")))
    folders = [place for base in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")
               for place in (*pathlib.Path(base).glob("%s/modules" % name), *pathlib.Path(base).glob("*/%s/modules" % name))
               if (place / module).exists()]
    if not found or not folders:
        pytest.skip("%s with its module %s is not installed here (bindep.txt names the package)" % (name, module))
    return found, folders[0]


@contextlib.contextmanager
def running(command, log, folder):
    """Run a program until the end of the block, with everything it starts; what it says goes into a file."""
    with open(log, "wb") as stream, subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def baresip(folder):
    """Run baresip with the accounts file in a folder."""
    path, modules = program("baresip", "account.so")
    (folder / "config").write_text("module_path %s\nmodule_app account.so\nmodule_app menu.so\nsip_listen 127.0.0.1:0\n" % modules)
    with running([path, "-f", str(folder), "-t", str(SECONDS)], folder / "log", folder):
        yield


@contextlib.contextmanager
def kamailio(folder):
    """Run Kamailio with the uacreg table in a folder; yields a function that calls its RPC."""
    path, modules = program("kamailio", "uac.so")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    # What Kamailio's own kamdbctl makes: every module looks up there which version of its table it has.
    (folder / "version").write_text("id(int,auto) table_name(string) table_version(int)\n1:version:1\n2:uacreg:5\n")
    (folder / "kamailio.cfg").write_text("\n".join([
        "#!KAMAILIO", "debug=1", "log_stderror=yes", "children=1", "disable_tcp=yes", "listen=udp:127.0.0.1:%d" % port, 'mpath="%s/"' % modules,
        *('loadmodule "%s.so"' % name for name in ("tm", "sl", "pv", "rr", "db_text", "uac", "jsonrpcs")),
        'modparam("db_text", "db_mode", 1)', 'modparam("uac", "reg_db_url", "text://%s")' % folder, 'modparam("uac", "reg_timer_interval", 1)',
        'modparam("uac", "reg_contact_addr", "127.0.0.1:%d")' % port, 'modparam("uac", "restore_mode", "none")',
        'modparam("jsonrpcs", "transport", 4)', 'modparam("jsonrpcs", "dgram_socket", "%s")' % (folder / "rpc"), "request_route { exit; }", ""]))
    with running(["timeout", str(3 * SECONDS), path, "-f", "kamailio.cfg", "-DD", "-E", "-m", "16", "-M", "4", "-Y", str(folder)], folder / "log", folder):
        yield lambda method: _call(folder, method)


def _call(folder, method):
    until = time.monotonic() + SECONDS
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
        client.bind(str(folder / "me"))
        client.settimeout(1)
        while True:
            try:
                client.sendto(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method}).encode(), str(folder / "rpc"))
                return json.loads(client.recv(1 << 16))["result"]
            except OSError:
                if time.monotonic() > until:
                    raise
