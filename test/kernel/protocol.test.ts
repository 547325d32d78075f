import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printed, TestClient, types, value } from "./support/client.ts";

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
});

afterAll(async () => {
  await client.close();
});

describe("execute", () => {
  test("a cell is busy, told to all, valued, answered and then idle", async () => {
    const answer = await client.execute("6 * 7");
    expect(types(answer)).toEqual(["busy", "execute_input", "execute_result", "idle"]);
    expect(value(answer)).toBe("42");
    expect(answer.reply.content).toMatchObject({ status: "ok", payload: [], user_expressions: {} });
    expect(answer.published[1].content).toEqual({
      code: "6 * 7",
      execution_count: answer.reply.content.execution_count,
    });
  });
});
