import type { RolloutSpec, TargetSnapshot } from "@/lib/rollouts/types";
import { sha256Hex, stableStringify } from "@/lib/util/hash";

/** What an answer depends on of the assistant: its version, and for a chat its model. How an agent is reached does not count. */
type KeyedTarget =
  | Pick<Extract<TargetSnapshot, { kind: "chat" }>, "kind" | "versionId" | "task">
  | { kind: "http"; versionId: string };

/** Memo key of an answer: hash(target version, components, inputs, model and settings, sample) (architecture.md, Memo). */
export function outputKeyOf(
  spec: Pick<RolloutSpec, "components" | "layout" | "inputs" | "sample"> & { target: KeyedTarget },
): string {
  const { target, components, layout, inputs, sample } = spec;
  const model =
    target.kind === "chat"
      ? definedOnly({ ...target.task, settings: definedOnly(target.task.settings) })
      : null;
  const { messages, fields } = inputs;
  return sha256Hex(
    stableStringify({
      target: target.versionId,
      components,
      layout: [...layout],
      messages,
      fields,
      model,
      sample,
    }),
  );
}

/** Memo key of a verdict: hash(output, expectations, judge versions with their models and weights, sample). */
export function verdictKeyOf(
  spec: Pick<RolloutSpec, "judges" | "inputsText" | "expectationsText" | "sample">,
  output: string,
  stepsText: string | null,
): string {
  const judges = spec.judges.map(({ snapshot, weight, model }) => ({
    version: snapshot.versionId,
    weight,
    model: definedOnly({ ...model, settings: definedOnly(model.settings) }),
  }));
  const { inputsText, expectationsText, sample } = spec;
  return sha256Hex(stableStringify({ output, stepsText, inputsText, expectationsText, judges, sample }));
}

function definedOnly<Value extends object>(value: Value): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
