"""One look for all panels: the style sheet, and small pieces of text.

Colours are JupyterLab's own variables, which Voila has too, so that a panel is light or dark with
the page around it. Everything that is put into markup here is escaped here.
"""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets

STYLE = """
.pmkit-panel { --pmkit-gap: 12px; color: var(--jp-ui-font-color1, #1f2328); max-width: 1240px;
  font-family: var(--jp-ui-font-family, Arial, Helvetica, sans-serif); font-size: 13px; }
.pmkit-panel, .pmkit-panel .widget-vbox, .pmkit-panel .widget-box { overflow: visible; }
.pmkit-panel, .pmkit-stack { gap: 10px; }
.pmkit-panel > *, .pmkit-stack > * { margin: 0; flex: none; }
.pmkit-panel .widget-html, .pmkit-panel .widget-html-content { width: auto; height: auto;
  margin: 0; line-height: 1.45; font-size: 13px; }
.pmkit-panel h2 { font-size: 20px; font-weight: 600; margin: 0; line-height: 1.25;
  color: inherit; }
.pmkit-panel h3 { font-size: 14px; font-weight: 600; margin: 0 0 6px; line-height: 1.25;
  color: inherit; }
.pmkit-panel p { margin: 0 0 4px; font-size: 13px; line-height: 1.45; }
.pmkit-muted { color: var(--jp-ui-font-color2, #59636e); }
.pmkit-head { display: flex; flex-flow: row wrap; align-items: center; gap: 8px 12px; }
.pmkit-head > * { margin: 0; }
.pmkit-head > .widget-html, .pmkit-head > .pmkit-status { flex: 1 1 320px; min-width: 0; }
.pmkit-panel .pmkit-inline { display: flex; align-items: center; gap: 6px; width: auto;
  height: 28px; }
.pmkit-panel .pmkit-inline > label { width: auto; margin: 0; text-align: left; font-size: 12px;
  color: var(--jp-ui-font-color1, #1f2328); }
.pmkit-panel .pmkit-inline > select { flex: none; width: auto; max-width: 200px; height: 28px;
  margin: 0; font-size: 13px; }
.pmkit-head > .pmkit-row { flex: none; }
.pmkit-head.pmkit-first { flex-flow: column; align-items: flex-start; gap: 14px;
  padding: 28px 32px; border: 1px solid var(--jp-border-color2, #d0d7de); border-radius: 6px; }
.pmkit-head.pmkit-first > .widget-html { flex: none; max-width: 640px; }
.pmkit-head.pmkit-first p { margin: 8px 0 0; font-size: 14px; }
.pmkit-band { display: grid; gap: var(--pmkit-gap);
  grid-template-columns: repeat(auto-fit, minmax(232px, 1fr)); align-items: stretch; }
.pmkit-card { border: 1px solid var(--jp-border-color2, #d0d7de); border-radius: 6px;
  padding: 10px 12px; min-width: 0; box-sizing: border-box; gap: 6px;
  background: var(--jp-layout-color1, #fff); }
.pmkit-card > * { width: auto; margin: 0; min-width: 0; }
.pmkit-row { display: flex; flex-flow: row wrap; gap: 6px 8px; align-items: end; }
.pmkit-row > * { margin: 0; }
.pmkit-panel .pmkit-row > .pmkit-stacked { flex: 1 1 110px; min-width: 0; }
.pmkit-thirds { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 6px; }
.pmkit-halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6px; }
.pmkit-thirds > *, .pmkit-halves > * { margin: 0; min-width: 0; width: auto; }

/* Labels stand above their box, everywhere. */
.pmkit-panel .pmkit-stacked { display: flex; flex-direction: column; align-items: stretch;
  height: auto; width: auto; margin: 0; }
.pmkit-panel .pmkit-stacked > label, .pmkit-number label { text-align: left; width: auto;
  margin: 0; line-height: 18px; height: 18px; font-size: 12px; white-space: nowrap;
  color: var(--jp-ui-font-color1, #1f2328); }
.pmkit-panel .pmkit-stacked > input, .pmkit-panel .pmkit-stacked > select { width: 100%;
  margin: 0; box-sizing: border-box; flex: none; font-size: 13px; }
.pmkit-panel .pmkit-stacked > select:not([size]), .pmkit-panel .pmkit-stacked > select[size="1"],
.pmkit-panel .pmkit-stacked > input { height: 28px; }
.pmkit-panel .pmkit-grows > select { flex: 1 1 auto; min-height: 130px; }
.pmkit-split { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 6px; }
.pmkit-split > * { margin: 0; min-width: 0; width: auto; }
.pmkit-name { overflow-wrap: anywhere; }
.pmkit-number { display: block; margin: 0; min-width: 0; width: auto; }
.pmkit-number-row { display: flex; }
.pmkit-number input { flex: 1 1 auto; min-width: 0; width: 100%; height: 28px; padding: 0 4px;
  box-sizing: border-box; text-align: right; font: inherit; font-variant-numeric: tabular-nums;
  border: 1px solid var(--jp-border-color1, #8c959f); border-radius: 0;
  color: var(--jp-ui-font-color1, #1f2328); background: var(--jp-layout-color1, #fff); }
.pmkit-number button { flex: 0 0 22px; border: 1px solid var(--jp-border-color1, #8c959f);
  background: var(--jp-layout-color2, #eef1f4); color: inherit; padding: 0; cursor: pointer;
  font: inherit; }
.pmkit-number button:first-child { border-right: 0; border-radius: 3px 0 0 3px; }
.pmkit-number button:last-child { border-left: 0; border-radius: 0 3px 3px 0; }
.pmkit-thirds .pmkit-number button { display: none; }
.pmkit-thirds .pmkit-number input { border-radius: 3px; }
.pmkit-number input[aria-invalid="true"] { border: 2px solid #b42318;
  background-image: linear-gradient(135deg, #b42318 6px, transparent 6px); }
.pmkit-number :disabled { opacity: 0.55; cursor: default; }
.pmkit-panel :is(input, select, button, summary, a):focus-visible {
  outline: 2px solid var(--jp-brand-color1, #0969da); outline-offset: -1px; }

.pmkit-panel .jupyter-button, .pmkit-button { height: 28px; line-height: 26px; padding: 0 10px;
  margin: 0; width: auto; font: inherit; font-size: 13px; border-radius: 4px; cursor: pointer;
  box-shadow: none;
  border: 1px solid var(--jp-border-color1, #8c959f); color: var(--jp-ui-font-color1, #1f2328);
  background: var(--jp-layout-color2, #eef1f4); }
.pmkit-panel .jupyter-button:disabled, .pmkit-button:disabled { opacity: 0.55; cursor: default; }
.pmkit-panel .jupyter-button.pmkit-main { color: #fff; background: #0b5394;
  border-color: #0b5394; }
.pmkit-download { width: auto; margin: 0; }

.pmkit-panel .pmkit-status { width: auto; margin: 0; min-height: 22px;
  padding: 4px 10px; border-radius: 4px; line-height: 1.45; white-space: pre-line;
  border-left: 4px solid #0b5394;
  background: var(--jp-layout-color2, #eef1f4); color: var(--jp-ui-font-color1, #1f2328); }
.pmkit-status[data-kind="problem"] { border-left-color: #b42318; font-weight: 600; }
.pmkit-status:empty { visibility: hidden; }

.pmkit-list { width: auto; margin: 0; overflow-y: auto; max-height: 150px; }
.pmkit-list ul { list-style: none; margin: 0; padding: 0; }
.pmkit-list li { display: flex; gap: 6px; align-items: baseline; padding: 2px 0; margin: 0; }
.pmkit-list li span { flex: 1 1 auto; min-width: 0; overflow-wrap: anywhere; }
.pmkit-list li button { flex: none; border: 0; background: none; padding: 2px 4px; font: inherit;
  color: var(--jp-ui-font-color1, #1f2328); text-decoration: underline; cursor: pointer; }
.pmkit-list p { color: var(--jp-ui-font-color2, #59636e); margin: 0; }

.pmkit-head > .pmkit-answer { flex-basis: 640px; }
.pmkit-answer { font-size: 17px; line-height: 1.4; }
.pmkit-answer .pmkit-muted { font-size: 13px; }
.pmkit-side { display: flex; flex-flow: row wrap; gap: var(--pmkit-gap); align-items: stretch; }
.pmkit-side > * { margin: 0; box-sizing: border-box; min-width: 0; max-width: 100%;
  border: 1px solid var(--jp-border-color2, #d0d7de); border-radius: 6px;
  background: var(--jp-layout-color1, #fff); }
.pmkit-panel .pmkit-scroll { max-height: 530px; overflow: auto; flex: 1 1 820px; }
.pmkit-panel .pmkit-beside { overflow: auto; flex: 0 0 385px; }
.pmkit-panel .pmkit-side > .pmkit-figures { flex: 1 1 480px; padding: 10px 12px; }
.pmkit-figures > .widget-html-content { display: flex; flex-flow: row wrap; gap: 12px 40px;
  align-items: flex-start; }
.pmkit-panel .pmkit-side > .pmkit-card { flex: 0 1 385px; }
.pmkit-certain { padding: 10px 12px; }
.pmkit-effects tbody th { white-space: normal; overflow-wrap: anywhere; max-width: 170px; }
.pmkit-table { overflow-x: auto; }
.pmkit-table table { border-collapse: collapse; font-size: 13px; }
.pmkit-table caption { text-align: left; font-weight: 600; font-size: 14px; padding: 0 0 6px;
  color: inherit; }
.pmkit-table th, .pmkit-table td { padding: 4px 10px; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--jp-border-color2, #d0d7de); font-variant-numeric: tabular-nums; }
.pmkit-table thead th { font-weight: 600; white-space: normal; overflow-wrap: anywhere;
  max-width: 160px; vertical-align: bottom; }
.pmkit-table tbody th { text-align: left; font-weight: normal; padding-left: 0; }
.pmkit-table .pmkit-delta { color: var(--jp-ui-font-color2, #59636e); font-size: 12px;
  display: block; }
.pmkit-notes summary { cursor: pointer; }
.pmkit-notes ul { margin: 2px 0 0 18px; padding: 0; }
"""


def style_sheet() -> Any:
    """Return the widget that carries the style sheet; a panel holds one."""
    return widgets.HTML(f"<style>{STYLE}</style>", layout=widgets.Layout(display="none"))


def styled(widget: Any, *names: str) -> Any:
    """Return the widget with classes of the style sheet, for use inside an expression."""
    for name in names:
        widget.add_class(f"pmkit-{name}")
    return widget


def heading(text: str, level: int = 3) -> Any:
    """Return a heading; the text is escaped."""
    return widgets.HTML(f"<h{level}>{escape(text)}</h{level}>")


def card(title: str, *children: Any) -> Any:
    """Return a framed group of inputs under a heading."""
    return styled(widgets.VBox([heading(title), *children]), "card")


def stack(*children: Any) -> Any:
    """Return widgets below each other, at the distance that all panels keep."""
    return styled(widgets.VBox(children), "stack")


def row(*children: Any) -> Any:
    """Return widgets side by side, which wrap when there is no room."""
    return styled(widgets.Box(children), "row")


def stacked(widget: Any) -> Any:
    """Return an input whose label stands above it."""
    return styled(widget, "stacked")


def shown(widget: Any, visible: bool) -> None:
    """Show a widget, or take it out of the page and out of the keyboard's way."""
    wanted = None if visible else "none"
    if widget.layout.display != wanted:
        widget.layout.display = wanted
