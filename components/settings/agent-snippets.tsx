import { CopyButton } from "@/components/ui/copy-button";
import { Tabs } from "@/components/ui/tabs";
import { agentSnippets } from "@/lib/view-models/agent-snippets";

/** What an agent is asked and has to answer, and an adapter to copy. */
export function AgentSnippets() {
  const items = agentSnippets.map(({ language, file, code }) => ({
    value: language,
    label: language,
    content: (
      <div className="space-y-2">
        <pre className="rounded-md border border-line bg-sunken p-3 font-mono text-sm wrap-anywhere whitespace-pre-wrap">
          {code}
        </pre>
        <CopyButton text={code} label={`Copy ${file}`} />
      </div>
    ),
  }));
  return (
    <>
      <p className="measure mb-3">
        Touchstone sends each question with the texts under test, and your agent must work with those texts
        instead of its own. <code>dry_run</code> is always true: nothing may be booked, sent or changed.{" "}
        <code>run_id</code> names the run. An answer may say what the agent did (<code>steps</code>) and what
        it used (<code>usage</code>: input_tokens, output_tokens, cost_usd); the judge sees the steps too.
      </p>
      <Tabs label="An adapter to copy" items={items} />
    </>
  );
}
