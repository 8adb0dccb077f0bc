# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Composing registration files of PBXs: the values for the template of each format, quoted for that format. Pure.

What a format cannot represent is refused for all files at once, before the first is written. Messages name the trunk, the
format and the kind of character, never a password.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Iterator, Mapping, Sequence

from ...module_utils._common.errors import InvalidInput
from . import text
from .baresip import line, quoted
from .names import section_names

_TITLES = {"asterisk": "Asterisk", "freeswitch": "FreeSWITCH", "kamailio": "Kamailio", "baresip": "baresip"}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\Z")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\Z")


def compose(
    planned: Sequence[dict[str, Any]], terms: Sequence[str], credentials: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return each PBX with ``trunks`` replaced by the values for its template; they hold passwords.

    Args:
        planned: PBXs as ``plan`` returns them.
        terms: the names and ids of trunks that the PBXs use.
        credentials: the credentials of each term, as the lookup ``sip_credentials`` returns them.

    Raises:
        InvalidInput: a format cannot represent a value, or a SIP proxy is missing or invalid; the message names all faults.
    """
    found = dict(zip(terms, credentials))
    names = section_names({each["trunk_id"]: each["trunk_name"] for each in credentials})
    wanted = [(pbx, [found[term] for term in pbx["trunks"]]) for pbx in planned]
    faults: list[str] = [fault for each in _once(credentials) for fault in _proxy_faults(each)]
    faults += [fault for pbx, trunks in wanted for fault in _repeated(pbx, trunks)]
    composed = [] if faults else [_file(pbx, trunks, names, faults) for pbx, trunks in wanted]
    if faults:
        raise InvalidInput(*dict.fromkeys(faults))
    return composed


def _file(
    pbx: dict[str, Any], trunks: Sequence[dict[str, Any]], names: Mapping[str, str], faults: list[str]
) -> dict[str, Any]:
    compose_trunk = {"asterisk": _asterisk, "freeswitch": _freeswitch, "kamailio": _kamailio, "baresip": _baresip}[
        pbx["format"]
    ]
    composed: list[dict[str, Any]] = []
    hosts: set[str] = set()
    for place, credentials in enumerate(trunks, 1):
        first = credentials["sip_proxy_host"] not in hosts
        hosts.add(credentials["sip_proxy_host"])
        try:
            trunk = _Trunk(pbx, credentials, names[credentials["trunk_id"]], place, first)
            composed.append(dict(compose_trunk(pbx, trunk), title=text.readable(trunk.name), section=trunk.section))
        except _Refused as refusal:
            faults.append(str(refusal))
    return dict(pbx, trunks=composed)


class _Refused(Exception):
    """A format cannot represent a value; the text is the message for the user."""


class _Trunk:
    """One trunk in the file of one PBX.

    Args:
        pbx: the PBX, as planned.
        credentials: the credentials of the trunk.
        name: the name of its section, without the prefix.
        place: its place in the file, from 1.
        first: whether it is the first trunk of its proxy in the file.
    """

    def __init__(
        self, pbx: Mapping[str, Any], credentials: Mapping[str, Any], name: str, place: int, first: bool
    ) -> None:
        self.name: str = credentials["trunk_name"]
        self.username: str = credentials["sip_username"] or ""
        self.password: str = credentials["sip_password"] or ""
        self.section: str = pbx["prefix"] + name
        self.place, self.first = place, first
        self.host: str = credentials["sip_proxy_host"]
        self.port: int = credentials["sip_proxy_port"]
        self._title = _TITLES[pbx["format"]]
        self.uri_host = "[%s]" % self.host if ":" in self.host else self.host
        self.address = "%s:%d" % (self.uri_host, self.port)
        for what, value in (("SIP username", self.username), ("SIP password", self.password)):
            self.quoted(what, value, _checked)
        self.user = text.uri_user(self.username)

    def quoted(self, what: str, value: str, quote: Callable[[str], str]) -> str:
        """Return a value of the trunk, quoted; ``what`` names it in the message of a refusal."""
        try:
            return quote(value)
        except text.CannotHold as cannot:
            kind = cannot.kind
        raise _Refused(
            "Trunk '%s': its %s contains %s, which %s cannot read: set another one with alianza_sip_trunk"
            % (text.readable(self.name), what, kind, self._title)
        )

    def option(self, name: str, value: str, quote: Callable[[str], str]) -> str:
        """Return the value of an option of the PBX, quoted."""
        try:
            return quote(value)
        except text.CannotHold as cannot:
            kind = cannot.kind
        raise _Refused(
            "Option %s of pbx_registration_pbxs contains %s, which %s cannot read: change it"
            % (name, kind, self._title)
        )


def _asterisk(pbx: Mapping[str, Any], trunk: _Trunk) -> dict[str, Any]:
    parameter = "" if pbx["transport"] == "udp" else "\\;transport=" + pbx["transport"]
    endpoint = dict(
        {"disallow": "all", "allow": "ulaw", "direct_media": "no", "from_domain": trunk.host}, **pbx["options"]
    )
    return {
        "username": trunk.quoted("SIP username", trunk.username, text.asterisk),
        "password": trunk.quoted("SIP password", trunk.password, text.asterisk),
        "user": trunk.user,
        "host": trunk.host,
        "server_uri": "sip:%s%s" % (trunk.address, parameter),
        "client_uri": "sip:%s@%s" % (trunk.user, trunk.address),
        "identify": trunk.first,
        "context": trunk.option("context", pbx["context"], text.asterisk),
        "transport": trunk.option("pjsip_transport", pbx["pjsip_transport"], text.asterisk)
        if pbx["pjsip_transport"]
        else "",
        "endpoint": [[name, trunk.option(name, value, text.asterisk)] for name, value in endpoint.items()],
    }


def _freeswitch(pbx: Mapping[str, Any], trunk: _Trunk) -> dict[str, Any]:
    parameters = {
        "username": text.xml(trunk.user),
        "auth-username": trunk.quoted("SIP username", trunk.username, text.freeswitch_credential),
        "password": trunk.quoted("SIP password", trunk.password, text.freeswitch_credential),
        "realm": text.xml(trunk.host),
        "proxy": text.xml(trunk.address),
        "register-proxy": text.xml(trunk.address),
        "register": "true",
        "register-transport": pbx["transport"],
        "expire-seconds": str(pbx["expires"]),
        "context": text.xml(pbx["context"]),
    }
    options = dict({"retry-seconds": "30", "extension": "auto_to_user"}, **pbx["options"])
    parameters.update((name, trunk.option(name, value, _xml_checked)) for name, value in options.items())
    return {"parameters": [list(pair) for pair in parameters.items()], "comment": text.xml(text.readable(trunk.name))}


def _kamailio(pbx: Mapping[str, Any], trunk: _Trunk) -> dict[str, Any]:
    row = {
        "id": str(trunk.place),
        "l_uuid": trunk.section,
        "l_username": trunk.user,
        "l_domain": trunk.uri_host,
        "r_username": trunk.user,
        "r_domain": trunk.uri_host,
        "realm": "",
        "auth_username": trunk.username,
        "auth_password": trunk.password,
        "auth_ha1": "",
        "auth_proxy": "sip:%s;transport=%s" % (trunk.address, pbx["transport"]),
        "expires": str(pbx["expires"]),
        "flags": "0",
        "reg_delay": "0",
        "contact_addr": pbx["contact"],
        "socket": pbx["socket"],
    }
    what = {"auth_username": "SIP username", "auth_password": "SIP password"}
    return {"row": [trunk.quoted(what.get(name, name), value, text.dbtext) for name, value in row.items()]}


def _baresip(pbx: Mapping[str, Any], trunk: _Trunk) -> dict[str, Any]:
    uri = "sip:%s@%s;transport=%s" % (trunk.user, trunk.address, pbx["transport"])
    parameters = {
        # Quoted by ``line``; here only to name the option in the message of a refusal.
        name: trunk.option(name, value, lambda value: (quoted(value), value)[1])
        for name, value in pbx["options"].items()
    }
    trunk.quoted("SIP username", trunk.username, quoted)
    parameters.update(regint=str(pbx["expires"]), auth_user=trunk.username)
    return {"line": trunk.quoted("SIP password", trunk.password, lambda password: line(uri, parameters, password))}


def _checked(value: str) -> str:
    text.check_characters(value)
    return value


def _xml_checked(value: str) -> str:
    return text.xml(_checked(value))


def _once(credentials: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({each["trunk_id"]: each for each in credentials}.values())


def _proxy_faults(credentials: Mapping[str, Any]) -> Iterator[str]:
    name, host, port = (
        text.readable(credentials["trunk_name"]),
        credentials["sip_proxy_host"],
        credentials["sip_proxy_port"],
    )
    if not host or not port:
        yield (
            "Trunk '%s': the API did not return the %s of its SIP proxy: ask Alianza where this trunk registers"
            % (name, "host and port" if not host and not port else "port" if host else "host")
        )
    elif not (_HOST.match(host) or _IPV6.match(host)) or not 0 < port < 65536:
        yield (
            "Trunk '%s': the API returned an invalid host or port of its SIP proxy: ask Alianza where this trunk registers"
            % name
        )


def _repeated(pbx: Mapping[str, Any], trunks: Sequence[dict[str, Any]]) -> Iterator[str]:
    ids = [trunk["trunk_id"] for trunk in trunks]
    for trunk in _once(trunks):
        if ids.count(trunk["trunk_id"]) > 1:
            yield "Trunk '%s' is listed %d times for %s: list it once" % (
                text.readable(trunk["trunk_name"]),
                ids.count(trunk["trunk_id"]),
                pbx["path"],
            )
