import { elementHelpers, scaleHelper, unpackHelper } from "../viewer-helpers.ts";

/**
 * What a viewer does in a browser. It is text, since it runs far from here, and it loads nothing: everything is in the
 * JSON beside it. Without it the picture it would replace stays.
 */
export const viewerScript = `
const views = [
  { axis: "x", across: 0, right: 1, up: 2 },
  { axis: "y", across: 1, right: 0, up: 2 },
  { axis: "z", across: 2, right: 0, up: 1 },
];
${unpackHelper}
const place = (t, x, y, z, out) => {
  for (let r = 0; r < 3; r++) out[r] = t[r][0] * x + t[r][1] * y + t[r][2] * z + t[r][3];
};
${elementHelpers}
${scaleHelper}
async function start(root) {
  const scene = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const map = new Float32Array(await unpack(scene.map.data));
  const back = scene.background && new Uint8Array(await unpack(scene.background.data));
  const { low, high } = scene.box;
  const at = [...scene.at];
  const v = [0, 0, 0];
  const voxelAt = (x, y, z) => {
    place(scene.map.toVoxel, x, y, z, v);
    const [i, j, k] = v.map(Math.round);
    const [a, b, c] = scene.map.shape;
    return i < 0 || j < 0 || k < 0 || i >= a || j >= b || k >= c ? -1 : (i * b + j) * c + k;
  };
  const scale = mapScale(scene, () => draw());
  const grey = (x, y, z) => {
    place(scene.background.toVoxel, x, y, z, v);
    const shape = scene.background.shape;
    let [sum, low] = [0, [0, 0, 0]];
    const share = [0, 0, 0];
    for (let d = 0; d < 3; d++) {
      const last = shape[d] - 1;
      if (!(v[d] >= -0.5 && v[d] <= last + 0.5)) return 0;
      const inside = Math.min(last, Math.max(0, v[d]));
      low[d] = Math.min(Math.floor(inside), Math.max(0, last - 1));
      share[d] = inside - low[d];
    }
    for (let corner = 0; corner < 8; corner++) {
      const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2];
      const weight = (a ? share[0] : 1 - share[0]) * (b ? share[1] : 1 - share[1]) * (c ? share[2] : 1 - share[2]);
      if (weight > 0) sum += weight * back[((low[0] + a) * shape[1] + low[1] + b) * shape[2] + low[2] + c];
    }
    return sum * scene.brightest / 255;
  };
  const box = element("div", "display:flex;flex-wrap:wrap;gap:8px;align-items:flex-end;background:#000;padding:8px;width:fit-content;color:#f2f2f2;font:12px 'DejaVu Sans',Verdana,sans-serif");
  const pxPerMm = Math.min(1.7, 640 / views.reduce((sum, { right }) => sum + high[right] - low[right], 0));
  const panels = views.map((view) => {
    const { axis, across, right, up } = view;
    const size = [high[right] - low[right], high[up] - low[up]].map((mm) => Math.round(mm * pxPerMm));
    const part = element("div", "display:flex;flex-direction:column;align-items:center;position:relative");
    const canvas = element("canvas", "width:" + size[0] + "px;height:" + size[1] + "px;cursor:crosshair;image-rendering:auto");
    const dots = Math.min(2, window.devicePixelRatio || 1);
    [canvas.width, canvas.height] = size.map((px) => Math.round(px * dots));
    const label = element("label", "white-space:nowrap");
    const slider = element("input", "width:" + Math.max(60, size[0] - 80) + "px;vertical-align:middle", {
      type: "range", min: Math.ceil(low[across]), max: Math.floor(high[across]), step: 1, "aria-label": axis + " in mm",
    });
    const text = element("span", "display:inline-block;min-width:78px;text-align:right");
    label.append(slider, text);
    part.append(canvas, label);
    if (axis !== "x") {
      const sides = scene.flip ? ["R", "L"] : ["L", "R"];
      sides.forEach((side, i) => {
        const mark = element("b", "position:absolute;top:0;" + (i ? "right:3px" : "left:3px"));
        mark.textContent = side;
        part.append(mark);
      });
    }
    box.append(part);
    slider.addEventListener("input", () => { at[across] = Number(slider.value); draw(); });
    const mirrored = scene.flip && right === 0;
    const toMm = (share) => low[right] + (mirrored ? 1 - share : share) * (high[right] - low[right]);
    const pick = (event) => {
      if (event.buttons !== 1 && event.type !== "click") return;
      const frame = canvas.getBoundingClientRect();
      at[right] = toMm((event.clientX - frame.left) / frame.width);
      at[up] = high[up] - ((event.clientY - frame.top) / frame.height) * (high[up] - low[up]);
      draw();
    };
    canvas.addEventListener("click", pick);
    canvas.addEventListener("mousemove", pick);
    return { ...view, canvas, slider, text, toMm, mirrored };
  });
  const foot = element("div", "font:12px 'DejaVu Sans',Verdana,sans-serif;margin:6px 0;display:flex;gap:14px;flex-wrap:wrap;align-items:center");
  const said = element("span", "font-weight:bold");
  said.setAttribute("aria-live", "polite");
  foot.append(said, scale.limitLabel, scale.legend);
  const paint = ({ across, right, up, canvas, slider, text, toMm, mirrored, axis }) => {
    const { width, height } = canvas;
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(width, height);
    const p = [0, 0, 0];
    p[across] = at[across];
    for (let row = 0, to = 0; row < height; row++) {
      p[up] = high[up] - ((row + 0.5) / height) * (high[up] - low[up]);
      for (let column = 0; column < width; column++, to += 4) {
        p[right] = toMm((column + 0.5) / width);
        const voxel = voxelAt(p[0], p[1], p[2]);
        const value = voxel < 0 ? 0 : map[voxel];
        const rgb = scale.isDrawn(value) ? scale.colour(value) : undefined;
        const level = rgb ? 0 : back ? grey(p[0], p[1], p[2]) : value !== 0 && Number.isFinite(value) ? 56 : 0;
        image.data[to] = rgb ? rgb[0] : level;
        image.data[to + 1] = rgb ? rgb[1] : level;
        image.data[to + 2] = rgb ? rgb[2] : level;
        image.data[to + 3] = 255;
      }
    }
    pen.putImageData(image, 0, 0);
    const share = (at[right] - low[right]) / (high[right] - low[right]);
    const x = (mirrored ? 1 - share : share) * width;
    const y = ((high[up] - at[up]) / (high[up] - low[up])) * height;
    pen.strokeStyle = "rgba(127,168,168,0.9)";
    pen.beginPath();
    for (const [x1, y1, x2, y2] of [[x, 0, x, y - 8], [x, y + 8, x, height], [0, y, x - 8, y], [x + 8, y, width, y]]) {
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
    }
    pen.stroke();
    slider.value = Math.round(at[across]);
    text.textContent = axis + " = " + short(Math.round(at[across])) + " mm";
  };
  const words = element("figcaption", "font:12px 'DejaVu Sans',Verdana,sans-serif;opacity:0.75;max-width:740px");
  // The sentence of how much is drawn is of the threshold that it was written for.
  const drawnNow = () => {
    if (scale.threshold === scene.threshold) return scene.drawn;
    let drawn = 0;
    for (const value of map) if (scale.isDrawn(value)) drawn++;
    return drawn + (drawn === 1 ? " voxel is" : " voxels are") + " drawn, those of at least " + scale.limitWords() + ".";
  };
  const draw = () => {
    panels.forEach(paint);
    scale.show();
    const voxel = voxelAt(...at);
    const value = voxel < 0 ? NaN : map[voxel];
    const there = voxel < 0 ? "outside" : Number.isNaN(value) ? "undefined" : value === 0 ? "no value" : value.toPrecision(4).replace("-", "\\u2212");
    said.textContent = "(" + at.map((mm) => short(Math.round(mm))).join(", ") + ") mm: " + there;
    words.textContent = "Move the sliders, or click into a cut. " + scene.caption.replace(scene.drawn, () => drawnNow());
  };
  draw();
  const still = root.querySelector("img");
  const title = element("div", "font:bold 14px 'DejaVu Sans',Verdana,sans-serif;margin:0 0 6px");
  title.textContent = scene.title;
  root.insertBefore(box, still);
  if (scene.title) root.insertBefore(title, box);
  root.insertBefore(foot, still);
  root.insertBefore(words, still);
  still.hidden = true;
}
for (const root of document.querySelectorAll("figure.tsrsa-map:not([data-ready])")) {
  root.setAttribute("data-ready", "");
  // Whatever goes wrong, the picture stays.
  start(root).catch((error) => console.warn(error));
}
`;
