# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the generated parts of the modules' documentation, or with --check names the files that are out of date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

# pylint: disable=wrong-import-position
from checks.workspace import REPO, link_tree

# The collection need not be installed: the checkout is imported as one.
sys.path.insert(0, str(link_tree()))

from module_docs.parts import UnknownPart, written

FOLDERS = ("plugins/modules", "plugins/doc_fragments")


def main() -> int:
    """Return 0, or 1 if a file is out of date and only --check was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    check = parser.parse_args().check
    stale = []
    for path in sorted(path for folder in FOLDERS for path in (REPO / folder).glob("*.py")):
        old = path.read_text(encoding="utf-8")
        new = written(path.stem, old)
        if new != old:
            stale.append(str(path.relative_to(REPO)))
            if not check:
                path.write_text(new, encoding="utf-8")
    for name in stale:
        print("%s %s" % ("out of date:" if check else "updated:", name))
    if check and stale:
        print("Run scripts/update_docs.py to update the documentation")
    return 1 if check and stale else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UnknownPart as fault:
        sys.exit(str(fault))
