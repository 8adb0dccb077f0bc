# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Redirects, which would carry the token to another host.

Every fault has an account of its own, and all accounts are played at the same time, as hosts.
"""

from __future__ import annotations

import socket

import pytest

from ansible_collections.alianza.sip_trunking.tests.support.faults import (
    CALLBACK,
    DELETE,
    DIVERT,
    HERE,
    ROUTE,
    TRUNKS,
    accounts,
    fault,
    for_hosts,
    kind,
    play,
    routed,
    sent,
)


def test_redirects_are_not_followed(player, emulator):
    accounts(
        emulator,
        "GET",
        "POST",
        "PATCH",
        "PUT",
        "DELETE",
        "NUMBER",
        "LOGIN",
        trunks=TRUNKS,
        telephone_numbers=["18015550000"],
    )
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        other.setblocking(False)
        target = {"location": "http://127.0.0.1:%d/v2/authorize" % other.getsockname()[1], "times": None}
        emulator.fault("redirect", method="POST", path="/v2/authorize$", status=307, **dict(target, times=1))
        fault(emulator, "GET", "GET", "siptrunk_2", "redirect", status=301, **target)
        fault(emulator, "POST", "POST", "siptrunk_2", "redirect", status=307, **target)
        fault(emulator, "PATCH", "PATCH", "T1", "redirect", status=308, **target)
        fault(emulator, "PUT", "PUT", "forward", "redirect", status=302, **target)
        fault(emulator, "DELETE", "DELETE", "T2", "redirect", status=303, **target)
        fault(emulator, "NUMBER", "PATCH", "18015550000", "redirect", status=302, **target)
        results = play(
            player,
            ["LOGIN", "GET", "POST", "PATCH", "PUT", "DELETE", "NUMBER"],
            *(
                for_hosts([name], module, dict(options, account_id=HERE))
                for name, (module, options) in (
                    ("LOGIN", ("alianza_login", {})),
                    ("GET", ("alianza_sip_trunk_info", {})),
                    ("POST", ("alianza_sip_trunk", {"name": "New", "concurrent_calls": 1})),
                    ("PATCH", CALLBACK),
                    ("PUT", DIVERT),
                    ("DELETE", DELETE),
                    ("NUMBER", ROUTE),
                )
            ),
        )
        with pytest.raises(BlockingIOError):
            other.accept()
    for name, (result,) in results.items():
        assert kind(result) == "invalid_response" and "redirect" in result["msg"], (name, result["msg"])
        assert 301 <= result["failure"]["status"] <= 308, name
        account = emulator.account(name)
        assert [trunk["id"] for trunk in account["trunks"]] == ["T1", "T2"] and not routed(emulator, name), name
        assert account["trunks"][0]["callbackNumber"] == "18015550001" and not account["trunks"][0]["forward"], name
    for name in ("GET", "PATCH", "PUT", "DELETE"):
        assert len(sent(emulator, name, name)) == 1, name
