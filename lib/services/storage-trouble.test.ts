import { describe, expect, it } from "vitest";
import { storageRefusalOf } from "./storage-trouble";

describe("trouble of the storage", () => {
  it("a full disk is a refusal in words, whole or not at all", () => {
    const refusal = storageRefusalOf(Object.assign(new Error("full"), { code: "SQLITE_FULL" }));
    expect(refusal).toMatchObject({ code: "storage-full" });
    expect(refusal?.detail).toContain("Nothing was saved");
  });

  it("a held database is told apart, also where the error is wrapped; a bug stays a bug", () => {
    const busy = Object.assign(new Error("busy"), { code: "SQLITE_BUSY_SNAPSHOT" });
    expect(storageRefusalOf(new Error("query failed", { cause: busy }))).toMatchObject({
      code: "database-busy",
    });
    expect(storageRefusalOf(new TypeError("x is not a function"))).toBeNull();
    expect(storageRefusalOf(null)).toBeNull();
  });
});
