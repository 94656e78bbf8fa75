import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Blitz, protection, hot reads and the quarterback under pressure. */
export const pressureRecords: readonly SampleRecord[] = [
  {
    key: "offense-versus-blitz",
    tags: ["blitz"],
    critical: false,
    inputs: question("How does their offense perform against the blitz?"),
    expectations: expects(
      "Sets their results when blitzed beside those when not, package by package, with dropbacks counted and the league for scale. Closes with the pressure worth calling.",
      ["dropbacks counted", "league average", "a pressure to call"],
    ),
  },
  {
    key: "hot-read-on-nickel",
    tags: ["blitz"],
    critical: false,
    inputs: conversation(
      "What's their answer when somebody brings the nickel?",
      "They throw hot. The ball is out in under two seconds on most of those snaps.",
      "Fine, but who is the hot? That's the man I want to sit on. Two sentences will do.",
    ),
    expectations: expects(
      "Leads with the hot receiver's number and the throws that back it up, then the adjustment that sits on him. Two sentences, as asked.",
      ["the hot receiver", "number of throws", "an adjustment to call"],
      ["run past three sentences"],
    ),
  },
  {
    key: "protection-slide-with-33",
    tags: ["blitz"],
    critical: false,
    inputs: question(
      "Which way do they slide the protection when 33 is the back, and is there a tell for it?",
    ),
    expectations: expects(
      "Gives the slide direction and how often it holds, ties it to where 33 lines up, and points a rusher at the gap this leaves.",
      ["slide direction", "sample size", "tell before the snap", "gap to attack"],
    ),
  },
  {
    key: "quarterback-off-his-spot",
    tags: ["blitz"],
    critical: false,
    inputs: question("What happens to 7's accuracy once he's moved off his spot?"),
    expectations: expects(
      "Puts his completion rate on the move beside his rate in the pocket, attempts shown for both, says which side he escapes to and how the rush keeps him in.",
      ["attempts behind each rate", "escape side", "a rush plan to call"],
    ),
  },
  {
    key: "simulated-pressure",
    tags: ["blitz", "data quality"],
    critical: false,
    inputs: question(
      "Has anybody shown them simulated pressure, four coming but not the four they counted? How did the line handle it?",
    ),
    expectations: expects(
      "Admits how little film there is, lists the games, and describes what the line did each time without any promise that it works for us.",
      ["warning that data are thin", "games covered", "what the line did"],
      ["promise a result from a few snaps"],
    ),
  },
  {
    key: "their-third-down-pressure",
    tags: ["blitz", "down and distance"],
    critical: false,
    inputs: question("For our offense: third and long, who is coming and from where?"),
    expectations: expects(
      "Picks out the extra rusher and his side, with the count on third and seven or more, then gives the protection and the outlet for the quarterback.",
      ["the blitzer to find", "sample size", "a protection to call"],
    ),
  },
];
