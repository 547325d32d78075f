import { fileURLToPath } from "node:url";

const here = import.meta.url;

/** The address of the kernel's own folder; the build may have joined this file to the one that starts a process. */
export const kernelUrl: string = new URL(here.includes("/platform/node/") ? "../../" : "../", here)
  .href;

/** The same as a path. */
export const kernelFolder: string = fileURLToPath(kernelUrl);
