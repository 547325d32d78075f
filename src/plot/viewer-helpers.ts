/** What viewers begin with in a browser: `unpack` of packed numbers of their scene to an ArrayBuffer. Text, as they are. */
export const unpackHelper = `const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
};`;

/** The same: `element` with a style and attributes, and `short`, a number of three digits. */
export const elementHelpers = `const element = (tag, style, attributes = {}) => {
  const made = document.createElement(tag);
  made.style.cssText = style;
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return made;
};
const short = (value) => String(Number(value.toPrecision(3))).replace("-", "\\u2212");`;

/**
 * The same: `player`, a slider over frames with a button that plays them. It calls `show` with a frame; what it gives back
 * is told of the frame that is shown (`moved`), and can be stopped.
 */
export const playHelper = `const player = ({ names, label, widthPx, isThere, show }) => {
  const controls = element("div", "display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:6px 0");
  const play = element("button", "font:inherit;min-width:64px", { type: "button" });
  const slider = element("input", "flex:1 1 180px;max-width:" + widthPx + "px", { type: "range", min: 0, max: names.length - 1, step: 1, "aria-label": label });
  let timer;
  let at = 0;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
  };
  stop();
  play.addEventListener("click", () => {
    if (timer !== undefined) return stop();
    if (at === names.length - 1) show(0);
    play.textContent = "Stop";
    timer = setInterval(() => {
      if (!isThere() || at === names.length - 1) return stop();
      show(at + 1);
    }, Math.max(60, Math.min(400, 8000 / names.length)));
  });
  slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
  controls.append(play, slider);
  const moved = (frame) => {
    at = frame;
    slider.value = frame;
    slider.setAttribute("aria-valuetext", names[frame]);
  };
  return { controls, stop, moved };
};`;

/**
 * The same: `mapScale` of a scene with `range`, `colours`, `threshold` and `oneSided`: the colour of a value, whether it
 * is drawn, a slider for the threshold, and a bar that is grey below it. It calls `changed` as the slider moves.
 */
export const scaleHelper = `const mapScale = (scene, changed) => {
  const [low, high] = scene.range;
  const last = scene.colours.length - 1;
  const scale = { threshold: scene.threshold };
  const size = (value) => (scene.oneSided ? value : Math.abs(value));
  scale.isDrawn = (value) => value !== 0 && Number.isFinite(value) && size(value) >= scale.threshold;
  scale.colour = (value) => scene.colours[Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * last)];
  const limit = element("input", "width:160px;vertical-align:middle", { type: "range", min: 0, max: 1000, step: 1, "aria-label": "threshold" });
  const most = Math.max(Math.abs(low), Math.abs(high));
  limit.value = Math.round((scale.threshold / most) * 1000);
  const limitText = element("span", "display:inline-block;min-width:60px");
  scale.limitLabel = element("label", "");
  scale.limitLabel.append("threshold ", limit, " ", limitText);
  const bar = element("canvas", "width:120px;height:10px;border:1px solid #999");
  [bar.width, bar.height] = [240, 1];
  scale.legend = element("span", "white-space:nowrap");
  scale.legend.append(short(low) + " ", bar, " " + short(high) + " " + scene.label);
  scale.limitWords = () => (scene.oneSided ? "" : "\\u00b1") + short(scale.threshold);
  limit.addEventListener("input", () => { scale.threshold = (limit.value / 1000) * most; changed(); });
  scale.show = () => {
    const pen = bar.getContext("2d");
    for (let x = 0; x < 240; x++) {
      const value = low + ((x + 0.5) / 240) * (high - low);
      pen.fillStyle = size(value) < scale.threshold ? "#969696" : "rgb(" + scale.colour(value).join() + ")";
      pen.fillRect(x, 0, 1, 1);
    }
    limitText.textContent = scale.limitWords();
  };
  return scale;
};`;
