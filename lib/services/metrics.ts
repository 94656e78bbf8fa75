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
  { repos, models, bus, queue }: Pick<ServiceDeps, "repos" | "models" | "bus" | "queue">,
  hub: ShutdownHub,
): string {
  const pool = models.poolStats();
  const jobs = repos.jobs
    .countByState()
    .map(({ kind, state, count }) => ({ labels: { kind, state }, value: count }));
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
    ...queueMetrics(queue),
    gauge("process_resident_memory_bytes", "Resident memory.", process.memoryUsage().rss),
    gauge("process_uptime_seconds", "Seconds since the process began.", process.uptime()),
  ];
  return `${metrics.map(renderMetric).join("\n")}\n`;
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, type: "gauge", samples: [{ value }] };
}

/** Of the queue of rollouts and its workers; nothing where there is none. */
function queueMetrics(queue: ServiceDeps["queue"]): Metric[] {
  if (queue === null) return [];
  const { isReachable, waiting, active, done, failed, workers } = queue.stats();
  const count = (state: string, value: number) => ({ labels: { state }, value });
  const live = workers.filter(({ isLive }) => isLive).length;
  const refused = workers.filter((worker) => worker.refused !== null).length;
  const counter = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: "counter",
    samples: [{ value }],
  });
  return [
    gauge("touchstone_queue_reachable", "1 while Redis can be reached.", isReachable ? 1 : 0),
    {
      name: "touchstone_workers",
      help: "Workers by state, heard of in the last minutes.",
      type: "gauge",
      samples: [
        count("working", live),
        count("refused", refused),
        count("silent", workers.length - live - refused),
      ],
    },
    gauge("touchstone_rollouts_waiting", "Rollouts that wait for a worker.", waiting),
    gauge("touchstone_rollouts_active", "Rollouts that a worker has.", active),
    counter("touchstone_rollouts_done_total", "Rollouts that workers ended.", done),
    counter("touchstone_rollouts_failed_total", "Of these, rollouts without a score.", failed),
  ];
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
