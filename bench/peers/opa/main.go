// Measures case folders with OPA's Go library, as `bylaw rego bench --case` measures them.
//
// The query is prepared, the input parsed and the result materialised; data is stored as OPA's own
// values, which is its fastest way to read it. One thread, but for two_threads_ops.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return value
}

func files(folder, ending string) []string {
	all := must(filepath.Glob(filepath.Join(folder, "*"+ending)))
	slices.Sort(all)
	return all
}

type bench struct {
	name    string
	query   rego.PreparedEvalQuery
	inputs  []ast.Value
	texts   [][]byte
	prepare float64
}

func read(folder string) *bench {
	b := &bench{name: filepath.Base(folder)}
	version := ast.RegoV1
	if _, err := os.Stat(filepath.Join(folder, "v0")); err == nil {
		version = ast.RegoV0
	}
	data := map[string]any{}
	if text, err := os.ReadFile(filepath.Join(folder, "data.json")); err == nil {
		must(0, json.Unmarshal(text, &data))
	}
	options := []func(*rego.Rego){
		rego.Query(strings.TrimSpace(string(must(os.ReadFile(filepath.Join(folder, "query")))))),
		rego.SetRegoVersion(version),
		rego.Store(inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true))),
	}
	for _, file := range files(filepath.Join(folder, "policy"), ".rego") {
		options = append(options, rego.Module(filepath.Base(file), string(must(os.ReadFile(file)))))
	}
	for _, file := range files(filepath.Join(folder, "inputs"), ".json") {
		text := must(os.ReadFile(file))
		b.texts = append(b.texts, text)
		b.inputs = append(b.inputs, parse(text))
	}
	start := time.Now()
	b.query = must(rego.New(options...).PrepareForEval(context.Background()))
	b.prepare = float64(time.Since(start).Nanoseconds()) / 1e6
	return b
}

func parse(text []byte) ast.Value {
	return must(ast.ValueFromReader(strings.NewReader(string(text))))
}

func (b *bench) eval(input ast.Value) rego.ResultSet {
	return must(b.query.Eval(context.Background(), rego.EvalParsedInput(input)))
}

func (b *bench) results() []any {
	all := []any{}
	for _, input := range b.inputs {
		found := []any{}
		for _, r := range b.eval(input) {
			found = append(found, r.Expressions[len(r.Expressions)-1].Value)
		}
		all = append(all, found)
	}
	return all
}

func (b *bench) repeat(limit time.Duration, work func(int), samples *[]int64) int {
	n, input := 0, 0
	end := time.Now().Add(limit)
	for now := time.Now(); now.Before(end); {
		start := time.Now()
		work(input)
		now = time.Now()
		if samples != nil {
			*samples = append(*samples, now.Sub(start).Nanoseconds())
		}
		n++
		input = (input + 1) % len(b.inputs)
	}
	return n
}

// Evaluations a second of some threads together, not timed one by one.
func (b *bench) throughput(threads int, work func(int), limit time.Duration) int64 {
	runtime.GOMAXPROCS(threads)
	var all sync.WaitGroup
	counts := make([]int, threads)
	start := time.Now()
	for t := range counts {
		all.Go(func() {
			for time.Since(start) < limit {
				for i := range 64 {
					work((counts[t] + i) % len(b.inputs))
				}
				counts[t] += 64
			}
		})
	}
	all.Wait()
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return int64(float64(sum) / time.Since(start).Seconds())
}

func (b *bench) timed(work func(int), warm, limit time.Duration) map[string]any {
	runtime.GOMAXPROCS(1)
	b.repeat(warm, work, nil)
	samples := make([]int64, 0, 1<<22)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := b.repeat(limit, work, &samples)
	runtime.ReadMemStats(&after)
	sum := int64(0)
	for _, s := range samples {
		sum += s
	}
	slices.Sort(samples)
	one := b.throughput(1, work, limit)
	two := b.throughput(2, work, limit)
	runtime.GOMAXPROCS(1)
	return map[string]any{
		"p50_ns":          samples[n/2],
		"p99_ns":          samples[n*99/100],
		"mean_ns":         float64(sum) / float64(n),
		"n":               n,
		"allocs":          (after.Mallocs - before.Mallocs) / uint64(n),
		"bytes":           (after.TotalAlloc - before.TotalAlloc) / uint64(n),
		"one_thread_ops":  one,
		"two_threads_ops": two,
	}
}

func main() {
	warm := flag.Int("warm", 1000, "milliseconds to warm up")
	limit := flag.Int("time", 1000, "milliseconds to measure")
	results := flag.String("results", "", "folder for the results")
	flag.Parse()
	for _, folder := range flag.Args() {
		b := read(folder)
		if *results != "" {
			text := must(json.Marshal(b.results()))
			must(0, os.WriteFile(filepath.Join(*results, b.name+".json"), text, 0o644))
		}
		w, l := time.Duration(*warm)*time.Millisecond, time.Duration(*limit)*time.Millisecond
		line := map[string]any{"case": b.name, "prepare_ms": b.prepare}
		line["parsed"] = b.timed(func(i int) { b.eval(b.inputs[i]) }, w, l)
		line["json"] = b.timed(func(i int) { b.eval(parse(b.texts[i])) }, w, l)
		fmt.Println(string(must(json.Marshal(line))))
	}
}
