/** A page has no standard input. */
export function installStandardInput(): void {}
