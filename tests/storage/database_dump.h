#ifndef PROMLITE_TESTS_STORAGE_DATABASE_DUMP_H_
#define PROMLITE_TESTS_STORAGE_DATABASE_DUMP_H_

#include <bit>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "promlite/storage/database.h"
#include "promlite/storage/metrics/snapshot.h"

namespace promlite {

// Everything that a database holds, as text: series in label order, their streams, every sample
// with its bits, the metadata.
inline std::string Dump(const Database& database) {
  const std::shared_ptr<const internal::Snapshot> snapshot = database.TakeSnapshot();
  std::ostringstream out;
  for (const internal::SeriesId id : snapshot->Select({})) {
    const Labels labels = snapshot->LabelsOf(id);
    out << labels.ToString() << '\n';
    const std::vector<internal::StreamSummary> streams = snapshot->Streams(id);
    for (size_t i = 0; i < streams.size(); ++i) {
      out << "  " << streams[i].start_ns << '\n';
      for (const Sample& sample : snapshot->StreamSamples(id, i)) {
        out << "    " << sample.timestamp_ms << ' ' << std::hex
            << std::bit_cast<uint64_t>(sample.value) << std::dec << '\n';
      }
    }
  }
  for (const MetricSummary& metric : database.Metrics()) {
    out << metric.name << '|' << metric.type << '|' << metric.unit << '|' << metric.help << '\n';
  }
  return out.str();
}

}  // namespace promlite

#endif  // PROMLITE_TESTS_STORAGE_DATABASE_DUMP_H_
