#ifndef PROMLITE_STORAGE_DATABASE_OPTIONS_H_
#define PROMLITE_STORAGE_DATABASE_OPTIONS_H_

#include <cstdint>
#include <string>

#include "promlite/storage/openmetrics/text_options.h"
#include "promlite/storage/otlp/otlp_options.h"

namespace promlite {

struct DatabaseOptions {
  OtlpOptions otlp;
  TextOptions text;

  // For tests: chunks are cut after so many samples of a column; 0 = chosen by the database.
  uint32_t chunk_samples = 0;
  // For tests: the codec (by name; see codecs/) to use wherever it can encode a chunk; empty = the
  // one that needs the fewest bytes. Of a name that is no codec's, all that brings data in says so.
  std::string chunk_codec;
};

}  // namespace promlite

#endif  // PROMLITE_STORAGE_DATABASE_OPTIONS_H_
