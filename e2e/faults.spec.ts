import { runKills } from "./faults/kills";
import { troubles } from "./faults/troubles";
import { expect, test } from "./fixtures/test";

// The short suite; `npm run test:faults` is the long one. After each fault: the database is sound, what was acknowledged
// is there, no committed reply is bought again.

test("kill -9 in the middle of a run, an import, labels, a teaching, a look at the evidence and a promotion", async () => {
  test.setTimeout(180_000);
  const reports = await runKills(6, "short");
  expect(reports.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(new Set(reports.map(({ activity }) => activity)).size).toBe(6);
});

for (const name of ["database locked", "endpoint: resets connections", "SIGTERM during a run"]) {
  test(`${name}: the server bears it`, async () => {
    test.setTimeout(120_000);
    const trouble = troubles.find((one) => one.name === name);
    if (!trouble) throw new Error(`There is no trouble "${name}".`);
    expect(await trouble.run()).not.toBe("");
  });
}
