/** The style of the view; its colours are the page's. */
export const liveMdsStyle = `
.live-mds { display: flex; flex-wrap: wrap; gap: 12px 20px; font: 14px/1.4 system-ui, sans-serif; }
.live-mds > * { flex: 1 1 260px; max-width: 340px; min-width: 0; }
.live-mds h4 { margin: 0 0 4px; font-size: 14px; }
.live-mds svg, .live-mds canvas { width: 100%; aspect-ratio: 1; display: block; touch-action: none; }
.live-mds svg { border: 1px solid #8888; box-sizing: border-box; }
.live-mds svg g { cursor: grab; }
.live-mds svg text { font-size: 9px; fill: currentColor; pointer-events: none; }
.live-mds svg g:focus-visible { outline: 2px solid currentColor; }
.live-mds canvas { cursor: crosshair; image-rendering: pixelated; }
.live-mds table { border-collapse: collapse; width: 100%; }
.live-mds td { padding: 2px 6px 2px 0; overflow-wrap: anywhere; }
.live-mds td:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.live-mds .bar { background: #0072b2; height: 10px; }
.live-mds .pair { display: flex; gap: 12px; margin: 8px 0 0; min-height: 60px; }
.live-mds .pair figure { margin: 0; text-align: center; max-width: 50%; }
.live-mds .pair img { max-width: 100%; height: auto; display: block; margin: auto; }
.live-mds button { font: inherit; margin-top: 8px; }
`;

/** The view, as the page runs it: it draws what it is told, and tells where an item was dragged to. */
export const liveMdsCode = `
const svgSpace = "http://www.w3.org/2000/svg";
const size = 300;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function shape(name, attributes, ...children) {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const short = (value) => (value === null ? "undefined" : String(Number(value.toPrecision(3))));

/** Where a pair stands in the condensed form. */
function placeOf(a, b, n) {
  const [i, j] = a < b ? [a, b] : [b, a];
  return i * n - (i * (i + 1)) / 2 + (j - i - 1);
}

/** From dark blue, near, to yellow, far; the same ends however items are dragged. */
function colourOf(share) {
  const stops = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
  const at = Math.min(0.9999, Math.max(0, share)) * (stops.length - 1);
  const from = stops[Math.floor(at)];
  const to = stops[Math.floor(at) + 1];
  return from.map((value, k) => Math.round(value + (to[k] - value) * (at % 1)));
}

function plane(model) {
  const { west, south, side } = model.get("field");
  const labels = model.get("labels");
  const pictures = model.get("pictures");
  const colours = model.get("colours");
  const categories = model.get("categories");
  const box = shape("svg", { viewBox: "0 0 " + size + " " + size, role: "group", "aria-label": "items; drag one, or move it by the arrow keys" });
  const picturePx = Math.max(18, Math.min(44, (0.55 * size) / Math.sqrt(labels.length)));
  const marks = labels.map((label, i) => {
    const mark = shape("g", { tabindex: "0", role: "button", "aria-label": label + (categories[i] ? ", " + categories[i] : "") });
    if (pictures.length > 0) {
      const half = picturePx / 2;
      mark.append(shape("image", { href: pictures[i], x: -half, y: -half, width: picturePx, height: picturePx }));
      mark.append(shape("rect", { x: -half, y: half, width: picturePx, height: 2.5, fill: colours[i] }));
    } else {
      mark.append(shape("circle", { r: 5, fill: colours[i], stroke: "#fff" }));
      mark.append(shape("text", { x: 7, y: 3 }, label));
    }
    box.append(mark);
    return mark;
  });
  let sent = false;
  const move = (i, x, y) => {
    const places = [...model.get("places")];
    places[2 * i] = Math.min(west + side, Math.max(west, x));
    places[2 * i + 1] = Math.min(south + side, Math.max(south, y));
    model.set("places", places);
    if (sent) return;
    sent = true;
    requestAnimationFrame(() => {
      sent = false;
      model.save_changes();
    });
  };
  const show = () => {
    const places = model.get("places");
    marks.forEach((mark, i) => {
      const x = ((places[2 * i] - west) / side) * size;
      const y = size - ((places[2 * i + 1] - south) / side) * size;
      mark.setAttribute("transform", "translate(" + x + " " + y + ")");
    });
  };
  marks.forEach((mark, i) => {
    mark.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      mark.setPointerCapture(event.pointerId);
      mark.focus();
    });
    mark.addEventListener("pointermove", (event) => {
      if (!mark.hasPointerCapture(event.pointerId)) return;
      const frame = box.getBoundingClientRect();
      move(
        i,
        west + ((event.clientX - frame.left) / frame.width) * side,
        south + (1 - (event.clientY - frame.top) / frame.height) * side,
      );
    });
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const places = model.get("places");
      move(i, places[2 * i] + (step[0] * side) / 50, places[2 * i + 1] + (step[1] * side) / 50);
    });
  });
  return { box, show };
}

function matrix(model, onPair) {
  const n = model.get("labels").length;
  const canvas = element("canvas", { width: n, height: n, tabindex: "0", role: "application", "aria-label": "RDM of the picture; click a cell, or choose one by the arrow keys" });
  const { side } = model.get("field");
  let chosen = [0, 1];
  const choose = (row, column) => {
    chosen = [row, column].map((at) => Math.min(n - 1, Math.max(0, at)));
    onPair(chosen);
  };
  canvas.addEventListener("click", (event) => {
    const frame = canvas.getBoundingClientRect();
    choose(
      Math.floor(((event.clientY - frame.top) / frame.height) * n),
      Math.floor(((event.clientX - frame.left) / frame.width) * n),
    );
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(chosen[0] + step[0], chosen[1] + step[1]);
  });
  const show = () => {
    const condensed = model.get("condensed");
    const pixels = new ImageData(n, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const value = i === j ? 0 : condensed[placeOf(i, j, n)];
        pixels.data.set([...colourOf(value / side), 255], 4 * (i * n + j));
      }
    canvas.getContext("2d").putImageData(pixels, 0, 0);
  };
  return { canvas, show };
}

function render({ model, el }) {
  const labels = model.get("labels");
  const pictures = model.get("pictures");
  const pairBox = element("div", { class: "pair", role: "status" }, "Click a cell of the RDM to see its two items.");
  let pair;
  const item = (i) =>
    element(
      "figure",
      {},
      ...(pictures.length > 0 ? [element("img", { src: pictures[i], alt: labels[i] })] : []),
      element("figcaption", {}, labels[i]),
    );
  const showPair = () => {
    if (pair === undefined) return;
    const [a, b] = pair;
    if (a === b) return pairBox.replaceChildren(item(a), "An item and itself: 0, and left out of every comparison.");
    const at = placeOf(a, b, labels.length);
    const words = short(model.get("condensed")[at]) + " apart in the picture, " + short(model.get("given")[at]) + " in the data";
    pairBox.replaceChildren(item(a), item(b), element("span", {}, words));
  };
  const onPair = (chosen) => {
    pair = chosen;
    showPair();
  };
  const items = plane(model);
  const cells = matrix(model, onPair);
  const scores = element("tbody");
  const showScores = () =>
    scores.replaceChildren(
      ...model.get("models").map((name, m) => {
        const score = model.get("scores")[m];
        const bar = element("div", { class: "bar" });
        bar.style.width = 100 * Math.min(1, Math.abs(score ?? 0)) + "%";
        if (score < 0) bar.style.background = "#d55e00";
        const track = element("td", {}, bar);
        track.style.width = "40%";
        return element("tr", {}, element("td", {}, name), track, element("td", {}, score === null ? "undefined" : score.toFixed(3)));
      }),
    );
  const again = element("button", { type: "button" }, "Start again");
  again.addEventListener("click", () => {
    model.set("places", [...model.get("start")]);
    model.save_changes();
  });
  const box = element(
    "div",
    { class: "live-mds" },
    element("div", {}, element("h4", {}, model.get("title") || "Drag an item"), items.box, again),
    element("div", {}, element("h4", {}, "RDM: how far apart the items lie"), cells.canvas, pairBox),
    element("div", {}, element("h4", {}, "Agreement with each model (" + model.get("metric") + ")"), element("table", {}, scores)),
  );
  const show = () => {
    items.show();
    cells.show();
    showScores();
    showPair();
  };
  model.on("change", show);
  show();
  el.append(box);
  return () => model.off("change", show);
}
export default { render };
`;
