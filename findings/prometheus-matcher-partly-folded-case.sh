#!/bin/sh
# Prometheus 3.16.0 (github.com/prometheus/prometheus v0.316.0), the matchers of labels that selectors
# are made of: where (?i:…) covers a part of one of several alternatives, =~ does not match what the
# anchored regular expression matches. note=~"N.*|(?i:n)ull" takes no "null", though Go's regexp
# matches ^(?:N.*|(?i:n)ull)$ with it. Such a selector answers, and says nothing of what it misses.
#
# Output seen: "N.*|(?i:n)ull" and "null": regular expression true, matcher false; with
# one pair of (?i:…) round all of it, or without the first alternative: both true.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >main.go <<'PROBE'
package main

import (
	"fmt"
	"regexp"

	"github.com/prometheus/prometheus/model/labels"
)

func main() {
	for _, pattern := range []string{"N.*|(?i:n)ull", "(?i:n)ull", "(?i:N.*|null)"} {
		matcher := labels.MustNewMatcher(labels.MatchRegexp, "note", pattern)
		expression := regexp.MustCompile("^(?s:" + pattern + ")$")
		fmt.Println(pattern, expression.MatchString("null"), matcher.Matches("null"))
	}
}
PROBE
go mod init probe >/dev/null 2>&1
go get github.com/prometheus/prometheus@v0.316.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
printf 'N.*|(?i:n)ull true false\n(?i:n)ull true true\n(?i:N.*|null) true true\n' >expected
cmp expected seen
