// One line that says what happened. The node stays and its text changes, so that assistive
// technology announces it; textContent, so that nothing in it is ever markup.
function render({ model, el }) {
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
  return () => observer.disconnect();
}

export default { render };
