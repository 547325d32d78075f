/** What stands in the place of a secret; an address that has it can be asked for by nobody. */
export const HIDDEN = "…";

/**
 * An address without what may be secret in it, as messages, plans and records have it: no user, no password, and of what
 * is asked for behind `?` the names alone (servers put tokens and signatures there). Other text stays as it is.
 */
export function shownAddress(text: string | URL): string {
  return hidden(String(text), "");
}

/** As {@link shownAddress}, with a mark where a user and a password were: who reads it knows that they are wanted. */
export function keptAddress(text: string): string {
  return hidden(text, `${HIDDEN}@`);
}

function hidden(given: string, keep: string): string {
  if (!/^[a-z][a-z+.-]*:\/\//i.test(given)) return given;
  const [whole, query = ""] = given.split("#", 1)[0].split(/\?(.*)/s);
  const names = query
    .split("&")
    .filter((one) => one !== "")
    .map((one) => (one.includes("=") ? `${one.split("=", 1)[0]}=${HIDDEN}` : HIDDEN));
  const bare = whole.replace(/^([a-z+.-]+:\/\/)[^/]*@/i, `$1${keep}`);
  return names.length === 0 ? bare : `${bare}?${names.join("&")}`;
}
