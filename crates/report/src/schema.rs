//! The JSON Schema (draft 2020-12) of `pulldoctor.report/1`.

/// The schema's text, as published beside the report.
pub const TEXT: &str = include_str!("../schema/report.schema.json");

/// Checks a serialised report against the schema.
///
/// `Err` holds one line for each place that disagrees. For tests: the feature `validate` brings a validator that the
/// faces do not need.
#[cfg(feature = "validate")]
pub fn check(report: &serde_json::Value) -> Result<(), String> {
    const ADDRESS: &str = "urn:pulldoctor:report:1";
    let schema: serde_json::Value = serde_json::from_str(TEXT).map_err(|error| error.to_string())?;
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.set_default_draft(boon::Draft::V2020_12);
    compiler.add_resource(ADDRESS, schema).map_err(|error| error.to_string())?;
    let index = compiler.compile(ADDRESS, &mut schemas).map_err(|error| error.to_string())?;
    schemas.validate(report, index).map_err(|error| error.to_string())
}
