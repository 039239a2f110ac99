#!/bin/sh
# OpenTelemetry SDKs, delta temporality: a counter counts, is idle for one collection, and counts
# again. The delta of the third collection begins at the second collection in Python
# (opentelemetry-sdk 1.45.2), so that intervals adjoin, and at the add itself in JavaScript
# (@opentelemetry/sdk-metrics 3.1.1), so that there is a gap which nothing marks as idle. Whoever
# tells a lost export by a start that is not the time of the point before takes every idle interval
# of a JavaScript program for a loss.
#
# Output seen: "python: starts at the collection before", "javascript: starts later".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python >/dev/null
python/bin/pip install --quiet opentelemetry-sdk==1.45.2 opentelemetry-api==1.45.2
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/api@1.10.0 \
  >/dev/null

cat >probe.py <<'PROBE'
import time
from opentelemetry.sdk.metrics import Counter, MeterProvider
from opentelemetry.sdk.metrics.export import AggregationTemporality, InMemoryMetricReader

reader = InMemoryMetricReader(preferred_temporality={Counter: AggregationTemporality.DELTA})
counter = MeterProvider(metric_readers=[reader]).get_meter("probe").create_counter("c")

def collect():
    data = reader.get_metrics_data()
    return data.resource_metrics[0].scope_metrics[0].metrics[0].data.data_points if data else []

counter.add(1)
collect()
time.sleep(0.3)
before = time.time_ns()
collect()
after = time.time_ns()
time.sleep(0.3)
counter.add(1)
start = collect()[0].start_time_unix_nano
print("python: starts", "at the collection before" if before <= start <= after else "later")
PROBE
cat >probe.js <<'PROBE'
const { AggregationTemporality, MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');

class Reader extends MetricReader {
  onForceFlush() {}
  onShutdown() {}
  selectAggregationTemporality() { return AggregationTemporality.DELTA; }
}
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

(async () => {
  const reader = new Reader();
  const counter = new MeterProvider({ readers: [reader] }).getMeter('probe').createCounter('c');
  counter.add(1);
  await reader.collect();
  await wait(300);
  await reader.collect();
  const after = Date.now() + 100;
  await wait(300);
  counter.add(1);
  const { resourceMetrics } = await reader.collect();
  const [seconds, nanoseconds] = resourceMetrics.scopeMetrics[0].metrics[0].dataPoints[0].startTime;
  const start = seconds * 1000 + nanoseconds / 1e6;
  console.log('javascript: starts', start <= after ? 'at the collection before' : 'later');
})();
PROBE
{ python/bin/python probe.py; node probe.js; } | tee seen
printf 'python: starts at the collection before\njavascript: starts later\n' >expected
cmp expected seen
