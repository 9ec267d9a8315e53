//! The benchmark: policies, entities and requests built ahead, each request timed by itself.

use crate::{case, count};
use cedar_policy::{
    Authorizer, Entities, PolicySet, Request, Schema, ValidationMode, Validator,
};
use serde_json::{json, Value};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

struct Case {
    name: String,
    schema: Option<Schema>,
    policies: PolicySet,
    entities: Entities,
    texts: Vec<String>,
    requests: Vec<Request>,
}

pub fn run(arguments: &[String]) {
    let (mut cases, mut warm, mut time, mut results) = (vec![], 1000, 2000, None);
    let mut option = "";
    for word in arguments {
        match word.as_str() {
            "--case" | "--warm" | "--time" | "--results" => option = word,
            _ => match option {
                "--case" => cases.push(word.clone()),
                "--warm" => warm = word.parse().expect("milliseconds"),
                "--time" => time = word.parse().expect("milliseconds"),
                "--results" => results = Some(word.clone()),
                _ => panic!("what is {word}?"),
            },
        }
    }
    for folder in cases {
        let case = read(Path::new(&folder));
        if let Some(dir) = &results {
            write_answers(&case, Path::new(dir));
        }
        println!("{}", measure(&case, Duration::from_millis(warm), Duration::from_millis(time)));
    }
}

/// Times strict validation.
pub fn validate(schema: &str, policies: &str) {
    let read = |file: &str| std::fs::read_to_string(file).expect("readable");
    let (schema, _) = Schema::from_cedarschema_str(&read(schema)).expect("a schema");
    let set = PolicySet::from_str(&read(policies)).expect("policies");
    let validator = Validator::new(schema);
    for _ in 0..5 {
        let start = Instant::now();
        let result = validator.validate(&set, ValidationMode::Strict);
        println!("{:.1} ms, valid: {}", start.elapsed().as_secs_f64() * 1e3, result.validation_passed());
    }
}

fn read(folder: &Path) -> Case {
    let text = |name: &str| std::fs::read_to_string(folder.join(name));
    let schema = match (text("schema.cedarschema"), text("schema.json")) {
        (Ok(text), _) => Some(Schema::from_cedarschema_str(&text).expect("a schema").0),
        (_, Ok(text)) => Some(Schema::from_json_str(&text).expect("a schema")),
        _ => None,
    };
    let mut policies = PolicySet::from_str(&text("policies.cedar").expect("policies")).expect("policies");
    if let Ok(links) = text("links.json") {
        case::link(&mut policies, &serde_json::from_str(&links).expect("JSON")).expect("links");
    }
    let entities = text("entities.json").unwrap_or_else(|_| "[]".into());
    let entities = Entities::from_json_str(&entities, schema.as_ref()).expect("entities");
    let asked: Value = serde_json::from_str(&text("requests.json").expect("requests")).expect("JSON");
    let asked = asked.as_array().expect("an array of requests");
    Case {
        name: folder.file_name().expect("a name").to_string_lossy().into(),
        policies,
        entities,
        texts: asked.iter().map(Value::to_string).collect(),
        requests: asked
            .iter()
            .map(|r| case::request(r, schema.as_ref(), true).expect("a request"))
            .collect(),
        schema,
    }
}

fn write_answers(case: &Case, dir: &Path) {
    let authorizer = Authorizer::new();
    let answers: Vec<Value> = case
        .requests
        .iter()
        .map(|r| case::answer(&authorizer.is_authorized(r, &case.policies, &case.entities)))
        .collect();
    std::fs::create_dir_all(dir).expect("a folder");
    let file = dir.join(format!("{}.json", case.name));
    std::fs::write(file, Value::Array(answers).to_string()).expect("written");
}

fn measure(case: &Case, warm: Duration, time: Duration) -> Value {
    let authorizer = Authorizer::new();
    let decide = |i: usize| {
        std::hint::black_box(authorizer.is_authorized(&case.requests[i], &case.policies, &case.entities));
    };
    let from_json = |i: usize| {
        let json: Value = serde_json::from_str(&case.texts[i]).expect("JSON");
        let request = case::request(&json, case.schema.as_ref(), true).expect("a request");
        std::hint::black_box(authorizer.is_authorized(&request, &case.policies, &case.entities));
    };
    let n = case.requests.len();
    timed(n, warm, &decide);
    let samples = timed(n, time, &decide);
    let json_samples = timed(n, time, &from_json);
    let rounds = 1 + 2000 / n;
    let (allocs, bytes) = count::of(|| (0..rounds * n).for_each(|i| decide(i % n)));
    let calls = (rounds * n) as u64;
    json!({
        "case": case.name,
        "policies": case.policies.policies().count(),
        "entities": case.entities.len(),
        "requests": n,
        "median_ns": samples[samples.len() / 2],
        "p99_ns": samples[samples.len() * 99 / 100],
        "allocs": allocs / calls,
        "bytes": bytes / calls,
        "json_median_ns": json_samples[json_samples.len() / 2],
        "per_s_1": throughput(1, n, time, &decide),
        "per_s_2": throughput(2, n, time, &decide),
    })
}

/// Nanoseconds of each call, sorted.
fn timed(n: usize, time: Duration, call: &dyn Fn(usize)) -> Vec<u64> {
    let end = Instant::now() + time;
    let mut samples = vec![];
    while Instant::now() < end {
        for i in 0..n {
            let start = Instant::now();
            call(i);
            samples.push(start.elapsed().as_nanos() as u64);
        }
    }
    samples.sort_unstable();
    samples
}

fn throughput(threads: usize, n: usize, time: Duration, call: &(dyn Fn(usize) + Sync)) -> u64 {
    let start = Instant::now();
    let total: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(move || {
                    let mut count = 0;
                    while start.elapsed() < time {
                        (0..n).for_each(call);
                        count += n as u64;
                    }
                    count
                })
            })
            .collect();
        workers.into_iter().map(|w| w.join().expect("a count")).sum()
    });
    (total as f64 / start.elapsed().as_secs_f64()) as u64
}
