// Values of attributes as text.

#include "promlite/storage/otlp/attribute_value.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace promlite::internal {
namespace {

otlp::AnyValue Text(const std::string& text) {
  otlp::AnyValue value;
  value.set_string_value(text);
  return value;
}

otlp::AnyValue Double(double number) {
  otlp::AnyValue value;
  value.set_double_value(number);
  return value;
}

TEST(AttributeText, Scalars_AreWrittenAsTheCollectorDoes) {
  otlp::AnyValue value;
  EXPECT_EQ(AttributeText(value), "");
  value.set_bool_value(true);
  EXPECT_EQ(AttributeText(value), "true");
  value.set_bool_value(false);
  EXPECT_EQ(AttributeText(value), "false");
  value.set_int_value(std::numeric_limits<int64_t>::min());
  EXPECT_EQ(AttributeText(value), "-9223372036854775808");
  value.set_bytes_value(std::string("\x00\x01\xfe\xff", 4));
  EXPECT_EQ(AttributeText(value), "AAH+/w==");
  EXPECT_EQ(AttributeText(Text("a\"b<c>")), "a\"b<c>");
}

TEST(AttributeText, Doubles_AreWrittenAsJsonNumbers) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(AttributeText(Double(0)), "0");
  EXPECT_EQ(AttributeText(Double(-0.0)), "-0");
  EXPECT_EQ(AttributeText(Double(1)), "1");
  EXPECT_EQ(AttributeText(Double(0.1)), "0.1");
  EXPECT_EQ(AttributeText(Double(-1234.5)), "-1234.5");
  EXPECT_EQ(AttributeText(Double(1e-6)), "0.000001");
  EXPECT_EQ(AttributeText(Double(1.5e-7)), "1.5e-7");
  EXPECT_EQ(AttributeText(Double(1e20)), "100000000000000000000");
  EXPECT_EQ(AttributeText(Double(1e21)), "1e+21");
  EXPECT_EQ(AttributeText(Double(1.25e-300)), "1.25e-300");
  EXPECT_EQ(AttributeText(Double(infinity)), "Infinity");
  EXPECT_EQ(AttributeText(Double(-infinity)), "-Infinity");
  EXPECT_EQ(AttributeText(Double(std::numeric_limits<double>::quiet_NaN())), "NaN");
}

TEST(AttributeText, ArraysAndMaps_AreWrittenAsJson_WithSortedKeys) {
  otlp::AnyValue value;
  auto* array = value.mutable_array_value();
  EXPECT_EQ(AttributeText(value), "[]");
  *array->add_values() = Text("a<&>\"\n\x01é\u2028\xff");
  *array->add_values() = Double(2.5);
  array->add_values();
  auto* map = array->add_values()->mutable_kvlist_value();
  auto* member = map->add_values();
  member->set_key("z");
  member->mutable_value()->set_int_value(1);
  member = map->add_values();
  member->set_key("b");
  member->mutable_value()->set_bool_value(true);
  member = map->add_values();
  member->set_key("z");
  member->mutable_value()->set_int_value(2);
  array->add_values()->set_bytes_value("hi");
  EXPECT_EQ(AttributeText(value),
            "[\"a<&>\\\"\\n\\u0001é\\u2028\\ufffd\",2.5,null,{\"b\":true,\"z\":2},\"aGk=\"]");
}

TEST(AttributeText, AnArrayWithANumberThatJsonHasNot_IsEmpty) {
  otlp::AnyValue value;
  *value.mutable_array_value()->add_values() = Double(std::numeric_limits<double>::infinity());
  EXPECT_EQ(AttributeText(value), "");
}

}  // namespace
}  // namespace promlite::internal
