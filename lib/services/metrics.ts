import "server-only";
import type { ShutdownHub } from "@/lib/streaming/shutdown-hub";
import type { ServiceDeps } from "./service-deps";

interface Metric {
  name: string;
  help: string;
  type: "gauge" | "counter";
  samples: readonly { labels?: Readonly<Record<string, string>>; value: number }[];
}

/** What an operator's Prometheus reads: numbers only, nothing of any project. */
export function renderMetrics(
  { repos, models, bus }: Pick<ServiceDeps, "repos" | "models" | "bus">,
  hub: ShutdownHub,
): string {
  const pool = models.poolStats();
  const jobs = repos.jobs
    .countByState()
    .map(({ kind, state, count }) => ({ labels: { kind, state }, value: count }));
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: "gauge",
    samples: [{ value }],
  });
  const metrics: Metric[] = [
    { name: "touchstone_jobs", help: "Jobs by kind and state.", type: "gauge", samples: jobs },
    gauge("touchstone_model_calls_running", "Model calls in flight.", pool.running),
    gauge("touchstone_model_calls_waiting", "Model calls that wait for a free place.", pool.waiting),
    gauge("touchstone_model_calls_limit", "Model calls that may be in flight at once.", pool.limit),
    {
      name: "touchstone_events_published_total",
      help: "Events published after commit since the process began.",
      type: "counter",
      samples: [{ value: bus.publishedCount() }],
    },
    gauge("touchstone_event_streams", "Open event streams.", hub.openCount()),
    gauge("process_resident_memory_bytes", "Resident memory.", process.memoryUsage().rss),
    gauge("process_uptime_seconds", "Seconds since the process began.", process.uptime()),
  ];
  return `${metrics.map(renderMetric).join("\n")}\n`;
}

function renderMetric({ name, help, type, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function escapeLabel(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
