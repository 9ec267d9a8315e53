//! Measures case folders with regorus, as `bylaw rego bench --case` measures them.
//!
//! The policy is compiled once; `--vm` runs its bytecode, else the interpreter runs the compiled
//! policy. The input is parsed before, the result is a value.

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{CompiledPolicy, Engine, Rc, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.to_string_lossy().ends_with(ending))
        .collect();
    all.sort();
    all
}

struct Bench {
    name: String,
    rule: String,
    policy: CompiledPolicy,
    program: Option<Arc<regorus::rvm::program::Program>>,
    data: Value,
    texts: Vec<String>,
    prepare_ms: f64,
}

/// What one thread evaluates with.
enum Evaluator {
    Interpreter(CompiledPolicy),
    Machine(RegoVM),
}

impl Evaluator {
    fn eval(&mut self, input: &Value) -> Result<Value, String> {
        match self {
            Evaluator::Interpreter(policy) => {
                policy.eval_with_input(input.clone()).map_err(|e| e.to_string())
            }
            Evaluator::Machine(vm) => {
                vm.set_input(input.clone());
                vm.execute().map_err(|e| e.to_string())
            }
        }
    }
}

impl Bench {
    fn read(folder: &Path, vm: bool) -> Result<Bench, String> {
        let rule = fs::read_to_string(folder.join("query")).unwrap().trim().to_string();
        let data = match fs::read_to_string(folder.join("data.json")) {
            Ok(text) => Value::from_json_str(&text).map_err(|e| e.to_string())?,
            Err(_) => Value::new_object(),
        };
        let texts = files(&folder.join("inputs"), ".json")
            .iter()
            .map(|p| fs::read_to_string(p).unwrap())
            .collect();
        let mut engine = Engine::new();
        engine.set_rego_v0(folder.join("v0").exists());
        let start = Instant::now();
        for file in files(&folder.join("policy"), ".rego") {
            let text = fs::read_to_string(&file).unwrap();
            engine.add_policy(file.to_string_lossy().to_string(), text).map_err(|e| e.to_string())?;
        }
        engine.add_data(data.clone()).map_err(|e| e.to_string())?;
        let entry: Rc<str> = rule.as_str().into();
        let policy = engine.compile_with_entrypoint(&entry).map_err(|e| e.to_string())?;
        let program = if vm {
            Some(
                Compiler::compile_from_policy(&policy, &[rule.as_str()])
                    .map_err(|e| e.to_string())?,
            )
        } else {
            None
        };
        let prepare_ms = start.elapsed().as_secs_f64() * 1e3;
        let name = folder.file_name().unwrap().to_string_lossy().to_string();
        Ok(Bench { name, rule, policy, program, data, texts, prepare_ms })
    }

    fn evaluator(&self) -> Result<Evaluator, String> {
        Ok(match &self.program {
            None => Evaluator::Interpreter(self.policy.clone()),
            Some(program) => {
                let mut vm = RegoVM::new();
                vm.load_program(program.clone());
                vm.set_data(self.data.clone()).map_err(|e| e.to_string())?;
                Evaluator::Machine(vm)
            }
        })
    }

    fn inputs(&self) -> Vec<Value> {
        self.texts.iter().map(|t| Value::from_json_str(t).unwrap()).collect()
    }

    fn timed(&self, from_text: bool, warm: Duration, limit: Duration) -> Result<String, String> {
        let inputs = self.inputs();
        let mut evaluator = self.evaluator()?;
        let mut samples = Vec::with_capacity(1 << 22);
        repeat(&mut evaluator, &inputs, &self.texts, from_text, warm, None);
        let n = repeat(&mut evaluator, &inputs, &self.texts, from_text, limit, Some(&mut samples));
        let mean = samples.iter().sum::<u64>() as f64 / n as f64;
        samples.sort_unstable();
        let (p50, p99) = (samples[n / 2], samples[n * 99 / 100]);
        let one = self.throughput(1, from_text, limit);
        let two = self.throughput(2, from_text, limit);
        Ok(format!(
            "{{\"p50_ns\":{p50},\"p99_ns\":{p99},\"mean_ns\":{mean:.1},\"n\":{n},\
             \"allocs\":null,\"bytes\":null,\"one_thread_ops\":{one},\
             \"two_threads_ops\":{two}}}"
        ))
    }

    /// Evaluations a second of some threads together, not timed one by one; each has an evaluator
    /// of its own and shares the inputs.
    fn throughput(&self, threads: usize, from_text: bool, limit: Duration) -> u64 {
        let inputs = self.inputs();
        let start = Instant::now();
        let all: usize = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads)
                .map(|_| {
                    scope.spawn(|| {
                        let mut own = self.evaluator().unwrap();
                        let mut n = 0;
                        while start.elapsed() < limit {
                            for i in 0..64 {
                                let input = (n + i) % inputs.len();
                                evaluate(&mut own, &inputs, &self.texts, from_text, input);
                            }
                            n += 64;
                        }
                        n
                    })
                })
                .collect();
            running.into_iter().map(|t| t.join().unwrap()).sum()
        });
        (all as f64 / start.elapsed().as_secs_f64()) as u64
    }

    fn results(&self) -> Result<String, String> {
        let mut evaluator = self.evaluator()?;
        let mut all = Vec::new();
        for input in self.inputs() {
            all.push(match evaluator.eval(&input)? {
                Value::Undefined => "[]".to_string(),
                value => format!("[{}]", value.to_json_str().map_err(|e| e.to_string())?),
            });
        }
        Ok(format!("[{}]", all.join(",")))
    }
}

fn evaluate(
    evaluator: &mut Evaluator,
    inputs: &[Value],
    texts: &[String],
    from_text: bool,
    input: usize,
) {
    let value = if from_text {
        evaluator.eval(&Value::from_json_str(&texts[input]).unwrap())
    } else {
        evaluator.eval(&inputs[input])
    };
    std::hint::black_box(value).unwrap();
}

fn repeat(
    evaluator: &mut Evaluator,
    inputs: &[Value],
    texts: &[String],
    from_text: bool,
    limit: Duration,
    mut samples: Option<&mut Vec<u64>>,
) -> usize {
    let begin = Instant::now();
    let (mut n, mut input) = (0, 0);
    while begin.elapsed() < limit {
        let start = Instant::now();
        evaluate(evaluator, inputs, texts, from_text, input);
        let took = start.elapsed();
        if let Some(samples) = samples.as_deref_mut() {
            samples.push(took.as_nanos() as u64);
        }
        n += 1;
        input = if input + 1 == inputs.len() { 0 } else { input + 1 };
    }
    n
}

fn main() {
    let (mut warm, mut limit, mut results, mut vm) = (1000, 1000, None, false);
    let mut folders = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(a) = arguments.next() {
        match a.as_str() {
            "--warm" => warm = arguments.next().unwrap().parse().unwrap(),
            "--time" => limit = arguments.next().unwrap().parse().unwrap(),
            "--results" => results = arguments.next(),
            "--vm" => vm = true,
            _ => folders.push(PathBuf::from(a)),
        }
    }
    let (warm, limit) = (Duration::from_millis(warm), Duration::from_millis(limit));
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().to_string();
        if let Err(e) = measure(&folder, vm, warm, limit, results.as_deref()) {
            println!("{}", serde_json::json!({"case": name, "error": e}));
        }
    }
}

fn measure(
    folder: &Path,
    vm: bool,
    warm: Duration,
    limit: Duration,
    results: Option<&str>,
) -> Result<(), String> {
    let bench = Bench::read(folder, vm)?;
    if let Some(to) = results {
        fs::write(Path::new(to).join(format!("{}.json", bench.name)), bench.results()?).unwrap();
    }
    println!(
        "{{\"case\":\"{}\",\"rule\":\"{}\",\"prepare_ms\":{:.3},\"parsed\":{},\"json\":{}}}",
        bench.name,
        bench.rule,
        bench.prepare_ms,
        bench.timed(false, warm, limit)?,
        bench.timed(true, warm, limit)?
    );
    Ok(())
}
