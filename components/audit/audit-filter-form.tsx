"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type AuditFilter, auditWords } from "@/lib/contracts/audit";

interface AuditFilterFormProps {
  path: string;
  filter: AuditFilter;
  actions: readonly string[];
}

/** A plain form that goes to an address: it works before the page is alive. */
export function AuditFilterForm({ path, filter, actions }: AuditFilterFormProps) {
  const [action, setAction] = useState(filter.action ?? "");
  const options = actions.map((code) => ({ value: code, label: auditWords(code) }));
  return (
    <search aria-label="Filter the log">
      <form action={path} method="get" className="mb-4 flex flex-wrap items-end gap-3">
        <Field label="Who" className="min-w-0 flex-1 basis-36">
          <Input name="who" defaultValue={filter.who ?? ""} maxLength={120} autoComplete="off" />
        </Field>
        <Field label="Did what" className="min-w-0 flex-1 basis-52">
          <Select
            name="action"
            value={action}
            onValueChange={setAction}
            options={[{ value: "", label: "anything" }, ...options]}
          />
        </Field>
        <Field label="To what (id)" className="min-w-0 flex-1 basis-36">
          <Input name="subject" defaultValue={filter.subject ?? ""} maxLength={120} autoComplete="off" />
        </Field>
        <Field label="From" className="basis-36">
          <Input name="from" type="date" defaultValue={filter.from ?? ""} />
        </Field>
        <Field label="To" className="basis-36">
          <Input name="to" type="date" defaultValue={filter.to ?? ""} />
        </Field>
        {filter.projectId && <input type="hidden" name="projectId" value={filter.projectId} />}
        <Button type="submit">Filter</Button>
      </form>
    </search>
  );
}
