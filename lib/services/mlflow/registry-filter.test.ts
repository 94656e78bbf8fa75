import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRegistryFilter } from "./registry-filter";

const item = (name: string, tags: Record<string, string> = {}) => ({ name, tags });

describe("a filter of MLflow's registry search", () => {
  it("joins conditions on name and tags by AND, however the key is quoted", () => {
    const tags = { "a.b": "yes", c: "no" };
    for (const filter of ["tags.`a.b` = 'yes'", 'tag."a.b" = "yes"', "tags.a.b LIKE 'y%'", ""])
      expect(parseRegistryFilter(filter)(item("x", tags)), filter).toBe(true);
    expect(parseRegistryFilter("tags.c != 'no'")(item("x", tags))).toBe(false);
    expect(parseRegistryFilter("tags.absent != 'no'")(item("x", tags))).toBe(false);
    expect(parseRegistryFilter("name = 'x' and tags.c = 'no'")(item("x", tags))).toBe(true);
  });

  it("LIKE agrees with the regular expression that it stands for", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "A"), maxLength: 12 });
    const patterns = fc.string({ unit: fc.constantFrom("a", "b", "%", "_"), maxLength: 12 });
    fc.assert(
      fc.property(letters, patterns, (text, pattern) => {
        const regex = `^${pattern.replaceAll("%", ".*").replaceAll("_", ".")}$`;
        expect(parseRegistryFilter(`name LIKE '${pattern}'`)(item(text))).toBe(
          new RegExp(regex, "s").test(text),
        );
        expect(parseRegistryFilter(`name ILIKE '${pattern}'`)(item(text))).toBe(
          new RegExp(regex, "si").test(text),
        );
      }),
    );
  });

  it("a pattern made to be slow is not", () => {
    const slow = `name LIKE '${"%a".repeat(1_000)}b'`;
    expect(parseRegistryFilter(slow)(item("a".repeat(3_000)))).toBe(false);
  });
});
