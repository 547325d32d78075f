// node bench/fetch.mjs: memory and speed of fetching 4 GB, verifying it, and unpacking beside the system's tools.
// Needs dist/ (npm run build), about 10 GB of disk, and for the comparison unzip, zip and tar.
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const gigabytes = Number(process.argv[2] ?? 4);
const folder = await mkdtemp(join(tmpdir(), "tsrsa-bench-fetch-"));
const module = fileURLToPath(new URL("../dist/data-fetch/index.js", import.meta.url));
try {
  console.log("| work | time | peak memory of the process |\n|---|---|---|");
  const { path, sha256, bytes } = await makeFile("big.bin", gigabytes * 1e9);
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-length": bytes, etag: '"1"' });
    createReadStream(path, { highWaterMark: 1 << 20 }).pipe(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/big.bin`;
  const file = { path: "fetched.bin", url, bytes, sha256 };
  await timed(
    `fetch ${gigabytes} GB from this machine`,
    `await m.fetchFile(${JSON.stringify(file)}, ${JSON.stringify(folder)}, { onProgress: false })`,
  );
  server.close();
  await timed("verify it", `await m.sha256Of(${JSON.stringify(join(folder, "fetched.bin"))})`);
  tool("sha256sum of the system", "sha256sum", [join(folder, "fetched.bin")]);
  await rm(join(folder, "fetched.bin"));
  await rm(path);
  await archives();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function archives() {
  const source = join(folder, "source");
  await mkdir(source);
  for (let i = 0; i < 20; i++) await makeFile(`source/part-${i}.bin`, 5e7);
  const into = (name) => join(folder, name);
  spawnSync("zip", ["-q", "-1", "-r", into("a.zip"), "source"], { cwd: folder });
  spawnSync("tar", ["czf", into("a.tar.gz"), "source"], { cwd: folder });
  await mkdir(into("by-tar"));
  for (const [format, command, args] of [
    ["zip", "unzip", ["-q", into("a.zip"), "-d", into("by-unzip")]],
    ["tar.gz", "tar", ["xzf", into("a.tar.gz"), "-C", into("by-tar")]],
  ]) {
    const archive = into(`a.${format}`);
    tool(`${command} of the system, 1 GB`, command, args);
    await timed(
      `unpack the same ${format}`,
      `await m.unpack(${JSON.stringify(archive)}, ${JSON.stringify(into(`by-us-${format}`))}, { format: "${format}" }, { onProgress: false })`,
    );
  }
}

/** A file that compresses by about a half, and its hash. */
async function makeFile(name, bytes) {
  const path = join(folder, name);
  const hash = createHash("sha256");
  const out = createWriteStream(path);
  const piece = Buffer.concat([randomBytes(5e5), Buffer.alloc(5e5, "a recording ")]);
  for (let at = 0; at < bytes; at += piece.length) {
    piece.writeDoubleLE(at, 0);
    const chunk = Buffer.from(piece);
    hash.update(chunk);
    if (!out.write(chunk)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return { path, sha256: hash.digest("hex"), bytes: (await stat(path)).size };
}

async function timed(title, code) {
  const script = `const m = await import(${JSON.stringify(module)}); ${code}; console.log(process.resourceUsage().maxRSS);`;
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TSRSA_DATA_DIR: join(folder, "data") },
  });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  const [code_] = await once(child, "close");
  if (code_ !== 0) throw new Error(`${title} failed`);
  row(title, performance.now() - startedMs, `${(Number(text) / 1024).toFixed(0)} MB`);
}

function tool(title, command, args) {
  const startedMs = performance.now();
  const { status } = spawnSync(command, args);
  row(title, performance.now() - startedMs, status === 0 ? "" : "(not there)");
}

function row(title, ms, memory) {
  console.log(`| ${title} | ${(ms / 1000).toFixed(1)} s | ${memory} |`);
}
