package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFilesStandOnEachOther checks that the files of the packages whose stages are
// files can be ordered: each uses only definitions of those below it, so that a reader
// who begins at the ground never meets what was not read yet.
func TestFilesStandOnEachOther(t *testing.T) {
	for _, dir := range []string{"clean", "scrape", "scrape/frontier"} {
		t.Run(dir, func(t *testing.T) {
			uses := fileUses(t, filepath.Join("../..", dir))
			if len(uses) < 5 {
				t.Fatalf("arrows from %d files: the package is not read", len(uses))
			}
			if circle := findCircle(uses); circle != nil {
				t.Errorf("files use each other in a circle: move a definition down, or split a file:\n%s", strings.Join(circle, "\n"))
			}
		})
	}
}

// anyImporter imports packages that have nothing in them: what a package has from
// others does not matter here, and reading them would take long.
type anyImporter struct{}

func (anyImporter) Import(name string) (*types.Package, error) {
	p := types.NewPackage(name, path.Base(name))
	p.MarkComplete()
	return p, nil
}

// fileUses returns for each file of a package the other files whose definitions it
// uses, with the name of one.
func fileUses(t *testing.T, dir string) map[string]map[string]string {
	t.Helper()
	p, err := build.ImportDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	// What is used of other packages is unknown: those errors are expected.
	conf := types.Config{Importer: anyImporter{}, Error: func(error) {}}
	pkg, _ := conf.Check(p.Name, fset, files, info)
	uses := map[string]map[string]string{}
	for id, obj := range info.Uses {
		from, to := fset.Position(id.Pos()).Filename, fset.Position(obj.Pos()).Filename
		if obj.Pkg() != pkg || to == "" || from == to {
			continue
		}
		from, to = filepath.Base(from), filepath.Base(to)
		if uses[from] == nil {
			uses[from] = map[string]string{}
		}
		uses[from][to] = max(uses[from][to], obj.Name())
	}
	return uses
}

// findCircle returns the arrows of a circle, or nil where there is none.
func findCircle(uses map[string]map[string]string) []string {
	done := map[string]bool{}
	var way []string
	var visit func(file string) []string
	visit = func(file string) []string {
		if at := slices.Index(way, file); at >= 0 {
			var arrows []string
			for k, from := range way[at:] {
				to := append(slices.Clone(way[at:]), file)[k+1]
				arrows = append(arrows, fmt.Sprintf("%s uses %s of %s", from, uses[from][to], to))
			}
			return arrows
		}
		if done[file] {
			return nil
		}
		way = append(way, file)
		for _, to := range slices.Sorted(maps.Keys(uses[file])) {
			if circle := visit(to); circle != nil {
				return circle
			}
		}
		way = way[:len(way)-1]
		done[file] = true
		return nil
	}
	for _, file := range slices.Sorted(maps.Keys(uses)) {
		if circle := visit(file); circle != nil {
			return circle
		}
	}
	return nil
}

func TestFindCircle(t *testing.T) {
	uses := map[string]map[string]string{"a": {"b": "x", "d": "w"}, "b": {"c": "y"}, "c": {"d": "z"}}
	if got := findCircle(uses); got != nil {
		t.Errorf("%q", got)
	}
	uses["d"] = map[string]string{"b": "v"}
	if got := strings.Join(findCircle(uses), ", "); got != "b uses y of c, c uses z of d, d uses v of b" {
		t.Errorf("%q", got)
	}
}
