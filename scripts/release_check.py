# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that a tag, galaxy.yml and the changelog name one version, and that no fragment was left out of the changelog."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml

REPO = Path(__file__).resolve().parents[1]


def faults(tag: str, root: Path) -> list[str]:
    """Return what keeps the checkout from being released as this version, a sentence each."""
    version = str(yaml.safe_load((root / "galaxy.yml").read_text(encoding="utf-8"))["version"])
    changelog = yaml.safe_load((root / "changelogs/changelog.yaml").read_text(encoding="utf-8"))
    fragments = sorted(path.name for path in (root / "changelogs/fragments").glob("*.y*ml"))
    found = []
    if tag != version:
        found.append(f"The tag is {tag} and galaxy.yml has version {version}: tag the commit that sets the version")
    if version not in (changelog.get("releases") or {}):
        found.append(f"changelogs/changelog.yaml has no release {version}: run antsibull-changelog release")
    if fragments:
        found.append(
            f"Fragments are not in the changelog yet ({', '.join(fragments)}): run antsibull-changelog release"
        )
    return found


def main() -> int:
    """Print the faults; 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tag", help="the tag that is released")
    found = faults(parser.parse_args().tag, REPO)
    print("\n".join(found) or "The versions agree.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
