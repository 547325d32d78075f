const settings = new Map<string, string>();

/** What the kernel runs on, for who asks what it is. */
export const runsOn: string = "a page";

/** Says what went wrong in the kernel itself where its owner looks. */
export function problem(text: string): void {
  console.error(`tsrsa kernel: ${text}`);
}

/** The folder of the notebook, in the files of the page. */
export function ownFolder(): string {
  return "/notebook";
}

/** What whoever started the executor asked for by a name. */
export function setting(name: string): string | undefined {
  return settings.get(name);
}

/** Notes what `setting` tells. */
export function giveSettings(given: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(given)) settings.set(name, value);
}

/** Calls once after a while. */
export function callLater(work: () => void, ms: number): void {
  setTimeout(work, ms);
}
