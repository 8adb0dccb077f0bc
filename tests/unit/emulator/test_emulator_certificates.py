# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS with certificates that are in order, and that are not."""

from __future__ import annotations

import pytest
import requests

from ansible_collections.alianza.sip_trunking.tests.emulator import Emulator
from ansible_collections.alianza.sip_trunking.tests.emulator.certificates import context


@pytest.mark.parametrize(
    ("kind", "reason"), [("valid", None), ("wrong_host", "mismatch|doesn't match"), ("expired", "expired")]
)
def test_certificates(tmp_path, kind, reason):
    ca_file = tmp_path / "ca.pem"
    with Emulator(tls=context(kind, "127.0.0.1", ca_file)) as emulator:
        assert emulator.url.startswith("https://127.0.0.1:")
        session = requests.Session()
        session.trust_env = False
        login = {"username": emulator.username, "password": emulator.password}

        def post(verify):
            return session.post(emulator.url + "/v2/authorize", json=login, timeout=60, verify=verify)

        if reason is None:
            assert post(str(ca_file)).status_code == 200
        else:
            with pytest.raises(requests.exceptions.SSLError, match=reason):
                post(str(ca_file))
        with pytest.raises(requests.exceptions.SSLError):
            post(True)
        assert emulator.logins == (reason is None)
