//! Remedies as the page tries them, over all scenarios.

use diagnosis::case::Options;
use diagnosis::diagnose_changed;
use diagnosis::model::Status;
use evidence::Input;
use snapshot::Snapshot;

#[test]
fn what_a_verified_remedy_clears_is_gone_and_contradicts_no_error() {
    let mut tried = 0;
    for scenario in testkit::scenarios::all() {
        let files = scenario.paste();
        let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
        let evidence = evidence::read(&inputs);
        let (snapshot, options) = (Snapshot::load(&evidence), Options::default());
        for finding in diagnosis::diagnose(&evidence, &options).findings {
            for change in finding
                .fixes
                .iter()
                .filter(|fix| fix.verified)
                .filter_map(|fix| fix.change.as_ref())
            {
                let after = diagnose_changed(&evidence, &snapshot, &options, change);
                let said = |code: &str| after.iter().filter(|other| other.code.0 == code).collect::<Vec<_>>();
                let left = said(finding.code.0)
                    .iter()
                    .any(|other| other.status == Status::Fail && other.subject == finding.subject);
                assert!(!left, "{}: {} stays", scenario.name, finding.code.0);
                assert!(
                    said("evidence.contradicts-error").is_empty(),
                    "{}: {}",
                    scenario.name,
                    finding.code.0
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried} were tried");
}
