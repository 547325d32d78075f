import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMeadows } from "../../src/rdm/index.ts";
import { withoutEndings } from "../../src/rdm/meadows/arrangement.ts";
import { meadowsName, personOf } from "../../src/rdm/meadows/file-name.ts";
import { numbersOf, readReference, type ReferenceArray } from "../reference/read-reference.ts";

interface Found {
  readonly items: string[];
  readonly rdms?: ReferenceArray;
  readonly participant?: string[];
  readonly task?: string[] | null;
  readonly taskIndex?: number[];
  readonly experiment?: string;
}
interface Case {
  readonly name: string;
  readonly input: { readonly file?: string; readonly fileName?: string };
  readonly rsatoolbox: Found & { readonly error?: unknown };
  readonly right?: Found;
}

const { cases } = readReference<{ cases: Case[] }>("questions/meadows.json");
const path = (file: string): string => join(import.meta.dirname, "../fixtures/meadows", file);

describe("readMeadows, as rsatoolbox or right", () => {
  const files = cases.filter(
    ({ input, rsatoolbox, right }) =>
      input.file !== undefined && (right !== undefined || rsatoolbox.error === undefined),
  );

  test("there are files", () => expect(files).toHaveLength(7));

  test.each(files)("$name", async ({ input, rsatoolbox, right }) => {
    const wanted = { ...rsatoolbox, ...right };
    const rdms = await readMeadows(path(input.file ?? ""));
    const [, pairs] = wanted.rdms?.shape ?? [];
    const values = numbersOf(wanted.rdms ?? { shape: [], data: [], dtype: "" });
    expect(rdms.length).toBeGreaterThanOrEqual(values.length / pairs);
    for (let at = 0; at < values.length / pairs; at++) {
      expect(rdms[at].items).toEqual(wanted.items);
      const own = [...values.subarray(at * pairs, (at + 1) * pairs)];
      expect([...rdms[at].condensed]).toEqual(own);
      if (wanted.participant) expect(rdms[at].meta.participant).toBe(wanted.participant[at]);
      if (wanted.taskIndex) expect(rdms[at].meta.taskIndex).toBe(wanted.taskIndex[at]);
      if (wanted.task) expect(rdms[at].meta.task).toBe(wanted.task[at]);
      if (wanted.experiment) expect(rdms[at].meta.experiment).toBe(wanted.experiment);
      expect(rdms[at].metric).toBe("euclidean");
    }
  });

  test("a task of other stimuli has its own", async () => {
    const file = path("Meadows_objectsOther_v_v2_informed-mole_tree.json");
    const [, other] = await readMeadows(file);
    expect(other.items).toEqual(["item02", "item03", "item04", "item06"]);
    expect(other.meta).toMatchObject({ task: "other", taskIndex: 2, version: 2 });
  });

  test("without an arrangement", async () => {
    await expect(readMeadows(path("Meadows_objects_v_v1_bold-yak_3_1D.mat"))).rejects.toThrow(
      "ratings",
    );
  });

  test("bytes know no name, which may be said", async () => {
    const bytes = readFileSync(path("Meadows_objects_v_v1_able-fly_2_1D.mat"));
    expect((await readMeadows(bytes))[0].meta).toEqual({});
    const fileName = "Meadows_objects_v_v1_able-fly_2_1D.mat";
    const [rdm] = await readMeadows(bytes, { fileName });
    expect(rdm.meta).toEqual({
      ...{ participant: "able-fly", taskIndex: 2, experiment: "objects", version: 1 },
    });
    expect(rdm.name).toBe("able-fly");
  });
});

test("names of stimuli lose the endings of files, and of nothing else", () => {
  expect(withoutEndings(["face.anna", "face.bob"])).toEqual(["face.anna", "face.bob"]);
  expect(withoutEndings(["a.PNG", "b.jpeg", "c.b.mp3", "d"])).toEqual(["a", "b", "c.b", "d"]);
  expect(withoutEndings(["a.png", "a.jpg"])).toEqual(["a.png", "a.jpg"]);
});

describe("names of files", () => {
  test.each([
    ["Meadows_myExp_v_v1_cuddly-bunny_3_1D.mat", "myExp", 1, "cuddly-bunny", 3],
    ["Meadows_my_exp_v_v1_able-fly_2_1D.mat", "my_exp", 1, "able-fly", 2],
    ["Meadows_x.y_v_v1_able-fly_2_1D.mat", "x.y", 1, "able-fly", 2],
    ["folder/Meadows_x_v_v12_informed-mole_tree.json", "x", 12, "informed-mole", undefined],
  ])("%s", (name, experiment, version, participant, taskIndex) => {
    const found = meadowsName(name);
    expect([found.experiment, found.version]).toEqual([experiment, version]);
    const person = personOf(found.rest);
    expect([person.participant, person.taskIndex]).toEqual([participant, taskIndex]);
  });

  test("another name tells nothing", () => expect(meadowsName("results.mat")).toEqual({}));
});

describe("damaged files are refused by place", () => {
  const tree = (value: unknown) => readMeadows(new TextEncoder().encode(JSON.stringify(value)));
  const stimuli = [{ name: "a" }, { name: "b" }];
  const task = { task_type: "multiarrange" };

  test.each([
    [{ stimuli, rdm: [1, 2] }, "1 pairs of 2 stimuli"],
    [{ stimuli: [{ name: "a" }, { name: "a" }], rdm: [1] }, "a twice"],
    [{ stimuli: [{}, {}], rdm: [1] }, "stimuli with names"],
    [{ stimuli, rdm: ["1"] }, "a list of dissimilarities"],
    [{ stimuli }, "may not be finished"],
    [{ stimuli: [], rdm: [] }, "stimuli"],
    [{ tasks: [{ task: { task_type: "info" } }] }, "multiarrange"],
    [{ tasks: [{ task, stimuli }] }, "tasks[0]"],
    [[1], "an object"],
  ])("%j", async (value, message) => {
    await expect(tree(value)).rejects.toThrow(message);
  });

  test("no JSON, nothing at all, no file", async () => {
    await expect(readMeadows(new TextEncoder().encode("{ no"))).rejects.toThrow("JSON");
    await expect(readMeadows(new Uint8Array())).rejects.toThrow();
    await expect(readMeadows("nowhere.mat")).rejects.toThrow("nowhere.mat");
  });
});
