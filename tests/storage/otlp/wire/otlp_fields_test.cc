// The table of OTLP's fields against the .proto files that libprotobuf decodes by.

#include "promlite/storage/otlp/wire/otlp_fields.h"

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace promlite::internal {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

const std::map<std::string, OtlpMessage>& MessagesByName() {
  using enum OtlpMessage;
  static const std::map<std::string, OtlpMessage> kMessages = {
      {"Resource", kResource},
      {"InstrumentationScope", kInstrumentationScope},
      {"KeyValue", kKeyValue},
      {"AnyValue", kAnyValue},
      {"ArrayValue", kArrayValue},
      {"KeyValueList", kKeyValueList},
      {"ExportMetricsServiceRequest", kExportMetricsServiceRequest},
      {"ResourceMetrics", kResourceMetrics},
      {"ScopeMetrics", kScopeMetrics},
      {"Metric", kMetric},
      {"Gauge", kGauge},
      {"Sum", kSum},
      {"Histogram", kHistogram},
      {"ExponentialHistogram", kExponentialHistogram},
      {"Summary", kSummary},
      {"NumberDataPoint", kNumberDataPoint},
      {"HistogramDataPoint", kHistogramDataPoint},
      {"ExponentialHistogramDataPoint", kExponentialHistogramDataPoint},
      {"Buckets", kBuckets},
      {"SummaryDataPoint", kSummaryDataPoint},
      {"ValueAtQuantile", kValueAtQuantile},
      {"Exemplar", kExemplar},
      {"ExportLogsServiceRequest", kExportLogsServiceRequest},
      {"ResourceLogs", kResourceLogs},
      {"ScopeLogs", kScopeLogs},
      {"LogRecord", kLogRecord}};
  return kMessages;
}

// kNone if the table has no such message.
OtlpMessage MessageNamed(const std::string& name) {
  const auto found = MessagesByName().find(name.substr(name.rfind('.') + 1));
  return found == MessagesByName().end() ? OtlpMessage::kNone : found->second;
}

ProtobufField::WireType WireTypeOf(const FieldDescriptorProto& field) {
  switch (field.type()) {
    case FieldDescriptorProto::TYPE_MESSAGE:
    case FieldDescriptorProto::TYPE_BYTES:
    case FieldDescriptorProto::TYPE_STRING:
      return ProtobufField::kLengthDelimited;
    default:
      break;
  }
  // proto3 packs repeated numbers.
  if (field.label() == FieldDescriptorProto::LABEL_REPEATED) return ProtobufField::kLengthDelimited;
  switch (field.type()) {
    case FieldDescriptorProto::TYPE_DOUBLE:
    case FieldDescriptorProto::TYPE_FIXED64:
    case FieldDescriptorProto::TYPE_SFIXED64:
      return ProtobufField::kFixed64;
    case FieldDescriptorProto::TYPE_FLOAT:
    case FieldDescriptorProto::TYPE_FIXED32:
    case FieldDescriptorProto::TYPE_SFIXED32:
      return ProtobufField::kFixed32;
    default:
      return ProtobufField::kVarint;
  }
}

using FieldName = std::pair<OtlpMessage, std::string>;

// Expects a row for each field of a message and of those declared in it; collects their names.
void ExpectRows(const DescriptorProto& message, std::set<FieldName>* names) {
  const OtlpMessage in_table = MessageNamed(message.name());
  EXPECT_NE(in_table, OtlpMessage::kNone) << message.name();
  for (const DescriptorProto& nested : message.nested_type()) ExpectRows(nested, names);
  for (const FieldDescriptorProto& field : message.field()) {
    SCOPED_TRACE(message.name() + "." + field.name());
    names->emplace(in_table, field.name());
    const auto row = std::find_if(
        kOtlpFields.begin(), kOtlpFields.end(),
        [&](const OtlpField& one) { return one.message == in_table && one.name == field.name(); });
    ASSERT_NE(row, kOtlpFields.end());
    EXPECT_EQ(row->number, static_cast<uint32_t>(field.number()));
    EXPECT_EQ(row->wire_type, WireTypeOf(field));
    const bool holds_message = field.type() == FieldDescriptorProto::TYPE_MESSAGE;
    EXPECT_EQ(row->content, holds_message ? MessageNamed(field.type_name()) : OtlpMessage::kNone);
    EXPECT_EQ(OtlpContent(in_table, row->number), row->content);
  }
}

TEST(OtlpFields, AreThoseOfTheProtoFiles) {
  std::ifstream file(PROMLITE_OTLP_DESCRIPTORS, std::ios::binary);
  FileDescriptorSet descriptors;
  ASSERT_TRUE(descriptors.ParseFromIstream(&file));
  ASSERT_EQ(descriptors.file_size(), 3);
  std::set<FieldName> names;
  for (const FileDescriptorProto& one : descriptors.file()) {
    for (const DescriptorProto& message : one.message_type()) ExpectRows(message, &names);
  }

  // What is recognized and not decoded.
  using enum OtlpMessage;
  const std::set<FieldName> kBeyond = {
      {kLogRecord, "severity_number"}, {kLogRecord, "flags"},         {kSpan, "kind"},
      {kSpan, "start_time_unix_nano"}, {kSpan, "end_time_unix_nano"}, {kSpan, "flags"}};
  for (const OtlpField& row : kOtlpFields) {
    const FieldName name(row.message, row.name);
    EXPECT_NE(names.contains(name), kBeyond.contains(name)) << row.name;
  }
  EXPECT_EQ(kOtlpFields.size(), names.size() + kBeyond.size()) << "a row stands twice";
}

}  // namespace
}  // namespace promlite::internal
