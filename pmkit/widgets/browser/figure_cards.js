// Figures as cards: a title, a number, a sentence, and the arithmetic behind it one click away.
// What is open stays open when the numbers move.
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function render({ model, el }) {
  el.classList.add("pmkit-tiles");
  const cards = new Map();

  const made = (name) => {
    const card = element("section", "pmkit-tile");
    const parts = {
      title: element("h3", "pmkit-tile-title"),
      value: element("p", "pmkit-tile-value"),
      words: element("p", "pmkit-tile-words"),
      summary: element("summary", "", "Show the arithmetic"),
      steps: element("ul", ""),
    };
    const details = document.createElement("details");
    details.append(parts.summary, parts.steps);
    card.append(parts.title, parts.value, parts.words, details);
    cards.set(name, { card, details, ...parts });
    return cards.get(name);
  };
  const show = () => {
    const items = model.get("items");
    const names = items.map((item) => item.name);
    const before = [...cards.keys()];
    if (names.join() !== before.join()) {
      el.replaceChildren(...names.map((name) => (cards.get(name) ?? made(name)).card));
      for (const name of before) if (!names.includes(name)) cards.delete(name);
    }
    for (const item of items) {
      const { card, details, title, value, words, summary, steps } = cards.get(item.name);
      card.dataset.tone = item.tone;
      title.textContent = item.title;
      value.textContent = item.value;
      value.classList.toggle("pmkit-tile-missing", item.missing);
      words.textContent = item.sentence;
      summary.setAttribute("aria-label", `Show the arithmetic: ${item.title}`);
      steps.replaceChildren(...item.arithmetic.map((line) => element("li", "", line)));
      details.hidden = item.arithmetic.length === 0;
    }
  };
  model.on("change:items", show);
  show();
}

export default { render };
