// The live figure of items, driven as a hand would: for the lab and for a site.

/** The cells of its notebook. */
export const live = [
  `import { computeRdm, liveMds, renamed } from "tsrsa";
const items = ["dog", "cat", "sofa", "chair"];
const image = (level: number) => ({ width: 8, height: 8, channels: 3 as const, data: new Uint8Array(192).fill(level) });
const rdm = computeRdm([[1, 2, 3], [1, 2, 2], [2, 5, 1], [2, 4, 1]], { items, metric: "euclidean" });
const moved = liveMds(rdm, renamed(rdm, "itself"), { images: [50, 100, 150, 200].map(image) });
moved;`,
  `[moved.rdm.between("dog", "cat"), moved.scores.single()].join();`,
];

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
