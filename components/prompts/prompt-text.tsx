import { TextBlock } from "@/components/ui/text-block";
import type { PromptVersionView } from "@/lib/contracts/prompts";

interface PromptTextProps {
  version: Pick<PromptVersionView, "components" | "layout" | "text">;
  /** Lines shown of each part before "Show all"; null = all. */
  maxLines: number | null;
}

const BOX = "rounded-md border border-line bg-sunken p-3";

/** A version's words: as one text, or part by part under their names, in the order in which agents read them. */
export function PromptText({ version: { components, layout, text }, maxLines }: PromptTextProps) {
  if (layout.length <= 1) return <TextBlock text={text} maxLines={maxLines} className={BOX} />;
  return (
    <div className="space-y-3">
      {layout.map((name) => (
        <section key={name} aria-label={`Part ${name}`}>
          <h4 className="mb-1 font-medium">{name}</h4>
          <TextBlock text={components[name] ?? ""} maxLines={maxLines} className={BOX} />
        </section>
      ))}
    </div>
  );
}
