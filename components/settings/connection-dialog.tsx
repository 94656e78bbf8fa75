"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ConnectionTest, ConnectionView } from "@/lib/contracts/projects";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { saveConnection, testConnection } from "@/lib/queries/projects";
import { limitDraftOf, limitsOf } from "@/lib/view-models/limit-form";
import { priceDraftsOf, pricesOf } from "@/lib/view-models/price-form";
import { LimitFields } from "./limit-fields";
import { PriceFields } from "./price-fields";
import { TestReport } from "./test-report";

/** Base URL and key of an OpenAI-compatible endpoint; saved, then tested at once. */
export function ConnectionDialog({
  connection,
  onClose,
}: {
  connection: ConnectionView | null;
  onClose(saved: boolean): void;
}) {
  const [name, setName] = useState(connection?.name ?? "");
  const [baseUrl, setBaseUrl] = useState(connection?.baseUrl ?? "");
  const [apiKey, setApiKey] = useState("");
  const [model, setModel] = useState("");
  const [savedId, setSavedId] = useState(connection?.id ?? null);
  const [report, setReport] = useState<ConnectionTest | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const [priceDrafts, setPriceDrafts] = useState(() => priceDraftsOf(connection?.prices ?? {}));
  const [limits, setLimits] = useState(() => limitDraftOf(connection));
  const [priceProblem, setPriceProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const priced = pricesOf(priceDrafts);
    setPriceProblem(priced.ok ? null : priced.problem);
    if (!priced.ok) return;
    setPending(true);
    setError(null);
    setReport(null);
    try {
      const saved = await saveConnection(savedId, {
        name,
        baseUrl,
        ...(apiKey === "" ? {} : { apiKey }),
        prices: priced.prices,
        ...limitsOf(limits),
      });
      setSavedId(saved.id);
      setReport(await testConnection(saved.id, model.trim() === "" ? null : model.trim()));
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose(savedId !== null);
      }}
      title={connection ? `Edit ${connection.name}` : "Connect a model"}
      description="Any endpoint that speaks OpenAI's protocol: OpenAI, Databricks serving endpoints, vLLM, Ollama."
      footer={
        <>
          <Button onClick={() => onClose(savedId !== null)}>{report ? "Done" : "Cancel"}</Button>
          <Button
            type="submit"
            form="connection"
            variant="primary"
            pending={isPending}
            pendingLabel="Saving and testing"
          >
            Save and test
          </Button>
        </>
      }
    >
      <form id="connection" onSubmit={submit} className="space-y-4">
        <Field label="Name" required error={fieldErrorOf(error, "name") ?? undefined}>
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={120}
            autoComplete="off"
          />
        </Field>
        <Field
          label="Base URL"
          required
          hint="It usually ends in /v1."
          error={fieldErrorOf(error, "baseUrl") ?? undefined}
        >
          <Input
            type="url"
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.target.value)}
            required
            placeholder="https://api.openai.com/v1"
            autoComplete="off"
          />
        </Field>
        <Field
          label="Key"
          optional
          hint={
            connection?.hasKey
              ? "One is stored, sealed. Leave this empty to keep it."
              : "It is sealed on this server and never shown again."
          }
        >
          <Input
            type="password"
            value={apiKey}
            onChange={(event) => setApiKey(event.target.value)}
            autoComplete="off"
          />
        </Field>
        <Field
          label="Model for the test"
          optional
          hint="The test asks it for one short answer. Nothing of your project is sent."
        >
          <Input
            value={model}
            onChange={(event) => setModel(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <LimitFields draft={limits} error={error} onChange={setLimits} />
        <PriceFields drafts={priceDrafts} problem={priceProblem} onChange={setPriceDrafts} />
        {error !== null && (
          <p role="alert" className="text-worse">
            {wordsOf(error)}
          </p>
        )}
        {report && <TestReport report={report} />}
      </form>
    </Dialog>
  );
}
