import { peopleAnswers } from "./answers-people";
import { situationAnswers } from "./answers-situations";
import { footballLabels } from "./football-labels";
import { footballExperts, footballJudge, footballProject, footballStartingPrompt } from "./football-project";
import { downRecords } from "./records-downs";
import { formationRecords } from "./records-formations";
import { kickingAndHealthRecords } from "./records-kicking-health";
import { limitRecords } from "./records-limits";
import { personnelRecords } from "./records-personnel";
import { pressureRecords } from "./records-pressure";
import { redZoneRecords } from "./records-red-zone";
import { tempoRecords } from "./records-tempo";
import type { LabelledSampleContent } from "./sample-types";

const answers = [...situationAnswers, ...peopleAnswers];

/**
 * The project that a newcomer opens first (ux.md section 6). The opponent, its players and all figures are invented;
 * players go by number. Only its texts are given: scores, agreement and verdicts are computed from them.
 */
export const footballSample: LabelledSampleContent = {
  project: footballProject,
  startingPrompt: footballStartingPrompt,
  judge: footballJudge,
  experts: footballExperts,
  records: [
    ...downRecords,
    ...redZoneRecords,
    ...pressureRecords,
    ...formationRecords,
    ...personnelRecords,
    ...tempoRecords,
    ...kickingAndHealthRecords,
    ...limitRecords,
  ],
  answers,
  labels: footballLabels,
  answeredKeys: answers.map((answer) => answer.recordKey),
  waitingKeys: [
    "qb-keep-low-red-zone",
    "tempo-trigger",
    "motion-tells",
    "quarterback-shoulder",
    "right-tackle-and-speed",
    "how-do-we-stop-him",
  ],
  suggestedSealedKeys: [
    "third-and-medium-target",
    "sudden-change",
    "red-zone-fade",
    "red-zone-their-defense",
    "bunch-near-the-goal",
    "simulated-pressure",
    "trips-third-and-medium",
    "tight-splits",
    "thirteen-personnel",
    "slot-5-on-a-rookie",
    "bootleg-direction",
    "four-minute-lead",
    "fake-punt",
    "punt-block-lane",
    "tight-end-limited",
    "missing-second-half",
    "any-good-on-third-down",
    "press-statement",
  ],
};
