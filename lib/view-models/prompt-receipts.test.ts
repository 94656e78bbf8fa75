import { describe, expect, it } from "vitest";
import { receiptWords } from "./prompt-receipts";

describe("receiptWords", () => {
  const live = { version: 14, at: 1_000_000 };
  it.each([
    [{ version: 14, firstAt: 1_040_000 }, "took v14 40 seconds after it went live"],
    [{ version: 14, firstAt: 1_000_000 + 3 * 3_600_000 }, "took v14 3 hours after it went live"],
    [{ version: 13, firstAt: 900_000 }, "still has v13"],
    [{ version: 14, firstAt: 500_000 }, "has v14, from an earlier time it was live"],
  ])("%j: %s", (reader, words) => {
    expect(receiptWords(reader, live)).toBe(words);
  });
});
