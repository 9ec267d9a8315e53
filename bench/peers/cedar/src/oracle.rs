//! Answers cases: everything that the crate says of a schema, policies, entities and requests.

use crate::{case, tpe};
use cedar_policy::{
    Authorizer, Entities, EntityUid, PolicySet, Schema, SchemaFragment, ValidationMode, Validator,
};
use cedar_policy_formatter::{policies_str_to_pretty, Config};
use serde_json::{json, Map, Value};
use std::collections::BTreeSet;
use std::io::{BufRead, Write};
use std::str::FromStr;

pub fn run() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        writeln!(out, "{}", answer(&case)).expect("written");
        out.flush().expect("written");
    }
}

fn answer(case: &Value) -> Value {
    let mut out = Map::new();
    let schema = schema(case, "schema", "schema_json", &mut out);
    let policies = match policies(case) {
        Ok(set) => Some(set),
        Err(e) => {
            out.insert("policies_error".into(), json!(e));
            None
        }
    };
    if let Some(set) = &policies {
        out.insert("est".into(), set.clone().to_json().unwrap_or(Value::Null));
        renderings(case, set, &mut out);
    }
    if let (Some(schema), Some(set)) = (&schema, &policies) {
        out.insert("validation".into(), validation(schema, set));
        if case["partial"].is_array() {
            out.insert("partial".into(), tpe::answers(case, schema, set));
        }
    }
    let entities = entities(case, schema.as_ref(), &mut out);
    if let (Some(set), Some(entities)) = (&policies, &entities) {
        let asked = case["requests"].as_array().into_iter().flatten();
        let answers = asked.map(|r| decide(r, schema.as_ref(), set, entities)).collect();
        out.insert("answers".into(), Value::Array(answers));
    }
    Value::Object(out)
}

/// The schema, and what its translations are.
fn schema(case: &Value, text: &str, json: &str, out: &mut Map<String, Value>) -> Option<Schema> {
    let read = if let Some(text) = case[text].as_str() {
        SchemaFragment::from_cedarschema_str(text).map(|(f, _)| f).map_err(|e| e.to_string())
    } else if let Some(text) = case[json].as_str() {
        SchemaFragment::from_json_str(text).map_err(|e| e.to_string())
    } else {
        return None;
    };
    let fragment = match read {
        Ok(fragment) => fragment,
        Err(e) => {
            out.insert("schema_error".into(), json!(e));
            return None;
        }
    };
    if let Ok(json) = fragment.to_json_string() {
        out.insert("schema_to_json".into(), json!(json));
    }
    match fragment.to_cedarschema() {
        Ok(text) => out.insert("schema_to_text".into(), json!(text)),
        Err(e) => out.insert("schema_to_text_error".into(), json!(e.to_string())),
    };
    match fragment.try_into() {
        Ok(schema) => Some(schema),
        Err(e) => {
            let e: cedar_policy::SchemaError = e;
            out.insert("schema_error".into(), json!(e.to_string()));
            None
        }
    }
}

fn policies(case: &Value) -> Result<PolicySet, String> {
    let mut set = match case["policies"].as_str() {
        Some(text) => PolicySet::from_str(text).map_err(|e| e.to_string())?,
        None => PolicySet::from_json_value(case["policies_json"].clone()).map_err(|e| e.to_string())?,
    };
    case::link(&mut set, &case["links"])?;
    Ok(set)
}

/// Whether renderings of the policies by the other side are the same policies to us.
fn renderings(case: &Value, set: &PolicySet, out: &mut Map<String, Value>) {
    if let Some(text) = case["policies"].as_str() {
        if let Ok(pretty) = policies_str_to_pretty(text, &Config::default()) {
            out.insert("formatted".into(), json!(pretty));
        }
    }
    let unlinked = || PolicySet::from_str(case["policies"].as_str().unwrap_or("")).ok()?.to_json().ok();
    for name in ["printed", "formatted_by_us"] {
        if let Some(text) = case[name].as_str() {
            let same = match PolicySet::from_str(text) {
                Ok(other) => json!(other.to_json().ok() == unlinked()),
                Err(e) => json!(e.to_string()),
            };
            out.insert(format!("{name}_is_same"), same);
        }
    }
    if case["est"].is_object() {
        let same = match PolicySet::from_json_value(case["est"].clone()) {
            Ok(other) => json!(other.to_json().ok() == set.clone().to_json().ok()),
            Err(e) => json!(e.to_string()),
        };
        out.insert("est_is_same".into(), same);
    }
}

fn validation(schema: &Schema, set: &PolicySet) -> Value {
    let validator = Validator::new(schema.clone());
    let strict = validator.validate(set, ValidationMode::Strict);
    let invalid: BTreeSet<String> =
        strict.validation_errors().map(|e| e.policy_id().to_string()).collect();
    let warned: BTreeSet<String> =
        strict.validation_warnings().map(|w| w.policy_id().to_string()).collect();
    let warnings: BTreeSet<String> = strict.validation_warnings().map(|w| w.to_string()).collect();
    let errors: BTreeSet<String> = strict.validation_errors().map(|e| e.to_string()).collect();
    let levels: Vec<bool> = (0..4)
        .map(|level| {
            validator.validate_with_level(set, ValidationMode::Strict, level).validation_passed()
        })
        .collect();
    json!({"invalid": invalid, "warned": warned, "warnings": warnings, "errors": errors, "levels": levels})
}

fn entities(case: &Value, schema: Option<&Schema>, out: &mut Map<String, Value>) -> Option<Entities> {
    match Entities::from_json_value(case["entities"].clone(), schema) {
        Ok(entities) => {
            let ancestors: Map<String, Value> = entities
                .iter()
                .map(|e| {
                    let above: BTreeSet<String> = entities
                        .ancestors(&e.uid())
                        .into_iter()
                        .flatten()
                        .map(EntityUid::to_string)
                        .collect();
                    (e.uid().to_string(), json!(above))
                })
                .collect();
            out.insert("ancestors".into(), Value::Object(ancestors));
            Some(entities)
        }
        Err(e) => {
            use std::error::Error;
            let why = e.source().map(|s| s.to_string()).unwrap_or_default();
            out.insert("entities_error".into(), json!(format!("{e}: {why}")));
            None
        }
    }
}

fn decide(of: &Value, schema: Option<&Schema>, set: &PolicySet, entities: &Entities) -> Value {
    let valid = case::request(of, schema, true);
    match case::request(of, schema, false) {
        Ok(request) => {
            let response = Authorizer::new().is_authorized(&request, set, entities);
            json!({
                "valid": valid.is_ok(),
                "why": valid.err(),
                "answer": case::answer(&response),
                "messages": response.diagnostics().errors().map(|e| e.to_string()).collect::<Vec<_>>(),
            })
        }
        Err(e) => json!({"unreadable": e}),
    }
}
