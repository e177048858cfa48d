"""For every user's server: what Lab asks the network for is off, and kernels are out of hearing."""

c = get_config()

# What a kernel prints can be heard by everybody on the machine who connects to its TCP port; a
# socket in the user's own folder cannot.
c.KernelManager.transport = "ipc"

c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.news_url = None
c.LabApp.extension_manager = "readonly"

# The panels, at /user/NAME/voila/render/lessons/workbench/what_if_app.ipynb; how, is in
# deploy/jupyter/voila.py, of which Voila reads only half inside another server.
c.VoilaExecutor.iopub_timeout = 120

# Inside another server Voila fetches MathJax from a CDN, unless the server says that it has none;
# by itself it says so, and takes the one it brings.
c.ServerApp.tornado_settings = {"mathjax_url": None, "mathjax_config": None}
