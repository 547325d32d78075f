/** A text that begins a sentence. Greek letters stay as they are: ρ and Ρ are not the same thing. */
export function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
