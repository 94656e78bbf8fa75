import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

/**
 * An unexpected `console.error` or `console.warn` fails the test that caused it. A test that expects one replaces
 * it with its own spy (`vi.spyOn(console, "warn").mockImplementation(…)`) and asserts on that.
 */
const METHODS = ["error", "warn"] as const;
let spies: MockInstance[] = [];
let complaints: string[] = [];

beforeEach(() => {
  complaints = [];
  spies = METHODS.map((method) =>
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      complaints.push(`console.${method}: ${parts.map(String).join(" ")}`);
    }),
  );
});

afterEach(() => {
  for (const spy of spies) spy.mockRestore();
  expect(complaints, "unexpected console output").toEqual([]);
});
