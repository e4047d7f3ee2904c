"""Configuration of Sphinx; the pages are those of README.md and docs/ as they are.

scripts/build-site.sh runs it.
"""

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

project = "QuantPrep"
extensions = ["myst_parser"]
root_doc = "docs/site/index"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md", "docs/site/index.md",
                    "examples/digits/README.md", "test/messages.md"]
source_suffix = {".md": "markdown"}
# Links to headings of pages.
myst_heading_anchors = 4
html_theme = "alabaster"
html_theme_options = {"page_width": "1200px", "sidebar_width": "260px", "fixed_sidebar": False}
html_sidebars = {"**": ["searchbox.html", "globaltoc.html"]}
html_copy_source = False
highlight_language = "none"

# Pygments does not know these: they are shown as they are.
for language in ("mlir", "pdll", "tablegen", "elisp"):
    lexers[language] = TextLexer()
