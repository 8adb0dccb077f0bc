# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""What alianza_call_path_usage_info needs to read and returns."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from .._common.errors import InvalidInput
from .._common.notices import Notice
from .._resource.call_path_usage import Period, usage
from .._resource.choice import chosen
from .._resource.plan import Outcome, Plan
from .._resource.state import TRUNKS, Need, State, call_records
from .job import InfoJob, Params

MOST_DAYS = 31
# Records of a request, and requests of a task: at most 100,000 records.
PAGE, PAGES = 500, 200


class CallPathUsageInfoJob(InfoJob):
    """alianza_call_path_usage_info: the peak of concurrent calls of each trunk in the last days."""

    returns_notices = True

    def __init__(self, params: Params, check_mode: bool = False) -> None:
        super().__init__(params, check_mode)
        days = params["days"]
        if not 1 <= days <= MOST_DAYS:
            raise InvalidInput("days is %d: give a number from 1 to %d" % (days, MOST_DAYS))
        self._period = period_until(datetime.now(timezone.utc), days)

    def needs(self, state: State) -> list[Need]:
        return [TRUNKS, call_records(self._period)]

    def plan(self, state: State) -> Plan:
        records = state.call_records
        notices = []
        if not records.complete:
            notices.append(
                Notice(
                    "records_left_out",
                    None,
                    "The account has more than %d call records in %d days, and only the newest ones were read: give fewer days"
                    % (records.read, self.params["days"]),
                )
            )
        return Plan(notices=notices)

    def result(self, state: State, plan: Plan, outcome: Outcome) -> dict[str, Any]:
        trunks = chosen(
            state.trunks.all, self.params.get("trunk_name"), self.params.get("trunk_id"), lambda trunk: trunk.trunk_id
        )
        return {
            "usage": usage(trunks, state.call_records.samples),
            "since": self._period.since,
            "complete": state.call_records.complete,
            "account_id": state.account_id,
        }


def period_until(now: datetime, days: int) -> Period:
    """Return the Period of the last days.

    The API takes days and does not say in which time zone, so that a day more is asked for at both ends.

    Args:
        now: the time, in UTC.
        days: the number of days.
    """
    since, day = now - timedelta(days=days), timedelta(days=1)
    return Period(
        (since - day).strftime("%Y-%m-%d"),
        (now + day).strftime("%Y-%m-%d"),
        since.strftime("%Y-%m-%dT%H:%M:%SZ"),
        PAGE,
        PAGES,
    )
