import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { FaultyServer } from "./faulty-server.ts";

/** A folder of each test's own; the data folder lies within. */
export let folder = "";
/** A server of each test's own, which starts with what it is to answer. */
export let server: FaultyServer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsrsa-fetch-"));
  vi.stubEnv("TSRSA_DATA_DIR", join(folder, "data-dir"));
  server = new FaultyServer();
});
afterEach(() => {
  server.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
