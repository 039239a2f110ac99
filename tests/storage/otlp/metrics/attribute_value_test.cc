// Values of attributes as text, and Go's ways of writing numbers and strings.

#include "promlite/storage/otlp/attribute_value.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "promlite/parser/text/go_text.h"

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

TEST(FixedNotation, IsShortestWithoutAnExponent) {
  EXPECT_EQ(FixedNotation(0.005), "0.005");
  EXPECT_EQ(FixedNotation(10), "10");
  EXPECT_EQ(FixedNotation(1000000), "1000000");
  EXPECT_EQ(FixedNotation(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(FixedNotation(1e23), "100000000000000000000000");
  EXPECT_EQ(FixedNotation(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(FixedNotation(5e-324), "0." + std::string(323, '0') + "5");
  EXPECT_EQ(FixedNotation(-2.5), "-2.5");
  EXPECT_EQ(FixedNotation(std::numeric_limits<double>::infinity()), "+Inf");
}

TEST(Quoted, EscapesAsGoDoes) {
  EXPECT_EQ(Quoted("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Quoted("\a\b\f\n\r\t\v"), R"("\a\b\f\n\r\t\v")");
  EXPECT_EQ(Quoted(std::string("\x00\x7f", 2)), R"("\x00\x7f")");
  EXPECT_EQ(Quoted("é€😀"), R"("é€😀")");
  EXPECT_EQ(Quoted("\u200b\u00a0\ufeff"), R"("\u200b\u00a0\ufeff")");
  EXPECT_EQ(Quoted("\xff\xc3"), R"("\xff\xc3")");
  EXPECT_EQ(Quoted("\U000e0001"), R"("\U000e0001")");
}

}  // namespace
}  // namespace promlite::internal
