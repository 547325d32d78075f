/** The variable that would name a token. */
export const dryadToken = "DRYAD_TOKEN";

/** A page asks no archive. */
export async function dryadFiles(): Promise<never[]> {
  return [];
}
