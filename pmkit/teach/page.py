"""One page of html for a person: no script, nothing from a network, no form that goes anywhere."""

from __future__ import annotations

from html import escape

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
COLOURS = """\
:root { --paper: #ffffff; --text: #1f2328; --muted: #59636e; --line: #d5dae0; --shade: #f4f6f8;
  --accent: #0b5394; color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #16191d; --text: #eceff2; --muted: #a9b2bc; --line: #363d45; --shade: #20252a;
    --accent: #8fc1f0; }
}
"""
"""Of every page, on a light screen and on a dark one; paper is light."""
PLAIN = (
    COLOURS
    + """\
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 16px/1.55 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
main { max-width: 47rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .4rem; }
p { margin: 0 0 .8rem; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
}
"""
)
"""Style of a page of text."""


def page(title: str, body: str, style: str = PLAIN) -> str:
    """Return the whole page.

    Parameters
    ----------
    title
        As text; it is escaped here.
    body
        Html whose texts are escaped.
    style
        Css.

    Examples
    --------
    >>> "<title>&lt;b&gt;</title>" in page("<b>", "<p>Good.</p>")
    True
    """
    return (
        "<!doctype html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
        f"<meta http-equiv='Content-Security-Policy' content=\"{_POLICY}\">\n"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
