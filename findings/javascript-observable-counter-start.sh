#!/bin/sh
# OpenTelemetry JavaScript, @opentelemetry/sdk-metrics 3.1.1: the first point of an observable counter
# bears a start equal to its own time, although the program, and what it observes, is older. OTLP's
# data model calls a start that is not before the point unknown: whoever takes it for known counts
# the whole value as of that instant, whoever drops it loses what was counted until then. A counter
# whose add() falls into the millisecond of the export gets the same.
#
# Output seen: "observable: start == time, value 1000", then "synchronous: start < time, value 5".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/api@1.10.0 \
  >/dev/null

cat >probe.js <<'PROBE'
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics');

class Reader extends MetricReader {
  onForceFlush() {}
  onShutdown() {}
}
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const order = ([s1, n1], [s2, n2]) => (s1 - s2 || n1 - n2);

(async () => {
  const reader = new Reader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('probe');
  meter.createObservableCounter('observable').addCallback((result) => result.observe(1000));
  meter.createCounter('synchronous').add(5);
  await wait(500);
  const { resourceMetrics } = await reader.collect();
  const lines = [];
  for (const metric of resourceMetrics.scopeMetrics[0].metrics) {
    const { startTime, endTime, value } = metric.dataPoints[0];
    const relation = order(startTime, endTime) === 0 ? '==' : '<';
    lines.push(`${metric.descriptor.name}: start ${relation} time, value ${value}`);
  }
  console.log(lines.sort().join('\n'));
})();
PROBE
node probe.js | tee seen
printf 'observable: start == time, value 1000\nsynchronous: start < time, value 5\n' >expected
cmp expected seen
