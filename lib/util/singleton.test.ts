import { expect, test, vi } from "vitest";
import { singleton } from "./singleton";

test("the value is made once and shared by name", () => {
  const create = vi.fn(() => ({ opened: true }));
  const first = singleton("test.shared", create);
  expect(singleton("test.shared", create)).toBe(first);
  expect(create).toHaveBeenCalledTimes(1);
  expect(singleton("test.other", () => "another")).toBe("another");
});

test("a second copy of the module sees the same value", async () => {
  const first = singleton("test.copies", () => ({}));
  vi.resetModules();
  const copy = await import("./singleton");
  expect(copy.singleton).not.toBe(singleton);
  expect(copy.singleton("test.copies", () => ({}))).toBe(first);
});

test("undefined is a value too, and a create that throws keeps nothing", () => {
  const create = vi.fn(() => undefined);
  singleton("test.undefined", create);
  singleton("test.undefined", create);
  expect(create).toHaveBeenCalledTimes(1);
  expect(() =>
    singleton("test.throws", () => {
      throw new Error("not yet");
    }),
  ).toThrow("not yet");
  expect(singleton("test.throws", () => 7)).toBe(7);
});
