// A labelled box to type into. What is typed goes to Python as it is; Python answers with a value
// or with a sentence, so that nothing is clamped, dropped or rounded silently on the way.
function shown(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(Math.round(value * 1e4) / 1e4) : value;
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const id = `pmkit-${Math.random().toString(36).slice(2)}`;
  const steps = model.get("steps");
  const label = element("label", { htmlFor: id });
  const input = element("input", { id, type: "text", autocomplete: "off" });
  const less = element("button", { type: "button", textContent: "\u2212", tabIndex: -1 });
  const more = element("button", { type: "button", textContent: "+", tabIndex: -1 });
  for (const button of [less, more]) button.setAttribute("aria-hidden", "true"); // arrow keys do it
  const why = element("span", { id: `${id}-why`, className: "pmkit-why" });
  input.setAttribute("aria-describedby", why.id);
  if (steps) {
    input.inputMode = "decimal";
    input.setAttribute("role", "spinbutton");
  } else {
    input.className = "pmkit-alone";
  }
  el.classList.add("pmkit-number");
  const parts = steps ? [less, input, more] : [input];
  el.append(label, element("span", { className: "pmkit-number-row" }, ...parts), why);
  let sent = "";

  const send = () => {
    sent = input.value;
    model.send({ typed: input.value });
  };
  const show = () => {
    const value = model.get("value");
    input.value = sent = shown(value);
    if (!steps) return;
    if (value === null) input.removeAttribute("aria-valuenow");
    else input.setAttribute("aria-valuenow", value);
  };
  const dress = () => {
    label.textContent = model.get("label");
    const wrong = model.get("refusal") || model.get("error");
    input.setAttribute("aria-invalid", wrong ? "true" : "false");
    input.title = wrong || model.get("hint");
    const named = `${model.get("label")}: `; // it stands right below its label
    why.textContent = wrong.startsWith(named) ? `It ${wrong.slice(named.length)}.` : wrong;
    input.placeholder = model.get("placeholder");
    for (const part of [input, less, more]) part.disabled = model.get("disabled");
  };
  const step = (sign) => {
    if (input.disabled) return;
    const now = Number.parseFloat(input.value.replace(",", ".")) || 0;
    const next = now + sign * model.get("step");
    input.value = shown(model.get("signed") ? next : Math.max(next, 0));
    send();
  };
  input.addEventListener("change", () => input.value !== sent && send());
  input.addEventListener("keydown", (event) => {
    if (steps && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      step(event.key === "ArrowUp" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      show();
      model.send({ typed: input.value });
    }
    event.stopPropagation(); // Lab's command keys stay out of a box
  });
  less.addEventListener("click", () => step(-1));
  more.addEventListener("click", () => step(1));
  model.on("change:value", show);
  const looks = ["label", "error", "refusal", "hint", "disabled", "placeholder"];
  model.on(looks.map((name) => `change:${name}`).join(" "), dress);
  model.on("msg:custom", (message) => {
    if (message.settled) show();
    if (message.focus) input.focus();
  });
  show();
  dress();
}

export default { render };
