#ifndef PROMLITE_TESTS_ENGINE_USAGE_REPORT_REPORT_OF_H_
#define PROMLITE_TESTS_ENGINE_USAGE_REPORT_REPORT_OF_H_

#include <gtest/gtest.h>

#include <utility>

#include "promlite/engine/usage/report/report.h"
#include "promlite/storage/database.h"

namespace promlite {

inline Report ReportOf(const Database& database, ReportRows rows, bool by_model = false) {
  ReportRequest request;
  request.rows = rows;
  request.by_model = by_model;
  absl::StatusOr<Report> report = MakeReport(database, {}, request);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *std::move(report) : Report();
}

}  // namespace promlite

#endif  // PROMLITE_TESTS_ENGINE_USAGE_REPORT_REPORT_OF_H_
