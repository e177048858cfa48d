// Things to put in order: each has a button up and a button down.
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const legend = element("legend", {});
  const list = element("ol", {});
  const said = element("p", { className: "pmkit-unseen" });
  said.setAttribute("aria-live", "polite");
  const group = element("fieldset", {}, legend, list, said);
  el.classList.add("pmkit-order");
  el.append(group);
  let moved = null; // the item under the keyboard, and the way it went

  const move = (place, step) => {
    const order = [...model.get("order")];
    const other = place + step;
    if (other < 0 || other >= order.length) return;
    [order[place], order[other]] = [order[other], order[place]];
    const item = order[other];
    moved = { item, step };
    model.set("order", order); // draws at once, and brings the keyboard to where the item went
    model.save_changes();
    said.textContent = `${model.get("items")[item]}: place ${other + 1} of ${order.length}`;
  };
  const button = (text, place, step, last) => {
    const words = step < 0 ? "Move up" : "Move down";
    const made = element("button", { type: "button", className: "pmkit-button",
      textContent: step < 0 ? "\u2191" : "\u2193", title: words });
    made.setAttribute("aria-label", `${words}: ${text}`);
    if (place === last) made.setAttribute("aria-disabled", "true"); // it keeps the keyboard
    made.addEventListener("click", () => move(place, step));
    return made;
  };
  const show = () => {
    const items = model.get("items");
    const order = model.get("order");
    let next = null;
    list.replaceChildren(...order.map((item, place) => {
      const text = items[item] ?? "";
      const up = button(text, place, -1, 0);
      const down = button(text, place, 1, order.length - 1);
      if (moved && moved.item === item) next = moved.step < 0 ? up : down;
      return element("li", {}, element("span", {}, text), up, down);
    }));
    group.disabled = model.get("disabled");
    if (next) next.focus();
    moved = null;
  };
  const dress = () => {
    legend.textContent = model.get("label");
    group.disabled = model.get("disabled");
  };
  group.addEventListener("keydown", (event) => {
    if (!(event.key === "Enter" && (event.shiftKey || event.ctrlKey))) event.stopPropagation();
  });
  model.on("change:items change:order", show);
  model.on("change:label change:disabled", dress);
  show();
  dress();
}

export default { render };
