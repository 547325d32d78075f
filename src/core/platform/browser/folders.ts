import { Unsupported } from "../../errors.ts";

export async function listFiles(folder: string): Promise<string[]> {
  throw new Unsupported(`a browser cannot list the folder ${folder}`, "give the files themselves");
}

export const listEntries = listFiles;
