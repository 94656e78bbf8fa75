export {
  type Agreement,
  learnedFrom,
  measureAgreement,
} from "./agreement";
export {
  type AlignDeps,
  type AlignProgress,
  type AlignReport,
  align,
  type FailedBatch,
} from "./align";
export { assembleJudgePrompt, promptValue } from "./assemble";
export { measureGuidelineEffects } from "./effects";
export { planChecking, planFolds } from "./folds";
export { editGuideline, MAX_ACTIVE_GUIDELINES } from "./guidelines";
export { judgeCase } from "./judge-case";
export { noiseOf } from "./noise";
export { parseScale } from "./parse-scale";
export type { EmbeddingModel, JudgeModel, JudgeModelReply, JudgeModelRequest } from "./ports";
export {
  renderExpectations,
  renderInputs,
  renderSteps,
} from "./render";
export { createEpisodeIndex, type EpisodeIndex } from "./retrieve";
export { ruleProblems } from "./rules";
export {
  anchorProblems,
  canonicalValue,
  compareToLine,
  denormalise,
  formatScale,
  formatValue,
  gradeCount,
  gradesOf,
  isOnScale,
  isOrdered,
  lineOf,
  nearestGrade,
  normalise,
  rankOf,
  scaleProblems,
} from "./scale";
export {
  findContradictions,
  type SkippedLabel,
  type SortedLabels,
  sortLabels,
} from "./teaching-labels";
export { validateInstructions } from "./template";
export type {
  Guideline,
  JudgeCase,
  JudgeSnapshot,
  RuleSpec,
  Scale,
  ScaleValue,
  TeachingLabel,
  Verdict,
} from "./types";
export { unalign } from "./unalign";
