#ifndef PROMLITE_APPS_REPL_REPORT_MIDNIGHT_H_
#define PROMLITE_APPS_REPL_REPORT_MIDNIGHT_H_

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace promlite::repl {

// When a day begins in a time zone. Where a change of the clock leaves midnight out: with the
// change. Where midnight comes twice: with the second if the clock was set back into the day
// before, which goes on then, else with the first. A day that the zone left out begins when the
// next one does.
absl::Time Midnight(absl::CivilDay day, absl::TimeZone zone);

}  // namespace promlite::repl

#endif  // PROMLITE_APPS_REPL_REPORT_MIDNIGHT_H_
