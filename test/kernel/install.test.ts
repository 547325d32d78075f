import { spawnSync } from "node:child_process";
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
import { isAbsolute, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataFolder, searchFolders } from "../../kernel/install/data-folders.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "install-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const entry = join(import.meta.dirname, "../../dist/cli/main.js");

function kernel(
  args: string[],
  env: Record<string, string> = {},
): { code: number | null; out: string; err: string } {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(JUPYTER|VIRTUAL_ENV|CONDA|XDG)/.test(name)),
  );
  const own = { ...clean, HOME: folder, USERPROFILE: folder, ...env };
  const done = spawnSync(process.execPath, [entry, "kernel", ...args], {
    encoding: "utf8",
    env: own,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

function specIn(data: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(data, "kernels/tsrsa/kernel.json"), "utf8")) as never;
}

describe("install", () => {
  test("writes a kernelspec with absolute paths that exist, and interrupts by message", () => {
    const data = join(folder, "data");
    expect(kernel(["install"], { JUPYTER_DATA_DIR: data }).code).toBe(0);
    const spec = specIn(data);
    const [node, flag, cli, ...rest] = spec.argv as string[];
    expect([node, cli].every((path) => isAbsolute(path) && existsSync(path))).toBe(true);
    expect(flag).toBe("--max-semi-space-size=2");
    expect(rest).toEqual(["--connection", "{connection_file}"]);
    expect(spec).toMatchObject({
      display_name: "TypeScript (tsrsa)",
      language: "typescript",
      interrupt_mode: "message",
    });
    expect(readdirSync(join(data, "kernels/tsrsa")).sort()).toEqual([
      "kernel.json",
      "logo-svg.svg",
    ]);
    expect(JSON.parse(kernel(["spec"]).out)).toEqual(spec);
  });

  test("again changes nothing, and uninstall removes all of it and no more", () => {
    const data = join(folder, "data");
    const env = { JUPYTER_DATA_DIR: data };
    kernel(["install"], env);
    expect(kernel(["install", "--user"], env).code).toBe(0);
    mkdirSync(join(data, "kernels/other"));
    expect(JSON.parse(kernel(["uninstall", "--json"], env).out)).toMatchObject({ removed: true });
    expect(readdirSync(join(data, "kernels"))).toEqual(["other"]);
    expect(JSON.parse(kernel(["uninstall", "--json"], env).out)).toMatchObject({ removed: false });
  });

  test("a file somebody added to the folder stays", () => {
    const env = { JUPYTER_DATA_DIR: folder };
    kernel(["install"], env);
    writeFileSync(join(folder, "kernels/tsrsa/notes.txt"), "mine");
    kernel(["uninstall"], env);
    expect(readdirSync(join(folder, "kernels/tsrsa"))).toEqual(["notes.txt"]);
  });

  test("a kernel of that name that is not ours is neither replaced nor removed", () => {
    const theirs = join(folder, "kernels/tsrsa");
    mkdirSync(theirs, { recursive: true });
    writeFileSync(join(theirs, "kernel.json"), '{"argv": ["other"]}');
    for (const command of ["install", "uninstall"]) {
      const { code, err } = kernel([command], { JUPYTER_DATA_DIR: folder });
      expect(code).toBe(1);
      expect(err).toMatch(/belongs to another kernel of the name tsrsa; move it away/);
    }
    expect(specIn(folder)).toEqual({ argv: ["other"] });
  });

  test("--prefix and --sys-prefix choose other places, and exclude each other", () => {
    kernel(["install", "--prefix", join(folder, "p")]);
    kernel(["install", "--sys-prefix"], { VIRTUAL_ENV: join(folder, "v") });
    expect(specIn(join(folder, "p/share/jupyter")).language).toBe("typescript");
    expect(specIn(join(folder, "v/share/jupyter")).language).toBe("typescript");
    expect(kernel(["install", "--user", "--sys-prefix"]).code).toBe(2);
    expect(kernel(["install", "--sys-prefix"]).err).toMatch(/no Python environment is active/);
  });

  test("one that Jupyter would find first is told", () => {
    const first = join(folder, "first");
    kernel(["install"], { JUPYTER_DATA_DIR: first });
    const { out } = kernel(["install"], {
      JUPYTER_PATH: first,
      JUPYTER_DATA_DIR: join(folder, "second"),
    });
    expect(out).toMatch(/note: Jupyter finds .*first.*first/);
  });
});

describe("Jupyter's folders", () => {
  const user = { kind: "user" } as const;
  test.each([
    ["linux", { XDG_DATA_HOME: "/x" }, "/h", "/x/jupyter"],
    ["linux", {}, "/h", "/h/.local/share/jupyter"],
    ["darwin", {}, "/Users/u", "/Users/u/Library/Jupyter"],
    [
      "win32",
      { APPDATA: "C:\\Users\\u\\AppData\\Roaming" },
      "C:\\Users\\u",
      "C:\\Users\\u\\AppData\\Roaming\\jupyter",
    ],
    ["win32", {}, "C:\\Users\\u", "C:\\Users\\u\\AppData\\Roaming\\jupyter"],
    ["linux", { JUPYTER_DATA_DIR: "/own" }, "/h", "/own"],
  ] as const)("%s %o", (platform, env, home, expected) => {
    expect(dataFolder(user, { platform, env, home })).toBe(expected);
  });

  test("are searched in Jupyter's order", () => {
    const env = { JUPYTER_PATH: "/a:/b", VIRTUAL_ENV: "/v" };
    expect(searchFolders({ platform: "linux", env, home: "/h" })).toEqual([
      "/a",
      "/b",
      "/h/.local/share/jupyter",
      "/v/share/jupyter",
    ]);
  });
});
