// One of several things to choose: native radio buttons in a fieldset, texts that wrap.
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const name = `pmkit-${Math.random().toString(36).slice(2)}`;
  const legend = element("legend", {});
  const list = element("div", { className: "pmkit-radio-list" });
  const group = element("fieldset", {}, legend, list);
  el.classList.add("pmkit-radios");
  el.append(group);

  const show = () => {
    list.replaceChildren(...model.get("options").map((text, position) => {
      const input = element("input", { type: "radio", name, value: String(position) });
      input.addEventListener("change", () => {
        model.set("value", position);
        model.save_changes();
      });
      const words = element("span", {}, text);
      const note = model.get("notes")[position];
      if (note) words.append(" ", element("strong", { className: "pmkit-note", textContent: note }));
      return element("label", {}, input, words);
    }));
    pick();
  };
  const pick = () => {
    const value = model.get("value");
    list.querySelectorAll("input").forEach((input, position) => {
      input.checked = position === value;
    });
  };
  const dress = () => {
    legend.textContent = model.get("label");
    legend.hidden = !model.get("label");
    group.disabled = model.get("disabled");
    el.classList.toggle("pmkit-inline-radios", model.get("inline"));
  };
  // Lab's command keys, such as the arrows, stay out of the group
  group.addEventListener("keydown", (event) => {
    if (!(event.key === "Enter" && (event.shiftKey || event.ctrlKey))) event.stopPropagation();
  });
  model.on("change:options change:notes", show);
  model.on("change:value", pick);
  model.on("change:label change:disabled change:inline", dress);
  show();
  dress();
}

export default { render };
