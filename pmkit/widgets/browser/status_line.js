// One line that says what happened. The node stays and its text changes, so that assistive
// technology announces it; textContent, so that nothing in it is ever markup.
function render({ model, el }) {
  window.pmkitPictures ??= namePictures();
  el.classList.add("pmkit-status");
  el.setAttribute("role", "status");
  el.setAttribute("aria-live", "polite");
  const show = () => {
    el.dataset.kind = model.get("kind");
    el.textContent = (model.get("kind") === "problem" ? "\u26a0 " : "") + model.get("text");
  };
  model.on("change:text change:kind", show);
  show();
  const body = document.body;
  const look = () => {
    const dark = body.dataset.jpThemeLight === "false";
    if (model.get("dark") !== dark) {
      model.set("dark", dark);
      model.save_changes();
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  look();
  model.send({ shown: true });
  return () => observer.disconnect();
}

// JupyterLab and Voila show a stored picture as an image without a text, though the drawing has a
// name: put it on the image, once for all pictures of the page.
function namePictures() {
  const name = (image) => {
    const [kind, ...rest] = image.src.split(",");
    if (image.hasAttribute("alt") || kind !== "data:image/svg+xml") return;
    const text = decodeURIComponent(rest.join(","));
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    image.alt = drawing.getAttribute("aria-label") ?? "";
  };
  const look = () => document.querySelectorAll(".jp-RenderedSVG > img:not([alt])").forEach(name);
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return observer;
}

export default { render };
