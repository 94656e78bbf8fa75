import { expect, it } from "vitest";
import { monthFindings } from "./month-findings";

const of = (monthLeftUsd: number | null, usd: { low: number; high: number } | null) =>
  monthFindings({ projectId: "prj_1", monthLeftUsd, usd }).map(({ code, level }) => [code, level]);

it("says before the start whether the month's cap will do", () => {
  const usd = { low: 1, high: 2 };
  expect(of(null, usd)).toEqual([]);
  expect(of(5, usd)).toEqual([]);
  expect(of(2, usd)).toEqual([]);
  expect(of(1.5, usd)).toEqual([["month-tight", "note"]]);
  expect(of(0.5, usd)).toEqual([["month-short", "warns"]]);
  expect(of(0.5, null)).toEqual([]);
  expect(of(0, null)).toEqual([["month-used-up", "blocks"]]);
  expect(monthFindings({ projectId: "prj_1", monthLeftUsd: 0.5, usd })[0]).toMatchObject({
    what: expect.stringContaining("leaves $0.50"),
    href: "/p/prj_1/settings/spend",
  });
});
