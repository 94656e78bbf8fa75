import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import type { MlflowLinkView } from "@/lib/contracts/mlflow";
import { serviceName } from "@/lib/view-models/mlflow-words";

/** Which services the server was found to have. One that is missing takes nothing else with it. */
export function ServicesList({
  services: { version, parts },
  checkedAt,
}: {
  services: NonNullable<MlflowLinkView["services"]>;
  checkedAt: number | null;
}) {
  return (
    <div className="mt-5 border-t border-line pt-4">
      <p className="text-ink-muted">
        {version === null ? "MLflow, version not told" : `MLflow ${version}`}
        {checkedAt !== null && (
          <>
            , as of <LocalTime at={checkedAt} form="full" />
          </>
        )}
        .
      </p>
      <ul className="mt-2 grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {parts.map(({ service, isThere, detail }) => (
          <li key={service}>
            <Mark kind={isThere ? "done" : "removed"} word={isThere ? "there" : "missing"} />{" "}
            <span className="font-medium">{serviceName[service]}</span>
            <span className="text-ink-muted">
              : {isThere ? detail : "this server has none. The rest works without it"}.
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
