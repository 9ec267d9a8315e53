//! What cases are made of: links, requests.

use cedar_policy::{Context, EntityUid, PolicyId, PolicySet, Request, Response, Schema, SlotId};
use serde_json::{json, Value};
use std::collections::HashMap;
use std::str::FromStr;

pub fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_else(|| panic!("no text `{name}` in {of}"))
}

/// Joins links `[{template, id, principal?, resource?}]` to a set.
pub fn link(set: &mut PolicySet, links: &Value) -> Result<(), String> {
    for link in links.as_array().into_iter().flatten() {
        let mut slots = HashMap::new();
        if let Some(uid) = link["principal"].as_str() {
            slots.insert(SlotId::principal(), EntityUid::from_str(uid).map_err(|e| e.to_string())?);
        }
        if let Some(uid) = link["resource"].as_str() {
            slots.insert(SlotId::resource(), EntityUid::from_str(uid).map_err(|e| e.to_string())?);
        }
        set.link(PolicyId::new(text(link, "template")), PolicyId::new(text(link, "id")), slots)
            .map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// A request; the schema reads its context, and checks all of it if `checked`.
pub fn request(of: &Value, schema: Option<&Schema>, checked: bool) -> Result<Request, String> {
    let uid = |name: &str| EntityUid::from_str(text(of, name)).map_err(|e| e.to_string());
    let (principal, action, resource) = (uid("principal")?, uid("action")?, uid("resource")?);
    let context = match &of["context"] {
        Value::Null => Context::empty(),
        given => Context::from_json_value(given.clone(), schema.map(|s| (s, &action)))
            .map_err(|e| e.to_string())?,
    };
    let by = if checked { schema } else { None };
    Request::new(principal, action, resource, context, by).map_err(|e| e.to_string())
}

fn sorted(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = ids.collect();
    all.sort();
    all
}

pub fn reasons(response: &Response) -> Vec<String> {
    sorted(response.diagnostics().reason().map(|id| id.to_string()))
}

pub fn erring(response: &Response) -> Vec<String> {
    sorted(response.diagnostics().errors().map(|e| match e {
        cedar_policy::AuthorizationError::PolicyEvaluationError(e) => e.policy_id().to_string(),
    }))
}

/// `[decision, [reason ids], [erring ids]]`.
pub fn answer(response: &Response) -> Value {
    let decision = match response.decision() {
        cedar_policy::Decision::Allow => "allow",
        cedar_policy::Decision::Deny => "deny",
    };
    json!([decision, reasons(response), erring(response)])
}
