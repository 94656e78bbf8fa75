"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FieldError } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { StorageView as Storage } from "@/lib/contracts/storage";
import { wordsOf } from "@/lib/queries/api-fetch";
import { compactStorage } from "@/lib/queries/server";
import { sum } from "@/lib/util/math";
import { countOf } from "@/lib/view-models/run-names";
import { bytesInWords, storageSentence } from "@/lib/view-models/storage-words";

/** How large everything is and what grows. */
export function StorageView({ initial }: { initial: Storage }) {
  const [storage, setStorage] = useState(initial);
  const { file, tables, lastBackupAt, unfinishedErasures, removing } = storage;
  return (
    <>
      <PageHeader
        above={<TextLink href="/server">This server</TextLink>}
        title="Storage"
        sentence={storageSentence(storage)}
      />
      <div className="space-y-6">
        {unfinishedErasures > 0 && (
          <Callout title="Erased text may still be in deleted pages of the file" tone="warning">
            The file could not be written anew after the last time that text was erased. Make room on the
            disk, then write it anew below.
          </Callout>
        )}
        {removing.length > 0 && (
          <Callout title={`${countOf(removing.length, "deleted project")} being removed`}>
            {countOf(sum(removing.map(({ rows }) => rows)), "row")} so far. It goes on by itself, also after a
            restart.
          </Callout>
        )}
        <Card title="Backups" id="backups">
          <p className="measure">
            {lastBackupAt === null ? (
              "No backup is known. "
            ) : (
              <>
                The newest backup was made on <LocalTime at={lastBackupAt} form="full" />.{" "}
              </>
            )}
            <code className="font-mono text-sm">npm run backup -- FILE</code> makes one while the server runs;
            put it where this disk is not.
          </p>
        </Card>
        <Card title="The file" id="file">
          <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[max-content_1fr]">
            <dt className="text-ink-muted">Database</dt>
            <dd>{bytesInWords(file.bytes)}</dd>
            <dt className="text-ink-muted">Of it empty pages</dt>
            <dd>{bytesInWords(file.emptyBytes)}</dd>
            <dt className="text-ink-muted">Write-ahead log</dt>
            <dd>{bytesInWords(file.walBytes)}, emptied every five minutes</dd>
            <dt className="text-ink-muted">Free on the disk</dt>
            <dd>{file.freeBytes === null ? "not known" : bytesInWords(file.freeBytes)}</dd>
          </dl>
          <Compact storage={storage} onDone={setStorage} />
        </Card>
        <Card title="What takes the room" isFlush>
          <Table
            caption="Tables, largest first"
            columns={[
              { key: "what", header: "What", isRowHeader: true, cell: ({ what }) => what },
              { key: "bytes", header: "Size", isNumeric: true, cell: ({ bytes }) => bytesInWords(bytes) },
              { key: "rows", header: "Rows", isNumeric: true, cell: ({ rows }) => rows.toLocaleString("en") },
              {
                key: "week",
                header: "Added in seven days",
                isNumeric: true,
                cell: ({ rowsThisWeek }) => rowsThisWeek.toLocaleString("en"),
              },
            ]}
            rows={tables}
            rowKey={({ table }) => table}
          />
        </Card>
      </div>
    </>
  );
}

function Compact({ storage, onDone }: { storage: Storage; onDone(storage: Storage): void }) {
  const [isAsking, setAsking] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const compact = async () => {
    setPending(true);
    setError(null);
    try {
      onDone(await compactStorage());
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
      setAsking(false);
    }
  };
  const seconds = storage.secondsToCompact;
  return (
    <div className="mt-4 space-y-2">
      <Button onClick={() => setAsking(true)}>Write the file anew</Button>
      {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Write the database file anew"
        confirmLabel="Write it anew"
        pending={isPending}
        onConfirm={compact}
      >
        Empty pages go back to the disk, and nothing that was deleted is left in the file. It needs{" "}
        {bytesInWords(storage.file.bytes)} of free room, and the server answers nobody for about{" "}
        {seconds === 1 ? "a second" : `${seconds} seconds`}.
      </ConfirmDialog>
    </div>
  );
}
