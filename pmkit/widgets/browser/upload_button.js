// A button that sends chosen or dropped files to Python, content and all.
function render({ model, el }) {
  el.classList.add("pmkit-upload");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pmkit-button";
  const input = document.createElement("input");
  input.type = "file";
  input.hidden = true;
  const dress = () => {
    button.textContent = model.get("description");
    button.title = model.get("hint");
    input.accept = model.get("accept");
    input.multiple = model.get("multiple");
  };
  const send = async (files) => {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const names = files.map((file) => file.name);
    if (size > model.get("most_bytes")) {
      model.send({ names, size });
      return;
    }
    const contents = await Promise.all(files.map((file) => file.arrayBuffer()));
    model.send({ names, size }, undefined, contents);
  };
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    if (input.files.length) send([...input.files]);
    input.value = ""; // the same file can be opened again
  });
  button.addEventListener("dragover", (event) => event.preventDefault());
  button.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) send([...event.dataTransfer.files]);
  });
  model.on("change:description change:accept change:multiple change:hint", dress);
  el.append(button, input);
  dress();
}

export default { render };
