/** The name a cell such as `Math.hypot?` or `?Math.hypot` asks about; two question marks ask for all there is. */
export interface HelpRequest {
  readonly name: string;
  readonly detail: 0 | 1;
}

const name = String.raw`([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*)`;
const after = new RegExp(String.raw`^\s*${name}\s*(\?{1,2})\s*$`, "u");
const before = new RegExp(String.raw`^\s*(\?{1,2})\s*${name}\s*$`, "u");

/** Reads a cell that asks for help; undefined for every other cell. */
export function helpRequest(code: string): HelpRequest | undefined {
  const [, asked, marks] = after.exec(code) ?? [];
  const [, marksBefore = marks, askedBefore = asked] = before.exec(code) ?? [];
  if (askedBefore === undefined) return undefined;
  return { name: askedBefore, detail: marksBefore === "??" ? 1 : 0 };
}

export function isHelpRequest(code: string): boolean {
  return helpRequest(code) !== undefined;
}
