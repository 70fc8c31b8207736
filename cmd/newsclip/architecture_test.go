package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestArchitecture holds the imports of every package against the table in
// ARCHITECTURE.md: a package has a row, imports only what its row allows, and
// its row allows only packages of the rows above it, so that no arrow runs back
// up and no circle can form.
func TestArchitecture(t *testing.T) {
	const root = "../.."
	allowed := readImportTable(t, filepath.Join(root, "ARCHITECTURE.md"))
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "bench" || name == "testdata" && filepath.Dir(path) != root) {
				return fs.SkipDir // hidden, a module of its own, or fixtures
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		may, ok := allowed[pkg]
		if !ok {
			if !seen[pkg] {
				t.Errorf("package %s has no row in ARCHITECTURE.md", pkg)
			}
			seen[pkg] = true
			return nil
		}
		seen[pkg] = true
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if own, ok := strings.CutPrefix(p, "newsclip/"); ok && !slices.Contains(may, own) {
				t.Errorf("%s imports %s, which its row in ARCHITECTURE.md does not allow", filepath.ToSlash(path), own)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range allowed {
		if !seen[pkg] {
			t.Errorf("ARCHITECTURE.md has a row for %s, which is no package", pkg)
		}
	}
}

// readImportTable reads the rows "| `package` | what it holds | `import`, … |".
func readImportTable(t *testing.T, path string) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string][]string{}
	for n, line := range strings.Split(string(b), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			continue
		}
		pkg := strings.Trim(cells[1], " `")
		imports := []string{}
		for _, cell := range strings.Split(cells[3], ",") {
			p := strings.Trim(cell, " `")
			if p == "" || p == "–" {
				continue
			}
			if _, ok := allowed[p]; !ok {
				t.Errorf("ARCHITECTURE.md:%d: %s may import %s, which has no row above it", n+1, pkg, p)
			}
			imports = append(imports, p)
		}
		allowed[pkg] = imports
	}
	if len(allowed) < 10 {
		t.Fatalf("ARCHITECTURE.md has %d rows of packages: the table is not read", len(allowed))
	}
	return allowed
}

// A program that cleans pages with the library links no server, no database and no
// format that it did not ask for.
func TestCleanLinksLittle(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the go command is not in the path")
	}
	out, err := exec.Command(goTool, "list", "-deps", "newsclip/clean").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "github.com/PuerkitoBio/goquery") {
		t.Fatalf("%d packages, and not those of clean", len(deps))
	}
	for _, dep := range deps {
		for _, other := range []string{"github.com/nats-io/", "github.com/gocolly/", "github.com/spf13/", "github.com/jackc/", "github.com/minio/", "github.com/parquet-go/", "github.com/prometheus/", "google.golang.org/", "modernc.org/", "newsclip/output", "newsclip/scrape"} {
			if strings.HasPrefix(dep, other) {
				t.Errorf("clean links %s", dep)
			}
		}
	}
}
