/** A callback that the event loop calls: a browser carries nothing along with it. */
export function carry<C>(callback: C): C {
  return callback;
}

/** Nothing is carried. */
export function setFrame(frame: undefined): void {
  void frame;
}
