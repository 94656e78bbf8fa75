"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Fieldset } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { RuleSpecView } from "@/lib/contracts/judges";
import { parsedSchema, RULE_KINDS, START_RULES } from "@/lib/view-models/judge-rule";

interface RuleFieldsProps {
  rule: RuleSpecView;
  onRule: (rule: RuleSpecView) => void;
  error: string | null;
}

/** What a rule checks: one kind of check, and what it needs to know. */
export function RuleFields({ rule, onRule, error }: RuleFieldsProps) {
  return (
    <Fieldset
      legend="The rule"
      hint="Checked by code on every answer: pass or fail, at once, for nothing. It is never taught."
      error={error}
    >
      <Field label="An answer passes when it">
        <Select options={RULE_KINDS} value={rule.kind} onValueChange={(kind) => onRule(START_RULES[kind])} />
      </Field>
      <RuleDetail rule={rule} onRule={onRule} />
    </Fieldset>
  );
}

function RuleDetail({ rule, onRule }: Omit<RuleFieldsProps, "error">) {
  switch (rule.kind) {
    case "contains":
    case "never-contains":
      return (
        <>
          <Field label="Text">
            <Input value={rule.text} onChange={(event) => onRule({ ...rule, text: event.target.value })} />
          </Field>
          <Checkbox
            label="Capital letters matter"
            checked={rule.caseSensitive}
            onCheckedChange={(caseSensitive) => onRule({ ...rule, caseSensitive })}
          />
        </>
      );
    case "pattern":
      return (
        <Field label="Pattern" hint="A regular expression, for those who know them: \d+ of \d+">
          <Input
            className="font-mono"
            value={rule.pattern}
            onChange={(event) => onRule({ ...rule, pattern: event.target.value })}
          />
        </Field>
      );
    case "length":
      return (
        <div className="grid grid-cols-2 gap-3">
          <Field label="At least, words">
            <Input
              type="number"
              min={0}
              value={rule.minWords ?? ""}
              onChange={(event) => onRule({ ...rule, minWords: numberOrNull(event.target.valueAsNumber) })}
            />
          </Field>
          <Field label="At most, words">
            <Input
              type="number"
              min={0}
              value={rule.maxWords ?? ""}
              onChange={(event) => onRule({ ...rule, maxWords: numberOrNull(event.target.valueAsNumber) })}
            />
          </Field>
        </div>
      );
    case "json-schema":
      return (
        <SchemaField schema={rule.schema} onSchema={(schema) => onRule({ kind: "json-schema", schema })} />
      );
    case "tool-called":
      return (
        <>
          <Field label="Tool" hint="As the agent names it in its steps.">
            <Input value={rule.tool} onChange={(event) => onRule({ ...rule, tool: event.target.value })} />
          </Field>
          <Checkbox
            label="It must be called (without the tick: it must not)"
            checked={rule.expected}
            onCheckedChange={(expected) => onRule({ ...rule, expected })}
          />
        </>
      );
  }
}

function SchemaField({ schema, onSchema }: { schema: unknown; onSchema: (schema: unknown) => void }) {
  const [text, setText] = useState(() => JSON.stringify(schema, null, 2));
  const read = parsedSchema(text);
  const change = (next: string) => {
    setText(next);
    const parsed = parsedSchema(next);
    if (parsed.isJson) onSchema(parsed.schema);
  };
  return (
    <Field label="JSON schema" error={read.isJson ? null : "This is not JSON yet."}>
      <Textarea
        className="font-mono"
        rows={8}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    </Field>
  );
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
