// A list of sentences, each with buttons that act on it.
function render({ model, el }) {
  el.classList.add("pmkit-list");
  let pressed = -1;
  const show = () => {
    const items = model.get("items");
    const list = document.createElement("ul");
    let group = "";
    items.forEach((text, position) => {
      const next = model.get("groups")[position] ?? "";
      if (next !== group) {
        const title = document.createElement("li");
        title.className = "pmkit-group";
        title.textContent = group = next;
        list.append(title);
      }
      const item = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = text;
      item.append(words);
      for (const action of model.get("actions")) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = action;
        button.setAttribute("aria-label", `${action}: ${text}`);
        button.addEventListener("click", () => {
          pressed = position;
          model.send({ action, position });
        });
        item.append(button);
      }
      list.append(item);
    });
    const empty = document.createElement("p");
    empty.textContent = model.get("empty");
    const hadFocus = el.contains(document.activeElement);
    el.replaceChildren(items.length ? list : empty);
    if (hadFocus && items.length) {
      const rows = list.querySelectorAll("li:not(.pmkit-group)");
      const next = rows[Math.min(Math.max(pressed, 0), items.length - 1)];
      next.querySelector("button").focus(); // the keyboard stays where it was
    }
  };
  model.on("change:items change:groups change:empty", show);
  show();
}

export default { render };
