#include "promlite/storage/labels/labels.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "promlite/parser/text/utf8_length.h"

namespace promlite {
namespace {

struct CodePointRange {
  uint32_t first;
  uint32_t last;
};

// What Go does not print beyond ASCII: controls, spaces other than U+0020, format characters,
// surrogates, private use, and code points that never are characters.
constexpr CodePointRange kUnprintable[] = {
    {0x80, 0xa0},         {0xad, 0xad},       {0x600, 0x605},     {0x61c, 0x61c},
    {0x6dd, 0x6dd},       {0x70f, 0x70f},     {0x1680, 0x1680},   {0x180e, 0x180e},
    {0x2000, 0x200f},     {0x2028, 0x202f},   {0x205f, 0x206f},   {0x3000, 0x3000},
    {0xd800, 0xf8ff},     {0xfdd0, 0xfdef},   {0xfeff, 0xfeff},   {0xfff0, 0xfffb},
    {0xfffe, 0xffff},     {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff}, {0xe01f0, 0xfffff},
    {0x100000, 0x10ffff},
};

bool IsPrintable(uint32_t code_point) {
  return std::none_of(std::begin(kUnprintable), std::end(kUnprintable),
                      [&](const CodePointRange& range) {
                        return range.first <= code_point && code_point <= range.last;
                      });
}

void AppendEscaped(const char* format, uint32_t number, std::string* out) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, format, number);
  *out += buffer;
}

void AppendQuotedAscii(char c, std::string* out) {
  constexpr std::string_view kNamed = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view kLetters = "abfnrtv\\\"";
  if (const size_t named = kNamed.find(c); named != std::string_view::npos) {
    *out += '\\';
    *out += kLetters[named];
  } else if (c < ' ' || c == 0x7f) {
    AppendEscaped("\\x%02x", static_cast<unsigned char>(c), out);
  } else {
    *out += c;
  }
}

uint32_t DecodeCodePoint(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence[0]);
  uint32_t code_point = lead & (0x7f >> sequence.size());
  for (const char c : sequence.substr(1)) {
    code_point = code_point << 6 | (static_cast<unsigned char>(c) & 0x3f);
  }
  return code_point;
}

// Quotes as Go's %q does.
void AppendQuoted(std::string_view text, std::string* out) {
  *out += '"';
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      AppendQuotedAscii(text[i++], out);
      continue;
    }
    const size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    const std::string_view sequence = text.substr(i, size);
    if (sequence.size() < size || !internal::IsValidUtf8(sequence)) {
      AppendEscaped("\\x%02x", lead, out);
      ++i;
      continue;
    }
    const uint32_t code_point = DecodeCodePoint(sequence);
    if (IsPrintable(code_point)) {
      *out += sequence;
    } else {
      AppendEscaped(code_point > 0xffff ? "\\U%08x" : "\\u%04x", code_point, out);
    }
    i += size;
  }
  *out += '"';
}

// [a-zA-Z_][a-zA-Z0-9_]*, which needs no quotes; __name__ is one of them.
bool IsPlainLabelName(std::string_view name) {
  const auto is_letter = [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || ('0' <= c && c <= '9');
  });
}

}  // namespace

Labels::Labels(std::vector<Label> labels) : labels_(std::move(labels)) {
  std::stable_sort(labels_.begin(), labels_.end(),
                   [](const Label& a, const Label& b) { return a.first < b.first; });
  size_t kept = 0;
  for (size_t i = 0; i < labels_.size(); ++i) {
    const bool overruled = i + 1 < labels_.size() && labels_[i].first == labels_[i + 1].first;
    if (overruled || labels_[i].second.empty()) continue;
    if (kept != i) labels_[kept] = std::move(labels_[i]);
    ++kept;
  }
  labels_.resize(kept);
}

Labels::Labels(std::initializer_list<Label> labels) : Labels(std::vector<Label>(labels)) {}

std::string_view Labels::Get(std::string_view name) const {
  const auto found =
      std::lower_bound(labels_.begin(), labels_.end(), name,
                       [](const Label& label, std::string_view n) { return label.first < n; });
  if (found == labels_.end() || found->first != name) return {};
  return found->second;
}

std::string Labels::ToString() const {
  std::string text = "{";
  for (const auto& [name, value] : labels_) {
    if (text.size() > 1) text += ", ";
    if (IsPlainLabelName(name)) {
      text += name;
    } else {
      AppendQuoted(name, &text);
    }
    text += '=';
    AppendQuoted(value, &text);
  }
  text += '}';
  return text;
}

}  // namespace promlite
