import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Red zone and goal line, on both sides of the ball. */
export const redZoneRecords: readonly SampleRecord[] = [
  {
    key: "red-zone-run-pass",
    tags: ["red zone"],
    critical: false,
    inputs: question("Inside our 20, do they run it or throw it?"),
    expectations: expects(
      "Keeps the high and the low red zone apart instead of lumping them, counts the plays in each, and sets them beside what this offense does in the open field.",
      ["split by field zone", "sample size", "season average"],
    ),
  },
  {
    key: "goal-line-personnel",
    tags: ["red zone", "personnel"],
    critical: false,
    inputs: question("Which group do they send in on the goal line, and what do they run out of it?"),
    expectations: expects(
      "Identifies the personnel group inside the three and the man who carries, counts those snaps, and gives one front that fits.",
      ["personnel group", "who gets the ball", "number of snaps", "a front to call"],
    ),
  },
  {
    key: "red-zone-fade",
    tags: ["red zone", "personnel"],
    critical: false,
    inputs: conversation(
      "How many of their red zone throws go to 11?",
      "Eleven of the 29 since the opener, five of them fades to the left side.",
      "So is the fade a real problem, or can I leave our corner alone with him?",
    ),
    expectations: expects(
      "Takes a side on leaving the corner alone. Rests it on fades completed and not just thrown, and says what a second man on 11 would cost elsewhere.",
      ["completions out of attempts", "a coverage to call", "what the help leaves open"],
    ),
  },
  {
    key: "two-point-plays",
    tags: ["red zone", "data quality"],
    critical: false,
    inputs: question("What have they got for two-point tries?"),
    expectations: expects(
      "Describes each try on film with the man who got the ball, says straight out that so few prove nothing, and points to their snaps from the three as the better guide.",
      ["number of tries", "warning that data are thin", "who gets the ball"],
      ["give a percentage for two-point tries"],
    ),
  },
  {
    key: "qb-keep-low-red-zone",
    tags: ["red zone"],
    critical: false,
    inputs: question(
      "Does 7 pull it and keep inside the five? My end has to know who he's got, and I need it short enough to shout across the field.",
    ),
    expectations: expects(
      "Counts the quarterback's keeps out of the reads he had, passes on the tell if there is one, and gives the end his man. Short enough to shout.",
      ["number of keeps out of reads", "tell before the snap", "assignment for the end"],
      ["run past five sentences"],
    ),
  },
  {
    key: "red-zone-their-defense",
    tags: ["red zone", "blitz"],
    critical: false,
    inputs: question(
      "Our ball on their eight. Does their coordinator send people down there, or sit back and make us throw into a crowd?",
    ),
    expectations: expects(
      "Compares their pressure rate near the goal line with their season average, both with snaps counted, names the likeliest rusher, and offers a protection or a throw that beats him.",
      ["pressure rate with sample size", "season average", "the blitzer to find", "a call to beat it"],
    ),
  },
  {
    key: "bunch-near-the-goal",
    tags: ["red zone", "formations"],
    critical: false,
    inputs: question(
      "When they bunch to the wide side inside our ten, is it always the pick to spring number 5, or do they have something off it?",
    ),
    expectations: expects(
      "Confirms or denies that the pick comes first, names who gets the ball on the second option, counts both, and tells the corners to lock or to switch.",
      ["who gets the ball", "number of snaps", "lock or switch call"],
    ),
  },
];
