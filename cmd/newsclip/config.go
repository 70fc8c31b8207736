package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsclip/selectors"
)

// configFile is the file in the working directory that is read where --config
// names no other.
const configFile = "newsclip.toml"

// envPrefix begins the names of variables that hold values of flags.
const envPrefix = "NEWSCLIP_"

// configured names the commands whose flags a configuration sets.
var configured = []string{"clean", "collect", "convert", "crawl", "map", "mcp", "serve", "status"}

// opposites are flags of which one, on the command line, puts the configured
// value of the other out of force.
var opposites = [][2]string{
	{"cookie-file", "no-cookies"}, {"learn", "no-learn"}, {"state", "nats"}, {"state", "job"}, {"state", "collect"},
}

// A config is what a configuration file says.
type config struct {
	path   string
	common map[string]any            // for all commands that have the flag
	tables map[string]map[string]any // by command
	sites  map[string]map[string]any // rules of sites, by host
}

// maxConfig bounds the config file in bytes.
const maxConfig = 64 << 10

// longKey finds a key of many parts, as in a.b.c: the library takes memory by the square of
// their number. Those of newsclip have three at most.
var longKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')\s*(?:\.|=\s*\{)\s*){50}`)
})

// readConfig reads the file at path, or the one of the working directory where
// path was not given. Without a file it returns an empty config.
func readConfig(root *cobra.Command, path string, given bool) (*config, error) {
	c := &config{path: path, common: make(map[string]any), tables: make(map[string]map[string]any)}
	if given && path == "" {
		return c, nil
	}
	if !given {
		c.path = configFile
	}
	b, err := readStart(c.path, maxConfig+1)
	if errors.Is(err, fs.ErrNotExist) && !given {
		c.path = ""
		return c, nil
	}
	if err != nil {
		return nil, usagef("name a file of TOML", "--config: %v", err)
	}
	if len(b) > maxConfig {
		return nil, usagef("lists of start URLs are read with --seeds", "%s: a config file of more than %d bytes, the most that are read", c.path, maxConfig)
	}
	if longKey().Match(b) {
		return nil, usagef("see https://toml.io", "%s: a key of 50 parts or more", c.path)
	}
	all := make(map[string]any)
	if _, err := toml.Decode(string(b), &all); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, usagef("see https://toml.io", "%s:%d: %s", c.path, syntax.Position.Line, syntax.Message)
		}
		return nil, usagef("see https://toml.io", "%s: %v", c.path, err)
	}
	return c, c.sort(root, all)
}

// readStart returns the first n bytes of a file, or all that it has: it may be a pipe, or a
// device without an end.
func readStart(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}

// sort puts the values of a file in their places, and refuses those that no
// command has.
func (c *config) sort(root *cobra.Command, all map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(all)) {
		table, isTable := all[key].(map[string]any)
		switch {
		case key == "sites" && isTable:
			c.sites = make(map[string]map[string]any)
			for _, host := range slices.Sorted(maps.Keys(table)) {
				rules, ok := table[host].(map[string]any)
				if !ok {
					return usagef(`write it as [sites."news.example"]`, "%s: sites.%s is not a table", c.path, host)
				}
				for _, name := range slices.Sorted(maps.Keys(rules)) {
					if _, nested := rules[name].(map[string]any); nested {
						return usagef(`write it as [sites."news.example"], in quotation marks`, "%s: sites.%s.%s is a table", c.path, host, name)
					}
				}
				c.sites[host] = rules
			}
		case isTable && slices.Contains(configured, key):
			cmd, _, _ := root.Find([]string{key})
			for _, name := range slices.Sorted(maps.Keys(table)) {
				if !isConfigurable(cmd.Flags().Lookup(name)) {
					return c.unknown(cmd, "["+key+"] ", name)
				}
			}
			c.tables[key] = table
		case isTable:
			return usagef("it has tables for "+strings.Join(configured, ", ")+" and sites", "%s: unknown table [%s]", c.path, key)
		default:
			has := func(name string) bool {
				cmd, _, _ := root.Find([]string{name})
				return isConfigurable(cmd.Flags().Lookup(key))
			}
			if !slices.ContainsFunc(configured, has) {
				crawl, _, _ := root.Find([]string{"crawl"})
				return c.unknown(crawl, "", key)
			}
			c.common[key] = all[key]
		}
	}
	return nil
}

func (c *config) unknown(cmd *cobra.Command, where, name string) error {
	hint := "the names are those of the flags, without --"
	if near := similarFlags(cmd, name); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef(hint, "%s: %sunknown name %q", c.path, where, name)
}

// isConfigurable reports whether a flag may stand in a configuration.
func isConfigurable(f *pflag.Flag) bool {
	return f != nil && f.Name != "help" && f.Name != "config"
}

// apply gives the flags of cmd that are not on the command line the values of
// the environment, or else of the file. It returns where each flag's value is
// from, by the flag's name, where that is not the default.
func (c *config) apply(cmd *cobra.Command) (map[string]string, error) {
	from := make(map[string]string)
	cmd.Flags().Visit(func(f *pflag.Flag) { from[f.Name] = "--" + f.Name })
	off := make(map[string]bool)
	for _, o := range opposites {
		off[o[0]] = off[o[0]] || from[o[1]] != ""
		off[o[1]] = off[o[1]] || from[o[0]] != ""
	}
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if failed != nil || from[f.Name] != "" || off[f.Name] || !isConfigurable(f) {
			return
		}
		value, where := c.valueOf(cmd.Name(), f)
		if where == "" {
			return
		}
		if failed = setFlag(f, value, where); failed == nil {
			from[f.Name] = where
		}
	})
	return from, failed
}

// valueOf returns the value of a flag and where it is from, "" for nowhere.
func (c *config) valueOf(command string, f *pflag.Flag) (value any, where string) {
	name := strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
	if v, ok := lookupEnv(name); ok {
		return v, envPrefix + name
	}
	if v, ok := c.tables[command][f.Name]; ok {
		return v, c.path + " [" + command + "]"
	}
	if v, ok := c.common[f.Name]; ok {
		return v, c.path
	}
	return nil, ""
}

// lookupEnv returns the value of a variable whose name begins with envPrefix. One
// that is empty counts as not set.
func lookupEnv(name string) (string, bool) {
	v := os.Getenv(envPrefix + name)
	return v, v != ""
}

// setFlag sets a flag to a value from TOML or, a string, from the environment,
// where the values of a flag that may be repeated stand in lines.
func setFlag(f *pflag.Flag, value any, where string) error {
	var words []string
	switch v := value.(type) {
	case []any:
		for _, x := range v {
			words = append(words, word(x))
		}
	case map[string]any:
		return usagef("write it as "+f.Name+" = …", "%s: %s is a table", where, f.Name)
	default:
		words = []string{word(v)}
	}
	list, isList := f.Value.(pflag.SliceValue)
	var err error
	switch {
	case isList:
		if len(words) == 1 {
			sep := "\n"
			if f.Value.Type() == "stringSlice" {
				sep = ","
			}
			words = strings.FieldsFunc(words[0], func(r rune) bool { return strings.ContainsRune(sep, r) })
		}
		err = list.Replace(words)
	case len(words) != 1:
		return usagef("", "%s: %s takes one value", where, f.Name)
	default:
		err = f.Value.Set(words[0])
	}
	if err != nil {
		return usagef(valueHint(f), "%s: %s: %q is not %s", where, f.Name, strings.Join(words, ", "), valueName(f))
	}
	f.Changed = true
	return nil
}

// word returns a value of TOML as it would stand on the command line.
func word(v any) string {
	if t, ok := v.(time.Time); ok {
		if t.Location().String() == "date-local" { // a date without a time
			return t.Format(time.DateOnly)
		}
		return t.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// addSites adds the rules of the file's sites to those of --rules, and takes the
// place of its files for the same hosts.
func (c *config) addSites(set *selectors.Set) (*selectors.Set, error) {
	if c == nil || len(c.sites) == 0 {
		return set, nil
	}
	if set == nil {
		set = new(selectors.Set)
	}
	for _, host := range slices.Sorted(maps.Keys(c.sites)) {
		var lines strings.Builder
		for _, directive := range slices.Sorted(maps.Keys(c.sites[host])) {
			values, ok := c.sites[host][directive].([]any)
			if !ok {
				values = []any{c.sites[host][directive]}
			}
			for _, v := range values {
				fmt.Fprintf(&lines, "%s: %s\n", directive, word(v))
			}
		}
		rules, err := selectors.ParseRules(fmt.Sprintf("%s [sites.%q]", c.path, host), []byte(lines.String()))
		if err != nil {
			return nil, usagef("newsclip rules --help lists the directives", "%v", err)
		}
		set.Add(host, rules)
	}
	return set, nil
}
