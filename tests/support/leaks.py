# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding secrets in what a run leaves behind, in every spelling in which programs write them."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import urllib.parse

from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD


def spellings(secret):
    """Return {how: text} of a secret as it is, and as programs write it."""
    raw = secret.encode()
    forms = {
        "as it is": secret,
        "JSON": json.dumps(secret)[1:-1],
        "JSON, not ASCII": json.dumps(secret, ensure_ascii=False)[1:-1],
        "URL": urllib.parse.quote(secret, safe=""),
        "URL path": urllib.parse.quote(secret),
        "URL form": urllib.parse.quote_plus(secret),
        "HTML": html.escape(secret),
        "HTML without quotes": html.escape(secret, quote=False),
        "Python": repr(secret)[1:-1],
        "base64": base64.b64encode(raw).decode().rstrip("="),
        "base64 for URLs": base64.urlsafe_b64encode(raw).decode().rstrip("="),
    }
    for how, form in list(forms.items()):
        forms["%s, lower case" % how] = re.sub("%[0-9A-F]{2}", lambda found: found.group().lower(), form)
        forms["%s in JSON" % how] = json.dumps(form)[1:-1]
        forms["%s in JSON in JSON" % how] = json.dumps(json.dumps(form)[1:-1])[1:-1]
    return forms


def files(folder):
    """Return {path: text} of every file below a folder; the collection itself is linked and not looked into."""
    found = {}
    for place, dummy, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as stream:
                found[os.path.join(place, name)] = stream.read().decode("utf-8", "replace")
    return found


def leaks(secrets, texts):
    """Return where which secret turns up, in which spelling: of {what: secret} in {where: text}, of which there have to be some."""
    assert texts and secrets and all(secrets.values())
    forms = {(label, how): form for label, secret in secrets.items() for how, form in spellings(secret).items()}
    return [
        "%s: %s, %s" % (where, *which) for where, text in texts.items() for which, form in forms.items() if form in text
    ]


def known(emulator, **more):
    """Return {what: secret} of all that the emulator knows to be secret: passwords by now, all tokens of the test; `more` is added."""
    secrets = dict(more, **{"the password": PASSWORD, "the login": "%s:%s" % (emulator.username, PASSWORD)})
    for account in emulator.state()["accounts"]:
        secrets.update(
            {
                "the password of trunk %s of account %s" % (trunk["id"], account["id"]): trunk["sipPassword"]
                for trunk in account["trunks"]
            }
        )
    # The exchanges hold what a test has cleared from the log as well.
    sent = [exchange.headers for exchange in emulator.journal.exchanges or ()] + [
        entry["headers"] for entry in emulator.log()
    ]
    tokens = {headers["X-AUTH-TOKEN"] for headers in sent if "X-AUTH-TOKEN" in headers}
    secrets.update({"token %d" % place: token for place, token in enumerate(sorted(tokens))})
    return secrets
