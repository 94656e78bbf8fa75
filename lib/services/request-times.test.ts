import { describe, expect, it } from "vitest";
import { createRequestTimes, routeOf } from "./request-times";

describe("the route of an address", () => {
  it.each([
    ["/api/v1/labels?mine=true", "/api/v1/labels"],
    ["/api/v1/projects/prj_01m8cdpzcb00002xkamg71fdb6/records/import", "/api/v1/projects/:id/records/import"],
    ["/api/v1/runs/run_01m8/rollouts/12", "/api/v1/runs/:id/rollouts/:id"],
    ["/api/v1/prompts/nurse-line@production", "/api/v1/prompts/:id"],
    ["/api/auth/sign-in/email", "/api/auth"],
    ["/_next/static/chunks/a.js", "/_next"],
    ["/p/prj_1/runs/run_2", "pages"],
    ["/readyz", "/readyz"],
  ])("%s counts as %s", (url, route) => expect(routeOf(url)).toBe(route));
});

it("counts answers into buckets, and odd addresses together once there are too many", () => {
  const times = createRequestTimes();
  for (const durationMs of [1, 40, 20_000])
    times.note({ method: "GET", url: "/api/v1/labels", status: 200, durationMs });
  expect(times.list()).toMatchObject([
    { method: "GET", route: "/api/v1/labels", status: "2xx", count: 3, sumS: 20.041 },
  ]);
  expect(times.list()[0]?.upTo).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  for (let index = 0; index < 1_000; index++)
    times.note({ method: "GET", url: `/api/v1/odd-${index}`, status: 404, durationMs: 1 });
  expect(times.list().length).toBeLessThanOrEqual(401);
  expect(times.list().find(({ route }) => route === "other")?.count).toBe(601);
});
