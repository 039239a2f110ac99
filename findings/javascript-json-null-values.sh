#!/bin/sh
# OpenTelemetry JavaScript, @opentelemetry/sdk-metrics 3.1.1 with
# @opentelemetry/exporter-metrics-otlp-http 0.301.0: a gauge of NaN or an infinity is exported over
# OTLP/JSON as "asDouble": null. proto3's JSON mapping writes these as the strings "NaN", "Infinity"
# and "-Infinity", and reads null as "not set": a receiver that follows it stores a point without a
# value, or a 0, where the program measured something that is no number.
#
# Output seen: {"asDouble":null} three times.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/sdk-metrics@3.1.1 \
  @opentelemetry/exporter-metrics-otlp-http@0.301.0 @opentelemetry/api@1.10.0 >/dev/null

cat >probe.js <<'PROBE'
const http = require('http');
const { MeterProvider, PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
const { OTLPMetricExporter } = require('@opentelemetry/exporter-metrics-otlp-http');

const server = http.createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(pieces).toString());
    for (const metric of body.resourceMetrics[0].scopeMetrics[0].metrics) {
      for (const point of metric.gauge.dataPoints) {
        console.log(JSON.stringify({ asDouble: point.asDouble }));
      }
    }
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/v1/metrics`;
  const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url }) });
  const provider = new MeterProvider({ readers: [reader] });
  const gauge = provider.getMeter('probe').createGauge('g');
  gauge.record(NaN, { of: 'nan' });
  gauge.record(Infinity, { of: 'infinity' });
  gauge.record(-Infinity, { of: 'minus infinity' });
  await provider.shutdown();
  server.close();
});
PROBE
node probe.js | tee seen
printf '{"asDouble":null}\n{"asDouble":null}\n{"asDouble":null}\n' >expected
cmp expected seen
