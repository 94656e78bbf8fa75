import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import { formatScale, formatValue, promptValue, type Scale } from "@/lib/judge";

/** MLflow's judge of instructions, as its client serialises one (version 1 of its form). */
export function serializeJudge(judge: Judge, version: JudgeVersionSummary, model: string): string {
  return JSON.stringify({
    name: judge.name,
    aggregations: [],
    description: `Version ${version.version} of this judge in Touchstone.`,
    is_session_level_scorer: false,
    timeout: null,
    session_level: null,
    mlflow_version: "3.18.0",
    serialization_version: 1,
    builtin_scorer_class: null,
    builtin_scorer_pydantic_data: null,
    call_source: null,
    call_signature: null,
    original_func_name: null,
    instructions_judge_pydantic_data: {
      instructions: instructionsOf(judge.scale, version),
      model,
      feedback_value_type: valueTypeOf(judge.scale),
      generate_rationale_first: true,
    },
    memory_augmented_judge_data: null,
    third_party_scorer_data: null,
    ensemble_scorer_data: null,
  });
}

/** What was taught, as far as words carry it: instructions, the scale with its meanings, and the guidelines. */
function instructionsOf(scale: Scale, { instructions, anchors, guidelines }: JudgeVersionSummary): string {
  const meanings = anchors.map(({ value, meaning }) => `- ${promptValue(scale, value)}: ${meaning}`);
  const taught = guidelines.filter(({ active }) => active).map(({ text }) => `- ${text}`);
  return [
    instructions.trim(),
    `The grade is on the scale ${formatScale(scale)}; no other value is valid.`,
    ...(meanings.length === 0 ? [] : [`What the grades mean:\n${meanings.join("\n")}`]),
    ...(taught.length === 0
      ? []
      : [`Guidelines that the experts' labels have taught:\n${taught.join("\n")}`]),
  ].join("\n\n");
}

/** MLflow has types of a value, and no bounds for numbers. */
function valueTypeOf(scale: Scale): Record<string, unknown> {
  switch (scale.kind) {
    case "boolean":
      return { title: "Result", type: "boolean" };
    case "numeric":
      return {
        title: "Result",
        type: Number.isInteger(scale.min) && Number.isInteger(scale.step) ? "integer" : "number",
      };
    case "categories":
      return { title: "Result", type: "string", enum: [...scale.values] };
  }
}

/** What a judge there cannot have, in words for the page; empty when nothing is lost. */
export function lostThere(judge: Judge, { episodeCount, goodEnough, models }: JudgeVersionSummary): string[] {
  const { scale } = judge;
  return [
    ...(episodeCount > 0
      ? [
          `the ${episodeCount} remembered answers that it is shown beside a new one: instructions alone go out`,
        ]
      : []),
    ...(scale.kind === "numeric"
      ? [
          `the ends of the scale: MLflow's numbers have none, so ${formatScale(scale)} stands in the instructions only`,
        ]
      : []),
    ...(goodEnough === null ? [] : [`the line “good enough” at ${formatValue(scale, goodEnough)}`]),
    ...(models.judge
      ? []
      : ["the model: MLflow is given the name of this project's judge model as it is now"]),
    "its agreement with the experts: that was measured with the judge as it is here",
  ];
}
