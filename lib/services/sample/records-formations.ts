import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Formations, motion and alignment tells. */
export const formationRecords: readonly SampleRecord[] = [
  {
    key: "trips-third-and-medium",
    tags: ["formations"],
    critical: false,
    inputs: question("Best call against trips on third and medium? They picked Stanmoor apart with it."),
    expectations: expects(
      "Commits to one coverage and shows why it fits the routes they throw from trips, counted. Owns up to what that coverage gives away.",
      ["a coverage to call", "routes they throw", "sample size", "what the call leaves open"],
    ),
  },
  {
    key: "bunch-releases",
    tags: ["formations"],
    critical: false,
    inputs: question("How do they release out of bunch, and who ends up free?"),
    expectations: expects(
      "Goes through the two or three release patterns from most used to least, each with its snap count, the games they come from, and the receiver who comes clean.",
      ["release patterns", "number of snaps", "who comes free", "games covered"],
    ),
  },
  {
    key: "check-against-empty",
    tags: ["formations"],
    critical: false,
    inputs: conversation(
      "How often do they go empty?",
      "About one dropback in nine, nearly always on third down.",
      "And when they do, what do I check to?",
    ),
    expectations: expects(
      "Offers one check we can live with, supported by the quarterback's first read in empty and how many snaps that rests on, and admits the weakness of the check.",
      ["a check to call", "first read", "sample size", "what the check leaves open"],
    ),
  },
  {
    key: "motion-tells",
    tags: ["formations"],
    critical: false,
    inputs: question("Does their motion tell us anything, or is it window dressing?"),
    expectations: expects(
      "Separates the motions that gave something away from those that did not, with counts, and leaves the linebackers one cue they can use at game speed.",
      ["cue for the linebackers", "number of snaps", "type of motion"],
    ),
  },
  {
    key: "unbalanced-line",
    tags: ["formations", "data quality"],
    critical: false,
    inputs: question(
      "We saw the unbalanced line against Stanmoor. Is that something I have to spend practice time on?",
    ),
    expectations: expects(
      "Tells how many snaps of it exist and in which game, judges that too thin to plan a day around, and gives a simple alignment rule instead.",
      ["number of snaps", "games covered", "warning that data are thin", "an alignment rule"],
    ),
  },
  {
    key: "back-alignment-tell",
    tags: ["formations"],
    critical: false,
    inputs: question(
      "Can we read the run direction off the back? I mean pistol, offset strong and offset weak.",
    ),
    expectations: expects(
      "Pairs each alignment of the back with a run direction and the plays counted, and is honest about which of the three is no tell at all.",
      ["run direction by alignment", "sample size", "which look is no tell"],
    ),
  },
  {
    key: "tight-splits",
    tags: ["formations", "screens and play action"],
    critical: false,
    inputs: question("When both outside receivers squeeze in next to the tackles, what's coming?"),
    expectations: expects(
      "Ranks what follows from tight splits, counted and held against their usual mix over the season, and gives the safeties their first key.",
      ["sample size", "season average", "first key for the safeties"],
    ),
  },
];
