import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { renderSvg } from "../../src/core/platform/node/render-svg.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa fonts ü-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letter = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#fff"/><text x="4" y="32" font-size="32" font-family="'DejaVu Sans', Verdana, Geneva, sans-serif">${text}</text></svg>`;

const renderer = new URL("../../src/core/platform/node/render-svg.ts", import.meta.url).href;
const loader = new URL("../support/typescript.mjs", import.meta.url).href;

/** Draw the letters in a process of its own that has no system fonts. */
function drawWithoutFonts(script: string): string[] {
  const empty = join(folder, "empty.conf");
  writeFileSync(empty, '<?xml version="1.0"?><fontconfig></fontconfig>');
  const file = join(folder, "draw.mjs");
  writeFileSync(file, script);
  const env = { ...process.env, FONTCONFIG_FILE: empty, FONTCONFIG_PATH: folder, TMPDIR: folder };
  const args = ["--import", loader, "-C", "tsrsa-source", file];
  const output = execFileSync(process.execPath, args, { env, cwd: folder, encoding: "utf8" });
  return JSON.parse(output) as string[];
}

const sharpUrl = import.meta.resolve("sharp");
const hashes = (load: string) => `
import { createHash } from "node:crypto";
${load}
const out = [];
for (const svg of ${JSON.stringify(["a", "b", "ρ"].map(letter))}) {
  const png = await draw(svg);
  out.push(createHash("sha256").update(await sharp(png).raw().toBuffer()).digest("hex"));
}
console.log(JSON.stringify(out));`;

test("without system fonts sharp alone draws the same box for every letter, so this test can fail", () => {
  const script = hashes(`import sharp from ${JSON.stringify(sharpUrl)};
const draw = (svg) => sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();`);
  const [a, b] = drawWithoutFonts(script);
  expect(a).toBe(b);
});

test("without system fonts our figures are drawn in the bundled font, even when sharp was loaded before", async () => {
  const script = hashes(`import sharp from ${JSON.stringify(sharpUrl)};
await sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } }).png().toBuffer();
const { renderSvg } = await import(${JSON.stringify(renderer)});
const draw = (svg) => renderSvg(svg, { scale: 2 });`);
  const drawn = drawWithoutFonts(script);
  expect(new Set(drawn).size).toBe(3);
});

test.skipIf(process.getuid === undefined)(
  "a folder of the font configuration that others may write in is made ours alone",
  () => {
    const common = join(folder, `tsrsa-fontconfig-${String(process.getuid?.())}`);
    rmSync(common, { recursive: true, force: true });
    mkdirSync(common);
    chmodSync(common, 0o777);
    drawWithoutFonts(
      hashes(
        `const { renderSvg } = await import(${JSON.stringify(renderer)});\nimport sharp from ${JSON.stringify(sharpUrl)};\nconst draw = (svg) => renderSvg(svg, { scale: 2 });`,
      ),
    );
    expect(statSync(common).mode & 0o777).toBe(0o700);
    expect(readdirSync(common).some((name) => name.endsWith(".conf"))).toBe(true);
  },
);

test("the library draws without sharp until a PNG is asked for", () => {
  const plot = fileURLToPath(new URL("../../src/plot", import.meta.url));
  const files = readdirSync(plot, { recursive: true, encoding: "utf8" }).filter((f) =>
    f.endsWith(".ts"),
  );
  const sources = files.map((file) => readFileSync(join(plot, file), "utf8"));
  expect(sources.filter((source) => source.includes("sharp"))).toEqual([]);
  expect(readFileSync(new URL(renderer), "utf8")).not.toMatch(/^import .*sharp/m);
});

test("scale is pixels per CSS pixel, and letters differ here too", async () => {
  const a = await sharp(await renderSvg(letter("a"), { scale: 3 }))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const b = await sharp(await renderSvg(letter("b"), { scale: 3 }))
    .raw()
    .toBuffer();
  expect([a.info.width, a.info.height, a.info.channels]).toEqual([120, 120, 3]);
  expect(a.data.equals(b)).toBe(false);
});
