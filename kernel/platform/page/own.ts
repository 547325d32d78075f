/** The address of the worker's own script. */
export const kernelUrl: string = self.location.href;

/** The same: a page has no paths. */
export const kernelFolder: string = kernelUrl;
