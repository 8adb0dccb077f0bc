# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""Reading call detail records page by page, the newest ones first, up to a limit."""

from __future__ import annotations

from .._common.kinds import read_integer
from .._resource.call_path_usage import CallRecords, Period, samples_of, start_of
from .protocols import Api


def read_call_records(api: Api, period: Period) -> CallRecords:
    """Return the records of a period.

    It ends with the first record before the period, since the newest ones come first, or with the last page that is allowed.
    A call that starts meanwhile moves the others back, so that one may be read twice, which does not change a peak.

    Args:
        api: the Api of the account.
        period: the Period.

    Raises:
        AlianzaError: a page could not be read.
    """
    records = CallRecords()
    for dummy in range(period.pages):
        page = api.call_records(period.start, period.end, records.read, period.page)
        found = page["results"]
        total = read_integer(page.get("totalRecords"))
        records.total = max(records.total, total or 0)
        records.read += len(found)
        for record in found:
            if start_of(record) >= period.since:
                records.samples.extend(samples_of(record))
        # A page may be shorter than asked for without being the last one.
        if not found or total is not None and records.read >= total or "" < start_of(found[-1]) < period.since:
            records.complete = True
            break
    return records
