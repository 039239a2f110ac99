#!/bin/sh
# Prometheus 3.16.0 (github.com/prometheus/prometheus v0.316.0), its parser of the text format: in a
# HELP line the metric name ends at the first character that cannot be in one, whatever that is, and
# just one character is passed over before the help text. "# HELP foo.bar text" is no error and no
# comment: it is the metadata of a family "foo" with the help "bar text". So a page whose names hold
# dots documents families that it does not have. In a TYPE line the same character is an error.
#
# Output seen: help of "foo": "bar text"; then: TYPE: refused.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >main.go <<'PROBE'
package main

import (
	"fmt"
	"io"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

func read(page string) error {
	parser := textparse.NewPromParser([]byte(page), labels.NewSymbolTable(), false)
	for {
		entry, err := parser.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if entry == textparse.EntryHelp {
			name, help := parser.Help()
			fmt.Printf("help of %q: %q\n", name, help)
		}
	}
}

func main() {
	if err := read("# HELP foo.bar text\n"); err != nil {
		fmt.Println("HELP: refused")
	}
	if err := read("# TYPE foo.bar counter\n"); err != nil {
		fmt.Println("TYPE: refused")
	}
}
PROBE
go mod init probe >/dev/null 2>&1
go get github.com/prometheus/prometheus@v0.316.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . | tee seen
printf 'help of "foo": "bar text"\nTYPE: refused\n' >expected
cmp expected seen
