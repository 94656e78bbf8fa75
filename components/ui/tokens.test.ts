import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(path.join(import.meta.dirname, "../../app/globals.css"), "utf8");

type Tokens = Record<string, string>;

function readBlock(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!]),
  );
}

const themes = { light: readBlock(":root"), dark: readBlock(".dark") };

/** Relative luminance of an opaque `oklch(l c h)`, by way of linear sRGB. */
function luminance(token: string): number {
  const match = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(token);
  if (!match) throw new Error(`not an opaque oklch colour: ${token}`);
  const [lightness, chroma, hue] = match.slice(1).map(Number) as [number, number, number];
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, text: string, background: string): number {
  const [dark, light] = [luminance(tokens[text]!), luminance(tokens[background]!)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ["surface", "surface-raised", "surface-sunken", "surface-hover", "surface-selected"];
const SOFT = ["better", "worse", "warning", "simulated", "accent"].map(
  (tone) => [tone, `${tone}-soft`] as const,
);

describe.each(["light", "dark"] as const)("tokens, %s", (theme) => {
  const tokens = themes[theme];

  it("both themes define the same names, so a component never meets a hole", () => {
    const shared = Object.keys(themes.light).sort();
    expect(Object.keys(themes.dark).sort()).toEqual(shared);
    expect(shared.length).toBeGreaterThan(25);
  });

  it.each(SURFACES)("body text on %s reaches AAA, muted text AA", (surface) => {
    expect(contrast(tokens, "ink", surface)).toBeGreaterThanOrEqual(7);
    expect(contrast(tokens, "ink-muted", surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["surface", "surface-raised", "surface-sunken"])(
    "faint text and links on %s reach AA",
    (surface) => {
      expect(contrast(tokens, "ink-faint", surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens, "accent", surface)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(SOFT)("%s on %s reaches AA, and body text there AAA", (tone, soft) => {
    expect(contrast(tokens, tone, soft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens, "ink", soft)).toBeGreaterThanOrEqual(7);
  });

  it.each(["accent", "accent-hover", "worse", "worse-hover"])("words on a button of %s reach AA", (fill) => {
    expect(contrast(tokens, "on-accent", fill)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SURFACES.slice(0, 3))("edges of controls and the focus ring on %s reach 3 to 1", (surface) => {
    expect(contrast(tokens, "line-strong", surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens, "focus", surface)).toBeGreaterThanOrEqual(3);
  });
});
