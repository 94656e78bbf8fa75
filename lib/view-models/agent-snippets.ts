interface AgentSnippet {
  language: "TypeScript" | "Python";
  file: string;
  code: string;
}

/**
 * Adapters to copy: an HTTP server around an agent that takes its prompt from the request. They answer in the shape
 * that the form expects by default. The TypeScript one runs under Node as it is, the Python one with nothing installed.
 */
export const agentSnippets: readonly AgentSnippet[] = [
  {
    language: "TypeScript",
    file: "adapter.ts",
    code: `import { createServer } from "node:http";
import { answer } from "./my-agent.ts"; // your agent: (system, messages, { dryRun }) => { text, steps, usage }

createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const { messages, fields, prompts, dry_run } = JSON.parse(body);
  const fill = (text: string) => text.replace(/\\{\\{\\s*([^{}]+?)\\s*\\}\\}/g, (_, name) => fields[name] ?? "");
  const system = Object.values<string>(prompts).map(fill).join("\\n\\n"); // use these texts, not your own
  const { text, steps = [], usage = {} } = await answer(system, messages, { dryRun: dry_run }); // book nothing
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ text, steps, usage })); // steps: [{ tool, arguments, result, ms }]
}).listen(Number(process.env.PORT ?? 8787), "127.0.0.1");`,
  },
  {
    language: "Python",
    file: "adapter.py",
    code: `import json, re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from my_agent import answer  # your agent: (system, messages, dry_run) -> {"text", "steps", "usage"}

class Adapter(BaseHTTPRequestHandler):
    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fill = lambda text: re.sub(r"\\{\\{\\s*([^{}]+?)\\s*\\}\\}", lambda found: sent["fields"].get(found[1], ""), text)
        system = "\\n\\n".join(fill(text) for text in sent["prompts"].values())  # use these texts, not your own
        reply = answer(system, sent["messages"], dry_run=sent["dry_run"])  # book nothing
        body = json.dumps(reply).encode()  # steps: [{"tool", "arguments", "result", "ms"}]
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

ThreadingHTTPServer(("127.0.0.1", 8787), Adapter).serve_forever()`,
  },
];
