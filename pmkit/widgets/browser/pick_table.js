// A table whose rows are picked: a button in each row, so that the keyboard and a screen reader
// reach what the mouse reaches anywhere in the row.
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  el.classList.add("pmkit-table", "pmkit-pick");
  const pick = (position, name) => model.send({ picked: position, name });
  const mark = () => {
    el.querySelectorAll("tbody tr").forEach((row, position) => {
      const isPicked = position === model.get("picked");
      row.classList.toggle("pmkit-picked", isPicked);
      row.querySelector("button").setAttribute("aria-pressed", isPicked ? "true" : "false");
    });
  };
  const show = () => {
    const rows = model.get("rows");
    const active = el.contains(document.activeElement)
      ? [...el.querySelectorAll("button")].indexOf(document.activeElement)
      : -1;
    if (!rows.length) {
      el.replaceChildren(element("p", { textContent: model.get("empty") }));
      return;
    }
    const words = model.get("words");
    const aligned = (n) => (words.includes(n) ? "pmkit-words" : "");
    const heads = model.get("headings").map((text, n) =>
      element("th", { scope: "col", textContent: text, className: aligned(n) }));
    const body = element("tbody", {});
    rows.forEach(([name, ...cells], position) => {
      const button = element("button", { type: "button", textContent: name });
      const row = element("tr", {},
        element("th", { scope: "row" }, button),
        ...cells.map((text, n) =>
          element("td", { textContent: text, className: aligned(n + 1) })));
      row.addEventListener("click", () => pick(position, name));
      body.append(row);
    });
    el.replaceChildren(element("table", {},
      element("caption", { textContent: model.get("caption") }),
      element("thead", {}, element("tr", {}, ...heads)), body));
    mark();
    if (active >= 0) el.querySelectorAll("button")[Math.min(active, rows.length - 1)].focus();
  };
  model.on("change:rows change:headings change:caption change:empty", show);
  model.on("change:picked", mark);
  show();
}

export default { render };
