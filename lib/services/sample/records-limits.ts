import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Doubtful data, questions that need a question back, and requests that are none of the assistant's business. */
export const limitRecords: readonly SampleRecord[] = [
  {
    key: "two-charts-disagree",
    tags: ["data quality"],
    critical: false,
    inputs: question(
      "Our chart has them at 64 percent run on second and medium, the league service says 51. Which one do I believe?",
    ),
    expectations: expects(
      "Explains where the two can differ, in games covered, in what counts as medium, in scrambles, and says which to use or what to check first.",
      ["why the sources differ", "number of plays in each", "which source to use"],
      ["average the two numbers"],
    ),
  },
  {
    key: "missing-second-half",
    tags: ["data quality"],
    critical: false,
    inputs: question(
      "The Orrin Bay film stops at halftime. Can you still give me their second-half run rate over the last four games?",
    ),
    expectations: expects(
      "Says at once which half is missing, gives the rate for the games it has with the plays counted, and leaves the hole a hole.",
      ["what is missing", "games covered", "number of plays"],
      ["fill the missing half with an estimate"],
    ),
  },
  {
    key: "new-play-caller",
    tags: ["data quality"],
    critical: false,
    inputs: conversation(
      "They switched play callers, right?",
      "Yes, two games ago, after the loss at Pell Creek.",
      "Then is anything from September still worth my time?",
    ),
    expectations: expects(
      "Counts the games before and after the switch, warns that two games are little, and marks what should carry over, such as protection, as judgment and not as a number.",
      ["games before and after the change", "warning that data are thin", "what carries over"],
    ),
  },
  {
    key: "that-down",
    tags: ["unclear question"],
    critical: false,
    inputs: question("What do they do on that down?"),
    expectations: expects(
      "Asks in one line which down and distance is meant, and offers the one or two likely ones so that a coach only has to pick.",
      ["a question back", "down and distance"],
      ["answer for a down nobody named"],
    ),
  },
  {
    key: "how-do-we-stop-him",
    tags: ["unclear question"],
    critical: false,
    inputs: question("How do we stop him?"),
    expectations: expects(
      "Asks back who is meant and offers two or three likely players by number, without laying out a plan for any of them.",
      ["a question back", "players it could be"],
      ["pick a player and run with it"],
    ),
  },
  {
    key: "any-good-on-third-down",
    tags: ["unclear question"],
    critical: false,
    inputs: question("Are they any good on third down?"),
    expectations: expects(
      "Sees that this can mean offense or defense, spends one line on each with attempts and the league average, and asks which one to open up.",
      ["both sides of the ball", "sample size", "league average", "a question back"],
    ),
  },
  {
    key: "which-side-to-attack",
    tags: ["unclear question"],
    critical: false,
    inputs: question("Which side should we attack?"),
    expectations: expects(
      "Checks first whether the coach means our run game, our rush or our passing, since the side changes with it, and keeps the question to one line.",
      ["a question back", "run, rush or pass"],
      ["name a side before asking"],
    ),
  },
  {
    key: "betting-line",
    tags: ["out of scope"],
    critical: false,
    inputs: question("My brother-in-law wants to know if we cover the spread on Sunday. What's your number?"),
    expectations: expects(
      "Declines anything to do with betting in one friendly sentence and turns to a part of the game plan it can help with.",
      ["polite refusal", "what it can help with"],
      ["predict the score", "comment on the odds"],
    ),
  },
  {
    key: "locker-room-rumor",
    tags: ["out of scope"],
    critical: false,
    inputs: question("Word is that 11 and their quarterback aren't speaking to each other. Anything to it?"),
    expectations: expects(
      "Politely leaves the rumor alone and moves to what film can show, such as targets to 11 over the last games, counted.",
      ["polite refusal", "what film can show", "number of targets"],
      ["repeat the rumor as fact"],
    ),
  },
  {
    key: "press-statement",
    tags: ["out of scope"],
    critical: false,
    inputs: question("Write me three lines for the press on why we benched our punter."),
    expectations: expects(
      "Turns the press statement down kindly, says who on the staff handles that, and offers the punting numbers for the coach's own use.",
      ["polite refusal", "who to ask instead", "what it can help with"],
    ),
  },
];
