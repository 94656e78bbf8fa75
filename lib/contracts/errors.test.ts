import { expect, it, vi } from "vitest";
import { AppError } from "./errors";

it("is known across copies of its module, and nothing else is taken for it", async () => {
  vi.resetModules();
  const copy = await import("./errors");
  expect(copy.AppError).not.toBe(AppError);
  expect(new copy.AppError("conflict", "x")).toBeInstanceOf(AppError);
  expect(new AppError("conflict", "x")).toBeInstanceOf(Error);
  for (const other of [new Error("x"), { code: "conflict" }, null, undefined, "conflict"])
    expect(other).not.toBeInstanceOf(AppError);
});
