// Makes the box it stands in a named region that the keyboard can scroll; it shows nothing itself.
function render({ model, el }) {
  el.style.display = "none";
  const mark = () => {
    const box = el.parentElement;
    if (box === null) {
      requestAnimationFrame(mark);
      return;
    }
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", model.get("label"));
  };
  mark();
}

export default { render };
