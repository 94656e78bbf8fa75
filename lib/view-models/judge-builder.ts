import type { EditJudgeInput, JudgeVersionDetail } from "@/lib/contracts/judge-page";
import type { JudgeView } from "@/lib/contracts/judges";
import { anchorsOf, meaningsOf } from "./judge-draft";

type Version = JudgeVersionDetail["version"];

/** What the builder edits, as its fields hold it. */
export interface BuilderDraft {
  instructions: string;
  meanings: string[];
  goodEnough: Version["goodEnough"];
}

export function builderDraftOf(scale: JudgeView["scale"], version: Version): BuilderDraft {
  const { instructions, anchors, goodEnough } = version;
  return { instructions, meanings: meaningsOf(scale, anchors), goodEnough };
}

/** What differs from the saved version; null when nothing does. */
export function builderChanges(
  scale: JudgeView["scale"],
  version: Version,
  draft: BuilderDraft,
): Omit<EditJudgeInput, "baseVersionId"> | null {
  const saved = builderDraftOf(scale, version);
  const changes = {
    ...(draft.instructions === saved.instructions ? {} : { instructions: draft.instructions }),
    ...(draft.meanings.every((meaning, index) => meaning === saved.meanings[index])
      ? {}
      : { anchors: anchorsOf(scale, draft.meanings) }),
    ...(draft.goodEnough === saved.goodEnough ? {} : { goodEnough: draft.goodEnough }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}
