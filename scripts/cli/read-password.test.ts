import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { readPasswordFromStdin } from "./read-password";

it("takes the first line of what is piped in, with its blanks", async () => {
  expect(await readPasswordFromStdin(Readable.from(["correct horse ", "battery\r\nmore"]))).toBe(
    "correct horse battery",
  );
  expect(await readPasswordFromStdin(Readable.from([]))).toBe("");
});
