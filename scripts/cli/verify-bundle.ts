// `npm run verify-bundle -- FILE`: computes the figures of a promotion again from its evidence bundle.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { AppError } from "@/lib/contracts/errors";
import { type BundleReport, verifyBundle } from "@/lib/services/bundles/verify-bundle";
import { pathFromCaller, runCommand, UsageError } from "./run-command";

const USAGE = `Usage: npm run verify-bundle -- FILE [--all]
Computes every figure of the promotion card again from an evidence bundle (Review, "Bundle") and says which agree.
--all also lists those that do. Ends with 0 when all agree, 1 when some do not or FILE is no bundle.`;

await runCommand(USAGE, () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" }, all: { type: "boolean", default: false } },
  });
  if (values.help) return console.log(USAGE);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("Name one bundle to verify.");
  print(verify(pathFromCaller(file)), values.all);
});

function verify(file: string): BundleReport {
  try {
    return verifyBundle(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n").slice(0, 6).join("\n") : String(error);
    throw new AppError("invalid-input", `${file} is no evidence bundle that this version can read:\n${why}`, {
      cause: error,
    });
  }
}

function print({ figures, erased, agrees }: BundleReport, all: boolean): void {
  for (const { name, stated, found, agrees: isSame } of figures) {
    if (!isSame) console.log(`✗ ${name}\n    the file says  ${stated}\n    its data give  ${found}`);
    else if (all) console.log(`✓ ${name}: ${found}`);
  }
  for (const text of erased) console.log(`· erased: ${text}`);
  const wrong = figures.filter((figure) => !figure.agrees).length;
  console.log(
    agrees
      ? `All ${figures.length} figures agree with the data in the file.`
      : `${wrong} of ${figures.length} figures do not agree with the data in the file.`,
  );
  if (!agrees) process.exitCode = 1;
}
