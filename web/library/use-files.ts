import {
  memoryFiles,
  MemoryFiles,
  useMemoryFiles,
} from "../../src/core/platform/browser/memory/memory-files.ts";
import { storedFiles } from "./stored-files.ts";

// Paths in cells mean files of the page from the first import on.
if (memoryFiles() === undefined) useMemoryFiles(new MemoryFiles(storedFiles));

/** Puts a file of the user where cells find it. */
export function giveFile(path: string, file: Blob): void {
  memoryFiles()?.write(path, file);
}
