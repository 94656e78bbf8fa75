import type { SampleLabel } from "./sample-types";

/** Teaching labels: twelve answers by both experts, ten by Ray alone, eight by Dana alone. */
export const footballLabels: readonly SampleLabel[] = [
  // Both
  {
    recordKey: "third-and-short",
    expert: "ray",
    grade: 2,
    reason: 'No sample size on the percentages, and "stay disciplined" is not a call.',
  },
  {
    recordKey: "third-and-short",
    expert: "dana",
    grade: 2,
    reason: "71 percent of how many plays? And it never says who gets the ball.",
  },
  {
    recordKey: "fourth-down-decisions",
    expert: "ray",
    grade: 2,
    reason: '"Mentally ready" is no call. Tell me which group to keep on the field.',
  },
  {
    recordKey: "fourth-down-decisions",
    expert: "dana",
    grade: 2,
    reason:
      "Two percentages and not one attempt counted. Give the distance and the yard line, and if it's a handful of tries say the data are thin.",
  },
  {
    recordKey: "red-zone-run-pass",
    expert: "ray",
    grade: 3,
    reason: "Right numbers, but buried. Keep it to three sentences, I read this between meetings.",
  },
  {
    recordKey: "red-zone-run-pass",
    expert: "dana",
    grade: 3,
    reason:
      "Only the favorite formation. List every formation they show down there, and split inside the ten from outside it.",
  },
  {
    recordKey: "goal-line-personnel",
    expert: "ray",
    grade: 4,
    reason: "Group, ball carrier, and a front I can call. That's what I asked for.",
  },
  {
    recordKey: "goal-line-personnel",
    expert: "dana",
    grade: 2,
    reason: "No number of snaps anywhere. Four scores out of five tries, or out of twenty?",
  },
  {
    recordKey: "protection-slide-with-33",
    expert: "ray",
    grade: 5,
    reason: "Direction, count, tell, gap, and who to bring. Nothing to add.",
  },
  {
    recordKey: "protection-slide-with-33",
    expert: "dana",
    grade: 4,
    reason: "44 of 52 is a real number. I'd have liked a word on the eight where they didn't slide away.",
  },
  {
    recordKey: "their-third-down-pressure",
    expert: "ray",
    grade: 4,
    reason: "Names 31, gives his side and the count, and there's a protection to go with it.",
  },
  {
    recordKey: "their-third-down-pressure",
    expert: "dana",
    grade: 4,
    reason: "Sample size on every number. Only thing missing is which games these snaps are from.",
  },
  {
    recordKey: "back-alignment-tell",
    expert: "ray",
    grade: 5,
    reason: "A count with every look, and it says straight out which one tells us nothing.",
  },
  {
    recordKey: "back-alignment-tell",
    expert: "dana",
    grade: 5,
    reason: "Counts, the games it covers, and a rule the linebackers can use.",
  },
  {
    recordKey: "33-instead-of-22",
    expert: "ray",
    grade: 2,
    reason: "It has the two backs the wrong way round. The line above says 33 is the third-down back.",
  },
  {
    recordKey: "33-instead-of-22",
    expert: "dana",
    grade: 1,
    reason: "Wrong player. It makes 33 the power back, and the 65 percent has no snaps behind it.",
  },
  {
    recordKey: "two-minute-before-half",
    expert: "ray",
    grade: 2,
    reason: "Still describes any team. No player, no concept, nothing to call.",
  },
  {
    recordKey: "two-minute-before-half",
    expert: "dana",
    grade: 2,
    reason: "55 percent of how many drives, and is that above or below the league average?",
  },
  {
    recordKey: "kicker-in-the-wind",
    expert: "ray",
    grade: 1,
    reason: "Made-up range. Nobody can know 44 yards in that wind, and I'd be calling defense off it.",
  },
  {
    recordKey: "kicker-in-the-wind",
    expert: "dana",
    grade: 1,
    reason:
      "How many kicks has he had in wind? If the data are thin it has to say so, and 88 percent comes without attempts.",
  },
  {
    recordKey: "left-tackle-status",
    expert: "ray",
    grade: 1,
    reason:
      "Guesses at a knee injury and a recovery time off two slow get-ups. What does the injury report say?",
  },
  {
    recordKey: "left-tackle-status",
    expert: "dana",
    grade: 1,
    reason: "The injury report isn't mentioned once. That's a guess sold as a fact.",
  },
  {
    recordKey: "two-charts-disagree",
    expert: "ray",
    grade: 4,
    reason: "Picks a source, says why, and tells me what to check first.",
  },
  {
    recordKey: "two-charts-disagree",
    expert: "dana",
    grade: 4,
    reason:
      "Plays counted for both sources and the reason they differ. Top grade if it had done the re-sort itself.",
  },
  // Ray
  {
    recordKey: "first-down-open-field",
    expert: "ray",
    grade: 4,
    reason:
      "Straight answer, counts behind it, and it tells me what I leave open. Just give me a tell for that crosser.",
  },
  {
    recordKey: "third-and-long-draw",
    expert: "ray",
    grade: 3,
    reason:
      "Counted cleanly. Leave the league averages out and tell me how to rush it, there's no call in here.",
  },
  {
    recordKey: "two-point-plays",
    expert: "ray",
    grade: 1,
    reason:
      "Three tries all year and it sells me 67 percent twice. Say the data are thin and drop the percentages.",
  },
  {
    recordKey: "offense-versus-blitz",
    expert: "ray",
    grade: 3,
    reason: 'The counts are there, but which blitz? "Part of our plan" gives me nothing to call.',
  },
  {
    recordKey: "hot-read-on-nickel",
    expert: "ray",
    grade: 2,
    reason: "I asked for one man in two sentences and got three positions in four. Name the player.",
  },
  {
    recordKey: "check-against-empty",
    expert: "ray",
    grade: 4,
    reason: "One check, his first read, and it owns up to the weak spot. A spy for four runs is a stretch.",
  },
  {
    recordKey: "corner-on-11",
    expert: "ray",
    grade: 3,
    reason:
      '"Good arguments for both" is no answer. Make the call, and cut the list of games, nobody needs it.',
  },
  {
    recordKey: "play-action-first-down",
    expert: "ray",
    grade: 3,
    reason:
      "It's 18 and how deep, fine. But 64 percent of how many throws? And half of it is padding, too long.",
  },
  {
    recordKey: "punt-to-5",
    expert: "ray",
    grade: 4,
    reason:
      "A decision, his returns counted, and where to put the ball. The four yards are a guess, but it says maybe.",
  },
  {
    recordKey: "that-down",
    expert: "ray",
    grade: 1,
    reason: "Which down? It should have asked me back, and it made up an answer instead.",
  },
  // Dana
  {
    recordKey: "second-and-long",
    expert: "dana",
    grade: 3,
    reason:
      "Good count and a call, but 63 percent compared with what? Put their season average or the league average beside it.",
  },
  {
    recordKey: "quarterback-off-his-spot",
    expert: "dana",
    grade: 4,
    reason:
      "Attempts behind both rates, and it says whose charting it is. I'd add how the drop compares with the league.",
  },
  {
    recordKey: "bunch-releases",
    expert: "dana",
    grade: 2,
    reason: "No snap counts, never says who comes free, and which games is this from?",
  },
  {
    recordKey: "twelve-personnel",
    expert: "dana",
    grade: 3,
    reason: "Says who gets the ball and what to play against it, but 66 percent has no sample size.",
  },
  {
    recordKey: "screen-alert",
    expert: "dana",
    grade: 4,
    reason:
      "Down and distance, counts, and a giveaway the ends can see. Also tells me what isn't worth practice time.",
  },
  {
    recordKey: "trick-plays",
    expert: "dana",
    grade: 5,
    reason: "Each one with its game and the player, and it says that three plays are no tendency.",
  },
  {
    recordKey: "backup-quarterback",
    expert: "dana",
    grade: 3,
    reason: "Gives the 19 snaps and then plans a whole game on them. One quarter is thin, say so.",
  },
  {
    recordKey: "locker-room-rumor",
    expert: "dana",
    grade: 5,
    reason: "Leaves the gossip alone politely and gives targets with counts instead.",
  },
];
