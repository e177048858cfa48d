// A Vega-Lite chart whose "state" param, if it has one, follows the model, in one direction, in
// every view of it.
// Altair's own script also sends each state back to Python, where it can overtake the next one,
// and a view that is opened later shows the first state again. (vegaEmbed comes with the bundle.)
async function render({ model, el }) {
  let view = null; // of the newest specification; none while it is being made
  let moves = false;
  let turn = 0; // counted, because a specification that is sent again is equal but not the same

  const follow = async () => {
    await null; // a new specification in the same message comes first, and follows by itself
    if (view === null) return;
    const state = model.get("state");
    el.setAttribute("aria-label", `${model.get("label")}. ${state.title}.`);
    if (moves) await view.signal("state", state).runAsync();
  };
  const embed = async () => {
    const mine = ++turn;
    const spec = model.get("spec");
    const options = { actions: false, renderer: "svg" };
    view?.finalize();
    view = null;
    const made = await vegaEmbed(el, structuredClone(spec), options);
    if (mine !== turn) {
      made.finalize();
      return;
    }
    view = made.view;
    moves = (spec.params ?? []).some((param) => param.name === "state");
    await follow();
  };
  model.on("change:spec", embed);
  model.on("change:state", follow);
  await embed();
  return () => view?.finalize();
}

export default { render };
