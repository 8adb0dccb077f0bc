# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets ansible-test set up its virtual environments where its own download fails.

ansible-test fetches a bootstrap script for one fixed release of pip from a host of its own. Networks that offer
only a mirror of the Python package index block that host, and then nothing runs. It does take a script that is
already in its cache: if the download fails, this puts one there that runs the same pip release from its wheel,
which pip itself fetches (and checks) from wherever it is set up to fetch.

Run by the Python that ansible-test is installed for.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

CACHE = Path("~/.ansible/test/cache").expanduser()

SCRIPT = '''\
"""Installs packages with the pip of the wheel next to this file, as get-pip does."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), {wheel!r}))
arguments = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
sys.argv = ["pip", "install", "--upgrade"] + arguments

from pip._internal.cli.main import main

sys.exit(main())
'''


def main() -> int:
    """Put the script there if it is needed and missing."""
    version, url = expected()
    script = CACHE / f"get_pip_{version.replace('.', '_')}.py"
    if script.exists():
        return 0
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            answer.read(1)
    except OSError as exc:
        print(f"ansible-test's download does not work ({exc}): using the wheel of pip {version} instead")
    else:
        return 0
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, f"pip=={version}"],
            check=True,
        )
        wheel = next(Path(folder).glob("pip-*.whl"))
        (CACHE / wheel.name).write_bytes(wheel.read_bytes())
    script.write_text(SCRIPT.format(wheel=wheel.name), encoding="utf-8")
    return 0


def expected() -> tuple[str, str]:
    """The release of pip that the installed ansible-test asks for, and the address it asks."""
    package = Path(importlib.util.find_spec("ansible_test").submodule_search_locations[0])
    versions = (package / "_internal/python_requirements.py").read_text(encoding="utf-8")
    version = re.search(r"default_packages = dict\(\s*pip='([\d.]+)'", versions)
    addresses = (package / "_util/target/setup/requirements.py").read_text(encoding="utf-8")
    address = re.search(r"'(https://\S+/get-pip-)%s\.py'", addresses)
    if not version or not address:
        sys.exit(
            "this ansible-test sets up pip in a way that is not known here: scripts/pip_bootstrap.py needs an update"
        )
    return version[1], f"{address[1]}{version[1]}.py"


if __name__ == "__main__":
    sys.exit(main())
