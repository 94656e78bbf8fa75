import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Personnel groups and single matchups. */
export const personnelRecords: readonly SampleRecord[] = [
  {
    key: "twelve-personnel",
    tags: ["personnel"],
    critical: false,
    inputs: question("12 personnel: is it run, and if they do throw, who is it for?"),
    expectations: expects(
      "States the run-pass split of the group with its snaps, the carrier and the first target, and which of our groups should stay on the field.",
      ["run-pass split", "sample size", "who gets the ball", "a group to play"],
    ),
  },
  {
    key: "corner-on-11",
    tags: ["personnel"],
    critical: false,
    inputs: question("Should our best corner travel with 11, or do we play sides?"),
    expectations: expects(
      "Makes the recommendation and supports it with where 11 lines up, in snaps. Says which receiver gets the softer matchup as a result.",
      ["a clear recommendation", "alignment counts", "what the call leaves open"],
    ),
  },
  {
    key: "33-instead-of-22",
    tags: ["personnel"],
    critical: false,
    inputs: conversation(
      "Who's their third-down back?",
      "33. He replaces 22 on most third downs of five or more.",
      "So what changes in their playbook when 33 trots in?",
    ),
    expectations: expects(
      "Contrasts the two backs in a few lines, snaps for each in run, route and pass protection, and names the one check that 33 should set off.",
      ["snaps for each back", "pass protection", "a check to call"],
    ),
  },
  {
    key: "right-tackle-and-speed",
    tags: ["personnel"],
    critical: false,
    inputs: question("Can 71 handle speed off the edge by himself, or do they chip for him?"),
    expectations: expects(
      "Reports how often 71 gets help and how he does without it, over how many rushes and in which games, and where to line up our fast end.",
      ["chip rate with sample size", "games covered", "where to line up our end"],
    ),
  },
  {
    key: "thirteen-personnel",
    tags: ["personnel", "data quality"],
    critical: false,
    inputs: question(
      "How worried should I be about three tight ends? 83 and the kid wearing 49 came in next to 86 last week.",
    ),
    expectations: expects(
      "Points out that the group has hardly been used, reports what they ran and who carried, and rates how far one game can be trusted.",
      ["number of snaps", "who gets the ball", "how far it can be trusted"],
      ["treat one game as a trend"],
    ),
  },
  {
    key: "slot-5-on-a-rookie",
    tags: ["personnel"],
    critical: false,
    inputs: question(
      "Where does 5 hurt people from the slot? My nickel is a rookie, so give me two things he can remember, not ten.",
    ),
    expectations: expects(
      "Gives exactly two points that a rookie can carry onto the field, a target count with each, and the leverage to play.",
      ["two points only", "number of targets", "leverage to play"],
      ["list more than two points"],
    ),
  },
];
