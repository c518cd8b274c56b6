//! The JSON Schemas (draft 2020-12) of `pulldoctor.report/1` and `pulldoctor.comparison/1`.

/// The schema's text, as published beside the report.
pub const TEXT: &str = include_str!("../schema/report.schema.json");

/// The schema of `pulldoctor.comparison/1`, which names parts of the report's.
pub const COMPARISON: &str = include_str!("../schema/comparison.schema.json");

/// Checks a serialised report against the schema.
///
/// `Err` holds one line for each place that disagrees. For tests: the feature `validate` brings a validator that the
/// faces do not need.
#[cfg(feature = "validate")]
pub fn check(report: &serde_json::Value) -> Result<(), String> {
    check_against("urn:pulldoctor:report:1", report)
}

/// Checks a serialised comparison against its schema, as [`check`] does a report.
#[cfg(feature = "validate")]
pub fn check_comparison(comparison: &serde_json::Value) -> Result<(), String> {
    check_against("urn:pulldoctor:comparison:1", comparison)
}

#[cfg(feature = "validate")]
fn check_against(address: &str, value: &serde_json::Value) -> Result<(), String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.set_default_draft(boon::Draft::V2020_12);
    for (address, text) in [("urn:pulldoctor:report:1", TEXT), ("urn:pulldoctor:comparison:1", COMPARISON)] {
        let schema: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        compiler.add_resource(address, schema).map_err(|error| error.to_string())?;
    }
    let index = compiler.compile(address, &mut schemas).map_err(|error| error.to_string())?;
    schemas.validate(value, index).map_err(|error| error.to_string())
}
