/** The version of this package, for records of what made a file. */
export const packageVersion = "0.1.0";
