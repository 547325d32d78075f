// A cell may replace what is global; these stay.
const realm = globalThis;

export const setTimeout = realm.setTimeout.bind(realm);
export const clearTimeout = realm.clearTimeout.bind(realm);
export const setInterval = realm.setInterval.bind(realm);
export const clearInterval = realm.clearInterval.bind(realm);

const { port1, port2 } = new MessageChannel();
const due: (() => void)[] = [];
port1.onmessage = () => due.shift()?.();

/** Calls after what is to be done now, and before any timer. */
export function setImmediate(work: () => void): void {
  due.push(work);
  port2.postMessage(0);
}
