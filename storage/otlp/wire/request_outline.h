#ifndef PROMLITE_STORAGE_OTLP_WIRE_REQUEST_OUTLINE_H_
#define PROMLITE_STORAGE_OTLP_WIRE_REQUEST_OUTLINE_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace promlite::internal {

// Where the parts of an ExportMetricsServiceRequest lie in its bytes, down to the metrics, whose
// own bytes are not looked into. Keeps its memory from request to request.
class RequestOutline {
 public:
  struct Scope {
    std::string_view scope;  // bytes of the InstrumentationScope; empty: none
    std::string_view schema_url;
    size_t first_metric = 0;
    size_t metric_count = 0;
  };
  struct Resource {
    std::string_view resource;  // bytes of the Resource; empty: none
    size_t first_scope = 0;
    size_t scope_count = 0;
  };

  // False if it cannot be taken apart so: damaged, with a group in it, or with a resource or scope
  // in several pieces. The views are into `request`.
  bool Scan(std::string_view request);

  const std::vector<Resource>& resources() const { return resources_; }
  const std::vector<Scope>& scopes() const { return scopes_; }
  const std::vector<std::string_view>& metrics() const { return metrics_; }

 private:
  bool ScanResourceMetrics(std::string_view bytes);
  bool ScanScopeMetrics(std::string_view bytes);

  std::vector<Resource> resources_;
  std::vector<Scope> scopes_;
  std::vector<std::string_view> metrics_;
};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_OTLP_WIRE_REQUEST_OUTLINE_H_
