# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and behaviour may change in any release.
"""The report as a page for people. Pure.

The template is filled in by Jinja itself: Ansible's own way of doing that takes many times as long, and takes text of the
platform for templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jinja2

from .picture import pictures


def page(report: Mapping[str, Any], template: str, style: str) -> str:
    """Return the page of a report.

    Args:
        report: what ``audit.json`` holds.
        template: the text of its template.
        style: its style sheet.
    """
    environment = jinja2.Environment(trim_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters["pictures"] = pictures
    return environment.from_string(template).render(report=report, style=style)
