/**
 * TypeScript, required and not imported: an import looks through nine megabytes for the names of its exports, which
 * takes longer than to run them.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports
import ts = require("typescript");

export { ts };
