import { describe, expect, it } from "vitest";
import { describePress, isSingleKey, matchShortcut, showKeys } from "./shortcut-match";

const plain = { ctrlKey: false, metaKey: false, altKey: false };
const shortcuts = ["j", "g r", "g g", "?", "mod+enter", "r"].map((keys) => ({ keys }));

describe("shortcuts", () => {
  it.each([
    [{ ...plain, key: "J" }, "j"],
    [{ ...plain, key: "?" }, "?"],
    [{ ...plain, key: " " }, "space"],
    [{ ...plain, key: "Enter", metaKey: true }, "mod+enter"],
    [{ ...plain, key: "Enter", ctrlKey: true }, "mod+enter"],
    [{ ...plain, key: "k", altKey: true }, "alt+k"],
  ])("describes %o as %s", (press, expected) => {
    expect(describePress(press)).toBe(expected);
  });

  it.each([
    ["j", null, "j", false],
    ["g", null, undefined, true],
    ["r", "g", "g r", false],
    ["r", null, "r", false],
    ["r", "x", "r", false],
    ["g", "g", "g g", true],
    ["q", "g", undefined, false],
    ["mod+enter", null, "mod+enter", false],
  ])("%s after %s matches %s", (press, previous, expected, isPrefix) => {
    const result = matchShortcut(shortcuts, press, previous);
    expect(result.match?.keys).toBe(expected);
    expect(result.isPrefix).toBe(isPrefix);
  });

  it("knows which keys can be switched off (WCAG 2.1.4)", () => {
    expect(["j", "g r", "?", "1"].map(isSingleKey)).toEqual([true, true, true, true]);
    expect(["mod+enter", "escape", "arrowleft", "enter"].map(isSingleKey)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("shows keys as people read them", () => {
    expect(showKeys("mod+enter")).toBe("⌘/Ctrl Enter");
    expect(showKeys("g r")).toBe("g r");
    expect(showKeys("arrowleft")).toBe("←");
  });
});
