import { describe, expect, it } from "vitest";
import { saveConnectionInput } from "@/lib/contracts/projects";
import { limitDraftOf, limitsOf } from "./limit-form";

describe("limits of a connection, as a form", () => {
  it("what is stored is shown, and sent back as it was", () => {
    const stored = { maxConcurrency: 3, timeoutMs: 1_500 };
    expect(limitDraftOf(stored)).toEqual({ maxConcurrency: "3", timeoutSeconds: "1.5" });
    expect(limitsOf(limitDraftOf(stored))).toEqual(stored);
  });

  it("a new connection begins with what the server would take by itself", () => {
    const { maxConcurrency, timeoutMs } = saveConnectionInput.parse({
      name: "A",
      baseUrl: "https://a.example",
    });
    expect(limitsOf(limitDraftOf(null))).toEqual({ maxConcurrency, timeoutMs });
  });

  it.each(["", "many", "0", "2.5", "257"])(
    "%j is no number of calls: the server says so",
    (maxConcurrency) => {
      const limits = limitsOf({ maxConcurrency, timeoutSeconds: "60" });
      const sent = JSON.parse(JSON.stringify({ name: "A", baseUrl: "https://a.example", ...limits }));
      expect(saveConnectionInput.safeParse(sent).error?.issues).toMatchObject([
        { path: ["maxConcurrency"], message: "A whole number from 1 to 256." },
      ]);
    },
  );
});
