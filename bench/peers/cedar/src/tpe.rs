//! Answers requests of which only types are known: what the crate's partial evaluation by types says.

use crate::case::text;
use cedar_policy::{
    Context, Decision, EntityId, EntityTypeName, EntityUid, PartialEntities, PartialEntityUid,
    PartialRequest, Policy, PolicyId, PolicySet, Schema, TpeResponse,
};
use serde_json::{json, Map, Value};
use std::str::FromStr;

/// What is said of each partial request of a case.
pub fn answers(case: &Value, schema: &Schema, set: &PolicySet) -> Value {
    let entities = match PartialEntities::from_json_value(case["partial_entities"].clone(), schema) {
        Ok(entities) => entities,
        Err(e) => return json!({"entities_error": format!("{e:?}")}),
    };
    let asked = case["partial"].as_array().into_iter().flatten();
    asked.map(|of| answer(of, schema, set, &entities).unwrap_or_else(|e| json!({"refused": e}))).collect()
}

fn answer(of: &Value, schema: &Schema, set: &PolicySet, entities: &PartialEntities) -> Result<Value, String> {
    let request = request(of, schema)?;
    let response = set.tpe(&request, entities, schema).map_err(|e| format!("{e:?}"))?;
    let decision = response.decision().map(|decision| match decision {
        Decision::Allow => "allow",
        Decision::Deny => "deny",
    });
    Ok(json!({"decision": decision, "outcomes": outcomes(&response)}))
}

fn request(of: &Value, schema: &Schema) -> Result<PartialRequest, String> {
    let entity = |kind: &str| {
        let id = of[format!("{kind}_id")].as_str().map(EntityId::new);
        let name = EntityTypeName::from_str(text(of, &format!("{kind}_type")));
        name.map(|name| PartialEntityUid::new(name, id)).map_err(|e| e.to_string())
    };
    let action = EntityUid::from_str(text(of, "action")).map_err(|e| e.to_string())?;
    let context = match &of["context"] {
        Value::Null => None,
        given => Some(
            Context::from_json_value(given.clone(), Some((schema, &action))).map_err(|e| e.to_string())?,
        ),
    };
    PartialRequest::new(entity("principal")?, action, entity("resource")?, context, schema)
        .map_err(|e| e.to_string())
}

/// By policy id: `true`, `false`, `error`, or what is left of the policy as Cedar text.
fn outcomes(response: &TpeResponse<'_>) -> Value {
    let mut all = Map::new();
    let mut put = |ids: Vec<PolicyId>, what: &str| {
        for id in ids {
            all.insert(id.to_string(), json!(what));
        }
    };
    put(response.true_permits().chain(response.true_forbids()).cloned().collect(), "true");
    put(response.false_permits().chain(response.false_forbids()).cloned().collect(), "false");
    put(response.error_permits().chain(response.error_forbids()).cloned().collect(), "error");
    for id in response.residual_permits().chain(response.residual_forbids()) {
        let left = response.get_policy(id).map(|p: Policy| p.to_string());
        all.insert(id.to_string(), json!(left));
    }
    Value::Object(all)
}
