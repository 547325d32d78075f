/** Where the kernel's worker says which Stop is the newest, without waiting for the turn of the cells. */
export interface StopSign {
  /** Memory of both workers, where the browser shares any. */
  readonly shared?: SharedArrayBuffer;
  /** Otherwise an address at which the page's service worker tells it, asked at most so often. */
  readonly address?: string;
  /** The newest Stop before this worker was there. */
  readonly after: number;
}

const askEveryMs = 250;

let sign: StopSign = { after: 0 };
let asked = 0;
/** Each Stop has a number; what is on its way of one that is over counts for nothing. */
let heard = 0;
let over = 0;

/** Says where to look from now on. */
export function watchSign(given: StopSign): void {
  sign = given;
  heard = given.after;
  over = given.after;
}

/** True when the user pressed Stop and it is not over; a Stop that was heard stays until then. */
export function isAskedToStop(): boolean {
  if (heard <= over) heard = Math.max(heard, newest());
  return heard > over;
}

/** A Stop has come as a message too; true unless it is over. */
export function hearStop(number: number): boolean {
  heard = Math.max(heard, number);
  return heard > over;
}

/** The Stop is over. */
export function clearSign(): void {
  over = heard;
}

function newest(): number {
  if (sign.shared !== undefined) return Atomics.load(new Int32Array(sign.shared), 0);
  if (sign.address === undefined || performance.now() - asked < askEveryMs) return 0;
  asked = performance.now();
  return Number(answerOf(sign.address));
}

/** Asks without letting anything else have its turn: that is what a busy cell cannot do. */
function answerOf(address: string): string {
  try {
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.send();
    return request.status === 200 && /^\d+$/.test(request.responseText) ? request.responseText : "";
  } catch {
    return "";
  }
}
