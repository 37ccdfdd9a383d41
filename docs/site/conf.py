"""How Sphinx makes the site of the manual: plain, offline, nothing from elsewhere."""

from __future__ import annotations

from dragoman import __version__

project = "dragoman"
author = "the dragoman authors"
release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_heading_anchors = 6
myst_enable_extensions: list[str] = []
html_theme = "furo"
html_title = f"dragoman {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "native"
language = "en"
suppress_warnings = ["myst.header", "misc.highlighting_failure"]  # levels of headings; tables in CSV have no lexer
highlight_language = "text"
