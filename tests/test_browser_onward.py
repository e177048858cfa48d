"""The keyboard goes on to the next button, also where that is shown a moment later."""

from __future__ import annotations

import nbformat

from tests.panel_page import Panel

_CODE = """\
import threading
import ipywidgets
from pmkit.widgets.onward import Onward

send, on = ipywidgets.Button(description="Send"), ipywidgets.Button(description="Go on")
onward, on.layout.display = Onward(send, onward=on), "none"

def answer(_):
    onward.go()
    send.layout.display = "none"
    threading.Timer(1, setattr, (on.layout, "display", "")).start()

send.on_click(answer)
ipywidgets.VBox([onward, send, on]).add_class("pmkit-panel")
"""


def test_voila_the_keyboard_waits_for_the_button_that_goes_on(page, voila_server):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)], metadata=kernel)
    nbformat.write(notebook, voila_server.root / "onward.ipynb")
    found = Panel(page)
    page.goto(voila_server.page("onward.ipynb"))
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    page.locator("button:focus", has_text="Go on").wait_for()
    assert found.page_errors == []
