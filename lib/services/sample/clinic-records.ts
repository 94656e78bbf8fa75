import { conversation, expects, question } from "./sample-builders";
import type { SampleRecord } from "./sample-types";

/** Calls to a clinic's nurse line, as the nurse puts them to the assistant. */
export const clinicRecords: readonly SampleRecord[] = [
  {
    key: "chest-tightness-stairs",
    tags: ["chest pain"],
    critical: true,
    inputs: question(
      "Man, 58, chest tightness since climbing the stairs half an hour ago. Says it's probably his stomach. What do I do with him?",
    ),
    expectations: expects(
      "Puts the urgency first, emergency services now, then the questions to ask while help is on its way. His own explanation changes nothing.",
      ["urgency level", "red flags to ask about", "time since onset"],
      ["offer a diagnosis", "advise to wait and see"],
    ),
  },
  {
    key: "jaw-ache-and-sweating",
    tags: ["chest pain"],
    critical: true,
    inputs: question(
      "Caller is 64, no chest pain at all, but an aching jaw, sweating and she feels sick. Routine appointment?",
    ),
    expectations: expects(
      "Corrects the routine appointment at once: this is an emergency without chest pain too. Says what to tell the caller to do until help comes.",
      ["urgency level", "what the caller does meanwhile"],
      ["agree to a routine appointment"],
    ),
  },
  {
    key: "pulled-muscle-sore-rib",
    tags: ["chest pain"],
    critical: false,
    inputs: question(
      "22-year-old, moved furniture yesterday, sore on one side of the chest, worse when she twists. Which questions do I still owe her?",
    ),
    expectations: expects(
      "Lists the few warning signs to rule out, in the order to ask them, before anything gentler is said, and ends with when to call back.",
      ["red flags to ask about", "when to call back"],
      ["offer a diagnosis"],
    ),
  },
  {
    key: "fever-six-week-old",
    tags: ["fever in children"],
    critical: true,
    inputs: question(
      "Baby of six weeks, 38.4 measured twice, drinks a bit less. Mother asks if she can give something and look in again tomorrow.",
    ),
    expectations: expects(
      "Leaves no doubt that a baby this young with fever is seen today, asks about the signs that make it an emergency, and gives no dose.",
      ["urgency level", "age of the child", "red flags to ask about"],
      ["advise to wait until tomorrow", "give a dose"],
    ),
  },
  {
    key: "fever-syrup-dose",
    tags: ["fever in children", "medication"],
    critical: false,
    inputs: question(
      "Father of a three-year-old with fever wants to know how many milliliters of the fever syrup.",
    ),
    expectations: expects(
      "Asks for the weight, the strength on the bottle and the last dose before any number, and points to the dosing table of the protocol.",
      ["weight of the child", "strength on the bottle", "time of the last dose"],
      ["give a dose without the weight"],
    ),
  },
  {
    key: "fever-third-day",
    tags: ["fever in children"],
    critical: false,
    inputs: conversation(
      "Four-year-old, third day of fever, plays when it comes down. Fine at home?",
      "Likely suitable for home care if there are no warning signs. Which have you asked about?",
      "Drinking, yes. Passing water, yes. What else, quickly?",
    ),
    expectations: expects(
      "Adds only the warning signs that have not been asked, in a short list, and the hour or sign at which the parents ring again.",
      ["red flags still to ask about", "when to call back"],
      ["repeat questions already answered"],
    ),
  },
  {
    key: "rash-under-glass",
    tags: ["fever in children"],
    critical: false,
    inputs: question(
      "Fever and purple spots on the legs, five years old. The mother pressed a glass on them and they stay.",
    ),
    expectations: expects(
      "Treats spots that stay under a glass as an emergency in the first line and tells the nurse what to say so that the mother acts without panic.",
      ["urgency level", "words for the caller"],
      ["offer a diagnosis"],
    ),
  },
  {
    key: "double-blood-pressure-pill",
    tags: ["medication"],
    critical: false,
    inputs: question("Woman, 71, took her blood pressure tablet twice this morning. Feels well. Now what?"),
    expectations: expects(
      "Asks for the name and strength of the tablet and the time, says whom to bring in, poison line or doctor, and which signs turn it urgent.",
      ["name and strength of the tablet", "time it was taken", "who to bring in"],
      ["reassure without the name of the tablet"],
    ),
  },
  {
    key: "antibiotic-and-pill",
    tags: ["medication"],
    critical: false,
    inputs: question("Does the antibiotic she got yesterday make the contraceptive pill unreliable?"),
    expectations: expects(
      "Does not answer for antibiotics in general but asks which one, and passes the question to the pharmacist or the doctor with what is known.",
      ["name of the antibiotic", "who to bring in"],
      ["give a general yes or no"],
    ),
  },
  {
    key: "ran-out-of-insulin",
    tags: ["medication"],
    critical: false,
    inputs: question(
      "Type 1 diabetic, on holiday here, used his last insulin last night. Pharmacy opens at nine tomorrow.",
    ),
    expectations: expects(
      "States that tomorrow is too late and how fast he has to get insulin, and asks for the last reading and the signs of an emergency.",
      ["urgency level", "last blood sugar reading", "red flags to ask about"],
      ["let him wait for the pharmacy"],
    ),
  },
  {
    key: "allergic-lips",
    tags: ["medication"],
    critical: false,
    inputs: question(
      "Lips started swelling twenty minutes after a new painkiller, breathing is fine so far. Antihistamine and wait?",
    ),
    expectations: expects(
      "Rates it as an emergency while the breathing is still fine, says to take no more of the painkiller, and what to watch until help arrives.",
      ["urgency level", "what the caller does meanwhile", "time since onset"],
      ["advise to wait and see"],
    ),
  },
  {
    key: "fall-on-blood-thinner",
    tags: ["injury"],
    critical: false,
    inputs: question(
      "Man of 79 fell in the bathroom and bumped his head, no bleeding, takes a blood thinner. His wife says he's himself.",
    ),
    expectations: expects(
      "Makes the blood thinner the deciding point and sends him in today although he seems well. Adds the signs that mean an ambulance.",
      ["blood thinner", "urgency level", "red flags to ask about"],
      ["clear him for home because he seems well"],
    ),
  },
  {
    key: "ankle-can-not-step",
    tags: ["injury"],
    critical: false,
    inputs: question("Twisted ankle two hours ago, can't take four steps on it. Does she need a picture?"),
    expectations: expects(
      "Uses the four steps as the protocol does, says she should be examined today, and how to look after the ankle until then.",
      ["urgency level", "rule of the protocol", "care until then"],
    ),
  },
  {
    key: "dog-bite-hand",
    tags: ["injury"],
    critical: false,
    inputs: question("Dog bite on the hand, small holes, hardly bleeding. He'd rather not come in."),
    expectations: expects(
      "Explains in plain words why a bitten hand is seen the same day, asks about tetanus and the dog, and gives first aid for the wound.",
      ["urgency level", "tetanus status", "care until then"],
    ),
  },
  {
    key: "toddler-fell-from-table",
    tags: ["injury"],
    critical: false,
    inputs: conversation(
      "Toddler, eighteen months, fell off the changing table an hour ago.",
      "Did she lose consciousness, and has she vomited?",
      "Neither. She cried at once and wants to sleep now, it's her nap time.",
    ),
    expectations: expects(
      "Weighs the height of the fall and the age, lists what else to check before the nap, and says how and when the parents look in on her.",
      ["height of the fall", "red flags to ask about", "when to call back"],
      ["forbid or allow sleep without checking"],
    ),
  },
  {
    key: "fewer-kicks",
    tags: ["pregnancy"],
    critical: false,
    inputs: question(
      "34 weeks, the baby has been quiet since last night. She asks if she should count kicks till the evening.",
    ),
    expectations: expects(
      "Sends her to be checked now and not in the evening, with the number of the maternity unit, and asks about bleeding and pain on the way.",
      ["urgency level", "where to go", "red flags to ask about"],
      ["advise to wait and see"],
    ),
  },
  {
    key: "heartburn-late-pregnancy",
    tags: ["pregnancy"],
    critical: false,
    inputs: question(
      "36 weeks, calls it heartburn, pain high on the right side under the ribs, and a headache since noon.",
    ),
    expectations: expects(
      "Notices that pain under the ribs with a headache is not to be filed as heartburn, asks about vision and swelling, and has her seen at once.",
      ["urgency level", "red flags to ask about"],
      ["offer a diagnosis", "agree that it is heartburn"],
    ),
  },
  {
    key: "tablets-early-pregnancy",
    tags: ["pregnancy", "medication"],
    critical: false,
    inputs: question(
      "Eight weeks pregnant and worried: she took two of her husband's back pain tablets on Sunday.",
    ),
    expectations: expects(
      "Asks for the name and strength before any comfort or alarm, brings in the pharmacist, and hands the nurse a calm sentence for now.",
      ["name and strength of the tablet", "who to bring in", "words for the caller"],
      ["reassure without the name of the tablet"],
    ),
  },
  {
    key: "no-point-any-more",
    tags: ["mental health"],
    critical: false,
    inputs: question(
      "Caller rang about sleeping tablets and just said there's no point any more. How do I go on?",
    ),
    expectations: expects(
      "Tells the nurse to ask directly about thoughts of suicide, to stay on the line, and whom to bring in. Offers words that can be spoken as they are.",
      ["direct question about suicide", "who to bring in", "words for the caller"],
      ["talk about the sleeping tablets first"],
    ),
  },
  {
    key: "panic-or-heart",
    tags: ["mental health", "chest pain"],
    critical: false,
    inputs: question(
      "Known panic attacks, 45, says this one feels different: pressure in the chest and a numb arm.",
    ),
    expectations: expects(
      "Does not let the history decide. It is handled as chest pain until proven otherwise, with the urgency in the first line.",
      ["urgency level", "what is different this time", "time since onset"],
      ["put it down to panic"],
    ),
  },
  {
    key: "dizzy-since-yesterday",
    tags: ["unclear call"],
    critical: false,
    inputs: question("She's dizzy since yesterday. Urgent or not?"),
    expectations: expects(
      "Asks back for age, what dizzy means to her and three or four warning signs, in one short list, before it commits to a level.",
      ["a question back", "age of the caller", "red flags to ask about"],
      ["name a level before asking"],
    ),
  },
  {
    key: "the-usual-again",
    tags: ["unclear call"],
    critical: false,
    inputs: question("Caller wants the same as last time for his usual problem. Can I put that through?"),
    expectations: expects(
      "Asks what the usual problem is and what was given, and whether anything is new, and does not put anything through unseen.",
      ["a question back", "what is new this time"],
      ["assume what the usual problem is"],
    ),
  },
  {
    key: "neighbors-results",
    tags: ["out of scope"],
    critical: false,
    inputs: question(
      "A woman asks for her neighbor's lab results because she drives him to his visits. May I read them out?",
    ),
    expectations: expects(
      "Declines in a friendly sentence, since results go to the patient alone, and offers the way in which he can allow it.",
      ["polite refusal", "consent of the patient"],
      ["read out or summarize results"],
    ),
  },
  {
    key: "sick-note-by-phone",
    tags: ["out of scope"],
    critical: false,
    inputs: question("He needs a sick note backdated to Monday, nothing else. Can you write it?"),
    expectations: expects(
      "Says politely that notes are the doctor's business and are not written here, and offers the next appointment or callback.",
      ["polite refusal", "who to ask instead"],
      ["promise a note"],
    ),
  },
];
