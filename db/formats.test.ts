import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import * as formats from "./formats";
import { decodeJson, encodeJson, type JsonFormat } from "./json-column";

const folder = path.join(import.meta.dirname, "fixtures");
const all = Object.values(formats).filter(
  (value): value is JsonFormat<never> => "upcasters" in (value as object),
);
const versions = all.flatMap((format) =>
  Array.from({ length: format.version }, (_, index) => ({ format, v: index + 1 })),
);
const fileOf = (name: string, v: number) => `${name}.v${v}.json`;
const readStored = (file: string) => readFileSync(path.join(folder, file), "utf8");

/** Fixtures are rows as the program of that version wrote them. They are never changed, only joined by new ones. */
describe("golden fixtures", () => {
  it("there is exactly one for each version of each format", () => {
    expect(readdirSync(folder).sort()).toEqual(
      versions.map(({ format, v }) => fileOf(format.name, v)).sort(),
    );
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it.each(versions.map(({ format, v }) => ({ format, v, file: fileOf(format.name, v) })))(
    "$file is read",
    ({ format, v, file }) => {
      const stored: { v: number; value: unknown } = JSON.parse(readStored(file));
      expect(stored.v).toBe(v);
      const value = decodeJson(format, readStored(file));
      // a fixture of the newest version loses nothing on the way, so that a forgotten member is seen
      if (v === format.version) expect(JSON.parse(encodeJson(format, value))).toEqual(stored);
      else expect(decodeJson(format, encodeJson(format, value))).toEqual(value);
    },
  );
});
