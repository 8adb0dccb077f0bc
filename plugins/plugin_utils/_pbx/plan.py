# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The input of the role pbx_registration: descriptions of PBXs, validated and completed. It holds no secret. Pure."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence

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
# Options that the role sets itself.
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


def host_faults(host: str, pbxs: Any, account_id: Any, account_number: Any) -> list[str]:
    """Return why the role does not run on a host, a sentence for each reason.

    Args:
        host: the name of the inventory host.
        pbxs: the descriptions of its PBXs; None or the empty text if it has none.
        account_id, account_number: the account of the trunks; None or the empty text if not set.
    """
    if pbxs is None or pbxs == "":
        return [
            "Host %s is no PBX, it has no alianza_pbxs in its variables: describe its PBXs there, or exclude the host with "
            "--limit, or with -e alianza_hosts=GROUP" % host
        ]
    if not account_id and not account_number:
        return [
            "Host %s has no account for its trunks: set alianza_account_id or alianza_account_number in its host variables "
            "(ALIANZA_ACCOUNT_ID and ALIANZA_ACCOUNT_NUMBER are not used here, they would be the same for every host)"
            % host
        ]
    return []


def plan(pbxs: Any, defaults: Any = None) -> tuple[list[dict[str, Any]], list[str]]:
    """Return (PBXs, faults): a complete dictionary for each description, and a sentence for each fault.

    Args:
        pbxs: descriptions as the user wrote them.
        defaults: keys for all descriptions that lack them; a key that a format does not have is ignored for it.
    """
    faults: list[str] = []
    if not _is_list(pbxs):
        return [], ["pbx_registration_pbxs is not a list of PBXs: give a list of dictionaries"]
    if not isinstance(defaults, dict):
        defaults = {}
    for name in sorted(set(defaults) - set(_OF_ALL).union(*_OF_FORMAT.values()) | set(defaults) & {"format", "path"}):
        faults.append("pbx_registration_defaults has an unknown key %s: correct it, or remove it" % name)
    completed = [_completed(place, pbx, defaults, faults) for place, pbx in enumerate(pbxs, 1)]
    planned = [pbx for pbx in completed if pbx]
    paths = [pbx["path"] for pbx in planned]
    for path in sorted({path for path in paths if paths.count(path) > 1}):
        faults.append("%d PBXs have the path %s: give each its own file" % (paths.count(path), path))
    return planned, faults


def terms(planned: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names and ids of the trunks of all PBXs, each once."""
    return list(dict.fromkeys(trunk for pbx in planned for trunk in pbx["trunks"]))


def folders(planned: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the folders of the files of all PBXs, each once."""
    return list(dict.fromkeys(str(pbx["path"]).rpartition("/")[0] or "/" for pbx in planned))


def _completed(place: int, pbx: Any, defaults: Mapping[str, Any], faults: list[str]) -> dict[str, Any] | None:
    """Return a complete description; None if it is no dictionary or has no known format."""
    subject = "PBX %d" % place
    if not isinstance(pbx, dict):
        faults.append("%s is not a dictionary: give it format, path and trunks" % subject)
        return None
    if pbx.get("path"):
        subject += " (%s)" % pbx["path"]
    kind = pbx.get("format")
    if kind not in FORMATS:
        faults.append("%s: format is %s: set one of %s" % (subject, kind or "missing", ", ".join(FORMATS)))
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
    """Reads the values of a description, and collects their faults."""

    def __init__(self, subject: str, given: Mapping[str, Any], faults: list[str]) -> None:
        self.given, self._subject, self._faults = given, subject, faults

    def path(self) -> str:
        """Return the path of the file."""
        path = _text(self.given.get("path"))
        if not path or not path.startswith("/") or path.endswith("/"):
            self._add_fault("path is %s: set the absolute path of a file" % (path or "missing"))
        return path

    def names(self, key: str, required: bool = False) -> list[str]:
        """Return a list of names; the user may write a single name without a list."""
        value = self.given.get(key)
        value = [] if value is None else list(value) if _is_list(value) else [value]
        if required and key not in self.given:
            self._add_fault("%s is missing: set it" % key)
        names = [_text(name) for name in value]
        if not all(names):
            self._add_fault("%s contains something that is not a name: give a name, or a list of names" % key)
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self._add_fault("%s has '%s' %d times: give it once" % (key, name, names.count(name)))
        return names

    def word(self, key: str, default: str = "") -> str:
        """Return a text without blanks."""
        value = _text(self.given.get(key, default))
        if re.search(r"[\s\x00-\x1f\x7f]", value) or not value and self.given.get(key):
            self._add_fault("%s is not a single word: remove blanks and control characters" % key)
        return value

    def prefix(self) -> str:
        """Return the prefix of the names of sections and gateways."""
        value = _text(self.given.get("prefix", "alianza-"))
        if not re.match(r"[A-Za-z0-9_-]{0,20}\Z", value):
            self._add_fault("prefix is %s: use letters, digits, hyphens and underscores" % value)
        return value

    def expires(self) -> int:
        """Return the seconds after which a registration expires."""
        value = self.given.get("expires", 3600)
        if isinstance(value, bool) or not re.match(r"[0-9]{1,6}\Z", str(value)) or int(value) < _SHORTEST_EXPIRY:
            self._add_fault("expires is %s: set a number of seconds, at least %d" % (value, _SHORTEST_EXPIRY))
            return _SHORTEST_EXPIRY
        return int(value)

    def transport(self) -> str:
        """Return the transport of SIP."""
        value = _text(self.given.get("transport", TRANSPORTS[0])).lower()
        if value not in TRANSPORTS:
            self._add_fault("transport is %s: set one of %s" % (value, ", ".join(TRANSPORTS)))
        return value

    def options(self, reserved: Sequence[str]) -> dict[str, str]:
        """Return the additional options of the format as {name: text}."""
        options = self.given.get("options") or {}
        if not isinstance(options, dict):
            self._add_fault("options is not a dictionary: give names and values")
            return {}
        for name in options:
            if not re.match(r"[A-Za-z0-9_.-]+\Z", str(name)):
                self._add_fault(
                    "options has the name %s: use letters, digits, hyphens, underscores and dots only" % name
                )
            elif str(name) in reserved:
                self._add_fault("options has %s, which the role sets itself: remove it" % name)
            elif not _text(options[name]):
                self._add_fault("options has %s without a value: give a text, a number or a boolean" % name)
        return {str(name): _text(value) for name, value in options.items()}

    def _add_fault(self, sentence: str) -> None:
        self._faults.append("%s: %s" % (self._subject, sentence))


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _text(value: Any) -> str:
    """Return a scalar as text, booleans as yes and no, which all these formats use; the empty text for anything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, (str, int, float)) else ""
