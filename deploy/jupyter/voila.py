"""For every Voila that serves the panels, `make app` and the pages of a hub alike."""

c = get_config()

c.VoilaConfiguration.template = "pmkit"

# These belong to Lab, fail in a page and delay its first picture.
c.VoilaConfiguration.extension_denylist = [
    "@jupyter-notebook/lab-extension",
    "@jupyter/nbgrader",
    "jupyterlab-jupytext",
]

# After a cell has run, Voila waits so many seconds for what it shows and then goes on without it.
# With the usual 4 a page of a busy machine stays empty: no panel, and no message.
c.VoilaExecutor.iopub_timeout = 120
