import type { IncomingMessage, ServerResponse } from "node:http";
import { namesOfCells } from "../../kernel/transform/cell-names.ts";
import type { Inside } from "./inside.ts";
import { LabError } from "./lab-error.ts";
import { listFolder } from "./list.ts";
import { readNotebookText, renameNotebook, writeNotebookText } from "./notebooks.ts";
import { readJson, readText } from "./request-body.ts";
import type { Sessions } from "./sessions.ts";
import { sendDownload, takeUpload } from "./uploads.ts";

/** What the answers are made from. */
export interface RouteParts {
  readonly inside: Inside;
  readonly sessions: Sessions;
}

/** A request of the page, let in and taken apart. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
}

/** Answers a request; what it returns is sent as JSON, undefined when it has answered itself. */
export type Route = (parts: RouteParts, asked: Asked) => Promise<unknown>;

/** What the page may ask, by method and path; all but GET change something and need our origin. */
export const routes: Readonly<Record<string, Route>> = {
  "GET /api/list": async ({ inside, sessions }, { query }) => ({
    folder: inside.folder,
    entries: await listFolder(inside, query.get("folder") ?? ""),
    running: sessions.paths.map((path) => inside.nameOf(path)),
  }),
  "GET /api/notebook": ({ inside }, { query }) => readNotebookText(inside, named(query, "path")),
  "PUT /api/notebook": saveNotebook,
  "POST /api/rename": async ({ inside, sessions }, { query }) => {
    const [from, to] = [named(query, "from"), named(query, "to")];
    const old = await inside.path(from);
    await renameNotebook(inside, from, to);
    sessions.rename(old, await inside.path(to));
    return {};
  },
  "POST /api/upload": async ({ inside }, { request, query }) => {
    const replace = query.get("replace") === "yes";
    await takeUpload(inside, named(query, "path"), request, { replace });
    return {};
  },
  "GET /api/download": async ({ inside }, { response, query }) => {
    await sendDownload(inside, named(query, "path"), response);
    return undefined;
  },
  "POST /api/names": async (_, { request }) => {
    const { sources } = (await readJson(request)) as { sources?: unknown };
    if (!Array.isArray(sources) || !sources.every((source) => typeof source === "string"))
      throw new LabError(400, "sources has to be a list of texts");
    return namesOfCells(sources);
  },
  "POST /api/end": async ({ inside, sessions }, { query }) => {
    await sessions.end(await inside.path(named(query, "path")));
    return {};
  },
};

async function saveNotebook({ inside, sessions }: RouteParts, asked: Asked): Promise<unknown> {
  const { request, query } = asked;
  const path = named(query, "path");
  const match = request.headers["if-match"];
  if (match === undefined && request.headers["if-none-match"] !== "*")
    throw new LabError(400, "a notebook is saved with If-Match, a new one with If-None-Match: *");
  const text = await readText(request);
  const version = await writeNotebookText(inside, path, text, match?.replace(/^"|"$/g, ""));
  sessions.saved(await inside.path(path), version, query.get("tab") ?? "");
  return { version };
}

function named(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null || value === "") throw new LabError(400, `${name} is missing`);
  return value;
}
