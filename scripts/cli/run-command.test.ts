import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import { readEnv } from "@/lib/services/env";
import { runCommand, UsageError } from "./run-command";

let said = "";
beforeEach(() => {
  said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it("ends with 2 and the usage when it was called wrongly", async () => {
  await runCommand("Usage: x", () => {
    throw new UsageError("Name one file.");
  });
  expect([process.exitCode, said]).toEqual([2, "Name one file.\n\nUsage: x\n"]);
});

it("ends with 1 and the words of a refusal, without a stack", async () => {
  await runCommand("Usage: x", () => {
    throw new AppError("not-found", "There is no such file. Nothing was changed.");
  });
  expect([process.exitCode, said]).toEqual([1, "There is no such file. Nothing was changed.\n"]);
  await runCommand("Usage: x", () => void readEnv({ PORT: "http" }));
  expect(said).toContain("PORT:");
});

it("does not hide a bug", async () => {
  const broken = runCommand("Usage: x", () => {
    throw new TypeError("undefined is not a function");
  });
  await expect(broken).rejects.toThrow("undefined is not a function");
});
