//go:build train

package clean

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"
)

func TestStats(t *testing.T) {
	for _, c := range []string{"dev-fundus", "dev-wcxb"} {
		ss := loadCorpus(t, c)
		bodies := map[string]string{}
		eachLine(t, filepath.Join(os.Getenv("NEWSCLIP_CORPORA"), c, "truth.jsonl"), func(b []byte) {
			var r struct{ ID, Body string }
			json.Unmarshal(b, &r)
			bodies[r.ID] = r.Body
		})
		num, bare, dash, nodash := 0, 0, 0, 0
		bar, space, tab := 0, 0, 0
		for _, s := range ss {
			for k := range s.f.bs {
				b := &s.f.bs[k]
				if s.y[k] < 0.9 || b.words < 4 {
					continue
				}
				body := bodies[s.id]
				i := strings.Index(body, b.text[:min(len(b.text), 40)])
				if i < 1 {
					continue
				}
				line := body[strings.LastIndexByte(body[:i], '\n')+1 : i]
				if b.tag == atom.Li && b.where&inOrdered != 0 {
					if regexp.MustCompile(`^\s*\d+[.)]\s*$`).MatchString(line) {
						num++
					} else {
						bare++
					}
				} else if b.tag == atom.Li {
					if strings.HasPrefix(strings.TrimSpace(line), "-") {
						dash++
					} else {
						nodash++
					}
				}
				if b.tag == atom.Td && len(line) > 3 {
					if strings.Contains(line, "|") {
						bar++
					} else if strings.Contains(line, "\t") {
						tab++
					} else {
						space++
					}
				}
			}
		}
		fmt.Println(c, "ordered:", num, bare, "unordered:", dash, nodash, "cells", bar, space, tab)
	}
}
