# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random values of options, made from the rows of the field table."""

from __future__ import annotations

from hypothesis import strategies as st

SPELLINGS = (
    str,
    lambda number: number[1:],
    lambda number: "%s-%s-%s" % (number[1:4], number[4:7], number[7:]),
    lambda number: "+1 (%s) %s-%s" % (number[1:4], number[4:7], number[7:]),
)


def spelled(numbers):
    """Return the strategy of telephone numbers in every spelling, from one of 11-digit numbers."""
    return st.builds(lambda number, spell: spell(number), numbers, st.sampled_from(SPELLINGS))


def valid(kind, numbers=None):
    """Return the strategy of values of a kind that set something.

    Args:
        kind: the Kind.
        numbers: strategy of 11-digit telephone numbers; None for any.
    """
    if kind.type == "bool":
        return st.booleans()
    if kind.type == "int":
        return st.integers(max(kind.minimum, 1), kind.maximum)
    if kind.choices:
        return st.sampled_from(kind.choices)
    if kind.format == "telephone-number":
        single = spelled(numbers if numbers is not None else st.from_regex(kind.pattern, fullmatch=True))
    elif kind.format == "ip-address":
        single = st.ip_addresses().map(str)
    elif kind.pattern:
        single = st.from_regex(kind.pattern, fullmatch=True).filter(str.isascii)
    else:
        single = st.text("abcXYZ012-_", min_size=1, max_size=22)
    return st.lists(single, min_size=1, max_size=4) if kind.type == "list" else single


def values(row, numbers=None):
    """Return the strategy of values of an option.

    The sample and the value that clears the field are frequent, so that states which are compared agree in part.

    Args:
        row: the Field.
        numbers: strategy of 11-digit telephone numbers; None for any.
    """
    frequent = [row.sample] if row.sample is not None and not (numbers is not None and row.kind.format) else []
    if row.kind.clear is not None:
        frequent.append(row.kind.clear)
    return st.one_of(st.sampled_from(frequent), valid(row.kind, numbers)) if frequent else valid(row.kind, numbers)


def options(rows, numbers=None):
    """Return the strategy of {option: value} with any of the rows."""
    return st.fixed_dictionaries({}, optional={row.option: values(row, numbers) for row in rows})
