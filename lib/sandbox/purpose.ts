import { readDataSections } from "@/lib/util/fence";
import { SIM_TASK } from "./model-names";
import type { SandboxCall } from "./types";

export type Purpose = "task" | "judge" | "distil" | "consolidate" | "reflection" | "draft";

/**
 * What a request is for, by the sections it holds, whatever the model is called; only the task model's name is
 * binding. A record that quotes a section inside a section changes nothing: only the outer ones are read.
 */
export function purposeOf(call: SandboxCall): Purpose {
  // A question to the assistant is a stranger's text: whatever stands in it, it is a question.
  if (call.model === SIM_TASK) return call.schema === null ? "task" : "draft";
  const names = new Set(
    readDataSections(call.messages.map((message) => message.content).join("\n\n")).map(
      (section) => section.name,
    ),
  );
  if (names.has("component")) return "reflection";
  if (names.has("label-reason")) return "distil";
  if (names.has("guideline-support")) return "consolidate";
  if (names.has("outputs") || (names.has("scale") && names.has("inputs"))) return "judge";
  return call.schema === null ? "task" : "draft";
}
