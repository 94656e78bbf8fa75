import "server-only";
import type { ShutdownHub } from "@/lib/streaming/shutdown-hub";
import type { HttpServerWatch } from "./http-server";
import { readEventLoopDelay } from "./process-health";
import { BUCKETS_S, type RouteTimes } from "./request-times";
import type { ServiceDeps } from "./service-deps";

interface Sample {
  /** After the metric's name: `_bucket`, `_sum`, `_count` of a histogram. */
  suffix?: string;
  labels?: Readonly<Record<string, string>>;
  value: number;
}

interface Metric {
  name: string;
  help: string;
  type: "gauge" | "counter" | "histogram";
  samples: readonly Sample[];
}

/** What an operator's Prometheus reads: numbers only, nothing of any project. */
export function renderMetrics(
  { repos, models, bus, queue }: Pick<ServiceDeps, "repos" | "models" | "bus" | "queue">,
  hub: ShutdownHub,
  http: Pick<HttpServerWatch, "times" | "openCount">,
): string {
  const pool = models.poolStats();
  const jobs = repos.jobs
    .countByState()
    .map(({ kind, state, count }) => ({ labels: { kind, state }, value: count }));
  const metrics: Metric[] = [
    { name: "touchstone_jobs", help: "Jobs by kind and state.", type: "gauge", samples: jobs },
    gauge("touchstone_model_calls_running", "Model calls in flight.", pool.running),
    gauge("touchstone_model_calls_waiting", "Model calls that wait for a free place.", pool.waiting),
    {
      name: "touchstone_model_calls_total",
      help: "Model calls of jobs that were sent since the process began.",
      type: "counter",
      samples: [{ value: models.sentCalls() }],
    },
    gauge("touchstone_model_calls_limit", "Model calls that may be in flight at once.", pool.limit),
    {
      name: "touchstone_events_published_total",
      help: "Events published after commit since the process began.",
      type: "counter",
      samples: [{ value: bus.publishedCount() }],
    },
    gauge("touchstone_event_streams", "Open event streams.", hub.openCount()),
    ...queueMetrics(queue),
    gauge("touchstone_http_requests_open", "Requests that are being answered.", http.openCount()),
    requestDurations(http.times.list()),
    ...processMetrics(),
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

function requestDurations(routes: readonly RouteTimes[]): Metric {
  const samples = routes.flatMap(({ method, route, status, count, sumS, upTo }): Sample[] => {
    const labels = { method, route, status };
    const buckets = BUCKETS_S.map((end, index) => ({ le: String(end), value: upTo[index] ?? 0 }));
    return [
      ...[...buckets, { le: "+Inf", value: count }].map(({ le, value }) => ({
        suffix: "_bucket",
        labels: { ...labels, le },
        value,
      })),
      { suffix: "_sum", labels, value: sumS },
      { suffix: "_count", labels, value: count },
    ];
  });
  const help =
    "From the head of a request to the end of its answer; event streams last as long as they are open.";
  return { name: "touchstone_http_request_duration_seconds", help, type: "histogram", samples };
}

function processMetrics(): Metric[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const { p50, p99, max } = readEventLoopDelay();
  return [
    {
      name: "nodejs_eventloop_delay_seconds",
      help: "How late the event loop was since this page was last read.",
      type: "gauge",
      samples: [
        { labels: { quantile: "0.5" }, value: p50 },
        { labels: { quantile: "0.99" }, value: p99 },
        { labels: { quantile: "1" }, value: max },
      ],
    },
    {
      name: "process_cpu_seconds_total",
      help: "Processor time, user and system.",
      type: "counter",
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge("process_resident_memory_bytes", "Resident memory.", rss),
    gauge("nodejs_heap_used_bytes", "Heap in use.", heapUsed),
    gauge("process_uptime_seconds", "Seconds since the process began.", process.uptime()),
  ];
}

function renderMetric({ name, help, type, samples }: Metric): string {
  const lines = samples.map(({ suffix = "", labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    return `${name}${suffix}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function escapeLabel(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
