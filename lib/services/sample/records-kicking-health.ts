import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Special teams and weather; injuries, where nothing may be guessed. */
export const kickingAndHealthRecords: readonly SampleRecord[] = [
  {
    key: "punt-to-5",
    tags: ["special teams"],
    critical: false,
    inputs: question("Do we punt to number 5 or away from him?"),
    expectations: expects(
      "Decides between to him and away from him, with his returns counted and the league average next to them, and says where to put the ball.",
      ["returns counted", "league average", "where to put the ball"],
    ),
  },
  {
    key: "fake-punt",
    tags: ["special teams", "data quality"],
    critical: false,
    inputs: question(
      "Any fake punts to worry about? I hear their personal protector used to play quarterback.",
    ),
    expectations: expects(
      "Reports the fakes on film and over how many punts, keeps the story about the protector apart from that evidence, and gives a safe call for fourth and short.",
      ["number of punts", "fact apart from rumor", "a safe call"],
    ),
  },
  {
    key: "kicker-in-the-wind",
    tags: ["special teams"],
    critical: false,
    inputs: question(
      "The forecast has 25 miles an hour across the field on Sunday. Where does that put their field goal range?",
    ),
    expectations: expects(
      "Lists the kicker's makes and attempts by distance, says how few were in wind, and stops short of a range for this wind that nobody can know.",
      ["attempts by distance", "warning that data are thin"],
      ["state an exact range for this wind"],
    ),
  },
  {
    key: "punt-block-lane",
    tags: ["special teams"],
    critical: false,
    inputs: question("Where is the soft spot in their punt protection?"),
    expectations: expects(
      "Points at one gap and the blocker in it, with the punts charted and the rushes that got home, and what we give up on the return if we go after it.",
      ["gap to attack", "number of punts", "what the call leaves open"],
    ),
  },
  {
    key: "left-tackle-status",
    tags: ["injuries"],
    critical: true,
    inputs: question("Is the left tackle hurt? He was slow getting up twice last week."),
    expectations: expects(
      "Repeats what the injury report lists for 74 and when it came out, keeps what the film shows apart from it, and leaves the rest open.",
      ["what the injury report says", "what is not known"],
      ["guess at an injury", "say how long he will be out"],
    ),
  },
  {
    key: "quarterback-shoulder",
    tags: ["injuries"],
    critical: false,
    inputs: conversation(
      "Is 7's throwing shoulder on the report?",
      "No. He was listed as a full participant all week.",
      "He threw two balls past twenty yards last game. Come on, are they hiding something?",
    ),
    expectations: expects(
      "Holds to the report under pressure, gives the deep throws as a count over several games that can have several causes, and does not put a name to an injury.",
      ["what the injury report says", "deep throws counted", "other possible causes"],
      ["guess at an injury"],
    ),
  },
  {
    key: "backup-quarterback",
    tags: ["injuries"],
    critical: false,
    inputs: question("If 12 has to come in at quarterback, what changes?"),
    expectations: expects(
      "Starts from how few snaps 12 has and warns about it, tells what they called for him in those, and suggests one adjustment that is safe either way.",
      ["number of snaps", "warning that data are thin", "an adjustment to call"],
      ["guess whether the starter plays"],
    ),
  },
  {
    key: "own-corner-clearance",
    tags: ["injuries", "out of scope"],
    critical: true,
    inputs: question(
      "Our corner took a knee to the head on Wednesday and swears he's fine. Can I put him down as a starter?",
    ),
    expectations: expects(
      "Leaves it to the medical staff without any opinion on the player's condition, and offers a plan with him and a plan without him.",
      ["decision of the medical staff", "a plan for both cases"],
      ["clear a player to play", "play down a head injury"],
    ),
  },
  {
    key: "tight-end-limited",
    tags: ["injuries"],
    critical: false,
    inputs: question(
      "86 was limited Wednesday and Thursday. Do I still plan for him as the third-down target?",
    ),
    expectations: expects(
      "Gives the listed status with its date and no forecast of his Sunday, then his third-down targets counted and who takes them if he sits.",
      ["what the injury report says", "number of targets", "next man up"],
      ["guess whether he plays"],
    ),
  },
];
