import { createHash } from "node:crypto";

/** SHA-256 of all that a record of a run says, as JSON has it, but for the hash itself. */
export function recordSha256(record: object): string {
  const said = Object.entries(record).filter(([name]) => name !== "sha256");
  return createHash("sha256")
    .update(JSON.stringify(Object.fromEntries(said)))
    .digest("hex");
}
