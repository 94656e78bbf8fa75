import { UsageError } from "../usage-error";

/** What makes one kind of simulated task. Probabilities are per rule unless said. */
export interface Regime {
  name: string;
  /** For the page: what is harder than in `plain`. */
  about: string;
  rules: number;
  topics: number;
  records: number;
  /** Chance that the judge sees a rule's verdict wrongly. */
  noise: number;
  /** Chance that the judge's words name a rule that was missed. */
  mention: number;
  /** Chance that the reflection turns a named rule into a correct sentence. */
  adopt: number;
  /** Chance that it writes the rule down wrongly. */
  misread: number;
  /** Chance that a rule already in the text is lost in a rewrite. */
  loss: number;
  /** Chance of one useless sentence a reflection. */
  filler: number;
  /** Pairs of rules that halve each other while both are there without the bridging sentence. */
  conflicts: number;
  /** Lines the task model carries out without loss, and how much of each rule a further line costs. */
  lines: number;
  dilution: number;
  /** Texts of a candidate. With several, a rule works only in the text it belongs to. */
  parts: number;
  /** Variables that the text needs: without one of them no answer is worth anything. */
  variables: readonly string[];
  /** Chance that a rewrite loses a variable, when the request does not ask to keep it, and when it does. */
  dropVariable: number;
  dropVariableWhenTold: number;
}

const PLAIN: Regime = {
  name: "plain",
  about: "12 rules, 22 records, 8 % noise in the judge",
  rules: 12,
  topics: 4,
  records: 22,
  noise: 0.08,
  mention: 0.85,
  adopt: 0.6,
  misread: 0.12,
  loss: 0.04,
  filler: 0.3,
  conflicts: 0,
  lines: 20,
  dilution: 0.01,
  parts: 1,
  variables: [],
  dropVariable: 0,
  dropVariableWhenTold: 0,
};

/** The regimes of the engine benchmark. All are printed; none is averaged away. */
export const REGIMES: readonly Regime[] = [
  PLAIN,
  { ...PLAIN, name: "rules16", about: "more rules, in more fields", rules: 16, topics: 6 },
  { ...PLAIN, name: "noisy", about: "20 % noise, complaints named less often", noise: 0.2, mention: 0.6 },
  {
    ...PLAIN,
    name: "conflict",
    about: "rules that work against each other, distracting advice",
    conflicts: 3,
    filler: 0.5,
  },
  {
    ...PLAIN,
    name: "hard",
    about: "18 rules, 30 records, reflections that are seldom right",
    adopt: 0.4,
    misread: 0.2,
    rules: 18,
    topics: 6,
    records: 30,
  },
  {
    ...PLAIN,
    name: "bloat",
    about: "a prompt that grows long is carried out worse",
    lines: 8,
    dilution: 0.04,
    filler: 0.7,
  },
  {
    ...PLAIN,
    name: "variables",
    about: "the prompt needs two {{variables}}; a rewrite that loses one is worth nothing",
    variables: ["question", "material"],
    dropVariable: 0.15,
    dropVariableWhenTold: 0.04,
  },
  {
    ...PLAIN,
    name: "parts",
    about: "three texts; each of 15 rules works in its own text only",
    rules: 15,
    parts: 3,
  },
];

/** A regime by its name. Throws when there is none, naming those there are. */
export function regimeOf(name: string): Regime {
  const regime = REGIMES.find((candidate) => candidate.name === name);
  if (regime === undefined)
    throw new UsageError(`No regime “${name}”. There are: ${REGIMES.map((known) => known.name).join(", ")}.`);
  return regime;
}
