//go:build tools

// Keeps in go.mod what is built straight from its module. A module of their own: in Kubernetes' they would raise its dependencies.
package addons

import (
	_ "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router"
	_ "github.com/rancher/local-path-provisioner"
	_ "sigs.k8s.io/metrics-server/cmd/metrics-server"
)
