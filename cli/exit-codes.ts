/** How the process ends. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;
