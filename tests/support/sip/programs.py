# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding the programs that the end-to-end tests drive."""

from __future__ import annotations

import os
import shutil

# Where Debian keeps servers, which is not on everybody's PATH.
MORE = ("/usr/local/sbin", "/usr/sbin", "/sbin")


def find(name):
    """Return the path of a program, or None."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *MORE]))
