interface Snippet {
  language: "curl" | "Python" | "TypeScript" | "MLflow";
  code: string;
}

/** How an agent fetches a prompt by its alias, to copy. The key is a placeholder in the environment, never a real one. */
export function fetchSnippets(origin: string, name: string, alias: string): Snippet[] {
  const url = `${origin}/api/v1/prompts/${name}@${alias}`;
  return [
    { language: "curl", code: `curl -H "Authorization: Bearer $TOUCHSTONE_KEY" ${url}` },
    {
      language: "Python",
      code: `import os, urllib.request, json

request = urllib.request.Request(
    "${url}",
    headers={"Authorization": "Bearer " + os.environ["TOUCHSTONE_KEY"]},
)
with urllib.request.urlopen(request, timeout=5) as response:
    prompt = json.load(response)["text"]`,
    },
    {
      language: "TypeScript",
      code: `const response = await fetch("${url}", {
  headers: { authorization: \`Bearer \${process.env.TOUCHSTONE_KEY}\` },
});
if (!response.ok) throw new Error(\`prompt: \${response.status}\`);
const { text } = (await response.json()) as { text: string };`,
    },
    { language: "MLflow", code: mlflowSnippet(origin, name, alias) },
  ];
}

/** The same with MLflow's own client: only its address and token are told. */
export function mlflowSnippet(origin: string, name: string, alias: string): string {
  return `# export MLFLOW_TRACKING_URI=${origin}
# export MLFLOW_TRACKING_TOKEN=$TOUCHSTONE_KEY
import mlflow

prompt = mlflow.genai.load_prompt("prompts:/${name}@${alias}")
prompt.template`;
}
