import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { clinicFixture } from "../../sample/clinic-fixture";

/** The clinic fixture as the files of the command, in a folder of its own; and the arguments that name them. */
export function writeClinicFiles(): { folder: string; args: string[] } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "touchstone-optimize-"));
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const lines = clinicFixture.records.map(({ inputs, expectations, tags }) =>
    JSON.stringify({ inputs, expectations, tags }),
  );
  const records = write("data.jsonl", `${lines.join("\n")}\n`);
  const prompt = write("prompt.md", clinicFixture.startingPrompt);
  const judge = write("judge.md", clinicFixture.judge.instructions);
  return { folder, args: ["--records", records, "--prompt", prompt, "--judge", judge, "--scale", "1-5"] };
}
