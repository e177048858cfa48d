"""What a panel changes while its page is still coming up is on the page all the same."""

from __future__ import annotations

import nbformat

_CODE = """
import asyncio
from threading import RLock

import ipywidgets as widgets

from pmkit.widgets.guarded import Guarded

panel = Guarded(RLock())
boxes = [widgets.HTML("waits") for _ in range(150)]
panel.children = [panel.status, widgets.VBox(boxes)]


def change(n):
    boxes[n].value = f"done{n}"


for n in range(150):
    asyncio.get_running_loop().call_later(0.02 * n, change, n)
panel
"""


def test_voila_loses_no_change_of_a_panel_while_its_page_comes_up(page, voila_server):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "catching_up.ipynb")
    for _ in range(2):  # the first page of a server comes up later than all changes
        page.goto(voila_server.page("catching_up.ipynb"))
        page.get_by_text("done149").wait_for()
        page.wait_for_function("() => !document.body.innerText.includes('waits')")
