import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Mark } from "@/components/ui/mark";
import type { RunView } from "@/lib/contracts/runs";
import type { ShownScale } from "@/lib/view-models/run-scale";
import { type FamilyNode, prepareFamilyTree } from "@/lib/view-models/run-tree";
import { CandidateBecause } from "./candidate-because";

interface FamilyTreeProps {
  view: RunView;
  scale: ShownScale;
  runId: string;
  onLook(candidateId: string): void;
}

/** Who came from whom: nested lists, so that it reads the same without eyes. */
export function FamilyTree({ view, scale, runId, onLook }: FamilyTreeProps) {
  const root = prepareFamilyTree(view, scale);
  if (root === null) return <p className="text-ink-muted">No candidate yet.</p>;
  return (
    <ul className="overflow-x-auto">
      <Branch node={root} runId={runId} onLook={onLook} />
    </ul>
  );
}

interface BranchProps {
  node: FamilyNode;
  runId: string;
  onLook(candidateId: string): void;
}

function Branch({ node, runId, onLook }: BranchProps) {
  const isOut = node.status === "refused" || node.status === "rejected";
  return (
    <li>
      <div className="flex items-start gap-2 py-1">
        <Button
          size="sm"
          variant={isOut ? "quiet" : "secondary"}
          className="shrink-0"
          onClick={() => onLook(node.candidateId)}
        >
          {node.name}
        </Button>
        {node.depth > 0 && <CandidateBecause runId={runId} node={node} />}
        <span className={cx("min-w-0 pt-1", isOut && "text-ink-muted")}>
          {node.isRecommended && <Mark kind="recommended" className="me-1" />}
          {node.isFront && <Mark kind="front" className="me-1" />}
          {!isOut && node.score !== null && <span className="font-medium tabular-nums">{node.score} </span>}
          {node.outcome !== "" && <span>{node.outcome} </span>}
          {node.otherParents.length > 0 && <span>also from {node.otherParents.join(", ")} </span>}
          {node.summary !== "" && <span dir="auto">“{node.summary}”</span>}
        </span>
      </div>
      {node.children.length > 0 && (
        <ul className={cx("border-s border-line-strong ps-4", node.depth < 8 ? "ms-3" : "ms-0")}>
          {node.children.map((child) => (
            <Branch key={child.candidateId} node={child} runId={runId} onLook={onLook} />
          ))}
        </ul>
      )}
    </li>
  );
}
