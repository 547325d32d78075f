/**
 * The proxy through which the user's environment wants an address asked: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either
 * case (the lower one first). Undefined: none.
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv = process.env): URL | undefined {
  const value = url.protocol === "https:" ? read("https_proxy", env) : read("http_proxy", env);
  if (value === undefined || isExcepted(url, read("no_proxy", env) ?? "")) return undefined;
  const address = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(address)) return undefined;
  const proxy = new URL(address);
  return /^https?:$/.test(proxy.protocol) ? proxy : undefined;
}

function read(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const value = env[name] ?? env[name.toUpperCase()];
  return value === "" ? undefined : value;
}

/** `*`, `host`, `.domain`, `*.domain` and `host:port`, separated by commas or spaces; a host stands for its domain too. */
function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === "*") return true;
      const [, name, wanted] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const bare = name.replace(/^\*?\./, "").replace(/^\[|\]$/g, "");
      if (wanted !== undefined && wanted !== port) return false;
      return host === bare || host.endsWith(`.${bare}`);
    });
}
