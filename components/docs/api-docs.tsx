import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";

interface ApiOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  who: string;
  scope: string | null;
  parameters: readonly { name: string; place: string; isRequired: boolean; about: string }[];
  body: string | null;
  response: string | null;
  status: number;
}

interface ApiDocsProps {
  areas: readonly { area: string; operations: readonly ApiOperation[] }[];
}

/** The REST API, area by area, with who may and what goes in and out. */
export function ApiDocs({ areas }: ApiDocsProps) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-4xl px-4 py-8 sm:px-6">
      <PageHeader title="API" above={<TextLink href="/">Touchstone</TextLink>} />
      <p className="measure text-ink-muted">
        Programs send an API key: <code className="font-mono text-sm">Authorization: Bearer tsk_…</code>. A
        key belongs to one project and does what its scopes say. Errors are{" "}
        <code className="font-mono text-sm">application/problem+json</code> with a code and words. The same
        description for machines:{" "}
        <TextLink href="/api/openapi.json" prefetch={false}>
          OpenAPI 3.1
        </TextLink>
        .
      </p>
      <nav aria-label="Areas" className="mt-4 flex flex-wrap gap-x-4 gap-y-1">
        {areas.map(({ area }) => (
          <TextLink key={area} href={`#${area}`}>
            {area}
          </TextLink>
        ))}
      </nav>
      {areas.map(({ area, operations }) => (
        <section key={area} id={area} aria-labelledby={`${area}-title`} className="mt-8 scroll-mt-4">
          <h2 id={`${area}-title`} className="text-lg font-semibold">
            {area}
          </h2>
          <ul className="mt-2 divide-y divide-line border-y border-line">
            {operations.map((operation) => (
              <li key={operation.id} className="py-3">
                <Operation operation={operation} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

function Operation({ operation }: { operation: ApiOperation }) {
  const { method, path, summary, who, scope, parameters, body, response, status } = operation;
  const hasDetails = parameters.length > 0 || body !== null || response !== null;
  return (
    <>
      <h3 className="font-mono text-sm break-all">
        <span className="font-semibold">{method}</span> {path}
      </h3>
      <p className="mt-1">{summary}</p>
      <p className="mt-1 flex flex-wrap gap-2 text-ink-muted">
        <Badge>{who}</Badge>
        {scope ? <Badge tone="accent">key: {scope}</Badge> : <span>no API key</span>}
      </p>
      {hasDetails && (
        <Disclosure summary="What goes in and out" className="mt-1">
          {parameters.length > 0 && (
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              {parameters.map(({ name, place, isRequired, about }) => (
                <div key={`${place} ${name}`} className="contents">
                  <dt className="font-mono text-sm">{name}</dt>
                  <dd className="text-ink-muted">
                    {place}
                    {isRequired ? ", required" : ""}
                    {about && ` · ${about}`}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {body !== null && <Schema title="Body" text={body} />}
          {response !== null && <Schema title={`Answer ${status}`} text={response} />}
        </Disclosure>
      )}
    </>
  );
}

function Schema({ title, text }: { title: string; text: string }) {
  return (
    <div className="mt-3">
      <p className="font-medium">{title}</p>
      <section
        aria-label={`${title}, as JSON Schema`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="mt-1 max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3"
      >
        <pre className="font-mono text-xs">{text}</pre>
      </section>
    </div>
  );
}
