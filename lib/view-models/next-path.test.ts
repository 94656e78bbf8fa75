import { expect, it } from "vitest";
import { safeNextPath } from "./next-path";

it.each([
  ["/p/prj_1/runs?tab=log#x", "/p/prj_1/runs?tab=log#x"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
  ["https://evil.example", "/"],
  ["//evil.example/x", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["javascript:alert(1)", "/"],
])("%j leads to %s", (next, path) => {
  expect(safeNextPath(next)).toBe(path);
});
