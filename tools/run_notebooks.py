"""Run notebooks from top to bottom and save them in place with what they print, and nothing else.

Usage: python tools/run_notebooks.py notebooks/a.ipynb ...
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def run(path: Path, seconds: int = 300) -> None:
    """Execute one notebook in its own folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=seconds,
        iopub_timeout=seconds,  # a busy machine loses no output
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
    )
    client.execute()
    nbformat.write(tidy(notebook), path)


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without times, widget state or anything else of one machine."""
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(name="python")
    )
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:02}"
        kept = {key: cell.metadata[key] for key in ("tags", "jupyter") if key in cell.metadata}
        cell.metadata = NotebookNode(kept)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if len(data) > 1:  # the panel ended with its kernel: what is left of it is its text
                data.pop(WIDGET, None)
    return notebook


def main(paths: list[Path]) -> None:
    """Run each notebook, naming it first: an error then has a place.

    Whoever runs them may be a learner as well: what they have answered is not part of it.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    )
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PMKIT_PROGRESS"] = str(Path(folder) / "progress.json")
        for path in paths:
            print(path, flush=True)
            run(path)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
