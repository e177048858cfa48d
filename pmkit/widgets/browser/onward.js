// Brings the keyboard to the button that goes on, if it still is where the answer was sent from.
// That button may be gone or disabled by now, so what counts is what took the keyboard last.
function render({ model, el }) {
  let last = null;
  const take = ({ target }) => {
    if (!target.contains(el)) last = target; // else the page has it back from a button that is gone
  };
  document.addEventListener("focusin", take);
  model.on("msg:custom", (message) => {
    const panel = el.closest(".pmkit-panel");
    const now = document.activeElement;
    const sent = last?.closest(".pmkit-sends");
    if (!message.go || !sent || !panel?.contains(sent)) return;
    if (now === last || now === null || now.contains(el)) {
      panel.querySelector(".pmkit-onward").focus();
    }
  });
  return () => document.removeEventListener("focusin", take);
}

export default { render };
