/** The name a cell such as `Math.hypot?` asks about; two question marks ask for all there is. */
export interface HelpRequest {
  readonly name: string;
  readonly detail: 0 | 1;
}

const pattern = /^\s*([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*)\s*(\?{1,2})\s*$/u;

/** Reads a cell that asks for help; undefined for every other cell. */
export function helpRequest(code: string): HelpRequest | undefined {
  const [, name, marks] = pattern.exec(code) ?? [];
  return name === undefined ? undefined : { name, detail: marks === "??" ? 1 : 0 };
}

export function isHelpRequest(code: string): boolean {
  return helpRequest(code) !== undefined;
}
