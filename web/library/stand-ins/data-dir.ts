/** Where the files of data sets lie in a page. */
export function dataDir(): string {
  return "/data";
}
