#ifndef PROMLITE_TESTS_FUZZ_READ_BACK_H_
#define PROMLITE_TESTS_FUZZ_READ_BACK_H_

#include "promlite/storage/database.h"

namespace promlite::fuzz {

// Reads all that a database holds: whatever came in must not break what reads it.
void ReadBack(const Database& database);

}  // namespace promlite::fuzz

#endif  // PROMLITE_TESTS_FUZZ_READ_BACK_H_
