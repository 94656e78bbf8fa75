import { describe, expect, it } from "vitest";
import { currentKey, GO_KEYS, type ShellKey, type ShellNav, splitBar, splitRail } from "./shell-nav";

const KEYS: ShellKey[] = [
  "home",
  "overview",
  "records",
  "answers",
  "judge",
  "runs",
  "reviews",
  "prompts",
  "settings",
];

function createNav(changes: Partial<ShellNav> = {}): ShellNav {
  return {
    project: { id: "prj_1", name: "Football assistant", simulated: true },
    role: "engineer",
    items: KEYS.map((key) => ({ key, label: key, href: key === "home" ? "/" : `/projects/prj_1/${key}` })),
    user: { name: "Ray", isServerAdmin: false },
    ...changes,
  };
}

const keysOf = (items: readonly { key: ShellKey }[]) => items.map((item) => item.key);

describe("shell", () => {
  it("shows an engineer and an approver the whole rail", () => {
    for (const role of ["engineer", "approver", "admin", "viewer"] as const) {
      expect(keysOf(splitRail(createNav({ role })).shown)).toEqual(KEYS);
    }
  });

  it("shows experts Overview, Records, Answers, Judge; the rest is under More", () => {
    for (const role of ["expert", "lead"] as const) {
      const { shown, more } = splitRail(createNav({ role }));
      expect(keysOf(shown)).toEqual(["home", "overview", "records", "answers", "judge"]);
      expect(keysOf(more)).toEqual(["runs", "reviews", "prompts", "settings"]);
    }
  });

  it("gives phones Overview, Records, Label and More; Label leads to the answers if there is no queue", () => {
    const { shown, more } = splitBar(createNav());
    expect(keysOf(shown)).toEqual(["overview", "records", "label"]);
    expect(shown.at(-1)?.href).toBe("/projects/prj_1/answers");
    expect(keysOf(more)).toContain("answers");
    const own = { key: "label" as const, label: "Label", href: "/label/q1" };
    const withQueue = createNav({ items: [...createNav().items, own] });
    expect(splitBar(withQueue).shown.at(-1)?.href).toBe("/label/q1");
    expect(keysOf(splitRail(withQueue).shown)).not.toContain("label");
  });

  it.each([
    ["/projects/prj_1/records", "records"],
    ["/projects/prj_1/records/rec_9", "records"],
    ["/projects/prj_1/recordsmith", null],
    ["/", "home"],
    ["/account", null],
  ] as const)("%s belongs to %s", (pathname, expected) => {
    expect(currentKey(createNav().items, pathname)).toBe(expected);
  });

  it("takes the longest match, so that Overview at the root of a project does not claim all of it", () => {
    const items = [
      { key: "overview" as const, label: "Overview", href: "/p/1" },
      { key: "runs" as const, label: "Runs", href: "/p/1/runs?all=1" },
    ];
    expect(currentKey(items, "/p/1/runs/run_2")).toBe("runs");
    expect(currentKey(items, "/p/1")).toBe("overview");
  });

  it("gives each place its own letter after g", () => {
    expect(new Set(Object.values(GO_KEYS)).size).toBe(Object.keys(GO_KEYS).length);
  });
});
