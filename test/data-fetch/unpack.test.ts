import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fetchDataSet, findFaults, unpack, type DataSet } from "../../data-fetch/index.ts";
import { rawTarGz, rawZip, type RawMember } from "./archives.ts";
import { FaultyServer, honest } from "./faulty-server.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsrsa-unpack-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const into = () => join(folder, "into");
const quiet = { onProgress: false } as const;
const good: readonly RawMember[] = [
  { name: "data/", type: "Directory", mode: 0o040755 },
  { name: "data/a.txt", bytes: Buffer.from("first"), deflate: true },
  { name: "data/sub/b.bin", bytes: Buffer.alloc(100_000, "second"), deflate: true },
  { name: "data/empty", bytes: Buffer.alloc(0) },
  { name: "other/c.txt", bytes: Buffer.from("third") },
];
const formats = [
  ["zip", rawZip],
  ["tar.gz", rawTarGz],
] as const;

function archive(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Files below a folder, hidden ones left out. */
function filesIn(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

describe.each(formats)("%s", (format, write) => {
  test("every file arrives, and a second time nothing is done", async () => {
    const path = archive(`a.${format}`, write(good));
    const files = await unpack(path, into(), { format }, quiet);
    expect(filesIn(into())).toEqual(["data/a.txt", "data/empty", "data/sub/b.bin", "other/c.txt"]);
    expect(readFileSync(join(into(), "data/sub/b.bin"))).toEqual(good[2].bytes);
    writeFileSync(join(into(), "data/a.txt"), "FIRST");
    expect(await unpack(path, into(), { format }, quiet)).toEqual(files);
    expect(readFileSync(join(into(), "data/a.txt"), "utf8")).toBe("FIRST");
    rmSync(join(into(), "data/a.txt"));
    await unpack(path, into(), { format }, quiet);
    expect(readFileSync(join(into(), "data/a.txt"), "utf8")).toBe("first");
  });

  test("only a part, elsewhere", async () => {
    await unpack(
      archive(`a.${format}`, write(good)),
      into(),
      { format, below: "data", into: "here" },
      quiet,
    );
    expect(filesIn(into())).toEqual(["here/a.txt", "here/empty", "here/sub/b.bin"]);
  });

  test("a part that is not there is missed", async () => {
    const path = archive(`a.${format}`, write(good));
    await expect(unpack(path, into(), { format, below: "dta" }, quiet)).rejects.toThrow(
      /files below dta, found none/,
    );
  });

  const hostile: [string, RawMember, RegExp][] = [
    ["a name that leads outside", { name: "../evil.txt" }, /relative path inside/],
    ["one that does so on the way", { name: "data/../../evil.txt" }, /relative path inside/],
    ["an absolute name", { name: "/evil.txt" }, /relative path inside|evil/],
    ["a drive", { name: "C:\\evil.txt" }, /relative path inside/],
    ["backslashes that lead outside", { name: "..\\evil.txt" }, /relative path inside/],
    [
      "a symbolic link",
      {
        name: "data/l",
        type: "SymbolicLink",
        linkpath: "../../x",
        mode: 0o120777,
        bytes: undefined,
      },
      /found a link/,
    ],
    ["a device", { name: "data/d", type: "CharacterDevice", mode: 0o020644 }, /found a device/],
    ["a pipe", { name: "data/p", type: "FIFO", mode: 0o010644 }, /found a device/],
    ["a name twice", { name: "data/a.txt" }, /data\/a\.txt twice/],
    ["a name that differs by case alone", { name: "DATA/A.TXT" }, /DATA\/A\.TXT twice/],
    ["a file where a folder is", { name: "data/sub" }, /data\/sub twice/],
    ["a name with a stream", { name: "data/a.txt:hidden" }, /every system can store/],
    ["a name with a control character", { name: "data/a\u0007" }, /every system can store/],
    ["a backslash", { name: "data\\b.txt" }, /every system can store, found .* \(a backslash\)/],
    ["a device of Windows", { name: "data/CON" }, /the name of a device/],
    ["one with an ending", { name: "data/aux.tar.gz" }, /the name of a device/],
    ["one of a serial line, as a folder", { name: "com\u00b9/a" }, /the name of a device/],
    ["a dot at the end", { name: "data/dot." }, /a dot or space at its end/],
    ["a space at the end of a folder", { name: "data /a" }, /a dot or space at its end/],
    ["a question mark", { name: "data/a?b" }, /Windows keeps for itself/],
    ["text that turns its direction", { name: "data/\u202egpj.exe" }, /turns the direction/],
    ["a line separator", { name: "data/a\u2028b" }, /control or damaged/],
  ];
  test.each(hostile)("%s is refused, and nothing is left", async (_, member, message) => {
    const path = archive(`a.${format}`, write([...good, { bytes: Buffer.from("x"), ...member }]));
    await expect(unpack(path, into(), { format }, quiet)).rejects.toThrow(message);
    expect(filesIn(into())).toEqual([]);
    expect(existsSync(join(folder, "evil.txt"))).toBe(false);
    expect(existsSync(join(into(), `.unpacking-a.${format}`))).toBe(false);
  });

  test("a bomb is refused before it is unpacked", async () => {
    const bomb = { name: "zeros", bytes: Buffer.alloc(70_000_000), deflate: true };
    const path = archive(`a.${format}`, write([bomb]));
    await expect(unpack(path, into(), { format }, quiet)).rejects.toThrow(/inflation|bomb/);
    expect(filesIn(into())).toEqual([]);
  });

  test("too many members, or too many bytes", async () => {
    const path = archive(`a.${format}`, write(good));
    await expect(unpack(path, into(), { format }, { ...quiet, maxEntries: 3 })).rejects.toThrow(
      /number of members: expected at most 3/,
    );
    await expect(
      unpack(path, into(), { format }, { ...quiet, maxTotalBytes: 1000 }),
    ).rejects.toThrow(/size of all members: expected at most 1000/);
  });

  test("a damaged or cut archive leaves nothing", async () => {
    const whole = write(good);
    const flipped = Buffer.from(whole);
    flipped[Math.floor(whole.length / 3)] ^= 0x55;
    for (const bytes of [
      whole.subarray(0, -30),
      whole.subarray(0, 100),
      flipped,
      Buffer.alloc(0),
      Buffer.from("no archive"),
    ]) {
      const path = archive(`a.${format}`, bytes);
      await expect(unpack(path, into(), { format }, quiet)).rejects.toMatchObject({
        code: "FILE_FORMAT",
      });
      expect(filesIn(into())).toEqual([]);
    }
  });

  test("a cancelled job leaves nothing", async () => {
    const path = archive(`a.${format}`, write(good));
    const work = unpack(path, into(), { format }, { ...quiet, signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "CANCELLED" });
    expect(filesIn(into())).toEqual([]);
  });
});

test("a .tar.gz that ends within a member is refused, and does not wait for the rest", async () => {
  const whole = rawTarGz([{ name: "a", bytes: randomBytes(3_000_000) }]);
  for (const length of [600, 1_000_000, whole.length - 600, whole.length - 9]) {
    const path = archive("a.tar.gz", whole.subarray(0, length));
    await expect(unpack(path, into(), { format: "tar.gz" }, quiet)).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
    expect(filesIn(into())).toEqual([]);
  }
});

test("names that differ only in how an accent is written, or by a capital sharp s", async () => {
  for (const [one, other] of [
    ["caf\u00e9", "cafe\u0301"],
    ["stra\u00dfe", "STRASSE"],
    ["\u0130", "i\u0307"],
  ]) {
    const members = [one, other].map((name) => ({ name, bytes: Buffer.from(name) }));
    const path = archive("a.zip", rawZip(members));
    await expect(unpack(path, into(), { format: "zip" }, quiet)).rejects.toThrow(/twice/);
  }
});

test("a name of 256 bytes is one that no system can store", async () => {
  const members = [{ name: `data/${"\u00e4".repeat(128)}`, bytes: Buffer.from("x") }];
  const path = archive("a.zip", rawZip(members));
  await expect(unpack(path, into(), { format: "zip" }, quiet)).rejects.toThrow(/than 255 bytes/);
});

test("a name that cannot be stored is no fault where it is not wanted", async () => {
  const members = [...good, { name: "other/why?.txt", bytes: Buffer.from("x") }];
  const path = archive("a.zip", rawZip(members));
  await unpack(path, into(), { format: "zip", below: "data" }, quiet);
  expect(filesIn(into())).toEqual(["a.txt", "empty", "sub/b.bin"]);
});

test("names as scientists write them are taken", async () => {
  const names = [
    "sub-01 (old)/a b.txt",
    "console.txt",
    "com10",
    "lpt",
    "M\u00fcller & S\u00f6hne.csv",
    ".hidden",
    "a..b",
    "\u56fe\u50cf.png",
  ];
  const members = names.map((name) => ({ name, bytes: Buffer.from(name) }));
  const files = await unpack(archive("a.zip", rawZip(members)), into(), { format: "zip" }, quiet);
  expect(files.map(({ path }) => path)).toEqual(names);
});

test.each(formats)(
  "%s: many at once give all the files, and leave nothing beside them",
  async (format, write) => {
    const path = archive(`a.${format}`, write(good));
    const left = join(into(), `.unpacking-a.${format}-0123456789ab`);
    mkdirSync(left, { recursive: true });
    const results = await Promise.all(
      [1, 2, 3, 4].map(() => unpack(path, into(), { format }, quiet)),
    );
    for (const files of results) expect(files).toEqual(results[0]);
    expect(
      readdirSync(into())
        .filter((name) => name.startsWith("."))
        .sort(),
    ).toEqual([`.a.${format}.unpacked.json`]);
  },
);

test("two processes that unpack one archive both have all of it", async () => {
  const path = archive("a.zip", rawZip(good));
  const script = `
    import { unpack } from "${new URL("../../data-fetch/index.ts", import.meta.url).href}";
    await unpack(process.argv[1], process.argv[2], { format: "zip" }, { onProgress: false });
  `;
  const loader = new URL("../support/typescript.mjs", import.meta.url).href;
  const start = () =>
    spawn(
      process.execPath,
      ["--import", loader, "-C", "tsrsa-source", "--input-type=module", "-e", script, path, into()],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
  const ends = [start(), start(), start()].map((child) => once(child, "exit"));
  expect((await Promise.all(ends)).map(([code]) => code as number)).toEqual([0, 0, 0]);
  expect(filesIn(into())).toEqual(["data/a.txt", "data/empty", "data/sub/b.bin", "other/c.txt"]);
});

test("a zip member with a wrong checksum", async () => {
  const path = archive("a.zip", rawZip([{ name: "a", bytes: Buffer.from("x"), crc: 7 }]));
  await expect(unpack(path, into(), { format: "zip" }, quiet)).rejects.toThrow(/a: CRC-32/);
  expect(filesIn(into())).toEqual([]);
});

test("a zip member that is more than it declares", async () => {
  const bytes = Buffer.alloc(5000, 1);
  const path = archive("a.zip", rawZip([{ name: "a", bytes, deflate: true, declaredBytes: 100 }]));
  await expect(unpack(path, into(), { format: "zip" }, quiet)).rejects.toThrow(/a: size/);
});

test("one file of a .gz, and a bomb of one", async () => {
  await unpack(archive("a.txt.gz", gzipSync("hello")), into(), { format: "gz" }, quiet);
  expect(readFileSync(join(into(), "a.txt"), "utf8")).toBe("hello");
  const bomb = archive("b.gz", gzipSync(Buffer.alloc(80_000_000)));
  await expect(unpack(bomb, into(), { format: "gz" }, quiet)).rejects.toThrow(/b: size/);
  expect(filesIn(into())).toEqual(["a.txt"]);
});

describe("a whole data set", () => {
  const server = new FaultyServer();
  afterEach(() => server.stop());

  async function aSet(file = rawZip(good)): Promise<DataSet> {
    const url = `${await server.start(honest({ file }))}/archive.zip`;
    return {
      name: "a-set",
      title: "",
      licence: "none",
      citation: "",
      instructions: "get it",
      demoVersion: 0,
      expects: ["a.txt", "sub/b.bin"],
      files: [
        { path: "archive.zip", url, bytes: file.length, unpack: { format: "zip", below: "data" } },
      ],
    };
  }

  test("is fetched, unpacked, and the archive removed; again costs no request", async () => {
    vi.stubEnv("TSRSA_DATA_DIR", folder);
    const set = await aSet();
    const plan = await fetchDataSet(set, { dryRun: true });
    expect(plan.files).toMatchObject([{ path: "archive.zip", there: false }]);
    expect(server.requests).toHaveLength(0);
    await fetchDataSet(set, quiet);
    expect(filesIn(join(folder, "a-set"))).toEqual(["a.txt", "empty", "sub/b.bin"]);
    await fetchDataSet(set, quiet);
    expect(server.requests).toHaveLength(1);
    expect(await findFaults(set, join(folder, "a-set"))).toEqual([]);
    writeFileSync(join(folder, "a-set/a.txt"), "FIRST");
    expect(await findFaults(set, join(folder, "a-set"))).toEqual([
      "a.txt is not the file that came from archive.zip (its SHA-256 differs)",
    ]);
  });

  test("an archive that the user put there is unpacked without a request", async () => {
    const file = rawZip(good);
    const set = await aSet(file);
    mkdirSync(into());
    writeFileSync(join(into(), "archive.zip"), file);
    await fetchDataSet(set, { folder: into(), ...quiet });
    expect(filesIn(into())).toEqual(["a.txt", "empty", "sub/b.bin"]);
    expect(server.requests).toHaveLength(0);
  });

  test("offline says so", async () => {
    vi.stubEnv("TSRSA_OFFLINE", "1");
    await expect(fetchDataSet(await aSet(), { folder: into(), ...quiet })).rejects.toThrow(
      /TSRSA_OFFLINE is set/,
    );
  });

  test("an archive without the file that is needed", async () => {
    const set = { ...(await aSet()), expects: ["wanted.fif"] };
    await expect(fetchDataSet(set, { folder: into(), ...quiet })).rejects.toThrow(
      /wanted\.fif; everything was fetched and it is not there/,
    );
  });
});
