#ifndef PROMLITE_STORAGE_LOGS_API_REQUEST_ATTRIBUTES_H_
#define PROMLITE_STORAGE_LOGS_API_REQUEST_ATTRIBUTES_H_

#include <array>
#include <string_view>

namespace promlite::internal {

// Attributes of the event that Claude Code's counters carry too, with the same values.
inline constexpr std::array<std::string_view, 9> kApiRequestAttributes = {
    "user.id",           "session.id",      "organization.id",
    "user.account_uuid", "user.account_id", "user.email",
    "terminal.type",     "app.version",     "model"};

}  // namespace promlite::internal

#endif  // PROMLITE_STORAGE_LOGS_API_REQUEST_ATTRIBUTES_H_
