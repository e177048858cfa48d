// Brings the keyboard to the button that goes on, if it still is where the answer was sent from.
// That button may be gone or disabled by now, so what counts is what took the keyboard last.
const FRAMES = 300; // of the screen; what is said may come before the button is shown

function render({ model, el }) {
  let last = null;
  const take = ({ target }) => {
    if (!target.contains(el)) last = target; // else the page has it back from a button that is gone
  };
  const isWhereItWasSent = () => {
    const now = document.activeElement;
    const sent = last?.closest(".pmkit-sends");
    const isHere = sent && el.closest(".pmkit-panel")?.contains(sent);
    return isHere && (now === last || now === null || now.contains(el));
  };
  const go = (left) => {
    if (!isWhereItWasSent()) return;
    const onward = el.closest(".pmkit-panel").querySelector(".pmkit-onward");
    onward?.focus(); // nothing happens while it is hidden or disabled
    if (document.activeElement !== onward && left) requestAnimationFrame(() => go(left - 1));
  };
  document.addEventListener("focusin", take);
  model.on("msg:custom", (message) => message.go && go(FRAMES));
  return () => document.removeEventListener("focusin", take);
}

export default { render };
