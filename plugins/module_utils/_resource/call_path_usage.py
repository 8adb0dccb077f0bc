# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""How many call paths of a trunk were in use: what call detail records say, and the peak of each trunk. Pure.

Facts: API path .../account/{accountId}/cdrsearch; the applicationData of a call over trunks has for each of them sipTrunkId,
concurrentCallsCount and burstCallsCount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .._common.fields import Field
from .._common.kinds import FIXED_TEXT, integer, read_integer
from .sip_trunk import Trunk

RESULT = (
    Field("trunk_name", "", FIXED_TEXT, returns="Name of the trunk.", sample="Lindon HQ"),
    Field("trunk_id", "", FIXED_TEXT, returns="ID of the trunk.", sample="LhmtrbuvQZ6qjIqW5ZF_mQ"),
    Field(
        "concurrent_calls",
        "",
        integer(1),
        returns="Number of calls that the trunk may carry at the same time now, its call paths.",
        sample=20,
    ),
    Field(
        "peak_concurrent_calls",
        "",
        integer(1),
        returns="Highest number of concurrent calls that a record shows; V(0) if there is none.",
        sample=18,
    ),
    Field(
        "peak_at",
        "",
        FIXED_TEXT,
        returns="Start, in UTC, of the latest call at which that number was reached; null if there is none.",
        sample="2026-03-10T10:14:00Z",
    ),
    Field(
        "percent",
        "",
        integer(1),
        returns="The peak in percent of the call paths; null if the number of call paths is not known.",
        sample=90,
    ),
    Field(
        "peak_burst_calls",
        "",
        integer(1),
        returns="Highest number of calls beyond the call paths that a record shows.",
        sample=0,
    ),
)


class Period(NamedTuple):
    """Which records are read.

    Attributes:
        start: the first day that is asked for, YYYY-MM-DD.
        end: the last day.
        since: records of calls that started before do not count, as YYYY-MM-DDThh:mm:ssZ.
        page: how many records a request asks for.
        pages: how many requests are made at most.
    """

    start: str
    end: str
    since: str
    page: int
    pages: int


class Sample(NamedTuple):
    """The calls that a trunk carried when a call started.

    Attributes:
        trunk_id: the trunk's ID.
        concurrent: calls at the same time.
        burst: calls beyond the call paths.
        at: when, as YYYY-MM-DDThh:mm:ssZ.
    """

    trunk_id: str
    concurrent: int
    burst: int
    at: str


@dataclass
class CallRecords:
    """What was read of an account's call detail records.

    Attributes:
        samples: the Samples of the period.
        read: how many records were read.
        total: how many records the API has for the days of the period.
        complete: whether all records of the period were read.
    """

    samples: list[Sample] = field(default_factory=list)
    read: int = 0
    total: int = 0
    complete: bool = False


def start_of(record: Any) -> str:
    """Return when the call of a record started, as YYYY-MM-DDThh:mm:ssZ; "" for what is no record.

    The API writes times in UTC, with or without fractions of a second.
    """
    text = record.get("startTime") if isinstance(record, dict) else None
    return text[:19] + "Z" if isinstance(text, str) and len(text) >= 19 else ""


def samples_of(record: Any) -> Iterator[Sample]:
    """Yield the Samples of a record: one for each trunk that its call went over."""
    data = record.get("applicationData") if isinstance(record, dict) else None
    entries = data.get("data") if isinstance(data, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and entry.get("sipTrunkId"):
            yield Sample(
                str(entry["sipTrunkId"]),
                read_integer(entry.get("concurrentCallsCount")) or 0,
                read_integer(entry.get("burstCallsCount")) or 0,
                start_of(record),
            )


def usage(trunks: Iterable[Trunk], samples: Iterable[Sample]) -> list[dict[str, Any]]:
    """Return the peak of each trunk, in the order of the trunks.

    Args:
        trunks: the Trunks.
        samples: the Samples, of other trunks too.
    """
    peaks: dict[str, Sample] = {}
    bursts: dict[str, int] = {}
    for sample in samples:
        peak = peaks.get(sample.trunk_id)
        if peak is None or (sample.concurrent, sample.at) > (peak.concurrent, peak.at):
            peaks[sample.trunk_id] = sample
        bursts[sample.trunk_id] = max(bursts.get(sample.trunk_id, 0), sample.burst)
    return [_row(trunk, peaks.get(trunk.trunk_id), bursts.get(trunk.trunk_id, 0)) for trunk in trunks]


def _row(trunk: Trunk, peak: Sample | None, burst: int) -> dict[str, Any]:
    paths = trunk.values["concurrent_calls"]
    calls = peak.concurrent if peak else 0
    return {
        "trunk_name": trunk.name,
        "trunk_id": trunk.trunk_id,
        "concurrent_calls": paths,
        "peak_concurrent_calls": calls,
        "peak_at": peak.at if peak and calls else None,
        "percent": (200 * calls + paths) // (2 * paths) if paths else None,
        "peak_burst_calls": burst,
    }
