# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: where the job of a module is found, and what it promises to return."""

from __future__ import annotations

import importlib
import pathlib
import re

import pytest
import yaml

from ansible_collections.alianza.sip_trunking.plugins.module_utils._module.job import Job

PLUGINS = pathlib.Path(__file__).resolve().parents[5] / "plugins"
PACKAGE = "ansible_collections.alianza.sip_trunking.plugins.module_utils._module."
# alianza_login is about the token itself and has no job; the job of a lookup is named like the lookup.
MODULES = sorted(path for path in (PLUGINS / "modules").glob("alianza_*.py") if path.stem != "alianza_login")
NOT_JOBS = {"argspec", "job", "runner", "raw_options", "login", "sip_credentials_lookup"}


def job_of(name):
    """Return the one Job that a file of _module defines."""
    module = importlib.import_module(PACKAGE + name)
    (job,) = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Job) and each.__module__ == module.__name__
    ]
    return job


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_job_is_named_like_its_module_and_returns_what_the_module_documents(path):
    name = path.stem.partition("_")[2]
    job = job_of(name)
    assert job.__name__ == "".join(map(str.capitalize, name.split("_"))) + "Job"
    text = path.read_text(encoding="utf-8")
    documented = yaml.safe_load(re.search(r'^RETURN = r"""(.*?)"""', text, re.MULTILINE | re.DOTALL).group(1))
    assert ("notices" in documented, "guards" in documented) == (job.returns_notices, job.returns_guards)


def test_every_file_is_the_job_of_a_module():
    files = {path.stem for path in (PLUGINS / "module_utils" / "_module").glob("*.py")}
    assert files - NOT_JOBS == {path.stem.partition("_")[2] for path in MODULES}
    assert job_of("sip_credentials_lookup").__name__ == "SipCredentialsLookupJob"
