/** The view of a slider, as the page runs it. */
export const sliderCode = `
function render({ model, el }) {
  const label = document.createElement("label");
  const text = document.createElement("span");
  const input = document.createElement("input");
  const output = document.createElement("output");
  label.style.cssText = "display: inline-flex; gap: 0.75em; align-items: center";
  input.type = "range";
  label.append(text, input, output);
  const show = () => {
    text.textContent = model.get("label");
    for (const name of ["min", "max", "step", "value"]) input[name] = model.get(name);
    output.textContent = model.get("value");
  };
  input.addEventListener("input", () => {
    model.set("value", input.valueAsNumber);
    model.save_changes();
  });
  model.on("change", show);
  show();
  el.append(label);
  return () => model.off("change", show);
}
export default { render };
`;
