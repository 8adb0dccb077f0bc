# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration of Sphinx for the documentation site. Nothing is fetched from the network."""

from __future__ import annotations

project = "alianza.sip_trunking"
project_copyright = "2026, the alianza.sip_trunking authors"
title = html_short_title = project
html_title = "SIP trunking on Alianza with Ansible"

extensions = ["sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
intersphinx_mapping = {}
pygments_style = "ansible"
highlight_language = "YAML+Jinja"
nitpicky = False

html_theme = "sphinx_ansible_theme"
html_theme_options = {
    "topbar_links": {},
    "documentation_home_url": "index.html",
    "display_version": False,
    "vcs_pageview_mode": "edit",
}
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_use_smartypants = False
html_copy_source = False
html_show_sourcelink = False

_OURS = "ansible_collections.alianza.sip_trunking."


def _external_label(app, env, node, contnode):
    """Show a label of Ansible's own documentation as text: it cannot be looked up offline. One of ours stays an error."""
    target = node.get("reftarget", "")
    return contnode if node.get("refdomain") == "std" and not target.startswith(_OURS) else None


def setup(app):
    """Connect the handler."""
    app.connect("missing-reference", _external_label, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
