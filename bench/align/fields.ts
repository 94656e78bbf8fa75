/** One thing that experts of a field look for, and that no record says: the hidden standard. */
export interface Habit {
  /** What an answer says that does it; one is picked. "{n}" and "{m}" become numbers. */
  done: readonly string[];
  /** What an answer says instead, where leaving it out is not enough. */
  undone?: readonly string[];
  /** How an expert complains of its absence; one is picked. */
  complaints: readonly string[];
  /** Grades that its absence costs. */
  weight: number;
}

export interface Field {
  name: string;
  /** Questions: {subject} is filled in. */
  question: string;
  subjects: readonly string[];
  /** What a record says that a good answer does, and an answer that does it; about the subject. */
  task: { expected: string; done: string; undone: string };
  habits: readonly Habit[];
}

const WITHOUT_GUESSES: Habit = {
  done: ["What is not known is left open."],
  undone: ["My guess is that it will turn out well, though there is nothing at hand to say so."],
  complaints: ["It guesses.", "That is made up.", "Pure guessing where nothing is known."],
  weight: 1.5,
};

const SHORT: Habit = {
  done: [""],
  undone: [
    "There are many ways to look at this, and as so often a good deal depends on circumstances that differ from case to case. It is worth remembering that people have thought about this for a long time, and that every one of them began where you are now. Taking a step back helps, and so does a calm look at the whole. None of this is new, but it bears saying again, since in daily work it is easily forgotten, and a little patience goes a long way.",
  ],
  complaints: ["Too long.", "Half of it is padding.", "Too long, cut the padding."],
  weight: 1,
};

/** Four fields that share no words, each with its own hidden standard. */
export const FIELDS: readonly Field[] = [
  {
    name: "triage",
    question: "A caller reports {subject}. What do I tell her?",
    subjects: [
      "a fever since Monday",
      "a rash after lunch",
      "a stiff shoulder",
      "a cough at night",
      "an upset stomach",
      "a sore throat",
      "a twisted ankle",
      "a headache after work",
    ],
    task: {
      expected: "Explains the likely cause of the complaint.",
      done: "The likely cause of the complaint is a harmless irritation.",
      undone: "Such things happen to everybody now and then.",
    },
    habits: [
      {
        done: [
          "The warning signs are confusion and a stiff neck.",
          "Warning signs: trouble breathing, blue lips.",
        ],
        complaints: [
          "No warning signs.",
          "It does not name the warning signs.",
          "The warning signs are missing.",
        ],
        weight: 2,
      },
      {
        done: ["Ask her for her age and her medicines.", "First ask for the age."],
        complaints: ["It never asks for the age.", "Not a word about the age."],
        weight: 1,
      },
      WITHOUT_GUESSES,
      SHORT,
    ],
  },
  {
    name: "contracts",
    question: "Can our tenant object to {subject}?",
    subjects: [
      "the new parking rules",
      "a higher deposit",
      "the repair of the roof",
      "an earlier notice",
      "the sale of the flat",
      "a change of the heating",
      "the painted stairwell",
      "the key handover",
    ],
    task: {
      expected: "Decides whether the tenant can object.",
      done: "The tenant can object, and the landlord has to answer.",
      undone: "This is a question that comes up in many houses.",
    },
    habits: [
      {
        done: ["The clause is number {n} of the lease.", "See the clause in paragraph {n} of the lease."],
        complaints: ["No clause.", "It does not cite the clause.", "Which clause?"],
        weight: 2,
      },
      {
        done: ["The deadline is {n} days after the letter.", "He must meet a deadline of {n} days."],
        complaints: ["It never states the deadline.", "No deadline.", "There is no deadline in it."],
        weight: 1,
      },
      WITHOUT_GUESSES,
      SHORT,
    ],
  },
  {
    name: "gardening",
    question: "What is wrong with {subject}?",
    subjects: [
      "my tomato leaves",
      "the lawn under the oak",
      "our apple tree",
      "the roses by the fence",
      "the courgettes",
      "the hedge at the gate",
      "the young cherry",
      "the strawberries",
    ],
    task: {
      expected: "Names the most likely disease or pest.",
      done: "The most likely disease is mildew, a pest of damp weeks.",
      undone: "Plants show many things over a summer.",
    },
    habits: [
      {
        done: ["Check the soil for moisture first.", "Put a finger into the soil: is there moisture?"],
        complaints: [
          "It should say to check the soil.",
          "Nothing about the soil.",
          "Not a word on the soil.",
        ],
        weight: 2,
      },
      {
        done: [
          "The remedy is cutting back {n} shoots in spring.",
          "As a remedy remove the spotted leaves in spring.",
        ],
        complaints: ["No remedy.", "It does not give a remedy."],
        weight: 1.5,
      },
      WITHOUT_GUESSES,
      SHORT,
    ],
  },
  {
    name: "accounts",
    question: "How do we book {subject}?",
    subjects: [
      "the new laptop",
      "a client dinner",
      "the leased van",
      "prepaid insurance",
      "the office party",
      "a bad debt",
      "the printer toner",
      "a returned order",
    ],
    task: {
      expected: "Says which side of the ledger it goes to.",
      done: "It goes to the debit side of the ledger.",
      undone: "Bookkeeping has a place for all of it.",
    },
    habits: [
      {
        done: ["The account is {n}00, office costs.", "Use account {n}10."],
        complaints: ["No account.", "It does not name the account.", "Which account?"],
        weight: 2,
      },
      {
        done: ["Keep the receipt with the voucher.", "The receipt is filed for {n} years."],
        complaints: ["Nothing about the receipt.", "It never mentions the receipt."],
        weight: 1,
      },
      WITHOUT_GUESSES,
      SHORT,
    ],
  },
];
