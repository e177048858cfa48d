"""One page of html for a person: no script, nothing from a network, no form that goes anywhere."""

from __future__ import annotations

from html import escape

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
PLAIN = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;"
    "color:#16191d;background:#fff}h1{font-size:1.4rem}.asked{color:#4a525b}"
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
