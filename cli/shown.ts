const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text that may hold what a file said, for a terminal: control characters are shown (`\u001b`) and not obeyed; lines and
 * tabs stay.
 */
export function shown(text: string): string {
  return text.replace(control, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
