# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the start of short processes cheaper, for the tests alone: keeps what Python compiled of modules, and looks for no cycles.

Ansible hands a module and everything it imports to Python as a zip file, and Python compiles all of that anew in every task,
which is a quarter of a second. The same text is compiled once here. Looking for cycles among objects that all live until the
process ends is a twelfth of its time. Nothing else differs from how users run modules.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import os
import sys
import tempfile
import zipimport

CACHE = os.environ.get("COMPILED_MODULES")
_compile_source = zipimport._compile_source  # pylint: disable=protected-access


def _compiled(pathname, source):
    """Return the code of a module's source: from the cache, or compiled and kept."""
    name = hashlib.sha256(b"%s %s" % (os.path.basename(pathname).encode(), source)).hexdigest()
    path = os.path.join(CACHE, "%s-%s" % (sys.implementation.cache_tag, name))
    try:
        with open(path, "rb") as file:
            return marshal.load(file)
    except (OSError, EOFError, ValueError, TypeError):
        pass
    code = _compile_source(pathname, source)
    handle, temporary = tempfile.mkstemp(dir=CACHE)
    with os.fdopen(handle, "wb") as file:
        marshal.dump(code, file)
    os.replace(temporary, path)
    return code


gc.disable()
if CACHE and os.path.isdir(CACHE):
    zipimport._compile_source = _compiled  # pylint: disable=protected-access
