//! The JSON Schemas of the files that people write, so that an editor completes their keys and marks what is mistyped.
//!
//! Packs, configurations and accepted findings are read from trees that know their places, not into types; the types here mirror what is read,
//! for their schemas only. `tests/schema.rs` holds them against the keys that are read.

#[expect(dead_code, reason = "nothing is read into these types, only their schemas are used")]
mod accepted;
#[expect(dead_code, reason = "nothing is read into these types, only their schemas are used")]
mod config;
#[expect(dead_code, reason = "nothing is read into these types, only their schemas are used")]
mod pack;
#[expect(dead_code, reason = "nothing is read into these types, only their schemas are used")]
mod word;

use accepted::Accepted;
use config::Config;
use pack::Pack;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schema of a configuration; `formats` are the names of the output formats.
pub fn of_config(formats: &[&str]) -> Value {
    let mut schema = root::<Config>();
    if let Some(format) = schema.pointer_mut("/properties/output-format").and_then(Value::as_object_mut) {
        format.insert("enum".to_owned(), formats.into());
        format.insert("type".to_owned(), "string".into());
    }
    schema
}

/// The schema of a file of accepted findings.
pub fn of_accepted() -> Value {
    root::<Accepted>()
}

/// The schema of a pack.
pub fn of_pack() -> Value {
    root::<Pack>()
}

fn root<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(never_null));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// What may be left out may not be there with nothing after it: whoever writes a key means something by it.
fn never_null(schema: &mut Schema) {
    transform_subschemas(&mut |schema: &mut Schema| never_null(schema), schema);
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(names)) = object.get_mut("enum") {
        names.retain(|name| !name.is_null());
    }
    if let Some(Value::Array(any)) = object.get_mut("anyOf") {
        any.retain(|schema| schema.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = any.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            object.extend(only);
        }
    }
}
