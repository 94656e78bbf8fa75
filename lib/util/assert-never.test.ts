import { expect, test } from "vitest";
import { assertNever } from "./assert-never";

test("assertNever names the value that nobody handled", () => {
  expect(() => assertNever({ type: "surprise" } as never)).toThrow('{"type":"surprise"}');
  expect(() => assertNever(undefined as never)).toThrow("undefined");
});
