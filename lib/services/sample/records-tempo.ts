import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Screens, play action, trick plays, two-minute and tempo. */
export const tempoRecords: readonly SampleRecord[] = [
  {
    key: "screen-alert",
    tags: ["screens and play action"],
    critical: false,
    inputs: question("When should my ends be thinking screen?"),
    expectations: expects(
      "Narrows it to the downs and distances where the screens cluster, with counts, and describes the giveaway an end can see and what he does then.",
      ["down and distance", "sample size", "the giveaway"],
    ),
  },
  {
    key: "play-action-first-down",
    tags: ["screens and play action"],
    critical: false,
    inputs: conversation(
      "Do they use a lot of play action?",
      "Yes, on about a third of their dropbacks, most of it on first down.",
      "On first down then. Who is it meant for, and how deep?",
    ),
    expectations: expects(
      "Answers the two questions, man and depth, with attempts counted and the league average to tell whether it is unusual. Nothing beyond that.",
      ["main target", "throw depth", "number of attempts", "league average"],
      ["run past five sentences"],
    ),
  },
  {
    key: "bootleg-direction",
    tags: ["screens and play action"],
    critical: false,
    inputs: question(
      "When 7 boots, does he roll to the wide side or the short side, and who drags behind him?",
    ),
    expectations: expects(
      "Gives the boot direction with its count, the receiver who gets the ball, and an answer for the backside end.",
      ["boot direction", "sample size", "who gets the ball", "a call for the backside end"],
    ),
  },
  {
    key: "trick-plays",
    tags: ["screens and play action", "data quality"],
    critical: false,
    inputs: question(
      "What trick plays have they put on film? Reverse pass, flea flicker, anything of that sort.",
    ),
    expectations: expects(
      "Goes through them game by game with the player who threw or carried, and makes clear that a short list from film is no tendency.",
      ["games covered", "player involved", "warning that data are thin"],
    ),
  },
  {
    key: "two-minute-before-half",
    tags: ["two-minute"],
    critical: false,
    inputs: conversation(
      "What does their two-minute offense look like before the half?",
      "They throw on nearly every snap and work the sidelines to save the clock.",
      "That's everybody. What do these people do?",
    ),
    expectations: expects(
      "Drops the general talk for what is particular to this team: the concept they come back to, the man it goes to, plays counted, and the league beside it.",
      ["favorite concept", "who gets the ball", "sample size", "league average"],
    ),
  },
  {
    key: "tempo-trigger",
    tags: ["two-minute"],
    critical: false,
    inputs: question(
      "Outside of two minutes, what makes them go fast? Keep it brief, it goes on my call sheet.",
    ),
    expectations: expects(
      "Fits on a call sheet: the trigger for tempo, how many times it happened and in which games, and a call we can make without a huddle.",
      ["trigger for tempo", "number of times", "games covered", "a call without a huddle"],
      ["run past four sentences"],
    ),
  },
  {
    key: "four-minute-lead",
    tags: ["two-minute"],
    critical: false,
    inputs: conversation(
      "They're up one score with four minutes left. What do they run?",
      "Mostly 22 behind the left side.",
      "Enough of it for me to load that side, or do I get burned on the keeper?",
    ),
    expectations: expects(
      "Decides whether loading the side pays, on snaps from that situation only and their number, and puts the risk of the keeper into words.",
      ["sample size", "a front to call", "what the call leaves open"],
    ),
  },
  {
    key: "substituting-against-tempo",
    tags: ["two-minute"],
    critical: false,
    inputs: question(
      "If they hurry after a first down, do we have time to get the nickel off and the linebacker back on?",
    ),
    expectations: expects(
      "Opens with yes or no, supports it with seconds between snaps over a counted number of plays, and says which group is safest to be caught in.",
      ["seconds between snaps", "number of plays", "safest group to be caught in"],
    ),
  },
];
