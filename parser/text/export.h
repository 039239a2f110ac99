#ifndef PROMLITE_PARSER_TEXT_EXPORT_H_
#define PROMLITE_PARSER_TEXT_EXPORT_H_

// Marks what a shared library with promlite in it shows: the functions and classes of installed
// headers that are compiled into it. All else is hidden.
#if defined(__GNUC__)
#define PROMLITE_EXPORT __attribute__((visibility("default")))
#else
#define PROMLITE_EXPORT
#endif

#endif  // PROMLITE_PARSER_TEXT_EXPORT_H_
