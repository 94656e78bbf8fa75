import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeJson, encodeJson, jsonFormat, StoredJsonError } from "./json-column";

const first = jsonFormat("person", z.object({ name: z.string() }));
const second = jsonFormat("person", z.object({ given: z.string(), family: z.string() }), [
  (old) => {
    const [given = "", family = ""] = (old as { name: string }).name.split(" ");
    return { given, family };
  },
]);

describe("stored JSON carries its version", () => {
  it("comes back as it was", () => {
    expect(encodeJson(first, { name: "Ada Byron" })).toBe('{"v":1,"value":{"name":"Ada Byron"}}');
    expect(decodeJson(first, encodeJson(first, { name: "Ada Byron" }))).toEqual({ name: "Ada Byron" });
  });

  it("an old version is read through its upcasters, a new one as it is", () => {
    expect(decodeJson(second, '{"v":1,"value":{"name":"Ada Byron"}}')).toEqual({
      given: "Ada",
      family: "Byron",
    });
    expect(encodeJson(second, { given: "Ada", family: "Byron" })).toContain('"v":2');
    expect(decodeJson(second, '{"v":2,"value":{"given":"Ada","family":"Byron"}}')).toEqual({
      given: "Ada",
      family: "Byron",
    });
  });

  it.each([
    ["no JSON", "nonsense", "it is no JSON"],
    ["no version", '{"name":"Ada"}', "it carries no version"],
    ["a version of the future", '{"v":2,"value":{"name":"Ada"}}', "this program knows 1"],
    ["another shape", '{"v":1,"value":{"name":7}}', "expected string"],
  ])("refuses %s, and names the format", (_name, text, problem) => {
    expect(() => decodeJson(first, text)).toThrow(StoredJsonError);
    expect(() => decodeJson(first, text)).toThrow(problem);
    expect(() => decodeJson(first, text)).toThrow('"person"');
  });

  it("does not store what it could not read", () => {
    expect(() => encodeJson(first, { name: 7 } as unknown as { name: string })).toThrow(StoredJsonError);
  });
});
