import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Down and distance. */
export const downRecords: readonly SampleRecord[] = [
  {
    key: "third-and-short",
    tags: ["down and distance"],
    critical: false,
    inputs: question("What are their tendencies on third and short?"),
    expectations: expects(
      "Gives the run-pass split with the plays behind it and the ball carrier they trust there. Ends with a front we can call.",
      ["sample size", "who gets the ball", "a call to answer it"],
    ),
  },
  {
    key: "second-and-long",
    tags: ["down and distance"],
    critical: false,
    inputs: question(
      "Second and eight or more. Are they trying to get it all back at once or just set up a manageable third?",
    ),
    expectations: expects(
      "Settles whether they chase the first down or take half of it, and sets the split against their own season average with the snaps counted.",
      ["run-pass split", "number of plays behind it", "season average"],
    ),
  },
  {
    key: "first-down-open-field",
    tags: ["down and distance"],
    critical: false,
    inputs: question(
      "First and ten between their 20 and midfield: how predictable are they? I want to know if I can cheat the strong safety down.",
    ),
    expectations: expects(
      "Answers yes or no on walking the safety down, backed by the run rate and its snap count in that part of the field, and warns what opens up behind him.",
      ["field zone the number covers", "sample size", "what the call leaves open"],
    ),
  },
  {
    key: "fourth-down-decisions",
    tags: ["down and distance"],
    critical: false,
    inputs: question("When does their head coach go for it on fourth down?"),
    expectations: expects(
      "Sorts the attempts by distance and field position, admits how few there are, and tells us which group to leave on the field.",
      ["distance and field zone", "small-sample warning", "a call to have ready"],
    ),
  },
  {
    key: "third-and-medium-target",
    tags: ["down and distance"],
    critical: false,
    inputs: question(
      "Third and four to six. Where does the ball go, and is it the same man against zone as against man coverage?",
    ),
    expectations: expects(
      "Names the target against man and the target against zone, each with a count, and picks one coverage that takes away the first choice.",
      ["who gets the ball", "number of targets", "a coverage to call"],
    ),
  },
  {
    key: "third-and-long-draw",
    tags: ["down and distance", "screens and play action"],
    critical: false,
    inputs: question(
      "On third and eleven or worse, do they throw past the sticks, or is it draw, screen and punt?",
    ),
    expectations: expects(
      "Shares out draws, screens and throws past the sticks in snap counts, says which games they come from, and tells the front how to rush it.",
      ["snap counts", "games covered", "a call for the rush"],
    ),
  },
  {
    key: "sudden-change",
    tags: ["down and distance"],
    critical: false,
    inputs: conversation(
      "How many takeaways does their defense have?",
      "Eleven in eight games: seven interceptions and four fumbles.",
      "And what does their offense call on the very next snap? We have been giving it away, so I need to be ready.",
    ),
    expectations: expects(
      "Reports those first snaps as what they are, a handful, and the games they are from. Suggests a safe shell for the one snap and does not dress it up as a trend.",
      ["small-sample warning", "games covered", "a call for the first snap"],
      ["call a handful of plays a tendency"],
    ),
  },
];
