// A native slider over stops that have names. While it is dragged each stop is sent as "moved", at
// most one every 50 ms, and where it is let go as "settled"; Python answers by setting the value.
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const id = `pmkit-${Math.random().toString(36).slice(2)}`;
  const label = element("label", { htmlFor: id });
  const now = element("output", { htmlFor: id, className: "pmkit-slider-now" });
  const input = element("input", { id, type: "range", min: "0", step: "1" });
  const first = element("span", {});
  const last = element("span", {});
  el.classList.add("pmkit-slider");
  el.append(
    element("div", { className: "pmkit-slider-head" }, label, now),
    input,
    element("div", { className: "pmkit-slider-ends pmkit-muted" }, first, last),
  );
  now.setAttribute("aria-live", "off"); // the slider says it itself
  let timer = null;
  let held = false;

  const tell = () => {
    const text = model.get("texts")[Number(input.value)] ?? "";
    now.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  const show = () => {
    const texts = model.get("texts");
    label.textContent = model.get("label");
    input.max = String(Math.max(texts.length - 1, 0));
    input.disabled = texts.length < 2;
    if (!held) input.value = String(model.get("value"));
    first.textContent = texts[0] ?? "";
    last.textContent = texts.length > 1 ? texts[texts.length - 1] : "";
    tell();
  };
  const move = () => {
    timer = null;
    model.send({ moved: Number(input.value) });
  };
  input.addEventListener("input", () => {
    held = true;
    tell();
    timer ??= setTimeout(move, 50);
  });
  input.addEventListener("change", () => {
    held = false;
    clearTimeout(timer);
    timer = null;
    model.send({ settled: Number(input.value) });
  });
  input.addEventListener("keydown", (event) => event.stopPropagation()); // Lab's keys stay out
  model.on("change:texts change:value change:label", show);
  show();
}

export default { render };
