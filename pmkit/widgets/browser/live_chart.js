// A Vega-Lite chart whose "state" param, if it has one, follows the model, in one direction, in
// every view of it.
// Altair's own script also sends each state back to Python, where it can overtake the next one,
// and a view that is opened later shows the first state again. (vegaEmbed comes with the bundle.)
async function render({ model, el }) {
  let view = null;
  let drawn = null; // the specification that the view was made from

  const follow = async () => {
    if (view === null || model.get("spec") !== drawn) return; // another view is on its way
    const state = model.get("state");
    el.setAttribute("aria-label", `${model.get("label")}. ${state.title}.`);
    const moves = (drawn.params ?? []).some((param) => param.name === "state");
    if (moves) await view.signal("state", state).runAsync();
  };
  const embed = async () => {
    const spec = model.get("spec");
    const options = { actions: false, renderer: "svg" };
    view?.finalize();
    view = null;
    const made = await vegaEmbed(el, structuredClone(spec), options);
    if (model.get("spec") !== spec) {
      made.finalize();
      return;
    }
    [view, drawn] = [made.view, spec];
    await follow();
  };
  model.on("change:spec", embed);
  model.on("change:state", follow);
  await embed();
  return () => view?.finalize();
}

export default { render };
