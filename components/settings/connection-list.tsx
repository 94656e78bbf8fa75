"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import type { ConnectionTest, ConnectionView } from "@/lib/contracts/projects";
import { wordsOf } from "@/lib/queries/api-fetch";
import { testConnection } from "@/lib/queries/projects";
import { ConnectionDialog } from "./connection-dialog";
import { TestReport } from "./test-report";

/** Endpoints of models, with a test that says in words what is wrong. */
export function ConnectionList({
  connections,
  mayEdit,
}: {
  connections: readonly ConnectionView[];
  mayEdit: boolean;
}) {
  const router = useRouter();
  const [edited, setEdited] = useState<ConnectionView | "new" | null>(null);
  return (
    <div className="space-y-3">
      <ul className="divide-y divide-line">
        {connections.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            mayEdit={mayEdit}
            onEdit={() => setEdited(connection)}
          />
        ))}
      </ul>
      {mayEdit ? (
        <Button onClick={() => setEdited("new")}>Connect a model</Button>
      ) : (
        <p className="text-ink-muted">An engineer of a project can add connections.</p>
      )}
      {edited && (
        <ConnectionDialog
          connection={edited === "new" ? null : edited}
          onClose={(saved) => {
            setEdited(null);
            if (saved) router.refresh();
          }}
        />
      )}
    </div>
  );
}

function ConnectionRow({
  connection,
  mayEdit,
  onEdit,
}: {
  connection: ConnectionView;
  mayEdit: boolean;
  onEdit(): void;
}) {
  const [report, setReport] = useState<ConnectionTest | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const test = async () => {
    setPending(true);
    setError(null);
    try {
      setReport(await testConnection(connection.id, null));
    } catch (problem) {
      setError(wordsOf(problem));
    } finally {
      setPending(false);
    }
  };
  return (
    <li className="space-y-2 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="font-medium">{connection.name}</span>
        {connection.kind === "simulated" && <SimulatedTag />}
        {connection.fromEnvironment && <Badge>from the environment</Badge>}
        <span className="min-w-0 flex-1 basis-40 truncate text-ink-muted">
          {connection.kind === "simulated" ? "inside Touchstone" : connection.baseUrl}
        </span>
        {mayEdit && (
          <span className="flex gap-2">
            <Button
              size="sm"
              onClick={test}
              pending={isPending}
              pendingLabel="Testing"
              aria-label={`Test ${connection.name}`}
            >
              Test
            </Button>
            {connection.kind === "real" && (
              <Button size="sm" onClick={onEdit} aria-label={`Edit ${connection.name}`}>
                Edit
              </Button>
            )}
          </span>
        )}
      </div>
      {error && (
        <p role="alert" className="text-worse">
          {error}
        </p>
      )}
      {report && <TestReport report={report} />}
    </li>
  );
}
