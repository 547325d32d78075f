// Drives `tsrsa lab` in a real browser as a user would: `TSRSA_CHROMIUM=/usr/bin/chromium node scripts/check-lab.mjs [PICTURES]`.
// Needs dist/ (npm run build). PICTURES is a folder for screenshots to look at.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkAccess } from "./check-axe.mjs";
import { live, movesItems, turnsCortex } from "./check-live.mjs";
import { checkSite } from "./check-site.mjs";
import { findChromium } from "./chromium.mjs";
import { root } from "./run.mjs";

const { executablePath, chromium } = findChromium();
const pictures = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "tsrsa-lab-"));
const failed = [];
const only = process.env.TSRSA_ONLY?.split(",");
let browser;
let lab;
let spy;

try {
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  spy = await startSpy();
  lab = await startLab();
  browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  await enter(context);
  for (const work of [
    runsAndSaves,
    stops,
    edits,
    marksStale,
    asksAndMoves,
    helps,
    keepsTabsInStep,
    comesBack,
    survivesItsKernel,
    tellsConflicts,
    holdsAttacks,
    readsVariables,
    dragsAnItem,
    readsFigures,
    isForAll,
    doesAnExercise,
    fitsAPhone,
  ])
    if (only === undefined || only.includes(work.name)) await attempt(work, context);
  // The same front end without a server.
  if (only === undefined || only.includes("site"))
    await checkSite({ executablePath, chromium, check, pictures });
  check("no request left this machine's lab", spy.asked.length === 0, spy.asked.join(", "));
} finally {
  await browser?.close();
  lab?.child.kill("SIGINT");
  spy?.server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed.length === 0 ? 0 : 1;

function check(name, ok, found = "") {
  console.log(`${ok ? "✓" : "✗"} ${name}${ok || found === "" ? "" : `: ${found}`}`);
  if (!ok) failed.push(name);
}

/** A fact that comes true in its own time, which on a busy machine is long. */
async function comes(name, look, found = async () => "") {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await look()) return check(name, true);
    await new Promise((next) => setTimeout(next, 50));
  }
  check(name, false, await found());
}

/** On a busy machine a driven browser misses a moment now and then: what fails is done once more, and said. */
async function attempt(work, context) {
  const before = failed.length;
  await once(work, context);
  if (failed.length === before) return;
  console.log(`  once more: ${work.name}, for ${failed.splice(before).join("; ")}`);
  await once(work, context);
}

async function once(work, context) {
  try {
    await work(context);
  } catch (error) {
    check(work.name, false, String(error).split("\n")[0]);
    const page = context.pages().at(-1);
    if (pictures !== undefined)
      await page?.screenshot({ path: join(pictures, `failed-${work.name}.png`) });
  }
  for (const page of context.pages()) {
    // Whatever a page still has to save is no reason to stay.
    page.on("dialog", (dialog) => void dialog.accept());
    await page.close({ runBeforeUnload: false });
  }
}

/** A server that must hear nothing: what outputs would load or send goes there. */
async function startSpy() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, asked, address: `http://127.0.0.1:${server.address().port}` };
}

async function startLab() {
  const child = spawn(
    process.execPath,
    [join(root, "dist/cli/main.js"), "lab", folder, "--no-open"],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const address = await new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\S+/.exec(text);
      if (found !== null) resolve(found[0]);
    });
  });
  return { child, address, origin: new URL(address).origin };
}

async function enter(context) {
  const page = await context.newPage();
  await page.goto(lab.address);
  await comes(
    "the printed address opens the file list",
    async () => (await page.locator(".files h2").count()) === 1,
  );
  check("the token is not in the address any more", !page.url().includes("token"), page.url());
  await page.close();
}

/** Opens a notebook that is written first, its cells as texts. */
async function open(context, name, cells) {
  const text = cells
    .map((cell) => (cell.startsWith("// %%") ? cell : `// %%\n${cell}`))
    .join("\n\n");
  writeFileSync(join(folder, name), name.endsWith(".ipynb") ? ipynb(cells) : `${text}\n`);
  return show(context, name);
}

async function show(context, name) {
  const page = await context.newPage();
  page.violations = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Refused/.test(message.text()))
      page.violations.push(message.text());
  });
  page.on("pageerror", (error) => check(`no error in the page (${name})`, false, error.message));
  await page.goto(`${lab.origin}/?path=${name}`);
  await page.locator(".kernel", { hasText: "kernel ready" }).waitFor();
  return page;
}

function ipynb(cells) {
  const all = cells.map((source, i) => ({
    cell_type: "code",
    execution_count: null,
    id: `c${i}`,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const notebook = { cells: all, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}

function cell(page, at) {
  return page.locator(".cell").nth(at);
}

function outputs(page, at) {
  return cell(page, at).locator(".outputs");
}

async function runAll(page) {
  await page.getByText("▶▶ All").click();
  await idle(page);
}

async function idle(page) {
  await page.waitForTimeout(100);
  await page.locator(".kernel", { hasText: "kernel ready" }).waitFor({ timeout: 60_000 });
}

async function saved(page) {
  await page.waitForTimeout(50);
  await page.locator(".save", { hasText: /^saved$/ }).waitFor();
}

async function picture(page, name) {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function runsAndSaves(context) {
  const page = await open(context, "run.ipynb", [
    `import { computeRdm, plotRdms } from "tsrsa";\nconst rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]], { items: ["dog", "cat", "sofa"] });\nconsole.log("out"); console.error("\\u001b[31merr\\u001b[0m");`,
    "plotRdms(rdm)",
    "rdm.condensed[0]",
    `throw new RangeError("on purpose")`,
    `"not reached"`,
  ]);
  await runAll(page);
  check("a figure is shown as an image", (await outputs(page, 1).locator("img").count()) === 1);
  check(
    "figures tell what they are",
    /RDM|dissimilarity/i.test((await outputs(page, 1).locator("img").getAttribute("alt")) ?? ""),
  );
  check(
    "stdout and stderr are told apart",
    (await outputs(page, 0).locator("pre.stderr .ansi-red").textContent()) === "err",
  );
  check(
    "an error names its line",
    (await outputs(page, 3).locator("pre.error").textContent()).includes("line 1"),
  );
  check(
    "cells behind a failed one say so",
    (await cell(page, 4).locator(".mark").textContent()).startsWith("not run"),
  );
  const figure = outputs(page, 1).locator("img");
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.boundingBox();
  const svg = decodeURIComponent((await figure.getAttribute("src")).replace(/^[^,]*,/, ""));
  const [, x, y, side] = /<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/.exec(svg).map(Number);
  const scale = box.width / Number(/viewBox="0 0 ([\d.]+)/.exec(svg)[1]);
  await page.mouse.move(box.x + scale * (x + side / 2), box.y + scale * (y + side / 6));
  check(
    "the pointer reads pair and value off an RDM",
    (await page.locator(".tip").textContent()) === "dog – cat: 1.5",
    await page.locator(".tip").textContent(),
  );
  await picture(page, "hover");
  await saved(page);
  const file = JSON.parse(readFileSync(join(folder, "run.ipynb"), "utf8"));
  check("without the values behind figures", !JSON.stringify(file).includes("figure+json"));
  check(
    "outputs are saved",
    file.cells[2].outputs[0].output_type === "execute_result" &&
      file.cells[2].execution_count === 3,
  );
  await picture(page, "run");
  await page.reload();
  await comes(
    "and there again after a reload",
    async () =>
      (await outputs(page, 2).textContent()).trim() !== "" &&
      (await outputs(page, 1).locator("img").count()) === 1,
    () => outputs(page, 2).textContent(),
  );
}

async function stops(context) {
  const page = await open(context, "stop.ts", [
    "let kept = 41;",
    "while (true) {}",
    "kept + 1;",
    "await new Promise(() => {});",
  ]);
  await cell(page, 0).locator(".gutter button").click();
  await idle(page);
  for (const at of [1, 3]) {
    await cell(page, at).locator(".gutter button").click();
    await page.locator(".kernel", { hasText: "kernel runs" }).waitFor();
    await page.waitForTimeout(400);
    await page.locator(".toolbar").getByText("■ Stop").click();
    await idle(page);
    check(
      `Stop ends ${at === 1 ? "a busy loop" : "a wait"}`,
      (await outputs(page, at).locator("pre.error").textContent()).includes("KeyboardInterrupt"),
    );
  }
  await cell(page, 2).locator(".gutter button").click();
  await idle(page);
  check(
    "and the variables are still there",
    (await outputs(page, 2).textContent()).trim() === "42",
  );
}

async function edits(context) {
  const page = await open(context, "edit.ts", ["let a = 1;", "let b = 2;", "let c = 3;"]);
  const texts = () => page.locator(".cell .cm-content").allInnerTexts();
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  const joined = async () => (await texts()).join("|");
  await comes(
    "D D deletes the cell",
    async () => (await joined()) === "let a = 1;|let c = 3;",
    joined,
  );
  await page.keyboard.press("z");
  await comes(
    "Z brings it back",
    async () => (await joined()) === "let a = 1;|let b = 2;|let c = 3;",
    joined,
  );
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await page.keyboard.type("let d = 4; // new");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+ArrowUp");
  await saved(page);
  await page.waitForTimeout(1500);
  await saved(page);
  const text = readFileSync(join(folder, "edit.ts"), "utf8");
  check(
    "what was added and moved is in the file",
    /let a[\s\S]*let d = 4; \/\/ new[\s\S]*let b|let a[\s\S]*let b[\s\S]*let d/.test(text),
    text,
  );
  await page.keyboard.press("Control+f");
  await page.locator(".find input").first().fill("let b");
  await page.keyboard.press("Enter");
  check("find shows where", (await page.locator(".find [role=status]").textContent()) === "1 of 1");
  await page.keyboard.press("Escape");
  await cell(page, 0).locator(".cm-content").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("a + 1;");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+Shift+-");
  check(
    "a cell is split at the cursor",
    (await texts())[1] === "a + 1;",
    (await texts()).join("|"),
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+M");
  check(
    "and joined again",
    (await texts())[0] === "let a = 1;\na + 1;",
    JSON.stringify(await texts()),
  );
}

async function marksStale(context) {
  const page = await open(context, "stale.ts", ["let a = 1;", "const b = a + 1;", "b * 10;"]);
  await runAll(page);
  await cell(page, 0).locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("let a = 7;");
  await page.getByText("Run stale (3)").waitFor();
  await comes(
    "an edited cell and those that read from it are stale",
    async () => (await page.locator('.cell[data-phase="stale"]').count()) === 3,
  );
  check(
    "and say why",
    (await cell(page, 1).locator(".mark").textContent()).startsWith(
      "stale: a changed since, in cell [1]",
    ),
    await cell(page, 1).locator(".mark").textContent(),
  );
  await picture(page, "stale");
  await page.getByText("Run stale (3)").click();
  await idle(page);
  await comes(
    "Run stale makes them fresh",
    async () =>
      (await outputs(page, 2).textContent()).trim() === "80" &&
      (await page.locator('.cell[data-phase="stale"]').count()) === 0,
  );
}

async function asksAndMoves(context) {
  const page = await open(context, "live.ts", [
    `const name = await input("your name? ");\n"hello " + name;`,
    `const slider = widget.slider({ label: "radius", max: 10, value: 2 });\ndisplay("radius 2", { id: "shown" });\nslider.onChange("value", (value) => display.update("shown", "radius " + value));\nslider;`,
    `widget({ esm: "export default { render({ model, el }) { el.innerHTML = '<button>add</button><b></b>'; const b = el.querySelector('b'); const show = () => (b.textContent = model.get('n')); show(); model.on('change:n', show); el.querySelector('button').onclick = () => { model.set('n', model.get('n') + 1); model.save_changes(); }; } }", state: { n: 1 } })`,
    `for (let i = 0; i <= 3; i += 1) { display(String(i), { id: "count", update: i > 0 }); await new Promise((next) => setTimeout(next, 50)); }`,
  ]);
  await cell(page, 0).locator(".gutter button").click();
  await page.locator(".question input").fill("Ada");
  await page.keyboard.press("Enter");
  await idle(page);
  check(
    "a cell asks and gets an answer",
    (await outputs(page, 0).textContent()).includes("hello Ada"),
  );
  for (const at of [1, 2, 3]) {
    await cell(page, at).locator(".gutter button").click();
    await idle(page);
  }
  const slider = outputs(page, 1).locator("input[type=range]");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await outputs(page, 1).getByText("radius 4").waitFor();
  check("a slider moves what is shown", true);
  const frame = page.frameLocator("iframe.sandbox");
  await frame.locator("button").click();
  check(
    "a widget with code of its own runs in its frame",
    (await frame.locator("b").textContent()) === "2",
  );
  check(
    "an update changes what is there",
    (await outputs(page, 3).textContent()).trim() === "'3'" ||
      (await outputs(page, 3).textContent()).trim() === "3",
    await outputs(page, 3).textContent(),
  );
  await picture(page, "live");
  await page.reload();
  await outputs(page, 1).locator("input[type=range]").waitFor();
  await comes(
    "after a reload the widget stands where it was",
    async () => (await outputs(page, 1).locator("output").textContent()) === "4",
  );
}

async function helps(context) {
  const page = await open(context, "help.ts", [
    `import { computeRdm } from "tsrsa";\nconst text = "abc";`,
    "text.toUp",
  ]);
  await cell(page, 0).locator(".gutter button").click();
  await idle(page);
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await page
    .locator(".cm-tooltip-autocomplete li", { hasText: "toUpperCase" })
    .first()
    .waitFor({ timeout: 60_000 });
  check("Tab completes by type", true);
  // The editor takes no Enter that comes sooner than a person could have read the list.
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  const inCell = () => cell(page, 1).locator(".cm-content").innerText();
  await comes(
    "and Enter takes it",
    async () => (await inCell()).startsWith("text.toUpperCase"),
    inCell,
  );
  await page.keyboard.press("Control+a");
  await page.keyboard.type("computeRdm");
  await page.keyboard.press("Escape");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Shift+Tab");
  await page.locator(".help", { hasText: "computeRdm" }).waitFor({ timeout: 60_000 });
  check("Shift-Tab tells what a name is", true);
  await picture(page, "help");
  await page.keyboard.press("Escape");
  check("Escape closes it", (await page.locator(".help").count()) === 0);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("const wrong: number = text;");
  await page.keyboard.press("Control+Enter");
  await idle(page);
  await page.locator(".cm-lintRange-warning").waitFor({ timeout: 60_000 });
  check(
    "a type warning stands at its place",
    (await outputs(page, 1).locator(".stderr").count()) === 0,
  );
}

async function keepsTabsInStep(context) {
  const one = await open(context, "tabs.ipynb", [
    `console.log("first"); while (!require("node:fs").existsSync("go-on")) await new Promise((next) => setTimeout(next, 20)); console.log("second");`,
    "1 + 1",
  ]);
  const two = await show(context, "tabs.ipynb");
  await cell(one, 0).locator(".gutter button").click();
  await outputs(two, 0).getByText("first").waitFor();
  check(
    "another tab sees a cell run",
    (await cell(two, 0).getAttribute("data-phase")) === "running",
  );
  await one.reload();
  writeFileSync(join(folder, "go-on"), "");
  await outputs(one, 0).getByText("second").waitFor();
  check(
    "a tab that was reloaded meanwhile misses nothing",
    (await outputs(one, 0).textContent()).includes("first"),
  );
  await idle(one);
  await saved(one);
  await cell(one, 1).locator(".cm-content").click();
  await one.keyboard.press("End");
  await one.keyboard.type(" + 40");
  await saved(one);
  await two.locator(".cm-content", { hasText: "1 + 1 + 40" }).waitFor();
  check("what one tab saved the other shows", true);
}

async function comesBack(context) {
  const page = await open(context, "back.ts", [
    "let n = 1;",
    `for (let i = 0; i < 30; i += 1) { console.log("line " + i); await new Promise((next) => setTimeout(next, 100)); }`,
  ]);
  await cell(page, 1).locator(".gutter button").click();
  await outputs(page, 1).getByText("line 1").first().waitFor();
  await context.setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event("offline")));
  await page.waitForTimeout(800);
  await context.setOffline(false);
  await idle(page);
  const lines = (await outputs(page, 1).textContent()).trim().split("\n");
  check(
    "a socket that was lost comes back without a gap",
    lines.length === 30,
    String(lines.length),
  );
}

async function survivesItsKernel(context) {
  const page = await open(context, "dies.ts", ["let n = 1;", "process.exit(3);", "typeof n;"]);
  await runAll(page);
  await cell(page, 2).locator(".gutter button").click();
  await idle(page);
  check(
    "the process of the cells may die, and the lab says so and goes on",
    (await outputs(page, 2).textContent()).includes("undefined") &&
      /exit|ended/.test(await outputs(page, 1).textContent()),
    await outputs(page, 1).textContent(),
  );
  await page.getByText("More", { exact: true }).click();
  await page.getByText("Restart kernel").click();
  await page.locator("dialog").getByText("Restart", { exact: true }).click();
  await page.locator(".notice", { hasText: "kernel is new" }).waitFor();
  await cell(page, 0).locator(".gutter button").click();
  await idle(page);
  check(
    "after a restart it counts from one",
    (await cell(page, 0).locator(".count").textContent()) === "[1]",
  );
}

async function tellsConflicts(context) {
  const page = await open(context, "conflict.ts", ["let a = 1;"]);
  writeFileSync(join(folder, "conflict.ts"), "// %%\nlet theirs = 2;\n");
  await cell(page, 0).locator(".cm-content").click();
  await page.keyboard.press("End");
  await page.keyboard.type(" // mine");
  await page.locator(".banner", { hasText: "changed by another" }).waitFor();
  check(
    "a conflict is told, and nothing is written over",
    readFileSync(join(folder, "conflict.ts"), "utf8").includes("theirs"),
  );
  await picture(page, "conflict");
  await page.getByText("Keep mine").click();
  await saved(page);
  check(
    "Keep mine writes mine",
    readFileSync(join(folder, "conflict.ts"), "utf8").includes("// mine"),
  );
  writeFileSync(join(folder, "conflict.ts"), "// %%\nlet again = 3;\n");
  await cell(page, 0).locator(".cm-content").click();
  await page.keyboard.type("!");
  await page.locator(".banner", { hasText: "changed by another" }).waitFor();
  await page.getByText("Show theirs").click();
  await page.locator(".cm-content", { hasText: "let again = 3;" }).waitFor();
  check("Show theirs shows theirs", true);
}

async function holdsAttacks(context) {
  const { address } = spy;
  const html = [
    `<img src="${address}/img" onerror="document.title='owned'">`,
    `<div style="position: fixed; inset: 0; background: url(${address}/css); z-index: 999" class="attack">cover</div>`,
    `<style>body { display: none } @import url(${address}/import);</style>`,
    `<link rel="stylesheet" href="${address}/link"><meta http-equiv="refresh" content="0; url=${address}/meta">`,
    `<svg onload="document.title='owned'"><script>document.title='owned'</scr` +
      `ipt><image href="${address}/svg"/></svg>`,
    `<a href="javascript:document.title='owned'" id="js">click</a><a href="${address}/opened">out</a>`,
    `<form action="${address}/form"><input name="x"><button>send</button></form>`,
    `<iframe src="${address}/frame"></iframe><object data="${address}/object"></object><video src="${address}/video"></video>`,
    `<math><mtext><table><mglyph><style><img src=x onerror="document.title='owned'"></style></mglyph></table></mtext></math>`,
    `<p style="background-image: url(${address}/bg); --x: url(${address}/var); background: image-set('${address}/set' 1x)">p</p>`,
  ];
  const script =
    `<script>
    const say = (name, value) => { document.body.append(name + "=" + value + ";"); };
    try { parent.document.title = "owned"; say("parent", "reached"); } catch { say("parent", "refused"); }
    try { say("cookie", document.cookie === "" ? "none" : "some"); } catch { say("cookie", "refused"); }
    try { localStorage.x = 1; say("storage", "reached"); } catch { say("storage", "refused"); }
    fetch("${address}/frame-fetch").then(() => say("net", "reached"), () => say("net", "refused"));
    fetch("${lab.origin}/api/list").then(() => say("lab", "reached"), () => say("lab", "refused"));
    new Image().src = "${address}/frame-image";
  </scr` + `ipt>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" aria-label="a picture"><script>parent.document.title='owned'</script><image href="${address}/svgimage" width="9" height="9"/><rect width="20" height="20"/></svg>`;
  const page = await open(context, "attack.ipynb", [
    ...html.map((text) => `display.html(${JSON.stringify(text)})`),
    `display.html(${JSON.stringify(script)})`,
    `display.svg(${JSON.stringify(svg)})`,
    `display.markdown(${JSON.stringify(`${html.join("\n\n")}\n\n![x](${address}/md.png) [j](javascript:document.title='owned')\n\n$\\\\href{javascript:document.title='owned'}{x} \\\\includegraphics{${address}/tex}$`)})`,
    `display.latex("$\\\\htmlData{x=y}{z}$"); display.javascript("document.title='owned'")`,
  ]);
  await runAll(page);
  await page.waitForTimeout(700);
  for (const at of [0, 5])
    await outputs(page, at)
      .click({ timeout: 2000 })
      .catch(() => undefined);
  check("no output ran in the page", (await page.title()) === "attack.ipynb", await page.title());
  const covers = await page
    .locator(".outputs *")
    .evaluateAll(
      (all) =>
        all.filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position)).length,
    );
  check("no output covers the page", covers === 0, String(covers));
  const bad = await page
    .locator(".outputs")
    .locator(
      "script, style, link, meta, form, iframe:not(.sandbox), object, embed, video, svg, input:not([type=range])",
    )
    .count();
  check("what could act is not there", bad === 0, String(bad));
  check("no link runs code", (await page.locator('.outputs a[href^="javascript"]').count()) === 0);
  const frame = outputs(page, html.length).frameLocator("iframe.sandbox");
  // The last that it says comes when its requests were refused.
  await frame.getByText(/lab=/).last().waitFor();
  // The script stands in the body before what it says.
  const said = (await frame.locator("body").textContent()).slice(-90);
  check(
    "scripts of an output are nobody: parent, cookies, storage, net and lab refused",
    /parent=refused/.test(said) &&
      /storage=refused/.test(said) &&
      /net=refused/.test(said) &&
      /lab=refused/.test(said) &&
      !/reached|some/.test(said),
    said,
  );
  check(
    "a picture is an image, and tells what it is",
    (await outputs(page, html.length + 1)
      .locator("img")
      .getAttribute("alt")) === "a picture",
  );
  await picture(page, "attacks");
  await saved(page);
  await page.reload();
  await page.waitForTimeout(700);
  check(
    "nor did any of them when they were opened from the file",
    (await page.title()) === "attack.ipynb",
  );
}

async function readsVariables(context) {
  const page = await open(context, "variables.ts", [
    `import { computeRdm } from "tsrsa";\nconst rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]]);\nlet count = 3, words = ["a", "b"], series = new Float64Array(1000);`,
  ]);
  await runAll(page);
  await page.getByText("Variables", { exact: true }).click();
  const table = page.locator(".variables table");
  await table.waitFor();
  const rows = await table.locator("tbody tr").allInnerTexts();
  check(
    "the variables are told with type and shape",
    rows.length === 5 &&
      /series\s+Float64Array\s+1000\s+8.0 kB/.test(rows.join("\n")) &&
      /rdm\s+Rdm\s+3 items/.test(rows.join("\n")),
    rows.join(" / "),
  );
  await table.getByText("rdm", { exact: true }).click();
  await page.locator("dialog .content").waitFor();
  check(
    "and one is opened to look at",
    (await page.locator("dialog .content").textContent()).length > 0,
  );
  await picture(page, "variables");
}

async function dragsAnItem(context) {
  const page = await open(context, "drag.ipynb", live);
  await runAll(page);
  await movesItems({ page, output: outputs(page, 0), check });
  await turnsCortex({ page, output: outputs(page, 2), check });
  await picture(page, "cortex");
  await picture(page, "live-figure");
  await cell(page, 1).locator(".gutter button").click();
  await idle(page);
  await saved(page);
  const [shown] = JSON.parse(readFileSync(join(folder, "drag.ipynb"), "utf8")).cells[0].outputs;
  check("where nothing moves it is a still picture", "image/svg+xml" in shown.data);
}

async function readsFigures(context) {
  const page = await open(context, "read.ts", [
    `import { plotStatMap, plotTimeCourse } from "tsrsa";\nplotTimeCourse({ name: "pixels", times: [0, 0.1, 0.2], values: [0, 0.5, 0.25] });`,
    `const affine = [[3, 0, 0, -3], [0, 3, 0, -3], [0, 0, 3, -3], [0, 0, 0, 1]];\nplotStatMap({ data: new Float32Array(27).fill(0.5), shape: [3, 3, 3], affine }, { cuts: [0, 0, 0] });`,
  ]);
  await runAll(page);
  for (const [at, name, pattern] of [
    [0, "time courses", /^0\.1 s\npixels: 0\.5$/],
    [1, "maps", /^\([-\d., ]+\) mm: 0\.5$/],
  ]) {
    const figure = outputs(page, at).locator("img");
    await figure.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await figure.boundingBox();
    const seen = new Set();
    for (let share = 0.04; share < 1; share += 0.04) {
      await page.mouse.move(x + share * width, y + 0.3 * height);
      seen.add(await outputs(page, at).locator(".tip").textContent());
    }
    const texts = [...seen];
    check(
      `the pointer reads ${name}`,
      texts.some((text) => pattern.test(text)),
      texts.join(" / "),
    );
    await picture(page, `reads-${at}`);
  }
}

async function isForAll(context) {
  const page = await open(context, "all.ts", [
    "// %% [markdown]\n// # A title\n// A [link](https://example.org) and $x$.",
    `import { asTable, computeRdm, liveMds, plotRdms } from "tsrsa";\n// A comment.\nconst rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]], { items: ["dog", "cat", "sofa"] });\nplotRdms(rdm);`,
    `asTable({ word: ["dog", "cat"], n: [1, 2] });`,
    `const slider = widget.slider({ label: "radius", max: 10, value: 2 });\nslider;`,
    `console.log("out"); console.error("err"); throw new RangeError("on purpose");`,
  ]);
  await runAll(page);
  await checkAccess(page, "the lab", check);
  await page.getByText("Variables", { exact: true }).click();
  await page.locator(".variables table").waitFor();
  await page.locator(".toolbar").getByText("☰").click();
  await page.locator(".files h2").waitFor();
  await checkAccess(page, "the lab with files and variables", check);
  for (const look of ["dark", "beamer"]) {
    await page.evaluate((name) => (document.documentElement.dataset.look = name), look);
    await checkAccess(page, `the lab, ${look}`, check);
    await picture(page, `all-${look}`);
  }
}

async function doesAnExercise(context) {
  const source = join(folder, "solved.ts");
  writeFileSync(
    source,
    `// %%
import { computeRdm } from "tsrsa";
const rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]]);

// %% [markdown] tags=["exercise:pairs"]
// ### Exercise 1: how many pairs?

// %% tags=["setup:pairs"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["hint:pairs"]
// Try it on paper.

// %% tags=["exercise:pairs"]
const nPairs = 3; // blank: the number of pairs
check("00/pairs", nPairs, { rdm });
`,
  );
  const cut = spawn(process.execPath, [
    join(root, "dist/cli/main.js"),
    "nb",
    "student",
    source,
    "--out",
    join(folder, "class"),
  ]);
  await new Promise((resolve) => cut.on("close", resolve));
  const page = await show(context, "class/solved.ipynb");
  const toolbar = page.locator(".toolbar");
  await toolbar.getByText("✓ 0 of 1").waitFor();
  check("exercises are counted", true);
  check(
    "a hint is folded",
    (await cell(page, 3).locator("details[open]").count()) === 0 &&
      (await cell(page, 3).locator("summary").textContent()) === "Hint",
  );
  await cell(page, 0).locator(".gutter button").click();
  await idle(page);
  const work = cell(page, 4);
  await work.getByText("Check", { exact: true }).click();
  await work.locator(".not-done").waitFor();
  check(
    "a blank that is not filled is no failure",
    (await work.locator(".not-done").textContent()) === "not done yet: the number of pairs" &&
      (await work.locator("pre.error").count()) === 0,
  );
  const answer = async (text) => {
    await work.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
    await work.getByText("Check", { exact: true }).click();
    await idle(page);
  };
  await answer('const nPairs = 9;\ncheck("00/pairs", nPairs, { rdm });');
  check(
    "a mistake is told",
    (await work.locator(".check.failed").textContent()).includes("every cell of the square"),
  );
  await picture(page, "exercise");
  await work.getByText("Start again").click();
  check(
    "Start again puts back the blank",
    (await work.locator(".cm-content").innerText()).includes('todo("the number of pairs")'),
  );
  await answer('const nPairs = 3;\ncheck("00/pairs", nPairs, { rdm });');
  check(
    "what is right is told and counted",
    (await work.locator(".check.passed").count()) === 1 &&
      (await toolbar.getByText("hand in").textContent()).startsWith("✓ 1 of 1"),
  );
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    toolbar.getByText("hand in").click(),
  ]);
  const handed = JSON.parse(readFileSync(await file.path(), "utf8"));
  check(
    "and handed in as a file",
    handed.exercises[0].passed === true && file.suggestedFilename() === "solved-results.json",
  );
}

async function fitsAPhone(context) {
  const page = await open(context, "small.ts", [
    "// %% [markdown]\n// # A title that is rather long\n// Some text with a formula $\\rho = 0.3$.",
    "let aRatherLongNameOfAVariable = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((x) => x * 100);\naRatherLongNameOfAVariable;",
  ]);
  await page.setViewportSize({ width: 360, height: 740 });
  await runAll(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check("at 360 pixels nothing stands out", wide <= 360, String(wide));
  check("formulas are formulas", (await page.locator(".katex").count()) === 1);
  await picture(page, "phone");
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.evaluate(() => (document.documentElement.dataset.look = "dark"));
  await picture(page, "dark");
  await page.evaluate(() => (document.documentElement.dataset.look = "beamer"));
  await picture(page, "beamer");
  check("no report of the page's policy", page.violations.length === 0, page.violations[0]);
}
