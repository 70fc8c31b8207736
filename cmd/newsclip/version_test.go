package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	vcs := func(revision, modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: revision}, {Key: "vcs.modified", Value: modified}}
	}
	tests := []struct {
		name     string
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"installed by version", "v1.2.3", nil, "v1.2.3"},
		{"built in a checkout", "(devel)", vcs("0123456789abcdef0123", "false"), "devel-0123456789ab"},
		{"built with changes", "(devel)", vcs("0123456789abcdef0123", "true"), "devel-0123456789ab+dirty"},
		{"built without a checkout", "(devel)", nil, "devel"},
		{"built by go run", "", nil, "devel"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			info := &debug.BuildInfo{Main: debug.Module{Version: tt.version}, Settings: tt.settings}
			if got := versionOf(info); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestReleaseVersion(t *testing.T) {
	defer func(v string) { version = v }(version)
	version = "v9.9.9"
	if got := versionString(); got != "v9.9.9" {
		t.Error(got)
	}
	if got := userAgent(); got != "newsclip/9.9.9" {
		t.Error(got)
	}
}
