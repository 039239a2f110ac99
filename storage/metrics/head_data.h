#ifndef PROMLITE_STORAGE_METRICS_HEAD_DATA_H_
#define PROMLITE_STORAGE_METRICS_HEAD_DATA_H_

#include <map>
#include <string>

#include "promlite/storage/labels/postings.h"
#include "promlite/storage/labels/series_index.h"
#include "promlite/storage/labels/series_selection.h"
#include "promlite/storage/labels/symbol_table.h"
#include "promlite/storage/machine/versioned_memory.h"
#include "promlite/storage/metrics/histograms/histogram_run.h"
#include "promlite/storage/metrics/histograms/histogram_writer.h"
#include "promlite/storage/metrics/snapshot.h"
#include "promlite/storage/metrics/streams/increment_writer.h"
#include "promlite/storage/metrics/streams/stream_record.h"
#include "promlite/storage/metrics/streams/stream_writer.h"
#include "promlite/storage/metrics/streams/time_column.h"

namespace promlite::internal {

using MetadataMap = std::map<std::string, MetricMetadata, std::less<>>;

// What the head and all its snapshots share; lives as long as the last of them.
struct HeadData {
  explicit HeadData(StreamWriter::Options options) : writer(&memory, &columns, &streams, options) {}
  ~HeadData() {
    for (size_t id = 0; id < streams.size(); ++id) writer.Destroy(streams[id]);
    for (size_t id = 0; id < histograms.size(); ++id) histogram_writer.Destroy(histograms[id]);
  }

  VersionedMemory memory;
  SymbolTable symbols{&memory};
  SeriesIndex index{&symbols, &memory};
  Postings postings{&memory};
  LabelOrderCache label_order{&symbols, &index};
  TimeColumns columns{&memory};
  StreamArray streams{&memory, MemoryUse::kSeries};
  StreamWriter writer;
  IncrementWriter increment_writer{&streams, &writer};
  HistogramRunArray histograms{&memory, MemoryUse::kSeries};
  HistogramWriter histogram_writer{&memory, &streams, &histograms};
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_METRICS_HEAD_DATA_H_
