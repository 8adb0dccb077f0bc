# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The night watch with all of its parts: a PBX, its registrar, ansible-rulebook, the rulebook, and the playbooks that it runs."""

from __future__ import annotations

import os
from datetime import datetime, timezone

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.plugin_utils._watcher.options import spec
from ansible_collections.alianza.sip_trunking.tests.support import rulebook
from ansible_collections.alianza.sip_trunking.tests.support.login import PASSWORD, USERNAME
from ansible_collections.alianza.sip_trunking.tests.support.sip.plays import configure, until

RULES = {"forwardOnFailure": [{"referenceType": "BUSY"}]}
HOSTS = {"lindon": {"alianza_account_number": "900", "trunk_failover_target": "801-555-9999"}}
FOREVER = 86400


@pytest.fixture(name="night", scope="module", autouse=True)
def fixture_night():
    """What ansible-rulebook needs. Without it the tests are skipped, unless END_TO_END says that they are required."""
    missing = rulebook.missing()
    if missing:
        reason = "%s is not installed; bindep.txt lists the packages" % " and ".join(missing)
        pytest.fail(reason) if os.environ.get("END_TO_END") == "required" else pytest.skip(reason)


@pytest.fixture(name="trunks")
def fixture_trunks(emulator):
    """The trunks HQ, which has rules, and Branch of an account, as the seed made them."""
    made = emulator.seed(
        accounts=[
            {
                "id": "LINDON",
                "accountNumber": "900",
                "accountName": "Lindon",
                "telephone_numbers": [
                    {"phoneNumber": "18015551212", "referenceType": "SIP_TRUNK", "referenceId": "HQ"}
                ],
                "trunks": [{"trunkName": "HQ"}, {"trunkName": "Branch"}],
                "forwards": {"HQ": RULES},
            }
        ]
    )
    return made["accounts"][0]["trunks"]


@pytest.fixture(name="watch")
def fixture_watch(emulator, trunks, tmp_path):
    """The rulebook trunk_failover for the account, not started yet."""
    environ = {"ALIANZA_API_URL": emulator.url, "ALIANZA_USERNAME": USERNAME, "ALIANZA_PASSWORD": PASSWORD}
    hosts = {"lindon": dict(HOSTS["lindon"], trunk_watch_most_per_hour=1)}
    watch = rulebook.Rulebook(tmp_path / "watch", "alianza.sip_trunking.trunk_failover", environ, hosts)
    try:
        yield watch
    finally:
        watch.kill()
        # pytest shows this if the test failed.
        print(watch.log())


def forwards(emulator, trunk):
    """Return the rules of a trunk."""
    return emulator.trunk("LINDON", trunk)["forward"]


def diverted(emulator, trunk="HQ"):
    """Return whether all calls of a trunk go elsewhere."""
    return bool(forwards(emulator, trunk).get("forwardAlways"))


def writes(emulator):
    """Return how often rules were written."""
    return len(emulator.log(method="PUT", path="/forward$"))


@pytest.mark.parametrize(
    "path", sorted((rulebook.ROOT / "extensions/eda/rulebooks").glob("*.yml")), ids=lambda path: path.stem
)
def test_a_rulebook_is_valid_and_its_source_takes_the_options(path):
    from ansible_rulebook.validators import Validate

    (ruleset,) = rules = yaml.safe_load(path.read_text())
    Validate.rulebook(rules)
    (source,) = ruleset["sources"]
    arguments = source["alianza.sip_trunking.trunk_registration"]
    assert set(arguments) < set(spec())
    assert all("trunk_watch_%s | default(" % name in template for name, template in arguments.items())


def test_an_outage_is_diverted_once_and_put_back_exactly(watch, player, emulator, registrar, pbx, trunks):
    player.environ["ALIANZA_ACCOUNT_ID"] = "LINDON"
    emulator.registration("LINDON", "Branch", registered=True)
    configure(player, pbx(), until("registered"))
    before, trunk_id = forwards(emulator, "HQ"), trunks[0]["id"]

    # The outage begins under one watch, and its hold-down ends under the next one.
    watch.begin(trunk_watch_hold_down=FOREVER)
    pbx().stop()
    watch.wait(lambda: watch.signals(trunk_id)["down"]["rounds"] >= 3, "three rounds without the PBX")
    began = watch.signals(trunk_id)["down"]["since"]
    watch.stop()
    assert writes(emulator) == 0 and not diverted(emulator) and emulator.open_tokens == 0

    watch.begin(trunk_watch_hold_down=2, trunk_watch_flap_damping=FOREVER)
    watch.wait(lambda: diverted(emulator), "the diversion")
    assert forwards(emulator, "HQ")["forwardAlways"]["referenceId"] == "18015559999"
    since = datetime.fromtimestamp(began, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "is not registered since %s; 1 telephone number is routed to it" % since in watch.log()

    # A PBX that comes and goes stays diverted.
    for dummy in range(2):
        pbx().start()
        watch.wait(lambda: watch.signals(trunk_id)["down"]["rounds"] >= 3, "three rounds with the PBX")
        pbx().stop()
        watch.wait(lambda: watch.signals(trunk_id)["down"]["since"] is None, "a round without the PBX")
    watch.wait(lambda: "PLAY RECAP" in watch.log(), "the end of the playbook")
    watch.stop()
    assert writes(emulator) == 1 and diverted(emulator)

    watch.begin(trunk_watch_hold_down=2, trunk_watch_flap_damping=0)
    pbx().start()
    watch.wait(lambda: not diverted(emulator), "the restore")
    watch.wait(lambda: watch.log().count("PLAY RECAP") == 2, "the end of the playbook")
    watch.stop()
    assert forwards(emulator, "HQ") == before and writes(emulator) == 2 and emulator.open_tokens == 0
    assert PASSWORD not in watch.log() and trunks[0]["sipPassword"] not in watch.log()


def test_an_outage_of_the_api_diverts_nobody_and_a_storm_is_stopped(watch, emulator, trunks):
    for name in ("HQ", "Branch"):
        emulator.registration("LINDON", name, registered=True)
    watch.begin(trunk_watch_hold_down=2)
    emulator.fault("status", path="^/v2/", status=503, times=None)
    watch.wait(lambda: "The API cannot be read" in watch.log(), "the report of the outage")
    emulator.clear_faults()
    watch.wait(lambda: "The API can be read again" in watch.log(), "the report of its end")
    assert emulator.writes() == []

    for name in ("HQ", "Branch"):
        emulator.registration("LINDON", name, registered=False)
    watch.wait(lambda: "trunk_watch_most_per_hour allows 1" in watch.log(), "the brake")
    watch.stop()
    assert [diverted(emulator, name) for name in ("HQ", "Branch")].count(True) == 1 and writes(emulator) == 1
