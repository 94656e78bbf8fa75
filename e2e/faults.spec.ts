import { runKills } from "./faults/kills";
import { troubles } from "./faults/troubles";
import { expect, test } from "./fixtures/test";

// The short suite; `npm run test:faults` has the long one.

test("kill -9 in the middle of a run, an import, labels, a teaching, a look and a promotion", async () => {
  test.setTimeout(120_000);
  const reports = await runKills(6, "short");
  expect(reports.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(reports).toHaveLength(6);
});

for (const name of [
  "database locked",
  "endpoint: resets connections",
  "event stream cut",
  "SIGTERM during a run",
]) {
  test(`${name}: the server bears it`, async () => {
    test.setTimeout(90_000);
    const trouble = troubles.find((one) => one.name === name);
    expect((await trouble?.run()) ?? "there is no such trouble").not.toContain("no such");
  });
}
