# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says how much of plugins/ the measured tests ran, and fails under the floor that .coveragerc sets.

Run by the Python of a test environment, after the measured steps of scripts/checks/table.py; takes their names.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import coverage

REPO = Path(__file__).resolve().parents[1]
MEASURED = REPO / ".cache/coverage"


def main() -> int:
    """Combine what the steps measured and print the table; 1 if too little was run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("steps", nargs="+", help="names of the steps whose data is taken")
    folders = [MEASURED / name for name in parser.parse_args().steps]
    for folder in folders:
        if not any(folder.glob("data.*")):
            print(f"{folder} holds no data: run the step under measurement", file=sys.stderr)
            return 1
    os.chdir(REPO)
    measured = coverage.Coverage(data_file=str(MEASURED / "data"), config_file=".coveragerc")
    # A process that was killed leaves half a file, which is left out with a warning.
    measured.combine([str(folder) for folder in folders], keep=True, strict=True)
    # A file that no test imports is not in the data, and counts as not run at all.
    measured.get_data().touch_files(str(path) for path in sorted((REPO / "plugins").rglob("*.py")))
    total = measured.report(file=sys.stdout)
    floor = measured.get_option("report:fail_under")
    print(f"{total:.1f} % of plugins/ was run; {floor} % is the least")
    return int(total < floor)


if __name__ == "__main__":
    sys.exit(main())
