# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Registration files of PBXs: what each format's template puts down, with every text spelled as the format wants it.

Everything is refused here that a format cannot hold, for all files at once, before the first is written. What is refused is
named by trunk, format and kind of character; passwords are in no message.
"""

from __future__ import annotations

import re

from ...module_utils._common.errors import InvalidInput
from . import text
from .baresip import line, within
from .names import section_names

_TITLES = {"asterisk": "Asterisk", "freeswitch": "FreeSWITCH", "kamailio": "Kamailio", "baresip": "baresip"}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\Z")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\Z")


def files(planned, terms, credentials):
    """Return, for each PBX, its plan with ``trunks`` replaced by what its template needs of them.

    Args:
        planned: PBXs as ``_pbx_plan.plan`` returns them.
        terms: the trunks that were asked for.
        credentials: what the lookup ``sip_credentials`` returned for them.

    Raises:
        InvalidInput: with everything that a format cannot hold.
    """
    found = dict(zip(terms, credentials))
    names = section_names({each["trunk_id"]: each["trunk_name"] for each in credentials})
    wanted = [(pbx, [found[term] for term in pbx["trunks"]]) for pbx in planned]
    faults = [fault for each in _once(credentials) for fault in _proxy_faults(each)]
    faults += [fault for pbx, trunks in wanted for fault in _repeated(pbx, trunks)]
    made = [] if faults else [_file(pbx, trunks, names, faults) for pbx, trunks in wanted]
    if faults:
        raise InvalidInput(*dict.fromkeys(faults))
    return made


def _file(pbx, trunks, names, faults):
    compose = {"asterisk": _asterisk, "freeswitch": _freeswitch, "kamailio": _kamailio, "baresip": _baresip}[
        pbx["format"]
    ]
    composed, hosts = [], set()
    for place, credentials in enumerate(trunks, 1):
        first = credentials["sip_proxy_host"] not in hosts
        hosts.add(credentials["sip_proxy_host"])
        try:
            trunk = _Trunk(pbx, credentials, names[credentials["trunk_id"]], place, first)
            composed.append(dict(compose(pbx, trunk), title=text.readable(trunk.name), section=trunk.section))
        except _Refused as refusal:
            faults.append(str(refusal))
    return dict(pbx, trunks=composed)


class _Refused(Exception):
    """A trunk's credentials, or an option, cannot be written in a format; the text is for the user."""


class _Trunk:
    """One trunk for one PBX: its credentials as texts, and refusing what a format cannot hold."""

    def __init__(self, pbx, credentials, name, place, first):
        self.name = credentials["trunk_name"]
        self.username, self.password = credentials["sip_username"] or "", credentials["sip_password"] or ""
        self.section = pbx["prefix"] + name
        self.place, self.first = place, first
        self.host, self.port = credentials["sip_proxy_host"], credentials["sip_proxy_port"]
        self._title = _TITLES[pbx["format"]]
        self.uri_host = "[%s]" % self.host if ":" in self.host else self.host
        self.address = "%s:%d" % (self.uri_host, self.port)
        for what, value in (("SIP username", self.username), ("SIP password", self.password)):
            self.spelled(what, value, text.check_characters)
        self.user = text.uri_user(self.username)

    def spelled(self, what, value, spelling):
        """Return a text in a format's spelling; what the text is tells the message."""
        try:
            return spelling(value)
        except text.CannotHold as cannot:
            kind = cannot.kind
        raise _Refused(
            "Trunk '%s': its %s holds %s, which %s cannot read: set another one with alianza_sip_trunk"
            % (text.readable(self.name), what, kind, self._title)
        )

    def option(self, name, value, spelling):
        """Return an option of the user's in a format's spelling."""
        try:
            return spelling(value)
        except text.CannotHold as cannot:
            kind = cannot.kind
        raise _Refused("Option %s of pbx_registration_pbxs holds %s, which %s cannot read" % (name, kind, self._title))


def _asterisk(pbx, trunk):
    parameter = "" if pbx["transport"] == "udp" else "\\;transport=" + pbx["transport"]
    endpoint = dict(
        {"disallow": "all", "allow": "ulaw", "direct_media": "no", "from_domain": trunk.host}, **pbx["options"]
    )
    return {
        "username": trunk.spelled("SIP username", trunk.username, text.asterisk),
        "password": trunk.spelled("SIP password", trunk.password, text.asterisk),
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


def _freeswitch(pbx, trunk):
    parameters = {
        "username": text.xml(trunk.user),
        "auth-username": trunk.spelled("SIP username", trunk.username, text.freeswitch_credential),
        "password": trunk.spelled("SIP password", trunk.password, text.freeswitch_credential),
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


def _kamailio(pbx, trunk):
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
    return {"row": [trunk.spelled(what.get(name, name), value, text.dbtext) for name, value in row.items()]}


def _baresip(pbx, trunk):
    uri = "sip:%s@%s;transport=%s" % (trunk.user, trunk.address, pbx["transport"])
    parameters = {
        name: trunk.option(name, value, lambda value: (within(value), value)[1])
        for name, value in pbx["options"].items()
    }
    trunk.spelled("SIP username", trunk.username, within)
    parameters.update(regint=str(pbx["expires"]), auth_user=trunk.username)
    return {"line": trunk.spelled("SIP password", trunk.password, lambda password: line(uri, parameters, password))}


def _xml_checked(value):
    text.check_characters(value)
    return text.xml(value)


def _once(credentials):
    return {each["trunk_id"]: each for each in credentials}.values()


def _proxy_faults(credentials):
    name, host, port = (
        text.readable(credentials["trunk_name"]),
        credentials["sip_proxy_host"],
        credentials["sip_proxy_port"],
    )
    if not host or not port:
        yield (
            "Trunk '%s': the API does not tell the %s of its SIP proxy, and none is assumed: ask Alianza where this trunk registers"
            % (name, "host and port" if not host and not port else "port" if host else "host")
        )
    elif not (_HOST.match(host) or _IPV6.match(host)) or not 0 < port < 65536:
        yield (
            "Trunk '%s': what the API tells as its SIP proxy is no host and port: ask Alianza where this trunk registers"
            % name
        )


def _repeated(pbx, trunks):
    ids = [trunk["trunk_id"] for trunk in trunks]
    for trunk in _once(trunks):
        if ids.count(trunk["trunk_id"]) > 1:
            yield "Trunk '%s' is named %d times for %s: name it once" % (
                text.readable(trunk["trunk_name"]),
                ids.count(trunk["trunk_id"]),
                pbx["path"],
            )
