//go:build tools

// Keeps KEDA in go.mod: both its programs are built straight from its module.
package keda

import (
	_ "github.com/kedacore/keda/v2/cmd/adapter"
	_ "github.com/kedacore/keda/v2/cmd/operator"
)
