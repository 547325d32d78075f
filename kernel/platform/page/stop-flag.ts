/** Where the kernel's worker says that the running cell is to stop, without waiting for its turn. */
export interface StopSign {
  /** Memory of both workers, where the browser shares any. */
  readonly shared?: SharedArrayBuffer;
  /** Otherwise an address that the page's service worker answers with 1 when it is to stop, asked at most so often. */
  readonly address?: string;
}

const askEveryMs = 250;

let sign: StopSign = {};
let asked = 0;
/** The last answer, where an address is asked: a Stop that was heard stays until it is over. */
let isOn = false;

/** Says where to look from now on. */
export function watchSign(given: StopSign): void {
  sign = given;
}

/** True when the user pressed Stop and it is not over. */
export function isAskedToStop(): boolean {
  if (sign.shared !== undefined) return Atomics.load(new Int32Array(sign.shared), 0) !== 0;
  if (sign.address === undefined || isOn || performance.now() - asked < askEveryMs) return isOn;
  asked = performance.now();
  isOn = answerOf(sign.address) === "1";
  return isOn;
}

/** The Stop is over. */
export function clearSign(): void {
  isOn = false;
  if (sign.shared !== undefined) Atomics.store(new Int32Array(sign.shared), 0, 0);
}

/** Asks without letting anything else have its turn: that is what a busy cell cannot do. */
function answerOf(address: string): string {
  try {
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.send();
    return request.status === 200 ? request.responseText : "";
  } catch {
    return "";
  }
}
