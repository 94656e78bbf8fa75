/** A rule that is not about arrows: the files that break it, and those (`clean`) that may. */
export interface PlantedRule {
  rule: string;
  where: string;
  files: Record<string, string[]>;
  clean?: string[];
}

const GLOBALS = [
  "Date.UTC(0)",
  "fetch",
  "process.pid",
  "console",
  "crypto",
  "performance.now()",
  "setTimeout",
];
const longFunction = (lines: number): string[] => [
  "export function long(values: number[]): void {",
  ...Array.from({ length: lines }, (_, index) => `  values.push(${index});`),
  "}",
];

export const PLANTED_RULES: PlantedRule[] = [
  {
    rule: "lint/style/noRestrictedGlobals",
    where: "the cores",
    files: {
      ...Object.fromEntries(
        GLOBALS.map((use, index) => [`lib/gepa/global-${index}.ts`, [`export const used = ${use};`]]),
      ),
      "lib/judge/global.ts": ["export const used = Date.UTC(0);"],
      "lib/stats/global.ts": ["export const used = Date.UTC(0);"],
      "lib/services/global.ts": ["export const used = Date.UTC(0);"],
    },
    clean: ["lib/services/global.ts"],
  },
  {
    rule: "lint/suspicious/noConsole",
    where: "product code",
    files: Object.fromEntries(
      ["lib/services/log.ts", "db/log.ts", "components/ui/log.tsx", "app/log.tsx", "scripts/log.mjs"].map(
        (file) => [file, ['console.log("here");']],
      ),
    ),
    clean: ["scripts/log.mjs"],
  },
  {
    rule: "lint/style/noProcessEnv",
    where: "product code outside env.ts",
    files: {
      "lib/services/port.ts": ["export const port = process.env.PORT;"],
      "app/port.ts": ["export const port = process.env.PORT;"],
      "lib/services/env.ts": ["export const port = process.env.PORT;"],
    },
    clean: ["lib/services/env.ts"],
  },
  {
    rule: "lint/suspicious/noImportCycles",
    where: "any folder",
    files: {
      "lib/services/cycle-a.ts": ['import { b } from "./cycle-b";', "export const a = () => b;"],
      "lib/services/cycle-b.ts": ['import { a } from "./cycle-a";', "export const b = () => a;"],
    },
  },
  {
    rule: "lint/nursery/noFloatingPromises",
    where: "promises that nobody waits for",
    files: {
      "lib/services/floating.ts": [
        "async function save(): Promise<void> {}",
        "export const start = (): void => { save(); };",
      ],
      "lib/services/awaited.ts": [
        "async function save(): Promise<void> {}",
        "export const start = async (): Promise<void> => { await save(); };",
      ],
    },
    clean: ["lib/services/awaited.ts"],
  },
  {
    rule: "lint/performance/noBarrelFile",
    where: "any folder but the three faces",
    files: {
      "lib/services/index.ts": ['export { a } from "./cycle-a";'],
      "lib/gepa/index.ts": ['export { a } from "./types";'],
    },
    clean: ["lib/gepa/index.ts"],
  },
  {
    rule: "lint/style/useFilenamingConvention",
    where: "file names",
    files: {
      "lib/services/startRun.ts": ["export const a = 1;"],
      "lib/services/start-run.repo.ts": ["export const a = 1;"],
    },
    clean: ["lib/services/start-run.repo.ts"],
  },
  {
    rule: "lint/style/noDefaultExport",
    where: "modules that Next does not load",
    files: {
      "lib/services/default.ts": ["export default 1;"],
      "app/planted/layout.tsx": ["export default function Layout() {", "  return null;", "}"],
    },
    clean: ["app/planted/layout.tsx"],
  },
  {
    rule: "lint/suspicious/noExplicitAny",
    where: "code and tests",
    files: {
      "lib/services/any.ts": ["export const a: any = 1;"],
      "lib/services/any.test.ts": ["export const a: any = 1;"],
    },
  },
  {
    rule: "lint/style/noNonNullAssertion",
    where: "code outside tests",
    files: {
      "lib/services/bang.ts": ["export const at = (list: string[]) => list[0]!.length;"],
      "lib/services/bang.test.ts": ["export const at = (list: string[]) => list[0]!.length;"],
    },
    clean: ["lib/services/bang.test.ts"],
  },
  {
    rule: "lint/complexity/noExcessiveLinesPerFunction",
    where: "functions over 50 lines, components over 120",
    files: {
      "lib/services/long.ts": longFunction(51),
      "lib/services/fitting.ts": longFunction(45),
      "components/runs/fitting.tsx": longFunction(100),
      "components/runs/long.tsx": longFunction(121),
    },
    clean: ["lib/services/fitting.ts", "components/runs/fitting.tsx"],
  },
  {
    rule: "lint/style/noExcessiveLinesPerFile",
    where: "files over 400 lines",
    files: {
      "lib/services/big.ts": Array.from({ length: 401 }, (_, index) => `export const a${index} = 1;`),
      "lib/services/small.ts": Array.from({ length: 399 }, (_, index) => `export const a${index} = 1;`),
    },
    clean: ["lib/services/small.ts"],
  },
];
