import { elementHelpers, playHelper, scaleHelper, unpackHelper } from "../viewer-helpers.ts";
import { cortexPainter } from "./viewer-painter.ts";

/**
 * What a viewer of the cortex does in a browser. It is text, since it runs far from here, and it loads nothing:
 * everything is in the JSON beside it. Without it, and in print, the still picture is shown.
 */
export const cortexViewerScript = `
${unpackHelper}
const font = "12px 'DejaVu Sans',Verdana,sans-serif";
${elementHelpers}
${playHelper}
${scaleHelper}
${cortexPainter}
const unit = (v) => v.map((one) => one / (Math.hypot(...v) || 1));
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
async function openHalf({ side, names, ...packed }, box) {
  const raw = new Uint16Array(await unpack(packed.points));
  const points = Float32Array.from(raw, (level, k) => box.low[k % 3] + level * box.step);
  const folds = packed.folds && new Float32Array(await unpack(packed.folds));
  const labels = packed.labels && new Int16Array(await unpack(packed.labels));
  const [triangles, values] = [new Int32Array(await unpack(packed.triangles)), new Float32Array(await unpack(packed.values))];
  return { side, names, points, triangles, folds, labels, values, n: points.length / 3 };
}
/** The middle of some halves, and how far from it their points reach. */
function ballOf(halves) {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  for (const { points } of halves)
    points.forEach((value, k) => {
      low[k % 3] = Math.min(low[k % 3], value);
      high[k % 3] = Math.max(high[k % 3], value);
    });
  const middle = low.map((value, k) => (value + high[k]) / 2);
  let radius = 0;
  for (const { points } of halves)
    for (let v = 0; v < points.length; v += 3)
      radius = Math.max(radius, Math.hypot(points[v] - middle[0], points[v + 1] - middle[1], points[v + 2] - middle[2]));
  return { middle, radius: radius || 1 };
}
async function start(root) {
  const scene = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const halves = await Promise.all(scene.halves.map((half) => openHalf(half, scene.box)));
  const scale = mapScale(scene, () => draw(true));
  const painter = cortexPainter(halves, scale);
  let turn = [...scene.views[scene.start.view].axes];
  let which = scene.start.which;
  let [zoom, frame, mark] = [1, scene.start.frame, undefined];
  const isShown = ({ side }) => which === "both" || which === side;
  const live = element("div", "font:" + font + ";max-width:100%;text-align:left", { class: "tsrsa-cortex-live" });
  const title = element("div", "font:bold 14px 'DejaVu Sans',Verdana,sans-serif;margin:0 0 6px");
  title.textContent = scene.title;
  const [wide, high] = [scene.widePx, Math.round(0.77 * scene.widePx)];
  const dots = Math.min(2, Math.max(1.5, window.devicePixelRatio || 1));
  const canvas = element("canvas", "display:block;width:" + wide + "px;max-width:100%;height:auto;cursor:grab;touch-action:pan-y;border:1px solid #8888", {
    role: "application", tabindex: 0, "aria-label": "Cortex: arrow keys turn it, with Shift they move the mark, plus and minus change its size",
  });
  const said = element("div", "min-height:1.4em;margin:4px 0;font-weight:bold", { "aria-live": "polite" });
  const words = element("figcaption", "opacity:0.8;max-width:740px");
  const frameWords = () => (scene.times ? scene.times[frame] + ": " : "");
  const say = () => {
    if (!mark) return void (said.textContent = scene.times ? scene.times[frame] : "");
    const { side, names, labels, values, n } = halves[mark.half];
    const parcel = labels ? " (" + (names[labels[mark.vertex]] || "no parcel") + ")" : "";
    const value = values[frame * n + mark.vertex];
    const there = Number.isNaN(value) ? "no value" : value.toPrecision(4).replace("-", "\\u2212");
    said.textContent = frameWords() + side + " " + mark.vertex + parcel + ": " + there;
  };
  const count = () => {
    let [drawn, known] = [0, 0];
    for (const half of halves)
      for (const value of half.values.subarray(frame * half.n, (frame + 1) * half.n)) {
        if (!Number.isNaN(value)) known++;
        if (scale.isDrawn(value)) drawn++;
      }
    const rule = scale.threshold > 0 ? ", those of at least " + scale.limitWords() : "";
    return drawn + " of " + known + (known === 1 ? " vertex" : " vertices") + " drawn" + rule + ". ";
  };
  const dot = (pen, place, radius, colour) => {
    pen.beginPath();
    pen.arc(place[0], place[1], radius, 0, 7);
    pen.lineWidth = radius / 2;
    pen.strokeStyle = "#000";
    if (colour) pen.fillStyle = colour;
    if (colour) pen.fill();
    pen.stroke();
  };
  const draw = (isFine) => {
    const grain = isFine ? dots : 1;
    [canvas.width, canvas.height] = [Math.round(wide * grain), Math.round(high * grain)];
    const { middle, radius } = ballOf(halves.filter(isShown));
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(canvas.width, canvas.height);
    const perUnit = (zoom * 0.98 * canvas.height) / 2 / radius;
    painter.paint(image.data, canvas.width, canvas.height, { turn, middle, perUnit, frame, isShown });
    pen.putImageData(image, 0, 0);
    const spots = scene.markers.map((one) => ({ ...one, colour: "#00e676" }));
    for (const { half, vertex, label, colour } of mark ? [...spots, mark] : spots) {
      const place = isShown(halves[half]) && painter.placeOf(half, vertex);
      if (!place) continue;
      dot(pen, place, (colour ? 4 : 6) * grain, colour);
      if (!colour) {
        pen.beginPath();
        pen.arc(place[0], place[1], 4 * grain, 0, 7);
        pen.strokeStyle = "#fff";
        pen.stroke();
      }
      if (!label) continue;
      pen.font = 11 * grain + "px 'DejaVu Sans',Verdana,sans-serif";
      [pen.lineWidth, pen.strokeStyle, pen.fillStyle] = [3 * grain, "#fff", "#000"];
      pen.strokeText(label, place[0] + 6 * grain, place[1] - 6 * grain);
      pen.fillText(label, place[0] + 6 * grain, place[1] - 6 * grain);
    }
    scale.show();
    say();
    words.textContent = scene.hint + " " + count() + scene.how;
  };
  const rotate = (yaw, pitch) => {
    const [right, up, towards] = [turn.slice(0, 3), turn.slice(3, 6), turn.slice(6)];
    const mix = (a, b, angle) => a.map((one, k) => one * Math.cos(angle) + b[k] * Math.sin(angle));
    const front = mix(towards, right, -yaw);
    const ahead = unit(mix(front, up, pitch));
    const across = unit(cross(mix(up, front, -pitch), ahead));
    turn = [...across, ...cross(ahead, across), ...ahead];
    views.value = scene.views.length;
  };
  const placeIn = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
  };
  let from;
  canvas.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, moved: false };
    if (canvas.setPointerCapture) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < 4) return;
    from = { x: event.clientX, y: event.clientY, moved: true };
    rotate(dx * 0.01, dy * 0.01);
    draw(false);
  });
  const release = (event) => {
    const last = from;
    from = undefined;
    if (last && !last.moved && event.type === "pointerup") mark = painter.pick(...placeIn(event)) || mark;
    if (last) draw(true);
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  /** The next vertex that is seen from the mark in a direction of the page. */
  const moveMark = (x, y) => {
    const known = mark && isShown(halves[mark.half]) && painter.placeOf(mark.half, mark.vertex);
    const [left, top] = known || [canvas.width / 2, canvas.height / 2];
    for (let step = known ? 6 : 0; step < canvas.width; step += 3) {
      const found = painter.pick(left + x * step, top + y * step);
      if (!found || (mark && found.half === mark.half && found.vertex === mark.vertex)) continue;
      mark = found;
      return;
    }
  };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const resize = (times) => {
    zoom = Math.min(6, Math.max(0.5, zoom * times));
    draw(true);
  };
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrows[event.key];
    const sizes = { "+": 1.2, "=": 1.2, "-": 1 / 1.2 };
    if (!arrow && !sizes[event.key]) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!arrow) return resize(sizes[event.key]);
    if (event.shiftKey) moveMark(...arrow);
    else rotate((arrow[0] * Math.PI) / 18, (arrow[1] * Math.PI) / 18);
    draw(true);
  });
  const controls = element("div", "display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:0 0 6px");
  const chooser = (label, options, chosen, choose) => {
    const select = element("select", "font:inherit", { "aria-label": label });
    for (const [value, text] of options) {
      const option = element("option", "", { value });
      option.textContent = text;
      select.append(option);
    }
    select.value = chosen;
    select.addEventListener("change", () => { choose(select.value); draw(true); });
    controls.append(select);
    return select;
  };
  const button = (text, label, act) => {
    const made = element("button", "font:inherit;min-width:28px", { type: "button", ...(label ? { "aria-label": label } : {}) });
    made.textContent = text;
    made.addEventListener("click", act);
    controls.append(made);
  };
  // One that was turned has a name of its own: a view that is still chosen could not be chosen again.
  const named = [...scene.views.map(({ name }, k) => [k, name]), [scene.views.length, "as turned"]];
  const views = chooser("seen from", named, scene.start.view, (k) => scene.views[k] && (turn = [...scene.views[k].axes]));
  if (halves.length > 1)
    chooser("halves", [["both", "both halves"], ["left", "left half"], ["right", "right half"]], which, (chosen) => (which = chosen));
  button("\\u2212", "smaller", () => resize(1 / 1.2));
  button("+", "larger", () => resize(1.2));
  button("Show the peak", "", () => {
    let most = 0;
    halves.forEach((half, number) => {
      if (!isShown(half)) return;
      half.values.subarray(frame * half.n, (frame + 1) * half.n).forEach((value, vertex) => {
        if (!scale.isDrawn(value) || Math.abs(value) <= most) return;
        most = Math.abs(value);
        mark = { half: number, vertex };
      });
    });
    if (most === 0) return void (said.textContent = "Nothing is drawn.");
    const ahead = unit([...halves[mark.half].normals.subarray(3 * mark.vertex, 3 * mark.vertex + 3)]);
    const across = unit(cross(Math.abs(ahead[2]) > 0.9 ? [0, 1, 0] : [0, 0, 1], ahead));
    turn = [...across, ...cross(ahead, across), ...ahead];
    views.value = scene.views.length;
    draw(true);
  });
  if (scene.title) live.append(title);
  live.append(controls, canvas, said);
  if (scene.times) {
    const show = (next) => {
      frame = Math.min(scene.times.length - 1, Math.max(0, next));
      after();
      draw(true);
    };
    const play = player({ names: scene.times, label: "time", widthPx: wide, isThere: () => root.isConnected, show });
    const after = () => play.moved(frame);
    after();
    live.append(play.controls);
  }
  const foot = element("div", "margin:6px 0;display:flex;gap:14px;flex-wrap:wrap;align-items:center");
  foot.append(scale.limitLabel, scale.legend);
  live.append(foot, words);
  draw(true);
  const rules = document.createElement("style");
  rules.textContent = "@media print{.tsrsa-cortex-live{display:none}}@media not print{figure.tsrsa-cortex>img{display:none}}";
  root.append(rules, live);
}
for (const root of document.querySelectorAll("figure.tsrsa-cortex:not([data-ready])")) {
  root.setAttribute("data-ready", "");
  // Whatever goes wrong, the picture stays.
  start(root).catch((error) => console.warn(error));
}
`;
