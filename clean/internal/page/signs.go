package page

import (
	"newsclip/selectors"
)

// RoleIndex is where a block's RoleDepth has a role.
func RoleIndex(role selectors.Roles) int {
	for k := range RoleCount {
		if selectors.Roles(1)<<k == role {
			return k
		}
	}
	panic("clean: no such role")
}
