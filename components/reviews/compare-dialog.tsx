"use client";

import { Dialog } from "@/components/ui/dialog";
import { TextBlock } from "@/components/ui/text-block";
import type { EvidencePair } from "@/lib/contracts/reviews";

interface CompareDialogProps {
  pair: EvidencePair | null;
  onClose: () => void;
  before: number | null;
  after: number;
}

/** Both answers to one question, with the judge's words. */
export function CompareDialog({ pair, onClose, before, after }: CompareDialogProps) {
  return (
    <Dialog
      title="Compare the answers"
      description={pair?.question}
      open={pair !== null}
      onOpenChange={(open) => !open && onClose()}
      size="lg"
    >
      {pair && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 md:grid-cols-2">
          <Side name={before === null ? "Before" : `v${before}`} side={pair.before} />
          <Side name={`v${after}`} side={pair.after} />
        </div>
      )}
    </Dialog>
  );
}

function Side({ name, side }: { name: string; side: EvidencePair["before"] }) {
  return (
    <section className="min-w-0">
      <h3 className="font-semibold">
        {name} · {side.shown}
      </h3>
      <TextBlock text={side.output} maxLines={null} emptyText="It gave no answer." className="mt-2" />
      <h4 className="mt-3 text-sm text-ink-muted">What the judge says</h4>
      <TextBlock text={side.rationale} maxLines={null} emptyText="Nothing." className="text-sm" />
    </section>
  );
}
