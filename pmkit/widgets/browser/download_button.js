// One click: Python makes the file, the browser saves it.
function render({ model, el }) {
  el.classList.add("pmkit-download");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pmkit-button";
  const dress = () => {
    button.textContent = model.get("description");
    button.disabled = model.get("disabled");
  };
  button.addEventListener("click", () => model.send({ wanted: true }));
  model.on("change:description change:disabled", dress);
  model.on("msg:custom", (message, buffers) => {
    const file = new Blob([buffers[0]], { type: message.type });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = message.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  el.append(button);
  dress();
}

export default { render };
