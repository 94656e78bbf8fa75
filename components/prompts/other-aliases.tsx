import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LocalTime } from "@/components/ui/local-time";
import type { PromptView } from "@/lib/contracts/prompts";

interface OtherAliasesProps {
  prompt: PromptView;
  onShowVersion: (version: number) => void;
}

/** Names beside *production* by which agents can ask for a version, such as *sandbox*. Nothing where there is none. */
export function OtherAliases({ prompt, onShowVersion }: OtherAliasesProps) {
  const others = prompt.aliases.filter(({ alias }) => alias !== "production");
  if (others.length === 0) return null;
  return (
    <Card title="Other aliases">
      <ul className="space-y-2">
        {others.map(({ alias, version, since }) => (
          <li key={alias} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <div className="min-w-0">
              <code className="break-all">
                {prompt.name}@{alias}
              </code>
              <p className="text-sm text-ink-muted">
                v{version}, since <LocalTime at={since} form="full" />
              </p>
            </div>
            <Button size="sm" onClick={() => onShowVersion(version)}>
              Look at v{version}
              <span className="sr-only">, which {alias} names</span>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
