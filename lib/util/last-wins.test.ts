import { describe, expect, it } from "vitest";
import { lastWins } from "./last-wins";

/** Work that waits until it is told how it ends. */
function setup() {
  const asked: { input: string; end: (error?: Error) => void }[] = [];
  const ask = lastWins(
    (input: string) =>
      new Promise<string>((resolve, reject) => {
        asked.push({ input, end: (error) => (error ? reject(error) : resolve(`done ${input}`)) });
      }),
  );
  return { asked, ask, inputs: () => asked.map(({ input }) => input) };
}

describe("lastWins", () => {
  it("one at a time; of what comes meanwhile only the last, and everybody is told of that", async () => {
    const { asked, ask, inputs } = setup();
    const answers = [ask("a"), ask("b"), ask("c")];
    expect(inputs()).toEqual(["a"]);
    asked[0]?.end();
    await expect.poll(inputs).toEqual(["a", "c"]);
    asked[1]?.end();
    expect(await Promise.all(answers)).toEqual(["done c", "done c", "done c"]);
  });

  it("a failure is told where nothing newer was asked for, and the next one begins anew", async () => {
    const { asked, ask, inputs } = setup();
    const first = ask("a");
    const second = ask("b");
    asked[0]?.end(new Error("offline"));
    await expect.poll(inputs).toEqual(["a", "b"]);
    asked[1]?.end(new Error("still offline"));
    await expect(first).rejects.toThrow("still offline");
    await expect(second).rejects.toThrow("still offline");
    const third = ask("c");
    asked[2]?.end();
    expect(await third).toBe("done c");
  });
});
