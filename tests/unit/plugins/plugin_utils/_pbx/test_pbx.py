# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registrations of PBXs: every text comes back from the format's parser as it was, or is refused in words that hold nothing of it."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.alianza.sip_trunking.plugins.module_utils._common.errors import InvalidInput
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._pbx import text as spelling
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._pbx.baresip import line
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._pbx.files import compose
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._pbx.names import section_names
from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._pbx.plan import (
    FORMATS,
    folders,
    host_faults,
    plan,
    terms,
)
from ansible_collections.alianza.sip_trunking.tests.support import pbx_readers

PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "
# Mostly what parsers trip over.
TRICKY = st.text(st.sampled_from(string.punctuation + " aé"), min_size=1, max_size=24)
PASSWORDS = st.one_of(TRICKY, st.text(st.sampled_from(PRINTABLE), min_size=1, max_size=48))


def credentials(name="HQ", **changes):
    """Return what the lookup returns for a trunk."""
    return dict(
        {
            "trunk_name": name,
            "trunk_id": "id-" + name,
            "sip_username": "user-1",
            "sip_password": "secret",
            "sip_proxy_host": "edge.example.net",
            "sip_proxy_port": 5065,
        },
        **changes,
    )


def composed(kind, *trunks, **keys):
    """Return the file of one PBX."""
    planned, faults = plan(
        [dict({"format": kind, "path": "/etc/pbx", "trunks": [trunk["trunk_name"] for trunk in trunks]}, **keys)]
    )
    assert not faults
    return compose(planned, terms(planned), trunks)[0]


# -- every format reads back what was written ---------------------------------------------------------------------------


@given(PASSWORDS)
@example(PRINTABLE.strip())
@example(";;--x--;\\;\\")
@example("> ; [a] #include x")
def test_asterisk_reads_back_what_was_written(password):
    try:
        spelled = spelling.asterisk(password)
    except spelling.CannotHold as refusal:
        assert refusal.kind == "a space at its beginning or end" and password != password.strip()
    else:
        text = "; title ;-- x\n[a]\ntype = auth\npassword = %s\nafter = 1\n" % spelled
        assert pbx_readers.asterisk(text) == [("a", [("type", "auth"), ("password", password), ("after", "1")])]


@given(PASSWORDS)
@example(PRINTABLE.replace(":", ""))
@example("$${domain}--x-PRE-process &amp; &#36;")
def test_freeswitch_reads_back_what_was_written(password):
    try:
        spelled = spelling.freeswitch_credential(password)
    except spelling.CannotHold as refusal:
        assert refusal.kind == "a colon" and ":" in password
    else:
        text = (
            '<include>\n<!-- %s -->\n<gateway name="a">\n<param name="password" value="%s"/>\n</gateway>\n</include>'
            % (spelled, spelled)
        )
        assert pbx_readers.freeswitch(text, {"domain": "wrong"}) == {"a": {"password": password}}
        assert pbx_readers.sofia("user", password) == ("user", password)


@given(PASSWORDS)
@example(PRINTABLE)
@example("\\n\\:\\\\")
def test_kamailio_reads_back_what_was_written(password):
    text = "auth_password(string) after(int)\n%s:1\n" % spelling.dbtext(password)
    assert pbx_readers.kamailio(text) == [{"auth_password": password, "after": 1}]


@given(PASSWORDS)
@example(PRINTABLE)
@example('a"b')
@example('"a b"')
@example("a\\")
@example(";regint=0;x")
def test_baresip_reads_back_what_was_written(password):
    try:
        (account,) = pbx_readers.baresip(
            "# title\n%s\n" % line("sip:u@h:5065;transport=udp", {"regint": "60", "auth_user": "u"}, password)
        )
    except spelling.CannotHold as refusal:
        # Only where quotation marks end the protection of blanks and semicolons, or a parameter's name stands in the text.
        marked = '"' in password and set(password) & set(" ;")
        assert (
            marked
            if refusal.kind == "a quotation mark together with spaces or semicolons"
            else "parameter of baresip" in refusal.kind
        )
    else:
        assert account.uri == "sip:u@h:5065;transport=udp"
        assert (account("regint"), account("auth_user"), account("auth_pass")) == ("60", "u", password)
        for name in ("outbound", "mwi", "ptime", "stunserver", "mediaenc"):
            assert account(name) is None


@given(PASSWORDS)
@example('"')
@example("\\")
@example(";regint=0")
def test_baresip_reads_back_user_names_that_a_password_follows(user):
    trunk = credentials(sip_username=user, sip_password="a;b c")
    try:
        (account,) = pbx_readers.baresip(composed("baresip", trunk)["trunks"][0]["line"])
    except InvalidInput as error:
        assert set(user) & set('"\\;') and "its SIP username contains" in error.msg
    else:
        assert (account("auth_user"), account("auth_pass"), account("regint")) == (user, "a;b c", "3600")


@pytest.mark.parametrize("character", PRINTABLE)
def test_each_printable_character_within_a_password_is_held_by_every_format(character):
    for kind in FORMATS:
        if kind == "freeswitch" and character == ":":
            with pytest.raises(InvalidInput, match="'HQ'.*contains a colon, which FreeSWITCH cannot read"):
                composed(kind, credentials(sip_password="ab:cd"))
        else:
            assert composed(kind, credentials(sip_password="ab%scd" % character))["trunks"]


@given(st.one_of(st.text(), TRICKY))
@example("\x00")
def test_what_is_refused_is_not_quoted(rest):
    for kind in FORMATS:
        try:
            composed(kind, credentials(sip_password="Z9!" + rest))
        except InvalidInput as error:
            assert error.msg.startswith("Trunk 'HQ': its SIP password contains ") and "Z9!" not in error.msg


# -- what is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password, kinds, said",
    [
        (" lead", ["asterisk"], "a space at its beginning or end, which Asterisk cannot read"),
        ("tab\tted", FORMATS, "a control character"),
        ("new\nline", FORMATS, "a control character"),
        ("", FORMATS, "no character at all"),
        ("half\ud800", FORMATS, "half of a surrogate pair"),
        ('a"b c"d e', ["baresip"], "a quotation mark together with spaces or semicolons"),
        ("x;mwi=no", ["baresip"], "a semicolon and the name of a parameter of baresip"),
        ("x" * 500, ["baresip"], "fit into a line of 511 bytes"),
        ("a:b", ["freeswitch"], "a colon, which FreeSWITCH cannot read"),
    ],
)
def test_what_a_format_cannot_hold_is_refused_by_that_format_alone(password, kinds, said):
    for kind in FORMATS:
        if kind in kinds:
            with pytest.raises(InvalidInput) as caught:
                composed(kind, credentials("Lindon HQ", sip_password=password))
            assert (
                caught.value.msg.startswith("Trunk 'Lindon HQ': its SIP password contains ")
                and said in caught.value.msg
            )
        else:
            assert composed(kind, credentials(sip_password=password))


def test_everything_that_cannot_be_written_is_in_one_message():
    planned, dummy = plan(
        [
            {"format": "asterisk", "path": "/a", "trunks": ["A", "B"]},
            {"format": "freeswitch", "path": "/b", "trunks": ["B"]},
        ]
    )
    with pytest.raises(InvalidInput) as caught:
        compose(
            planned,
            terms(planned),
            [credentials("A", sip_password="s3cret "), credentials("B", sip_password=" s3:ret")],
        )
    assert (
        caught.value.msg.startswith("3 faults, nothing was written")
        and caught.value.msg.count("'B'") == 2
        and "s3" not in caught.value.msg
    )


@pytest.mark.parametrize(
    "proxy, said",
    [
        ({"sip_proxy_port": None}, "did not return the port"),
        ({"sip_proxy_host": None, "sip_proxy_port": None}, "the host and port"),
        ({"sip_proxy_host": "a b"}, "invalid host or port"),
        ({"sip_proxy_host": "h;x=1"}, "invalid host or port"),
        ({"sip_proxy_port": 70000}, "invalid host or port"),
        ({"sip_proxy_host": "h\nx"}, "invalid host or port"),
    ],
)
def test_a_proxy_is_never_assumed(proxy, said):
    for kind in FORMATS:
        with pytest.raises(InvalidInput, match=said):
            composed(kind, credentials(**proxy))


def test_a_trunk_given_by_name_and_by_id_is_one_trunk():
    planned, dummy = plan([{"format": "baresip", "path": "/a", "trunks": ["HQ", "id-HQ"]}])
    with pytest.raises(InvalidInput, match="Trunk 'HQ' is listed 2 times for /a"):
        compose(planned, terms(planned), [credentials(), credentials()])


# -- what the formats say -----------------------------------------------------------------------------------------------


def test_host_and_port_are_the_credentials_own_in_every_format():
    trunk = credentials(sip_username="us@er", sip_proxy_host="2001:db8::1", sip_proxy_port=5999)
    asterisk, freeswitch, kamailio, baresip = (
        composed(kind, trunk, transport="tcp", expires=120)["trunks"][0] for kind in FORMATS
    )
    assert (
        asterisk["server_uri"] == "sip:[2001:db8::1]:5999\\;transport=tcp"
        and asterisk["client_uri"] == "sip:us%40er@[2001:db8::1]:5999"
    )
    parameters = dict(freeswitch["parameters"])
    assert (parameters["proxy"], parameters["register-proxy"], parameters["realm"]) == ("[2001:db8::1]:5999",) * 2 + (
        "2001:db8::1",
    )
    assert (parameters["username"], parameters["auth-username"], parameters["expire-seconds"]) == (
        "us%40er",
        "us@er",
        "120",
    )
    assert kamailio["row"][10] == "sip\\:[2001\\:db8\\:\\:1]\\:5999;transport=tcp" and kamailio["row"][7] == "us@er"
    assert (
        baresip["line"]
        == '<sip:us%40er@[2001:db8::1]:5999;transport=tcp>;regint=120;auth_user=us@er;auth_pass="secret"'
    )


def test_calls_without_a_line_go_to_one_trunk_of_a_proxy():
    trunks = composed("asterisk", credentials("A"), credentials("B"), credentials("C", sip_proxy_host="other"))[
        "trunks"
    ]
    assert [trunk["identify"] for trunk in trunks] == [True, False, True]


def test_options_of_the_user_join_and_override_and_are_quoted():
    asterisk, freeswitch, baresip = (
        composed(kind, credentials(), options={"allow": "alaw;x", "new": 1, "on": True})["trunks"][0]
        for kind in ("asterisk", "freeswitch", "baresip")
    )
    endpoint = dict(asterisk["endpoint"])
    assert (endpoint["allow"], endpoint["new"], endpoint["on"], endpoint["disallow"]) == ("alaw\\;x", "1", "yes", "all")
    assert (
        dict(freeswitch["parameters"])["new"] == "1" and dict(freeswitch["parameters"])["extension"] == "auto_to_user"
    )
    (account,) = pbx_readers.baresip(baresip["line"])
    assert (account("allow"), account("new"), account("auth_pass")) == ("alaw;x", "1", "secret")


def test_titles_are_one_line():
    trunk = credentials("A\r\nB\u2028;--")
    assert composed("asterisk", trunk)["trunks"][0]["title"] == "A  B ;--"
    assert composed("freeswitch", trunk)["trunks"][0]["comment"] == "A  B ;&#45;&#45;"


# -- names --------------------------------------------------------------------------------------------------------------


def test_names_are_readable_where_they_can_be():
    names = section_names({"1": "Lindon HQ", "2": "Café №5!", "3": "A-B", "4": "a b", "5": "日本", "6": "x" * 60})
    assert (names["1"], names["2"]) == ("lindon-hq", "cafe-no5")
    assert (
        names["3"].startswith("a-b-")
        and names["4"].startswith("a-b-")
        and names["5"].startswith("trunk-")
        and len(names["6"]) < 60
    )


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=8))
def test_names_are_safe_unique_and_do_not_depend_on_the_order(trunks):
    names = section_names(trunks)
    assert len(set(names.values())) == len(trunks)
    assert all(
        set(name) <= set(string.ascii_lowercase + string.digits + "-") and name.strip("-") == name
        for name in names.values()
    )
    assert section_names(dict(reversed(list(trunks.items())))) == names


def test_a_trunk_named_like_the_mark_of_another_one_gets_a_mark_too():
    marked = section_names({"1": "A-B", "2": "a b"})["1"]
    assert len(set(section_names({"1": "A-B", "2": "a b", "3": marked}).values())) == 3


# -- descriptions -------------------------------------------------------------------------------------------------------


def test_a_description_is_completed():
    planned, faults = plan(
        [{"format": "asterisk", "path": "/a", "trunks": "HQ", "handler": "Reload", "group": None}],
        {"group": "pbx", "contact": "x"},
    )
    assert not faults and planned == [
        {
            "format": "asterisk",
            "path": "/a",
            "trunks": ["HQ"],
            "handlers": ["Reload"],
            "owner": "",
            "group": "pbx",
            "prefix": "alianza-",
            "expires": 3600,
            "transport": "udp",
            "context": "from-trunk",
            "pjsip_transport": "",
            "options": {},
        }
    ]
    assert plan([]) == ([], []) and terms([]) == []


@pytest.mark.parametrize(
    "pbxs, account, expected",
    [
        (None, ("A", ""), "Host h is no PBX"),
        ("", ("", ""), "Host h is no PBX"),
        ([], ("", None), "Host h has no account for its trunks"),
        ([], ("A", ""), None),
        ([{}], ("", "7"), None),
    ],
)
def test_a_host_has_pbxs_and_an_account(pbxs, account, expected):
    faults = host_faults("h", pbxs, *account)
    assert [fault.partition(",")[0].partition(":")[0] for fault in faults] == ([expected] if expected else [])


def test_folders_are_each_folder_once():
    paths = ["/etc/a", "/etc/b", "/c", "/etc/d/e"]
    planned = plan([{"format": "baresip", "path": path, "trunks": []} for path in paths])[0]
    assert folders(planned) == ["/etc", "/", "/etc/d"]


def test_terms_are_each_trunk_once():
    assert terms(
        plan([{"format": "kamailio", "path": "/%d" % place, "trunks": ["B", 7]} for place in range(2)])[0]
    ) == ["B", "7"]


@pytest.mark.parametrize(
    "change, said",
    [
        ({"format": None}, "format is missing"),
        ({"format": "sip"}, "format is sip: set one of asterisk, freeswitch, kamailio, baresip"),
        ({"path": "a"}, "absolute path"),
        ({"path": "/a/"}, "absolute path"),
        ({"trunks": None}, "trunks is missing"),
        ({"trunks": [{}]}, "contains something that is not a name"),
        ({"trunks": ["A", "A"]}, "has 'A' 2 times"),
        ({"contxt": 1}, "asterisk has no key contxt"),
        ({"contact": "x"}, "asterisk has no key contact"),
        ({"expires": 5}, "expires is 5"),
        ({"expires": "soon"}, "expires is soon"),
        ({"transport": "smoke"}, "transport is smoke"),
        ({"prefix": "a b"}, "prefix is a b"),
        ({"context": "a b"}, "context is not a single word"),
        ({"owner": ["x"]}, "owner is not a single word"),
        ({"options": 1}, "options is not a dictionary"),
        ({"options": {"a b": 1}}, "options has the name a b"),
        ({"options": {"aors": "x"}}, "sets itself"),
        ({"options": {"x": None}}, "without a value"),
        ({"handler": [[]]}, "handler contains something that is not a name"),
    ],
)
def test_a_wrong_description_is_refused(change, said):
    dummy, faults = plan([dict({"format": "asterisk", "path": "/a", "trunks": ["A"]}, **change)])
    assert len(faults) == 1 and said in faults[0] and faults[0].startswith("PBX 1")


def test_all_faults_of_descriptions_are_found():
    good = {"format": "asterisk", "path": "/a", "trunks": []}
    assert plan("x")[1] and plan(None)[1]
    faults = plan([good, good, 5, dict(good, path="/b", expires=1)], {"x": 1, "path": "/c"})[1]
    assert len(faults) == 5, faults


@pytest.mark.parametrize("text, user", [("a.b-c_d~1", "a.b-c_d~1"), ("a b@c;d", "a%20b%40c%3Bd"), ("é", "%C3%A9")])
def test_users_in_uris(text, user):
    assert spelling.uri_user(text) == user
