# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What the role pbx_registration is asked for: descriptions of PBXs, checked and completed. Nothing here is a secret."""

from __future__ import annotations

import re

FORMATS = ("asterisk", "freeswitch", "kamailio", "baresip")
TRANSPORTS = ("udp", "tcp", "tls")

_OF_ALL = ("format", "path", "trunks", "owner", "group", "handler", "prefix", "expires", "transport")
_OF_FORMAT = {
    "asterisk": ("context", "pjsip_transport", "options"),
    "freeswitch": ("context", "options"),
    "kamailio": ("contact", "socket"),
    "baresip": ("options",),
}
_CONTEXTS = {"asterisk": "from-trunk", "freeswitch": "public"}
# What the role itself has to say there.
_RESERVED = {
    "asterisk": ("type", "aors", "outbound_auth", "context", "transport"),
    "freeswitch": (
        "username",
        "auth-username",
        "password",
        "realm",
        "proxy",
        "register-proxy",
        "register",
        "register-transport",
        "expire-seconds",
        "context",
    ),
    "baresip": ("auth_user", "auth_pass", "regint"),
}
_SHORTEST_EXPIRY = 60


def plan(pbxs, defaults=None):
    """Return (PBXs, faults): one complete dictionary for each description, and a sentence for everything that is wrong.

    Args:
        pbxs: descriptions as the user wrote them.
        defaults: the keys of a description, for those that lack them; keys that a format does not have do not count for it.
    """
    faults = []
    if not _is_list(pbxs):
        return [], ["pbx_registration_pbxs is no list of PBXs"]
    if not isinstance(defaults, dict):
        defaults = {}
    for name in sorted(set(defaults) - set(_OF_ALL).union(*_OF_FORMAT.values()) | set(defaults) & {"format", "path"}):
        faults.append("pbx_registration_defaults has a key %s: correct it, or leave it out" % name)
    planned = [_planned(place, pbx, defaults, faults) for place, pbx in enumerate(pbxs, 1)]
    planned = [pbx for pbx in planned if pbx]
    paths = [pbx["path"] for pbx in planned]
    for path in sorted({path for path in paths if paths.count(path) > 1}):
        faults.append("%d PBXs have the path %s: give each its own file" % (paths.count(path), path))
    return planned, faults


def terms(planned):
    """Return the trunks that any of the PBXs names, each once."""
    return list(dict.fromkeys(trunk for pbx in planned for trunk in pbx["trunks"]))


def _planned(place, pbx, defaults, faults):
    """Return a complete description; None if it is beyond understanding."""
    subject = "PBX %d" % place
    if not isinstance(pbx, dict):
        faults.append("%s is no dictionary" % subject)
        return None
    if pbx.get("path"):
        subject += " (%s)" % pbx["path"]
    kind = pbx.get("format")
    if kind not in FORMATS:
        faults.append("%s: format is %s, which is none of %s" % (subject, kind or "missing", ", ".join(FORMATS)))
        return None
    known = _OF_ALL + _OF_FORMAT[kind]
    for name in sorted(set(map(str, pbx)) - set(known)):
        faults.append("%s: %s has no key %s: its keys are %s" % (subject, kind, name, ", ".join(known)))
    given = {name: value for name, value in defaults.items() if name in known}
    given.update((name, value) for name, value in pbx.items() if value is not None)
    checks = _Checks(subject, given, faults)
    planned = {
        "format": kind,
        "path": checks.path(),
        "trunks": checks.names("trunks", required=True),
        "handlers": checks.names("handler"),
        "owner": checks.word("owner"),
        "group": checks.word("group"),
        "prefix": checks.prefix(),
        "expires": checks.expires(),
        "transport": checks.transport(),
    }
    if kind in _CONTEXTS:
        planned["context"] = checks.word("context", _CONTEXTS[kind])
    for name in ("pjsip_transport", "contact", "socket"):
        if name in known:
            planned[name] = checks.word(name)
    if "options" in known:
        planned["options"] = checks.options(_RESERVED[kind])
    return planned


class _Checks:
    """Takes values out of a description, and notes what is wrong with them."""

    def __init__(self, subject, given, faults):
        self.given, self._subject, self._faults = given, subject, faults

    def path(self):
        """Return the file's path."""
        path = _text(self.given.get("path"))
        if not path or not path.startswith("/") or path.endswith("/"):
            self._fault("path is %s: give the absolute path of a file" % (path or "missing"))
        return path

    def names(self, key, required=False):
        """Return a list of texts that may have been written as one text."""
        value = self.given.get(key)
        value = [] if value is None else list(value) if _is_list(value) else [value]
        if required and key not in self.given:
            self._fault("%s is missing" % key)
        names = [_text(name) for name in value]
        if not all(names):
            self._fault("%s holds something that is no name" % key)
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self._fault("%s names '%s' %d times" % (key, name, names.count(name)))
        return names

    def word(self, key, default=""):
        """Return a text without blanks."""
        value = _text(self.given.get(key, default))
        if re.search(r"[\s\x00-\x1f\x7f]", value) or not value and self.given.get(key):
            self._fault("%s is no single word" % key)
        return value

    def prefix(self):
        """Return what names of sections and gateways begin with."""
        value = _text(self.given.get("prefix", "alianza-"))
        if not re.match(r"[A-Za-z0-9_-]{0,20}\Z", value):
            self._fault("prefix is %s: use letters, digits, hyphens and underscores" % value)
        return value

    def expires(self):
        """Return after how many seconds a registration is to end unless it is repeated."""
        value = self.given.get("expires", 3600)
        if isinstance(value, bool) or not re.match(r"[0-9]{1,6}\Z", str(value)) or int(value) < _SHORTEST_EXPIRY:
            self._fault("expires is %s: give seconds, at least %d" % (value, _SHORTEST_EXPIRY))
            return _SHORTEST_EXPIRY
        return int(value)

    def transport(self):
        """Return the transport of SIP."""
        value = _text(self.given.get("transport", TRANSPORTS[0])).lower()
        if value not in TRANSPORTS:
            self._fault("transport is %s, which is none of %s" % (value, ", ".join(TRANSPORTS)))
        return value

    def options(self, reserved):
        """Return further options of the format as {name: text}."""
        options = self.given.get("options") or {}
        if not isinstance(options, dict):
            self._fault("options is no dictionary")
            return {}
        for name in options:
            if not re.match(r"[A-Za-z0-9_.-]+\Z", str(name)):
                self._fault("options has the name %s: use letters, digits, hyphens, underscores and dots" % name)
            elif str(name) in reserved:
                self._fault("options has %s, which the role sets itself" % name)
            elif not _text(options[name]):
                self._fault("options has %s without a text or a number" % name)
        return {str(name): _text(value) for name, value in options.items()}

    def _fault(self, sentence):
        self._faults.append("%s: %s" % (self._subject, sentence))


def _is_list(value):
    return isinstance(value, (list, tuple))


def _text(value):
    """Return a scalar as text; YAML's yes and no as every format here writes them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, (str, int, float)) else ""
