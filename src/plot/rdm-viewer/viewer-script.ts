import { elementHelpers, playHelper, unpackHelper } from "../viewer-helpers.ts";

/**
 * What a viewer of RDMs does in a browser. It is text, since it runs far from here, and it loads nothing: everything is
 * in the JSON beside it. Without it, and in print, the still picture is shown.
 */
export const rdmViewerScript = `
${unpackHelper}
const font = "12px 'DejaVu Sans',Verdana,sans-serif";
${elementHelpers}
${playHelper}
async function start(root) {
  const scene = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const values = new Float32Array(await unpack(scene.data));
  const { side, names, items, range, label } = scene;
  const perRdm = (side * (side + 1)) / 2;
  const colours = scene.colours.map((rgb) => rgb.split(",").map(Number));
  const cell = (at, row, column) => {
    const [i, j] = row < column ? [row, column] : [column, row];
    return values[at * perRdm + i * side - (i * (i - 1)) / 2 + j - i];
  };
  const colour = (value) => {
    const share = range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5;
    return colours[Math.round(Math.min(1, Math.max(0, share)) * (colours.length - 1))];
  };
  let at = scene.start;
  const live = element("div", "font:" + font + ";max-width:100%", { class: "tsrsa-rdms-live" });
  const title = element("div", "font:bold 14px 'DejaVu Sans',Verdana,sans-serif;margin:0 0 6px");
  title.textContent = scene.title;
  const name = element("div", "font-weight:bold;margin:4px 0");
  const row = element("div", "display:flex;gap:10px;align-items:center;max-width:100%");
  const size = scene.sizePx;
  const dots = Math.min(2, window.devicePixelRatio || 1);
  const canvas = element("canvas", "width:" + size + "px;max-width:calc(100% - 70px);height:auto;border:1px solid #999;touch-action:pan-y", { role: "img" });
  canvas.width = canvas.height = Math.max(side, Math.round(size * dots));
  const legend = element("div", "display:flex;flex-direction:column;align-items:center;gap:3px;min-width:56px;text-align:center");
  const bar = element("canvas", "width:12px;height:" + Math.min(160, size) + "px;border:1px solid #999");
  [bar.width, bar.height] = [1, colours.length];
  legend.append(short(range[1]), bar, short(range[0]));
  row.append(canvas, legend);
  const said = element("div", "min-height:2.6em;margin:4px 0");
  const hint = scene.hint + (items ? " Point at a cell for its pair and value." : "");
  const words = element("figcaption", "opacity:0.8;max-width:760px");
  words.textContent = hint + " Colours: " + label + ". " + scene.caption;
  const paint = () => {
    const n = canvas.width;
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(n, n);
    for (let y = 0, to = 0; y < n; y++) {
      const i = Math.floor((y * side) / n);
      for (let x = 0; x < n; x++, to += 4) {
        const value = cell(at, i, Math.floor((x * side) / n));
        const grey = value === Infinity ? 255 : (x + y) % 8 < 3 ? 120 : 225;
        const rgb = Number.isFinite(value) ? colour(value) : [grey, grey, grey];
        image.data[to] = rgb[0];
        image.data[to + 1] = rgb[1];
        image.data[to + 2] = rgb[2];
        image.data[to + 3] = 255;
      }
    }
    pen.putImageData(image, 0, 0);
    name.textContent = names[at];
    canvas.setAttribute("aria-label", "RDM, " + names[at]);
  };
  const pen = bar.getContext("2d");
  colours.forEach((rgb, k) => {
    pen.fillStyle = "rgb(" + rgb.join() + ")";
    pen.fillRect(0, colours.length - 1 - k, 1, 1);
  });
  let pointed;
  const say = () => {
    if (!pointed) return void (said.textContent = "");
    const [i, j] = pointed;
    const value = cell(at, i, j);
    const found = value === Infinity ? "the same item" : Number.isNaN(value) ? "missing" : value.toPrecision(4).replace("-", "\\u2212");
    said.textContent = items[i] + " \\u2013 " + items[j] + ": " + found;
  };
  if (items)
    canvas.addEventListener("pointermove", (event) => {
      const frame = canvas.getBoundingClientRect();
      const place = (share) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
      pointed = [place((event.clientY - frame.top) / frame.height), place((event.clientX - frame.left) / frame.width)];
      say();
    });
  const still = root.querySelector("img");
  const after = [];
  const show = (next) => {
    at = Math.min(names.length - 1, Math.max(0, next));
    paint();
    say();
    after.forEach((one) => one());
  };
  if (scene.title && scene.by === "time") live.append(title);
  live.append(name, row);
  if (scene.by === "time") {
    const { controls, stop, moved } = player({ names, label: "time", widthPx: size, isThere: () => root.isConnected, show: (next) => show(next) });
    after.push(() => moved(at));
    live.append(controls);
    if (scene.curve) {
      const { src, widthPx, heightPx, x, top, bottom } = scene.curve;
      const part = element("div", "position:relative;max-width:" + widthPx + "px;cursor:pointer", { class: "tsrsa-rdms-curve" });
      const image = element("img", "display:block;width:100%;height:auto", { src, alt: "scores over time" });
      const cursor = element("div", "position:absolute;width:2px;background:#d62728;pointer-events:none");
      cursor.style.top = (100 * top) / heightPx + "%";
      cursor.style.height = (100 * (bottom - top)) / heightPx + "%";
      after.push(() => (cursor.style.left = "calc(" + (100 * x[at]) / widthPx + "% - 1px)"));
      part.addEventListener("click", (event) => {
        const frame = part.getBoundingClientRect();
        const wanted = ((event.clientX - frame.left) / frame.width) * widthPx;
        stop();
        show(x.reduce((best, one, k) => (Math.abs(one - wanted) < Math.abs(x[best] - wanted) ? k : best), 0));
      });
      part.append(image, cursor);
      live.append(part);
    }
  } else {
    const chooser = element("select", "font:inherit;margin:6px 0", { "aria-label": "which RDM" });
    names.forEach((one, k) => {
      const option = element("option", "", { value: k });
      option.textContent = one;
      chooser.append(option);
    });
    chooser.addEventListener("change", () => show(Number(chooser.value)));
    after.push(() => (chooser.value = at));
    live.append(chooser);
    still.style.cursor = "pointer";
    still.addEventListener("click", (event) => {
      const frame = still.getBoundingClientRect();
      const x = ((event.clientX - frame.left) / frame.width) * scene.width;
      const y = ((event.clientY - frame.top) / frame.height) * scene.height;
      const found = scene.spots.findIndex((spot) => x >= spot.left && x <= spot.left + spot.side && y >= spot.top && y <= spot.top + spot.side);
      if (found >= 0) show(found);
    });
    words.textContent = hint;
  }
  live.append(...(items ? [said] : []), words);
  show(at);
  const rules = document.createElement("style");
  const hides = scene.by === "time" ? "@media not print{figure.tsrsa-rdms[data-by=time]>img{display:none}}" : "";
  // Letters stay readable on a phone: what has some is moved sideways instead of shrunk, as other figures are.
  const wide = Math.min(544, scene.width) + "px";
  const phone = "@media screen and (max-width:40rem){figure.tsrsa-rdms{overflow-x:auto}figure.tsrsa-rdms>img,.tsrsa-rdms-curve{min-width:" + wide + "}}";
  rules.textContent = "@media print{.tsrsa-rdms-live{display:none}}" + hides + phone;
  root.setAttribute("data-by", scene.by);
  root.append(rules, live);
}
for (const root of document.querySelectorAll("figure.tsrsa-rdms:not([data-ready])")) {
  root.setAttribute("data-ready", "");
  // Whatever goes wrong, the picture stays.
  start(root).catch((error) => console.warn(error));
}
`;
