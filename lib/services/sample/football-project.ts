import type { SampleExpert, SampleJudge, SampleProjectContent } from "./sample-types";

export const footballProject: SampleProjectContent["project"] = {
  name: "Football assistant",
  about: {
    purpose:
      "Answers questions of our coaching staff about the next opponent in the week before a game: what they call, when, with whom, and what we can call against it.",
    reliedOnBy:
      "The two coordinators, the position coaches and the special teams coach, while they write the game plan and in meetings with players.",
    outOfScope:
      "Medical clearance of players, betting, gossip, statements to the press, and decisions during the game. Injuries are reported only as the official report lists them.",
    dataKinds:
      "Play-by-play charting, snap counts, film notes and the public injury report. No medical files and no personal data of players beyond number and position.",
    owner: "Ray, defensive coordinator",
  },
};

/** What the staff began with in August: sound English, and silent on nearly everything the coaches later ask for. */
export const footballStartingPrompt = `You are an assistant for a football coaching staff. The coaches ask you about the next opponent while they prepare for the game.

Answer their questions about the opponent's tendencies, formations and players. Give tendencies with percentages. Explain what you see so that the coaches understand it, and sound confident. Be helpful and professional.`;

/** Deliberately general: what these coaches mean by useful is left for their labels to teach. */
export const footballJudge: SampleJudge = {
  name: "Usefulness to the staff",
  scale: { kind: "numeric", min: 1, max: 5, step: 1 },
  anchors: [
    { value: 1, meaning: "Wrong or made up. It would hurt us if a coach believed it." },
    { value: 2, meaning: "Right idea, not usable as it stands." },
    { value: 3, meaning: "Partly usable. A coach has to fill in something that matters." },
    { value: 4, meaning: "Good. I can take it into the meeting." },
    { value: 5, meaning: "Exactly what I need, nothing to add." },
  ],
  goodEnough: 4,
  instructions: `You grade the answers of an assistant that helps a football coaching staff prepare for the next opponent.

The staff asked:
{{ inputs }}

The assistant answered:
{{ outputs }}

What a good answer does:
{{ expectations }}

Consider whether the answer responds to the question, whether it is accurate and clear, and whether it would help the staff. Choose the grade whose meaning fits best.`,
};

export const footballExperts: readonly SampleExpert[] = [
  { key: "ray", name: "Ray", title: "defensive coordinator", role: "lead" },
  { key: "dana", name: "Dana", title: "quality-control coach", role: "expert" },
];
