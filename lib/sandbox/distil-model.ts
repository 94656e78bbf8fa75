import { type DataSection, readDataSections } from "@/lib/util/fence";
import { createDraws } from "./draws";
import { qualityIn, type ReadScale, readScale } from "./judge/values";
import { asksTheSame, familiesOf, type SourcedLesson } from "./lessons/cluster";
import { type Lesson, lessonsOf, lessonsOfPraise } from "./lessons/lesson";
import { asInstruction } from "./lessons/wording";
import type { SandboxCall } from "./types";

const MAX_GUIDELINES = 10;
const PRAISED_FROM = 0.7;
const PRAISE_WEIGHT = 0.4;
/** What so large a share of the labels say, and so many of them, holds for any question. */
const GENERAL_SHARE = 0.2;
const GENERAL_FROM = 3;
/** Once in so many families the model gives a source that is not there, as real ones do. */
const SLIP = 0.03;

/** Finds what the reasons of the labels have in common and words each as a guideline with its sources. */
export function answerDistil(call: SandboxCall): string {
  const sections = readDataSections(call.messages.map((message) => message.content).join("\n\n"));
  const scale = readScale(sections.find((section) => section.name === "scale")?.text) ?? {
    values: [1, 2, 3, 4, 5],
  };
  const labels = sections.filter((section) => section.name === "label-reason");
  const lessons = labels.flatMap((label) => sourcedLessons(label, gradeOf(label, sections, scale)));
  const known = sections
    .filter((section) => section.name === "existing-guideline")
    .flatMap((section) => lessonsOf(section.text));
  const draws = createDraws(
    call.seed,
    "distil",
    lessons.map((one) => one.lesson.order).join("|"),
    call.sample,
  );
  const families = familiesOf(lessons)
    .filter((family) => !known.some((lesson) => asksTheSame(lesson, family.lesson)))
    .filter((family) => family.sources.length > 1 || family.weight >= 0.6)
    .slice(0, MAX_GUIDELINES);
  const guidelines = families.map((family, index) => ({
    text: asInstruction(
      family.lesson,
      draws.at("wording", index),
      family.sources.length >= Math.max(GENERAL_FROM, labels.length * GENERAL_SHARE),
    ),
    sourceLabelIds: draws.isBelow(SLIP, "slip", index) ? [...family.sources, "L0"] : family.sources,
  }));
  return JSON.stringify({ guidelines });
}

function gradeOf(label: DataSection, sections: readonly DataSection[], scale: ReadScale): number {
  const grade =
    sections.find((section) => section.name === "label-grade" && section.ref === label.ref)?.text ?? "";
  return qualityIn(grade, scale) ?? 0;
}

function sourcedLessons(label: DataSection, quality: number): SourcedLesson[] {
  const source = label.ref ?? "";
  if (source === "") return [];
  const found: SourcedLesson[] = lessonsOf(label.text).map((lesson) => ({
    lesson,
    source,
    weight: 1.2 - quality,
  }));
  if (quality < PRAISED_FROM) return found;
  const praised: Lesson[] = lessonsOfPraise(label.text);
  return [...found, ...praised.map((lesson) => ({ lesson, source, weight: PRAISE_WEIGHT }))];
}
