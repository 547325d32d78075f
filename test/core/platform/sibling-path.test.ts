import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as browser from "../../../src/core/platform/browser/files.ts";
import * as node from "../../../src/core/platform/node/files.ts";
import { isAddress } from "../../../src/core/http/address.ts";

beforeAll(() => void vi.stubGlobal("location", { href: "https://page.example/lab/" }));
afterAll(() => void vi.unstubAllGlobals());

const names = [
  "http:127.0.0.1:9/x?y",
  "http://other.example/x",
  "HTTPS:other.example",
  "https:/other.example/x",
  "file:///etc/x",
];

test.each(names)("beside a file of this disk, %s is a file of this disk", (name) => {
  for (const own of ["a.set", "./a.set", "sub/../a.set", "/data/a.set"]) {
    const found = node.siblingPath(own, name);
    expect(isAddress(found)).toBe(false);
    expect(found).not.toMatch(/^file:/i);
  }
});

test.each([...names, "//other.example/x", "/x", "ftp://other.example/x"])(
  "beside a file of a server, %s is of the same server",
  (name) => {
    for (const of of [node.siblingPath, browser.siblingPath]) {
      const { protocol, host } = new URL(of("https://lab.example/data/a.set", name));
      expect([protocol, host]).toEqual(["https:", "lab.example"]);
    }
  },
);

test("plain names lie beside the file", () => {
  expect(node.siblingPath("data/a.set", "a.fdt")).toBe("data/a.fdt");
  expect(node.siblingPath("a.set", "a.fdt")).toBe("a.fdt");
  expect(node.siblingPath("run/plans/p.json", "..")).toBe("run");
  for (const of of [node.siblingPath, browser.siblingPath])
    expect(of("https://lab.example/data/a.set", "a.fdt")).toBe("https://lab.example/data/a.fdt");
});
