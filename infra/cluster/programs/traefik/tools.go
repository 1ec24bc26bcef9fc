//go:build tools

// Keeps Traefik in go.mod: it is built straight from its module. What it replaces and excludes is said anew here, as only a main module's word counts.
package traefik

import _ "github.com/traefik/traefik/v3/cmd/traefik"
