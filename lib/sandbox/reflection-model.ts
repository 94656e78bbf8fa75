import { type DataSection, readDataSections } from "@/lib/util/fence";
import { createDraws, type Draws } from "./draws";
import { asksTheSame, familiesOf, type LessonFamily, type SourcedLesson } from "./lessons/cluster";
import { type Lesson, lessonsOf } from "./lessons/lesson";
import { applyEdits, type Edit, editFor, isAskedFor, uselessEdit, withoutHarmful } from "./reflection/edits";
import { shortenText } from "./reflection/shorten";
import { instructionsOf } from "./task/instructions";
import { faultNamedBy } from "./text/faults";
import { capitalise, sentencesOf, withoutEndMark } from "./text/sentences";
import { ideasOf, overlap } from "./text/words";
import type { SandboxCall } from "./types";

const UNUSABLE = 0.02;
const MAX_EDITS = 3;
const HEEDS_HINT = 0.9;
/** A lesson that stands beside a guideline of the experts weighs this much more. */
const GUIDELINE_BOOST = 1.5;

/** Reads the feedback on examples and writes the component anew, with what is missing in its own words. */
export function answerReflection(call: SandboxCall): string {
  const prompt = call.messages.map((message) => message.content).join("\n\n");
  const sections = readDataSections(prompt);
  const draws = createDraws(call.seed, "reflect", prompt, call.sample);
  const current = textOf(sections, "component")[0] ?? "";
  if (draws.isBelow(UNUSABLE, "unusable"))
    return `I looked at the examples. The text could say more about ${current.split(/\s+/)[2] ?? "this"}, but I would leave it as it is.`;
  const keep = textOf(sections, "keep-variable");
  const [wantedLength] = textOf(sections, "wanted-length");
  if (wantedLength !== undefined)
    return shorterReply(sections, current, keep, Number.parseInt(wantedLength, 10));
  const families = complaintFamilies(sections);
  const harmless = withoutHarmful(current, families);
  const edits = chosenEdits(sections, families, harmless.text, draws);
  const text = applyEdits(harmless.text, edits, keep, draws);
  const removed = harmless.removed.map((sentence) => `takes out “${withoutEndMark(sentence)}”`);
  const summary = [...edits.map((edit) => edit.about), ...removed].slice(0, 3).join("; ");
  return inFences(text, {
    summary: summary === "" ? "Leaves the text nearly as it was" : capitalise(summary),
    changes: edits.map(({ sentence, exampleIds, guidelineIds }) => ({ sentence, exampleIds, guidelineIds })),
  });
}

function shorterReply(
  sections: readonly DataSection[],
  current: string,
  keep: readonly string[],
  wantedChars: number,
): string {
  const material = [...textOf(sections, "example-output"), ...textOf(sections, "example-feedback")];
  const { text, removed } = shortenText(current, material, keep, wantedChars);
  const told = removed.slice(0, 3).map((sentence) => `“${withoutEndMark(sentence)}”`);
  const summary = told.length === 0 ? "Leaves the text as it was" : `Takes out ${told.join(", ")}`;
  return inFences(text, { summary, changes: [] });
}

/** What the feedback asks for, the most frequent and the worst graded first, freed from the words of single records. */
function complaintFamilies(sections: readonly DataSection[]): LessonFamily[] {
  const guidelines = guidelineLessons(sections);
  const lessons = sections
    .filter((section) => section.name === "example-feedback")
    .flatMap((section): SourcedLesson[] => {
      const partner = (name: string): string =>
        sections.find((other) => other.name === name && other.ref === section.ref)?.text ?? "";
      const inputs = ideasOf(partner("example-inputs"));
      const weight = 1.2 - Math.min(1, Math.max(0, Number.parseFloat(partner("example-score")) || 0));
      return lessonsOf(section.text)
        .filter((lesson) => !isAboutOneRecord(lesson, inputs))
        .map((lesson) => {
          const isBacked = guidelines.some((guideline) => asksTheSame(guideline.lesson, lesson));
          return { lesson, source: section.ref ?? "", weight: isBacked ? weight * GUIDELINE_BOOST : weight };
        });
    });
  return familiesOf(lessons);
}

function guidelineLessons(sections: readonly DataSection[]): { ref: string; lesson: Lesson }[] {
  return sections
    .filter((section) => section.name === "guideline")
    .flatMap((section) => {
      const [order] = instructionsOf(section.text);
      if (!order) return [];
      const kind = order.kind === "forbid" ? "forbid" : order.kind === "brief" ? "brief" : "want";
      const lesson: Lesson = {
        kind,
        order: order.text,
        fault: null,
        ideas: ideasOf(order.kind === "forbid" ? order.object : order.text),
      };
      return [{ ref: section.ref ?? "", lesson }];
    });
}

/** Most of its words are the question's own: it would not help another question. */
function isAboutOneRecord(lesson: Lesson, inputs: ReadonlySet<string>): boolean {
  if (lesson.fault !== null) return false;
  const own = [...lesson.ideas].filter((idea) => inputs.has(idea)).length;
  return own / lesson.ideas.size > 0.5;
}

function chosenEdits(
  sections: readonly DataSection[],
  families: readonly LessonFamily[],
  text: string,
  draws: Draws,
): Edit[] {
  const rejected = textOf(sections, "rejected-edit").map((edit) =>
    ideasOf(edit.replace(/\([^()]*\)\s*$/, "")),
  );
  const guidelines = guidelineLessons(sections);
  const isTriedBefore = (lesson: Lesson): boolean =>
    rejected.some((edit) => overlap(lesson.ideas, edit) >= 0.8);
  const open = families.filter((family) => !isAskedFor(family.lesson, text) && !isTriedBefore(family.lesson));
  const room = draws.between(1, MAX_EDITS, "room");
  const learned = open.slice(0, Math.max(room, hasSecondParent(sections) ? 1 : 2)).flatMap((family) => {
    const cited = guidelines
      .filter((guideline) => asksTheSame(guideline.lesson, family.lesson))
      .map((guideline) => guideline.ref);
    const edit = editFor(family, cited, draws);
    return edit ? [edit] : [];
  });
  const all = [
    ...hintEdits(sections, text, draws),
    ...crossoverEdits(sections, text),
    ...learned,
    ...uselessEdit(draws),
  ];
  return all.filter(
    (edit, index) =>
      !text.includes(edit.sentence) && all.findIndex((other) => other.sentence === edit.sentence) === index,
  );
}

/** What a person says is put into the text nearly word for word. */
function hintEdits(sections: readonly DataSection[], text: string, draws: Draws): Edit[] {
  return textOf(sections, "hint").flatMap((hint, index) => {
    if (!draws.isBelow(HEEDS_HINT, "hint", index) || isAskedFor({ ideas: ideasOf(hint), fault: null }, text))
      return [];
    const sentence = `${capitalise(withoutEndMark(sentencesOf(hint)[0] ?? hint))}.`;
    return [{ sentence, exampleIds: [], guidelineIds: [], about: withoutEndMark(sentence).toLowerCase() }];
  });
}

function hasSecondParent(sections: readonly DataSection[]): boolean {
  return sections.some((section) => section.name === "other-component");
}

/** For a crossover: the second parent's orders that the first does not have. */
function crossoverEdits(sections: readonly DataSection[], text: string): Edit[] {
  const other = textOf(sections, "other-component")[0];
  if (other === undefined) return [];
  return sentencesOf(other)
    .filter((sentence) =>
      instructionsOf(sentence).some(
        (order) => !isAskedFor({ ideas: order.ideas, fault: faultNamedBy(order.text, order.ideas) }, text),
      ),
    )
    .map((sentence) => ({
      sentence,
      exampleIds: [],
      guidelineIds: [],
      about: withoutEndMark(sentence).toLowerCase(),
    }));
}

function textOf(sections: readonly DataSection[], name: string): string[] {
  return sections.filter((section) => section.name === name).map((section) => section.text);
}

/** CommonMark: a fence longer than any run of backticks in the text. */
function inFences(text: string, changes: unknown): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), (match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}component\n${text}\n${fence}\n\n\`\`\`changes\n${JSON.stringify(changes)}\n\`\`\``;
}
