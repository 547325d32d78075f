/** The kernel's own worker has no files: those of cells are in theirs. */
async function none(path: string): Promise<never> {
  throw new Error(`${path} is no file that a page can read here`);
}

export const readFile: (path: string) => Promise<string> = none;
export const readdir: (path: string) => Promise<never> = none;
