// Figures that answer, driven as a hand would: items that are dragged and a cortex that is turned. For the lab and a site.

/** The cells of its notebook. */
export const live = [
  `import { computeRdm, liveMds, renamed } from "tsrsa";
const items = ["dog", "cat", "sofa", "chair"];
const image = (level: number) => ({ width: 8, height: 8, channels: 3 as const, data: new Uint8Array(192).fill(level) });
const rdm = computeRdm([[1, 2, 3], [1, 2, 2], [2, 5, 1], [2, 4, 1]], { items, metric: "euclidean" });
const moved = liveMds(rdm, renamed(rdm, "itself"), { images: [50, 100, 150, 200].map(image) });
moved;`,
  `[moved.rdm.between("dog", "cat"), moved.scores.single()].join();`,
  `import { SourceEstimates, viewSurfaceMap } from "tsrsa";
const points = { data: Float64Array.of(30, 0, 0, -30, 0, 0, 0, 30, 0, 0, -30, 0, 0, 0, 30, 0, 0, -30), shape: [6, 3] };
const corners = [0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5];
const surfaces = { left: { points, triangles: { data: Int32Array.from(corners), shape: [8, 3] } } };
const parcels = { left: { labels: [0, 0, 0, 0, 1, 0], entries: [{ name: "side" }, { name: "top" }] } };
const data = { data: Float64Array.from({ length: 12 }, (_, k) => k + 1), shape: [1, 6, 2] };
const estimates = new SourceEstimates({ data, vertices: [Int32Array.of(0, 1, 2, 3, 4, 5), new Int32Array(0)], kind: "surface", tminS: 0, tstepS: 0.1 });
viewSurfaceMap(estimates, { surfaces, parcels, atS: 0.1, views: ["dorsal"], label: "score" });`,
];

/** Clicks, drags, presses keys and moves the time of a viewer of the cortex, and looks at what it says. */
export async function turnsCortex({ output, page, check }) {
  await output.scrollIntoViewIfNeeded();
  const frame = output.frameLocator("iframe.sandbox");
  const canvas = frame.locator(".tsrsa-cortex-live canvas").first();
  await canvas.waitFor();
  const said = () => frame.locator(".tsrsa-cortex-live [aria-live]").textContent();
  const saysAfter = async (name, act, wanted) => {
    await act();
    check(name, (await said()) === wanted, await said());
  };
  const { width, height } = await canvas.boundingBox();
  const middle = { position: { x: width / 2, y: height / 2 } };
  await saysAfter(
    "a click on the cortex says value and parcel",
    () => canvas.click(middle),
    "0.100 s: left 4 (top): 10.00",
  );
  await saysAfter(
    "keys move its mark",
    async () => {
      for (let at = 0; at < 9; at++) await page.keyboard.press("Shift+ArrowRight");
    },
    "0.100 s: left 0 (side): 2.000",
  );
  await frame.getByLabel("time").focus();
  await saysAfter(
    "its time is moved",
    () => page.keyboard.press("ArrowLeft"),
    "0.000 s: left 0 (side): 1.000",
  );
  await saysAfter(
    "dragging turns it",
    async () => {
      const { x, y } = await canvas.boundingBox();
      await page.mouse.move(x + width / 2 - 80, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 77, y + height / 2, { steps: 4 });
      await page.mouse.up();
      await canvas.click(middle);
    },
    "0.000 s: left 1 (side): 3.000",
  );
  check(
    "the still picture gives way",
    !(await frame.locator("figure.tsrsa-cortex > img").isVisible()),
  );
}

/** Drags an item, and looks whether RDM, score and the clicked pair follow. */
export async function movesItems({ page, output, check }) {
  await output.scrollIntoViewIfNeeded();
  const frame = output.frameLocator("iframe.sandbox");
  const score = frame.locator("table td:last-child");
  await frame.locator("svg g").first().waitFor();
  const before = await score.textContent();
  await frame.locator("canvas").click({ position: { x: 100, y: 20 } });
  const pair = frame.locator(".pair");
  const words = await pair.locator("figcaption").allTextContents();
  check(
    "a click on a cell of the RDM shows both pictures",
    words.join() === "dog,cat" && (await pair.locator("img").count()) === 2,
    words.join(),
  );
  const apart = await pair.locator("span").textContent();
  const [dog, sofa] = [frame.locator("svg g").first(), frame.locator("svg g").nth(2)];
  const [from, to] = [await dog.boundingBox(), await sofa.boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
  await page.mouse.up();
  const follows = async (locator, old) => {
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      if ((await locator.textContent()) !== old) return true;
      await new Promise((next) => setTimeout(next, 50));
    }
    return false;
  };
  check("an item that is dragged takes the score along", await follows(score, before), before);
  check("and its pairs of the RDM", (await pair.locator("span").textContent()) !== apart, apart);
  const dragged = await score.textContent();
  await dog.focus();
  for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowLeft");
  check("it is moved by keys too", await follows(score, dragged), dragged);
  await frame.getByText("Start again").click();
  const isBack = async () => {
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      if ((await score.textContent()) === before) return true;
      await new Promise((next) => setTimeout(next, 50));
    }
    return false;
  };
  check("Start again puts all back", await isBack(), await score.textContent());
}
