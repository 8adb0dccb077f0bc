# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the documentation site: reference and guides from antsibull-docs, the front page from docs/site, HTML from Sphinx.

ANSIBLE_COLLECTIONS_PATH has to name a tree that holds the collection. Every warning is an error, and nothing is fetched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
SITE = REPO / "docs/site"
WORK = REPO / ".cache/docs"
SOURCE = WORK / "source"
HTML = WORK / "html"


def main() -> int:
    """Build the site and print where it is."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(SITE, SOURCE)
    # antsibull-docs wants the folder to be there, and not to be writable by others.
    (SOURCE / "reference").mkdir(mode=0o755)
    _run(
        "antsibull-docs",
        "collection",
        "--use-current",
        "--squash-hierarchy",
        "--fail-on-error",
        "--dest-dir",
        str(SOURCE / "reference"),
        "alianza.sip_trunking",
    )
    _run("sphinx-build", "-b", "html", "-W", "--keep-going", "-j", "auto", "-q", str(SOURCE), str(HTML))
    pages = len(list(HTML.rglob("*.html")))
    print(f"{pages} pages: {(HTML / 'index.html').relative_to(REPO)}")
    return 0


def _run(program: str, *arguments: str) -> None:
    """Run a program of this virtual environment; raise CalledProcessError if it fails."""
    subprocess.run([str(Path(sys.executable).parent / program), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
