import type { ReactNode } from "react";
import { Tag } from "@/components/ui/badge";
import { Mark } from "@/components/ui/mark";
import { Term } from "@/components/ui/term";
import { TextBlock } from "@/components/ui/text-block";
import type { OptimizationRecord } from "@/lib/contracts/records";

/** A record for those who may read it and not change it. */
export function RecordReader({ record }: { record: OptimizationRecord }) {
  const { inputs, expectations, tags, critical } = record;
  const isConversation = inputs.messages.length > 1;
  return (
    <div className="space-y-5">
      <section>
        <h3 className="font-medium">
          <Term code={isConversation ? "conversation" : "inputs"} />
        </h3>
        <ol className="mt-1.5 space-y-2">
          {inputs.messages.map((message, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: turns of a stored record do not move
            <li key={index} className={isConversation ? "rounded-md border border-line p-2" : undefined}>
              {isConversation && (
                <p className="text-xs text-ink-muted">
                  {message.role === "user" ? "A person asks" : "The assistant answers"}
                </p>
              )}
              <TextBlock text={message.content} />
            </li>
          ))}
        </ol>
      </section>
      {Object.entries(inputs.fields).map(([name, text]) => (
        <section key={name}>
          <h3 className="font-medium">{name}</h3>
          <TextBlock text={text} />
        </section>
      ))}
      <section>
        <h3 className="font-medium">
          <Term code="expectations" />
        </h3>
        <TextBlock text={expectations.expected_response} emptyText="Nobody has said it yet." />
      </section>
      <Notes title={<Term code="facts" />} notes={expectations.facts} />
      <Notes title={<Term code="must-never" />} notes={expectations.mustNever} />
      {tags.length > 0 && (
        <p className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
      )}
      {critical && (
        <p>
          <Mark kind="warning" isDecoration /> <Term code="critical">Must never fail</Term>
        </p>
      )}
    </div>
  );
}

function Notes({ title, notes }: { title: ReactNode; notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="list-disc ps-5">
        {notes.map((note) => (
          <li key={note} dir="auto">
            {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
