import { Disclosure } from "@/components/ui/disclosure";
import { TextBlock } from "@/components/ui/text-block";
import type { AgentExchange, AgentTest } from "@/lib/contracts/targets";
import { TestReport } from "./test-report";

/** What a test of the agent found, in words, with what was sent and what came back. */
export function AgentTestReport({ test }: { test: AgentTest }) {
  return (
    <div className="mt-4 space-y-3">
      <TestReport report={test} />
      {test.question.received?.output && (
        <div>
          <h3 className="font-semibold">It answered</h3>
          <TextBlock text={test.question.received.output} maxLines={8} />
        </div>
      )}
      <Disclosure summary="The question: what was sent, and what came back">
        <Exchange exchange={test.question} />
      </Disclosure>
      {test.canary && (
        <Disclosure summary="The check of the prompt: what was sent, and what came back">
          <Exchange exchange={test.canary} />
        </Disclosure>
      )}
    </div>
  );
}

function Exchange({ exchange: { sent, received } }: { exchange: AgentExchange }) {
  return (
    <div className="space-y-3">
      <TextBlock
        text={`POST ${sent.url}\n${sent.headers.join("\n")}\n\n${sent.body}`}
        isMono
        maxLines={null}
      />
      {received ? (
        <TextBlock text={`Status ${received.status}\n\n${received.body}`} isMono maxLines={null} />
      ) : (
        <p className="text-ink-muted">Nothing came back.</p>
      )}
    </div>
  );
}
