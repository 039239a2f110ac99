#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "promlite/storage/capture/capture_file.h"
#include "promlite/storage/capture/plc_format.h"
#include "promlite/storage/capture/plc_writer.h"
#include "promlite/tests/storage/capture/capture_test_support.h"

namespace promlite::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// RFC 3720, appendix B.4.
TEST(Crc32c, IsThatOfTheStandard) {
  std::string ascending;
  std::string descending;
  for (int i = 0; i < 32; ++i) {
    ascending += static_cast<char>(i);
    descending += static_cast<char>(31 - i);
  }
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62A8AB43u);
  EXPECT_EQ(Crc32c(ascending), 0x46DD794Eu);
  EXPECT_EQ(Crc32c(descending), 0x113FDB5Cu);
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(Crc32c(""), 0u);
  EXPECT_EQ(Crc32c("6789", Crc32c("12345")), 0xE3069283u);
}

struct Record {
  RecordKind kind;
  int64_t received_ms;
  std::string payload;
  friend bool operator==(const Record&, const Record&) = default;
};

const std::vector<Record> kRecords = {
    {RecordKind::kOtlpProtobuf, 1700000000123, std::string("\n\0binary\xff", 9)},
    {RecordKind::kOtlpJson, 0, "{}"},
    {RecordKind::kRemoteWrite, -1, ""},
    {RecordKind::kOpenMetricsText, 0, "up 1 1\n"},
    {RecordKind::kTextContinuation, 0, std::string(5000, 'x')},
    {RecordKind::kPrometheusText, 5, "up 1 1\n"},
};

std::string FileOf(const std::vector<Record>& records) {
  std::string file(kPlcMagic);
  for (const Record& record : records) {
    AppendPlcBlock(record.kind, record.received_ms, record.payload, &file);
  }
  return file;
}

class Plc : public testing::Test {
 protected:
  std::vector<Record> Read(std::string_view bytes, std::vector<std::string>* problems) {
    std::vector<Record> records;
    absl::StatusOr<std::unique_ptr<CaptureFile>> file =
        CaptureFile::Open(folder_.Write("file.plc", bytes));
    if (!file.ok()) {
      problems->emplace_back(file.status().message());
      return records;
    }
    CaptureRecord record;
    std::string problem;
    for (;;) {
      switch ((*file)->Next(&record, &problem)) {
        case RecordReader::Step::kRecord:
          records.push_back({record.kind, record.received_ms, std::string(record.payload)});
          break;
        case RecordReader::Step::kBad:
          problems->push_back(std::to_string(record.number) + "@" +
                              std::to_string(record.byte_offset) + ": " + problem);
          break;
        case RecordReader::Step::kEnd:
          return records;
      }
    }
  }
  TemporaryFolder folder_;
};

// The picture in plc_format.h, byte by byte: snappy of "{}" is 02 04 7b 7d.
TEST_F(Plc, BlockLooksAsDrawn) {
  std::string block;
  AppendPlcBlock(RecordKind::kOtlpJson, 0x0102030405060708, "{}", &block);
  const std::string rest("\x02\x08\x07\x06\x05\x04\x03\x02\x01\x02\x04{}", 13);
  const std::string length("\x04\0\0\0", 4);
  const uint32_t crc = Crc32c(rest, Crc32c(length));
  std::string checksum;
  for (int shift = 0; shift < 32; shift += 8) checksum += static_cast<char>(crc >> shift);
  EXPECT_EQ(block, length + checksum + rest);
}

TEST_F(Plc, GivesBackWhatWasWritten) {
  const std::string path = folder_.Path("written.plc");
  absl::StatusOr<std::unique_ptr<PlcWriter>> writer = PlcWriter::Create(path);
  ASSERT_TRUE(writer.ok());
  for (const Record& record : kRecords) {
    ASSERT_TRUE((*writer)->Append(record.kind, record.received_ms, record.payload).ok());
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE((*writer)->Finish().ok());
  EXPECT_EQ(ReadFileBytes(path), FileOf(kRecords));
  std::vector<std::string> problems;
  EXPECT_EQ(Read(ReadFileBytes(path), &problems), kRecords);
  EXPECT_THAT(problems, ElementsAre());
}

TEST_F(Plc, WriterLeavesNothingBehind_UnlessItFinishes) {
  {
    absl::StatusOr<std::unique_ptr<PlcWriter>> writer = PlcWriter::Create(folder_.Path("a.plc"));
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE((*writer)->Append(RecordKind::kOtlpJson, 0, "{}").ok());
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.Path("")));
  EXPECT_FALSE(PlcWriter::Create(folder_.Path("no/such/folder/a.plc")).ok());
}

TEST_F(Plc, TornAtEveryByte_KeepsAllWholeBlocksAndReportsTheTail) {
  const std::string whole = FileOf(kRecords);
  std::vector<size_t> ends;
  for (size_t i = 0; i <= kRecords.size(); ++i) {
    ends.push_back(FileOf({kRecords.begin(), kRecords.begin() + static_cast<long>(i)}).size());
  }
  for (size_t size = 0; size <= whole.size(); ++size) {
    std::vector<std::string> problems;
    const std::vector<Record> records = Read(whole.substr(0, size), &problems);
    size_t complete = 0;
    while (complete < kRecords.size() && ends[complete + 1] <= size) ++complete;
    ASSERT_EQ(records,
              std::vector<Record>(kRecords.begin(), kRecords.begin() + static_cast<long>(complete)))
        << size;
    if (size < ends[0]) {
      ASSERT_EQ(problems.size(), 1u) << size;
    } else if (size == ends[complete]) {
      ASSERT_THAT(problems, ElementsAre()) << size;
    } else {
      ASSERT_THAT(problems,
                  ElementsAre(std::to_string(complete + 1) + "@" + std::to_string(ends[complete]) +
                              ": the file ends within a block; all before it is kept, "
                              "the rest is cut off"))
          << size;
    }
  }
}

TEST_F(Plc, AnyFlippedBit_IsNoticed) {
  const std::string whole = FileOf(kRecords);
  for (size_t at = 0; at < FileOf({kRecords[0], kRecords[1]}).size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    std::vector<std::string> problems;
    const std::vector<Record> records = Read(flipped, &problems);
    EXPECT_FALSE(problems.empty()) << at;
    for (const Record& record : records) {
      EXPECT_NE(std::find(kRecords.begin(), kRecords.end(), record), kRecords.end()) << at;
    }
  }
}

TEST_F(Plc, DamagedPayload_IsOneBadBlock_AndReadingGoesOn) {
  std::string whole = FileOf(kRecords);
  whole[kPlcMagic.size() + kPlcHeaderBytes + 3] ^= 1;
  std::vector<std::string> problems;
  EXPECT_EQ(Read(whole, &problems), std::vector<Record>(kRecords.begin() + 1, kRecords.end()));
  EXPECT_THAT(problems, ElementsAre("1@8: the checksum is wrong"));
}

TEST_F(Plc, ZerosAtTheEnd_AreCut) {
  std::vector<std::string> problems;
  EXPECT_EQ(Read(FileOf(kRecords) + std::string(100000, '\0'), &problems), kRecords);
  EXPECT_EQ(problems.size(), 2u);
  EXPECT_THAT(problems.back(), HasSubstr("the rest is cut off"));
}

TEST_F(Plc, OtherVersionsAreRefusedByName) {
  std::vector<std::string> problems;
  Read(std::string("PLC\x1a\r\n\0\x02", 8), &problems);
  EXPECT_THAT(problems, ElementsAre(HasSubstr("a .plc file of version 2")));
}

TEST_F(Plc, UnknownKind_IsABadBlock) {
  std::string file(kPlcMagic);
  AppendPlcBlock(static_cast<RecordKind>(99), 0, "x", &file);
  AppendPlcBlock(RecordKind::kOtlpJson, 0, "{}", &file);
  std::vector<std::string> problems;
  EXPECT_EQ(Read(file, &problems).size(), 1u);
  EXPECT_THAT(problems, ElementsAre("1@8: a block of unknown kind 99"));
}

TEST_F(Plc, PromiseOfGigabytes_IsNotKept) {
  // A payload whose snappy header promises 4 GB, with a right checksum.
  const std::string payload("\xff\xff\xff\xff\x0f", 5);
  const std::string rest = std::string(1, '\x01') + std::string(8, '\0') + payload;
  std::string file(kPlcMagic);
  file += std::string("\x05\0\0\0", 4);
  const uint32_t crc = PlcChecksum(5, rest);
  for (int shift = 0; shift < 32; shift += 8) file += static_cast<char>(crc >> shift);
  std::vector<std::string> problems;
  Read(file + rest, &problems);
  EXPECT_THAT(problems, ElementsAre("1@8: the block's payload is not snappy's block format"));
}

}  // namespace
}  // namespace promlite::internal
