import { expectationsText, type TestRecord } from "./mini-loop";

/** A small project of a field: enough records to learn from and to hold some back. */
export interface SmallProject {
  startingPrompt: string;
  /** What its experts ask for, as a prompt would say it. */
  goodPrompt: string;
  guidelines: readonly string[];
  records: readonly TestRecord[];
}

function record(
  key: string,
  inputs: string,
  response: string,
  facts: readonly string[],
  mustNever: readonly string[] = [],
): TestRecord {
  return { key, inputs, expectations: expectationsText(response, facts, mustNever) };
}

/** Questions of a rowing crew's coaches: no words in common with the sample project's field. */
export const rowing: SmallProject = {
  startingPrompt: "You help the coaches of a rowing club. Answer what they ask about the crews.",
  goodPrompt: `You help the coaches of a rowing club. Answer what they ask about the crews.
State the number of pieces behind every figure.
Name the rower it is about.
Recommend one change for the next session.
Never guess: where nothing is known, say so.`,
  guidelines: [
    "State the number of pieces behind every figure.",
    "Never guess: where nothing is known, say so.",
  ],
  records: [
    record(
      "r1",
      "How has the stroke rate of the eight changed since March?",
      "Gives the stroke rate before and after with the pieces counted.",
      ["number of pieces", "rower who sets it"],
    ),
    record(
      "r2",
      "Does the four lose speed after the first minute?",
      "Answers yes or no with the count behind it and one change to try.",
      ["number of pieces", "a change for the next session"],
    ),
    record(
      "r3",
      "Who is late at the catch in the quad?",
      "Names the rower and gives the pieces it was seen in.",
      ["rower it is about", "number of pieces"],
    ),
    record(
      "r4",
      "Should we move Petra to bow seat?",
      "Settles it one way and says what it costs.",
      ["rower it is about", "a change for the next session"],
      ["guess"],
    ),
    record(
      "r5",
      "Is the steering of the junior pair getting better?",
      "Compares with the weeks before, pieces counted.",
      ["number of pieces"],
      ["guess"],
    ),
    record(
      "r6",
      "What do the splits of the lightweight double say about their start?",
      "Reads the start off the splits and recommends one change.",
      ["number of pieces", "a change for the next session"],
    ),
    record(
      "r7",
      "How often does the women's eight hold rate 36 for a full minute?",
      "Gives the share with its count.",
      ["number of pieces", "rower who sets it"],
    ),
    record(
      "r8",
      "Is Jonas strong enough for the single in the headwind?",
      "Says what is known of him and what is not.",
      ["rower it is about"],
      ["guess"],
    ),
    record(
      "r9",
      "Which of the two pairs is faster over 500 metres?",
      "Compares both with the pieces counted for each.",
      ["number of pieces", "rower it is about"],
    ),
    record(
      "r10",
      "When does the coxed four start to rush the slide?",
      "Names the moment and the rower, and one change.",
      ["rower it is about", "a change for the next session"],
    ),
  ],
};

/** Questions of a housing law desk: prose without figures. */
export const housing: SmallProject = {
  startingPrompt: "You help the advisers of a tenants' association.",
  goodPrompt: `You help the advisers of a tenants' association.
Cite the section of the tenancy act.
State the deadline for a reply.
Warn about the risk of costs.
Ask for the date of the letter when it is missing.`,
  guidelines: ["Cite the section of the tenancy act.", "State the deadline for a reply."],
  records: [
    record(
      "h1",
      "The landlord wants to raise the rent by 15 percent. What do we write?",
      "Checks the rise against the law and says by when to answer.",
      ["section of the tenancy act", "deadline for a reply"],
    ),
    record(
      "h2",
      "Mould in the bedroom since autumn. Can she withhold part of the rent?",
      "Says under which rule and warns of the risk.",
      ["section of the tenancy act", "risk of costs"],
    ),
    record(
      "h3",
      "He got a notice for the end of the month. Is it valid?",
      "Checks form and period of the notice.",
      ["section of the tenancy act", "deadline for a reply", "date of the letter"],
    ),
    record(
      "h4",
      "The heating bill doubled. How do we object?",
      "Names the rule for the bill and the time to object.",
      ["section of the tenancy act", "deadline for a reply"],
    ),
    record(
      "h5",
      "Neighbours complain about her dog. What can the landlord do?",
      "Names the rule and what the landlord must do first.",
      ["section of the tenancy act", "risk of costs"],
    ),
    record(
      "h6",
      "Deposit not paid back after seven months. What now?",
      "Says by when it is due and how to claim it.",
      ["section of the tenancy act", "deadline for a reply", "risk of costs"],
    ),
    record(
      "h7",
      "May he sublet one room while he works abroad?",
      "Says under which conditions, and what to ask the landlord for.",
      ["section of the tenancy act", "risk of costs"],
    ),
    record(
      "h8",
      "The letter says she owes for repairs. Which repairs are hers?",
      "Tells small from large repairs and by when to reply.",
      ["section of the tenancy act", "deadline for a reply", "date of the letter"],
    ),
  ],
};
